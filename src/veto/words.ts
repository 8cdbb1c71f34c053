import { inBothLanguages } from "../platform/language/language.ts";

export const words = inBothLanguages({
  ru: {
    title: "Это не я",
    lead: (login: string, time: string) =>
      `Письмо сообщило о событии ${time} в аккаунте ${login}. Если это были не вы, закройте вход одним нажатием.`,
    heading: "Что произойдёт",
    sessions: "Все сеансы завершатся на всех устройствах, ваши тоже.",
    back: {
      email: (back: string, gone: string | null) =>
        gone ? `E-mail ${back} вернётся на место ${gone}.` : `E-mail ${back} вернётся.`,
      phone: (back: string, gone: string | null) =>
        gone ? `Телефон ${back} вернётся на место ${gone}.` : `Телефон ${back} вернётся.`,
    },
    gone: {
      email: (gone: string) => `E-mail ${gone} будет убран.`,
      phone: (gone: string) => `Телефон ${gone} будет убран.`,
    },
    unlinked: (service: string) => `${service} будет отвязан: войти через него будет нельзя.`,
    withdrawn: (portal: string) => `Портал «${portal}» больше не узнает о вас: доступ будет отозван.`,
    password: "Нынешний пароль перестанет действовать. Новый вы зададите по письму.",
    proofs: "Прежние ссылки и коды больше не сработают. Мы сообщим об этом на ваши контакты.",
    submit: "Это не я, закрыть вход",
    mine: "Это были вы? Закройте эту страницу, ничего не изменится.",
    done: "Вход закрыт",
    doneText: (time: string) =>
      `Сделано ${time}: сеансы завершены, изменения отменены, прежний пароль не действует. Теперь задайте новый.`,
    recover: "Восстановить доступ",
    over: "Ссылка больше не действует",
    overText:
      "Она работает семь дней и только до более раннего «Это не я». Если в аккаунте кто-то чужой, восстановите доступ: новый пароль закроет вход.",
  },
  en: {
    title: "It was not me",
    lead: (login, time) =>
      `The message told of something that happened ${time} in the account ${login}. If it was not you, close the sign-in with one press.`,
    heading: "What will happen",
    sessions: "All sessions end on all devices, yours included.",
    back: {
      email: (back, gone) =>
        gone ? `The e-mail ${back} comes back in place of ${gone}.` : `The e-mail ${back} comes back.`,
      phone: (back, gone) =>
        gone ? `The phone ${back} comes back in place of ${gone}.` : `The phone ${back} comes back.`,
    },
    gone: {
      email: (gone) => `The e-mail ${gone} is removed.`,
      phone: (gone) => `The phone ${gone} is removed.`,
    },
    unlinked: (service) => `${service} is unlinked: it no longer lets anybody in.`,
    withdrawn: (portal) => `The portal ${portal} learns nothing more about you: its access is withdrawn.`,
    password: "The present password stops working. You will set a new one with a message.",
    proofs: "Earlier links and codes stop working. We will tell your contacts.",
    submit: "It was not me, close the sign-in",
    mine: "Was it you? Close this page; nothing will change.",
    done: "The sign-in is closed",
    doneText: (time) =>
      `Done ${time}: sessions have ended, changes are undone, the password no longer works. Now set a new one.`,
    recover: "Recover access",
    over: "The link no longer works",
    overText:
      "It works for seven days, and only until an earlier “It was not me”. If a stranger is in your account, recover access: a new password shuts them out.",
  },
});
