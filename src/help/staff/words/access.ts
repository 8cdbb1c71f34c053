import { inBothLanguages } from "../../../platform/language/language.ts";
import type { Topic } from "../../words/topic.ts";

export const access = inBothLanguages<Topic>({
  ru: {
    title: "Вернуть человеку вход",
    question: "Человек не может войти",
    answer: "Обычно хватает ссылки: человек получит письмо и задаст пароль сам.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Убедитесь, что говорите с владельцем аккаунта, и откройте его карточку.",
          "Нажмите «Выслать ссылку смены пароля» и подтвердите. Ссылки и пароля вы не увидите.",
          "Вкладка «Доставка» покажет, принял ли письмо сервер и открыта ли ссылка.",
        ],
      },
      {
        kind: "list",
        title: "Если ссылка не поможет",
        items: [
          "Человек ещё не входил — «Выслать приглашение», без почты — «Пригласить по SMS».",
          "Вход нужен прямо сейчас, и человек перед вами — «Одноразовый пароль». Он показан один раз, действует 24 часа и открывает только страницу, где человек задаст свой.",
          "Вход остался на чужом устройстве — «Завершить сеансы»: пароль прежний, вход закроется везде.",
          "Нет ни почты, ни телефона — пусть отправит обращение: его ведут в разделе «Обращения».",
        ],
      },
      {
        kind: "warning",
        text: "Не спрашивайте у людей пароли и коды и не пересылайте одноразовый пароль в переписке.",
      },
      {
        kind: "note",
        text: "Перед выдачей одноразового пароля, сменой контакта или роли мы спросим ваш пароль, если вы вошли больше пяти минут назад.",
      },
    ],
  },
  en: {
    title: "Let a person back in",
    question: "A person cannot sign in",
    answer: "A link mostly suffices: the person gets a letter and chooses the password.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Make sure that you speak to the owner of the account, and open the card.",
          "Press “Send password link” and confirm. You will see neither link nor password.",
          "The tab “Delivery” shows whether the server took the letter and whether the link was opened.",
        ],
      },
      {
        kind: "list",
        title: "If the link does not help",
        items: [
          "The person never signed in: “Send invitation”, or “Invite by SMS” without a mailbox.",
          "It has to be now, and the person stands before you: “One-time password”. It is shown once, works for 24 hours and opens only the page where the person chooses another.",
          "A session was left open on some device: “End sessions”. The password stays, and the person is signed out everywhere.",
          "Neither mailbox nor phone: the person sends a request, which is handled under “Cases”.",
        ],
      },
      {
        kind: "warning",
        text: "Never ask people for passwords and codes, and do not send a one-time password by chat or mail.",
      },
      {
        kind: "note",
        text: "Before a one-time password, a change of contact or role, you are asked for your own password if you signed in more than five minutes ago.",
      },
    ],
  },
});
