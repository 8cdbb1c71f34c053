import { inBothLanguages } from "../../../platform/language/language.ts";
import type { Topic } from "../../words/topic.ts";

export const users = inBothLanguages<Topic>({
  ru: {
    title: "Найти человека",
    question: "Как найти человека и что видно в карточке",
    answer: "Подойдёт любая часть имени, логина, e-mail или телефона.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Откройте «Пользователи» и введите, что знаете, в поле «Имя, логин, e-mail или телефон». Раскладка и запись номера не важны: найдётся и 8 916, и +7 916.",
          "Сузьте список: «Статус», «Роль», «Последний вход», а остальное — под «Ещё условия».",
          "Нажмите на имя: откроется карточка.",
        ],
      },
      {
        kind: "list",
        title: "Что в карточке",
        items: [
          "«Вход и защита» — контакты, пароль, последний вход и кнопки действий.",
          "«Правила» — что действует для человека и какая группа это задала.",
          "«Сеансы» и «История» — где открыт вход и что происходило с аккаунтом.",
          "«Доставка» — каждое письмо и SMS, шаг за шагом.",
          "«Журнал» — кто из сотрудников что делал с аккаунтом.",
        ],
      },
      {
        kind: "list",
        title: "Список под рукой",
        items: [
          "Одни и те же условия нужны часто — нажмите «Сохранить условия» и дайте им название: оно встанет над списком. С отметкой «Для всех администраторов» его увидят и коллеги.",
          "Уволенных список не показывает: выберите их в условии «Статус».",
        ],
      },
      { kind: "note", text: "Каждый просмотр и поиск остаётся в журнале." },
    ],
  },
  en: {
    title: "Find a person",
    question: "How to find a person and what the card shows",
    answer: "Any part of a name, login, e-mail or phone will do.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Open “Users” and type what you know into “Name, login, e-mail or phone”. The keyboard layout and the spelling of a number do not matter.",
          "Narrow the list down: “Status”, “Role”, “Last sign-in”, and the rest below “More conditions”.",
          "Press the name: the card opens.",
        ],
      },
      {
        kind: "list",
        title: "What the card shows",
        items: [
          "“Sign-in and protection”: contacts, password, last sign-in and what you can do.",
          "“Rules”: what holds for the person and which group says so.",
          "“Sessions” and “History”: where somebody is signed in, and what happened to the account.",
          "“Delivery”: every letter and SMS, step by step.",
          "“Record”: who of the staff did what to the account.",
        ],
      },
      {
        kind: "list",
        title: "A list at hand",
        items: [
          "You need the same conditions often: press “Save conditions” and give them a name, which stands above the list. “For all administrators” shows it to your colleagues as well.",
          "The list leaves out those who left: choose them under “Status”.",
        ],
      },
      { kind: "note", text: "Each look and each search stays in the record." },
    ],
  },
});
