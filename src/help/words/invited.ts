import { inBothLanguages } from "../../platform/language/language.ts";
import type { Told } from "./topic.ts";

export const invited = inBothLanguages<Told>({
  ru: (facts) => ({
    title: "Приглашение на портал",
    question: "Меня пригласили, а входа ещё не было",
    answer: facts.sms
      ? "Приглашение приходит письмом или по SMS. По его ссылке вы сами выбираете, как входить."
      : "Приглашение приходит письмом. По его ссылке вы сами выбираете, как входить.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Откройте приглашение и нажмите «Задать пароль».",
          "Введите пароль в поля «Новый пароль» и «Подтверждение нового пароля» и нажмите «Сохранить пароль».",
          "Нажмите «Войти» и войдите с новым паролем.",
        ],
      },
      ...(facts.services
        ? [
            {
              kind: "text",
              title: "Без пароля",
              text: "Под полями пароля есть кнопки сервисов. Нажмите свой: приглашение будет принято, и дальше вы входите через него. Пароль можно задать потом — на странице «Моя страница».",
            } as const,
          ]
        : []),
      {
        kind: "list",
        title: "Если ссылка не работает",
        items: [
          "Она действует 24 часа и срабатывает один раз.",
          "Приглашений несколько — откройте последнее: прежние больше не действуют.",
          "Срок прошёл — попросите администратора прислать новое.",
        ],
      },
      { kind: "administrator" },
      {
        kind: "warning",
        text: "Не ждали приглашения? Ничего не делайте: по нему никто не войдёт.",
      },
    ],
  }),
  en: (facts) => ({
    title: "Invitation to the portal",
    question: "I am invited and have not signed in yet",
    answer: facts.sms
      ? "An invitation comes by e-mail or SMS. Its link lets you choose how you sign in."
      : "An invitation comes by e-mail. Its link lets you choose how you sign in.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Open the invitation and press “Choose a password”.",
          "Enter the password in “New password” and “Confirm new password” and press “Save password”.",
          "Press “Sign in” and sign in with the new password.",
        ],
      },
      ...(facts.services
        ? [
            {
              kind: "text",
              title: "Without a password",
              text: "Below the fields for the password there are buttons of services. Press yours: the invitation is taken, and from then on you sign in through it. A password can be set later on “My page”.",
            } as const,
          ]
        : []),
      {
        kind: "list",
        title: "If the link does not work",
        items: [
          "It works for 24 hours, and once.",
          "Several invitations: open the latest, the earlier ones no longer work.",
          "Too late: ask the administrator for another.",
        ],
      },
      { kind: "administrator" },
      {
        kind: "warning",
        text: "Not expecting an invitation? Do nothing: nobody gets in by it.",
      },
    ],
  }),
});
