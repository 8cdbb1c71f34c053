import { inBothLanguages } from "../../platform/language/language.ts";
import { phrases } from "./phrases.ts";
import type { Told } from "./topic.ts";

export const support = inBothLanguages<Told>({
  ru: (facts) => {
    const { toAdministrator, deskSteps } = phrases.ru(facts);
    return {
      title: "Нет доступа к почте и телефону",
      question: "Нет доступа ни к почте, ни к телефону",
      answer: facts.desk
        ? "Отправьте обращение по ссылке «Нет доступа к почте и телефону?» внизу любой страницы. Поддержка убедится, что это вы, и после ожидания пришлёт ссылку для нового пароля."
        : "Напишите администратору портала: он убедится, что аккаунт ваш, и вернёт доступ.",
      blocks: [
        ...deskSteps([
          "Укажите логин или прежний e-mail, адрес для ответа и что случилось. Подтвердите адрес по письму.",
          "На странице обращения видно, чего ждёт поддержка: код на телефон аккаунта, слово коллеги, встреча.",
          "Решение принимают два сотрудника. Все контакты аккаунта предупредят: владелец может остановить обращение.",
          "Когда ожидание закончится, откройте ссылку из письма и задайте новый пароль.",
        ]),
        ...toAdministrator,
        {
          kind: "list",
          title: "Что написать",
          items: [
            "Кто вы: имя, отдел, логин или прежний e-mail аккаунта.",
            "Что случилось: какая почта или номер потеряны и с какого дня.",
            "Последний вход: когда это было и с какого устройства.",
            "Номер последнего запроса, если вы запрашивали письмо.",
            "Куда вам ответить: новый e-mail или телефон.",
          ],
        },
        { kind: "warning", text: "Не сообщайте пароли и коды: для помощи они не нужны." },
      ],
    };
  },
  en: (facts) => {
    const { toAdministrator, deskSteps } = phrases.en(facts);
    return {
      title: "No access to e-mail and phone",
      question: "I have access to neither the mailbox nor the phone",
      answer: facts.desk
        ? "Send a request by the link “No access to e-mail and phone?” at the bottom of any page. Support makes sure that it is you and, after a wait, sends a link for a new password."
        : "Write to the portal's administrator, who makes sure that the account is yours and gives access back.",
      blocks: [
        ...deskSteps([
          "Enter the login or earlier e-mail, an address for the answer and what happened. Confirm the address by the message.",
          "The page of the request shows what support needs: a code to the account's phone, a colleague's word, a meeting.",
          "Two members of staff decide. Every contact of the account is warned, and its owner can stop the request.",
          "Once the wait is over, open the link in the message and set a new password.",
        ]),
        ...toAdministrator,
        {
          kind: "list",
          title: "What to write",
          items: [
            "Who you are: name, department, login or earlier e-mail of the account.",
            "What happened: which mailbox or number is lost, and since when.",
            "The last time you signed in: when, and on which device.",
            "The number of the last request, if you asked for a message.",
            "Where to answer: a new e-mail or phone.",
          ],
        },
        {
          kind: "warning",
          text: "Tell nobody your passwords and codes: they are not needed to help you.",
        },
      ],
    };
  },
});
