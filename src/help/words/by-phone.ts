import { inBothLanguages } from "../../platform/language/language.ts";
import { phrases } from "./phrases.ts";
import type { Told } from "./topic.ts";

export const byPhone = inBothLanguages<Told>({
  ru: (facts) => {
    const { codeTime, send, newPassword, finish } = phrases.ru(facts);
    return facts.sms
      ? {
          title: "Восстановление по номеру телефона",
          question: "Почта недоступна, телефон со мной",
          answer: `Новый пароль задают по коду из SMS. Он приходит на подтверждённый номер и действует ${codeTime}.`,
          blocks: [
            {
              kind: "steps",
              items: [
                `На странице «Восстановление пароля» введите номер, с которым входите, и нажмите ${send}. Подойдёт любая запись: 8 916 123-45-67, +7 916 123-45-67, 9161234567.`,
                "Проверьте номер на странице «Введите код из SMS». Если в нём ошибка, нажмите «Изменить номер».",
                "Введите шесть цифр в поле «Код из SMS» и нажмите «Далее».",
                newPassword,
                finish,
              ],
            },
            {
              kind: "list",
              title: "Если код не приходит",
              items: [
                "Код приходит только на мобильный номер, который уже подтверждён в аккаунте. Чужим номерам мы не пишем, а страница выглядит одинаково для всех.",
                `Подождите минуту и нажмите «Отправить ещё раз»: придёт тот же код. Лимит одного номера — ${facts.smsPerHour} SMS в час и ${facts.smsPerDay} в день.`,
                "Почта открывается — нажмите «Отправить письмом».",
              ],
            },
            {
              kind: "warning",
              text: "Никому не сообщайте код: мы его не спрашиваем. Пришёл код, которого вы не просили, — ничего не делайте, пароль прежний.",
            },
          ],
        }
      : {
          title: "Восстановление по номеру телефона",
          question: "Помню только номер телефона",
          answer: "Укажите номер — письмо придёт на почту аккаунта. Коды по SMS здесь не отправляются.",
          blocks: [
            {
              kind: "steps",
              items: [
                "На странице «Восстановление пароля» введите номер, с которым входите. Подойдёт любая запись: 8 916 123-45-67, +7 916 123-45-67, 9161234567.",
                `Нажмите ${send}.`,
                "Проверьте номер на странице «Проверьте почту». Если в нём ошибка, нажмите «Указать другой адрес».",
                "Откройте письмо на почте аккаунта и нажмите в нём «Сменить пароль».",
                newPassword,
              ],
            },
            {
              kind: "note",
              text: facts.desk
                ? "Телефон не заменяет почту: если она недоступна, напишите в поддержку."
                : "Телефон не заменяет почту: если она недоступна, обратитесь к администратору портала.",
            },
          ],
        };
  },
  en: (facts) => {
    const { codeTime, send, newPassword, finish } = phrases.en(facts);
    return facts.sms
      ? {
          title: "Recovery by phone number",
          question: "No access to the mailbox, the phone is with me",
          answer: `A code from an SMS lets you set a new password. It goes to the confirmed number and works for ${codeTime}.`,
          blocks: [
            {
              kind: "steps",
              items: [
                `On the page “Reset password”, type the number you sign in with, in any spelling: 8 916 123-45-67, +7 916 123-45-67, 9161234567. Press ${send}.`,
                "Check the number on the page “Enter the code from SMS”. If it is wrong, press “Change the number”.",
                "Type the six digits into “Code from SMS” and press “Continue”.",
                newPassword,
                finish,
              ],
            },
            {
              kind: "list",
              title: "If no code comes",
              items: [
                "The code goes only to a mobile number that was confirmed in the account. We do not write to strangers' numbers, and the page looks the same for everybody.",
                `Wait a minute and press “Resend”: the same code comes. The limit of one number is ${facts.smsPerHour} SMS an hour and ${facts.smsPerDay} a day.`,
                "The mailbox opens? Press “Send by e-mail”.",
              ],
            },
            {
              kind: "warning",
              text: "Tell nobody the code: we never ask for it. A code came that you did not ask for? Do nothing, your password is unchanged.",
            },
          ],
        }
      : {
          title: "Recovery by phone number",
          question: "I only remember the phone number",
          answer:
            "Type the number: the message goes to the account's mailbox. Codes by SMS are not sent here.",
          blocks: [
            {
              kind: "steps",
              items: [
                "On the page “Reset password”, type the number you sign in with, in any spelling: 8 916 123-45-67, +7 916 123-45-67, 9161234567.",
                `Press ${send}.`,
                "Check the number on the page “Check your mail”. If it is wrong, press “Use another address”.",
                "Open the message in the account's mailbox and press “Change password” in it.",
                newPassword,
              ],
            },
            {
              kind: "note",
              text: facts.desk
                ? "The phone does not replace the mailbox: if that is out of reach, write to support."
                : "The phone does not replace the mailbox: if that is out of reach, ask the portal's administrator.",
            },
          ],
        };
  },
});
