import { inBothLanguages } from "../../platform/language/language.ts";

export const words = inBothLanguages({
  ru: {
    title: "Справка для сотрудников",
    lead: "Как пользоваться консолью: найти человека, вернуть ему вход, разобраться с\u00a0письмом.",
    topics: "Что нужно сделать",
    open: "Открыть раздел",
    toConsole: "Открыть консоль",
    signIn: "Войти",
    next: "Другие задачи",
    back: "Вся справка",
    people: "Помощь для тех, кто входит",
  },
  en: {
    title: "Help for staff",
    lead: "How to use the console: find a person, let them back in, see what became of a letter.",
    topics: "What is to be done",
    open: "Open this part",
    toConsole: "Open the console",
    signIn: "Sign in",
    next: "Other tasks",
    back: "All help for staff",
    people: "Help for people who sign in",
  },
});
