import { inBothLanguages } from "../platform/language/language.ts";

export const words = inBothLanguages({
  ru: {
    title: "Первый запуск",
    lead: "Создайте первого администратора. Ссылка одноразовая: после этого она перестанет работать.",
    name: "Имя",
    login: "Логин",
    email: "E-mail",
    emailHint: "На него придёт письмо, если вы забудете пароль",
    password: "Пароль",
    phrase: "Подойдёт фраза из четырёх слов",
    repeat: "Подтверждение пароля",
    submit: "Создать администратора",
    refused: {
      name: "Введите имя: до 60 символов, без ссылок",
      login: "Логин — буквы, цифры, точка, дефис и подчёркивание, до 100 символов",
      email: "Введите e-mail полностью, например anna@company.ru",
      phone: "Проверьте номер",
    },
    taken: "Это уже занято другим аккаунтом",
    gone: {
      title: "Ссылка не действует",
      text: "Ссылка первого запуска одноразовая и работает 24 часа. Новую печатает команда:",
      done: "Администратор уже есть: первый запуск завершён.",
      signIn: "На страницу входа",
    },
    done: {
      title: "Администратор создан",
      text: "Теперь войдите с новым паролем. Людей добавляет команда:",
      signIn: "Войти",
    },
  },
  en: {
    title: "First start",
    lead: "Create the first administrator. The link works once.",
    name: "Name",
    login: "Login",
    email: "E-mail",
    emailHint: "If you forget the password, the message goes here",
    password: "Password",
    phrase: "A phrase of four words will do",
    repeat: "Confirm password",
    submit: "Create administrator",
    refused: {
      name: "Enter a name: up to 60 characters, no links",
      login: "A login has letters, digits, dots, hyphens and underscores, up to 100",
      email: "Enter the full e-mail, like anna@company.com",
      phone: "Check the number",
    },
    taken: "This belongs to another account already",
    gone: {
      title: "The link does not work",
      text: "The first-start link works once, within 24 hours. This command prints a new one:",
      done: "There is an administrator already: the first start is over.",
      signIn: "To the sign-in page",
    },
    done: {
      title: "Administrator created",
      text: "Now sign in with the new password. This command adds people:",
      signIn: "Sign in",
    },
  },
});
