import { inBothLanguages } from "../platform/language/language.ts";

export const words = inBothLanguages({
  ru: {
    title: "Добро пожаловать",
    lead: (name: string, portal: string) =>
      `${name}, вас пригласили на\u00a0портал «${portal}». Задайте пароль, с\u00a0которым будете входить.`,
    account: "Аккаунт",
    password: "Новый пароль",
    repeat: "Подтверждение нового пароля",
    phrase: "Подойдёт фраза из\u00a0четырёх слов",
    submit: "Сохранить пароль",
    outside: { or: "или без пароля, через", label: "Входить без пароля, через сервис" },
    gone: {
      title: "Приглашение больше не действует",
      text: "Ссылка работает 24\u00a0часа и\u00a0один раз. Пароль уже задан? Входите. Нет\u00a0— попросите администратора прислать приглашение ещё раз.",
      signIn: "На страницу входа",
    },
    done: {
      title: "Пароль задан",
      text: "Теперь войдите с\u00a0новым паролем.",
      signIn: "Войти",
    },
    sms: (portal: string, url: string) => `${portal}: вас пригласили. Задайте пароль за сутки: ${url}`,
    letter: {
      subject: (portal: string) => `Приглашение на\u00a0портал «${portal}»`,
      preheader: (until: string) => `Задайте пароль до\u00a0${until}.`,
      greeting: (name: string) => `Здравствуйте, ${name}.`,
      intro: (portal: string) =>
        `Для вас создан аккаунт на\u00a0портале «${portal}». Осталось задать пароль.`,
      until: (until: string) => `Ссылка действует до\u00a0${until}.`,
      button: "Задать пароль",
      login: "Логин",
      notYou:
        "Не\u00a0знаете, о\u00a0чём речь? Ничего не\u00a0делайте: без пароля в\u00a0аккаунт никто не\u00a0войдёт.",
      link: "Если кнопка не\u00a0работает, откройте ссылку:",
    },
  },
  en: {
    title: "Welcome",
    lead: (name, portal) => `${name}, you are invited to “${portal}”. Choose the password to sign in with.`,
    account: "Account",
    password: "New password",
    repeat: "Confirm new password",
    phrase: "A phrase of four words will do",
    submit: "Save password",
    outside: { or: "or without a password, through", label: "Sign in through a service, without a password" },
    gone: {
      title: "The invitation no longer works",
      text: "The link works once, within 24 hours. Chosen a password already? Sign in. If not, ask the administrator for another invitation.",
      signIn: "To the sign-in page",
    },
    done: { title: "Password chosen", text: "Now sign in with the new password.", signIn: "Sign in" },
    sms: (portal, url) => `${portal}: you are invited. Choose a password within a day: ${url}`,
    letter: {
      subject: (portal) => `Invitation to “${portal}”`,
      preheader: (until) => `Choose a password before ${until}.`,
      greeting: (name) => `Hello ${name},`,
      intro: (portal) => `There is an account for you at “${portal}”. All it needs is a password.`,
      until: (until) => `The link works until ${until}.`,
      button: "Choose a password",
      login: "Login",
      notYou: "Not expecting this? Do nothing: nobody gets into the account without a password.",
      link: "If the button fails, open this link:",
    },
  },
});
