import { inBothLanguages } from "../../platform/language/language.ts";
import { phrases } from "./phrases.ts";
import type { Told } from "./topic.ts";

export const noLetter = inBothLanguages<Told>({
  ru: (facts) => {
    const { letters } = phrases.ru(facts);
    return {
      title: "Письмо не пришло",
      question: "Письмо не приходит",
      answer: "Чаще всего письмо лежит в папке «Спам» или «Рассылки» либо в адресе опечатка.",
      blocks: [
        {
          kind: "steps",
          items: [
            "Посмотрите папки «Спам» и «Рассылки».",
            "Проверьте адрес: на странице «Проверьте почту» он показан так, как вы его ввели. Если в нём ошибка, нажмите «Указать другой адрес».",
            "Вспомните, та ли это почта. Письмо приходит только на почту, указанную в аккаунте: чужим адресам мы не пишем, а страница выглядит одинаково для всех.",
            `Подождите минуту и нажмите «Отправить ещё раз». Лимит одного аккаунта — ${letters} в час и ${facts.lettersPerDay} в день.`,
            "Писем несколько — откройте последнее: номер в его теме тот же, что на странице «Проверьте почту».",
            ...(facts.sms ? ["Телефон с вами — нажмите «Отправить код по SMS»."] : []),
          ],
        },
        {
          kind: "text",
          title: "У компании свой почтовый домен",
          text: "Попросите администратора почты внести отправителя в белый список. Все служебные письма приходят только с этого адреса.",
        },
        { kind: "sender" },
      ],
    };
  },
  en: (facts) => {
    const { letters } = phrases.en(facts);
    return {
      title: "The message did not arrive",
      question: "The message does not come",
      answer: "Most often it lies in “Spam” or “Newsletters”, or the address has a typing error.",
      blocks: [
        {
          kind: "steps",
          items: [
            "Look into the folders “Spam” and “Newsletters”.",
            "Check the address: the page “Check your mail” shows it as you typed it. If it is wrong, press “Use another address”.",
            "Make sure that it is the right mailbox. The message goes only to the mailbox of the account: we do not write to strangers, and the page looks the same for everybody.",
            `Wait a minute and press “Resend”. The limit of one account is ${letters} an hour and ${facts.lettersPerDay} a day.`,
            "Several messages? Open the latest one: the number in its subject is the one on the page “Check your mail”.",
            ...(facts.sms ? ["The phone is with you? Press “Send a code by SMS”."] : []),
          ],
        },
        {
          kind: "text",
          title: "The company has its own mail domain",
          text: "Ask the mail administrator to put the sender on the allow-list. All service messages come from this address only.",
        },
        { kind: "sender" },
      ],
    };
  },
});
