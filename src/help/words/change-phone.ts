import { inBothLanguages } from "../../platform/language/language.ts";
import type { Told } from "./topic.ts";

export const changePhone = inBothLanguages<Told>({
  ru: (facts) =>
    facts.sms
      ? {
          title: "Сменить телефон",
          question: "Сменился номер телефона",
          answer: "Новый номер подтверждают шестью цифрами из SMS.",
          blocks: [
            {
              kind: "steps",
              items: [
                "Войдите, откройте «Моя страница» и нажмите «Сменить телефон».",
                "Введите новый номер и нажмите «Получить код».",
                "Введите код из SMS и нажмите «Подтвердить».",
              ],
            },
            {
              kind: "note",
              text: "На прежний номер и на почту придёт уведомление. В письме есть кнопка «Это не я»: семь дней она возвращает номер на место.",
            },
          ],
        }
      : {
          title: "Сменить телефон",
          question: "Сменился номер телефона",
          answer: "Новый номер укажет администратор портала: подтвердить его отсюда нечем.",
          blocks: [
            {
              kind: "text",
              title: "Старый номер",
              text: "Его можно убрать самому: «Моя страница», «Сменить телефон», «Удалить телефон».",
            },
            { kind: "administrator" },
          ],
        },
  en: (facts) =>
    facts.sms
      ? {
          title: "Change phone",
          question: "My phone number has changed",
          answer: "A new number is confirmed with six digits from an SMS.",
          blocks: [
            {
              kind: "steps",
              items: [
                "Sign in, open “My page” and press “Change phone”.",
                "Type the new number and press “Get the code”.",
                "Type the code from the SMS and press “Confirm”.",
              ],
            },
            {
              kind: "note",
              text: "The old number and the mailbox get a notice. The message has the button “It was not me”: for seven days it puts the number back.",
            },
          ],
        }
      : {
          title: "Change phone",
          question: "My phone number has changed",
          answer: "The portal's administrator enters a new number: it cannot be confirmed from here.",
          blocks: [
            {
              kind: "text",
              title: "The old number",
              text: "You can take it away yourself: “My page”, “Change phone”, “Remove the phone”.",
            },
            { kind: "administrator" },
          ],
        },
});
