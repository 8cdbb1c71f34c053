import { inBothLanguages } from "../../platform/language/language.ts";
import type { Told } from "./topic.ts";

export const change = inBothLanguages<Told>({
  ru: () => ({
    title: "Сменить известный пароль",
    question: "Знаю пароль и хочу его сменить",
    answer: "Пароль меняют на своей странице. Письмо для этого не нужно.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Войдите и откройте «Моя страница».",
          "Под e-mail нажмите «Сменить пароль».",
          "Введите «Текущий пароль», «Новый пароль» и «Подтверждение нового пароля» и нажмите «Сохранить».",
          "Появится «Пароль был успешно изменен». На почту придёт письмо об этом.",
        ],
      },
      {
        kind: "note",
        text: "Остальные устройства выходят из аккаунта, а это остаётся.",
      },
      {
        kind: "text",
        title: "Не помните текущий",
        text: "Нажмите «Забыли?» рядом с ним: пароль восстановится по письму.",
      },
    ],
  }),
  en: () => ({
    title: "Change a known password",
    question: "I know the password and want to change it",
    answer: "The password is changed on your own page. No message is needed for it.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Sign in and open “My page”.",
          "Under the e-mail press “Change password”.",
          "Type “Current password”, “New password” and “Confirm new password”, then press “Save”.",
          "“Password changed” appears, and a message about it comes to your mailbox.",
        ],
      },
      {
        kind: "note",
        text: "Other devices are signed out; this one stays.",
      },
      {
        kind: "text",
        title: "You do not remember the current one",
        text: "Press “Forgot it?” beside it: a message resets the password.",
      },
    ],
  }),
});
