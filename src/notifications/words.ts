import { inBothLanguages } from "../platform/language/language.ts";

export const words = inBothLanguages({
  ru: {
    greeting: (name: string) => `Здравствуйте, ${name}.`,
    passwordChanged: {
      subject: (portal: string, time: string) => `Пароль изменён — ${portal}, ${time}`,
      preheader: "Остальные устройства отключены, прежние ссылки и коды не работают.",
      paragraphs: (login: string) => [
        `Пароль аккаунта ${login} был изменён.`,
        "Все устройства отключены, прежние ссылки и коды больше не работают.",
      ],
    },
    when: "Когда",
    device: "Устройство",
    address: "Адрес в сети",
    notYou: "Не вы? Сразу восстановите доступ: новый пароль закроет вход постороннему.",
    recoverLink: "Восстановить доступ:",
    recoverButton: "Это не я",
  },
  en: {
    greeting: (name) => `Hello ${name},`,
    passwordChanged: {
      subject: (portal, time) => `Password changed — ${portal}, ${time}`,
      preheader: "Other devices are signed out; earlier links and codes no longer work.",
      paragraphs: (login) => [
        `The password of the account ${login} was changed.`,
        "All devices are signed out; earlier links and codes no longer work.",
      ],
    },
    when: "When",
    device: "Device",
    address: "Network address",
    notYou: "Not you? Recover access at once: a new password shuts the stranger out.",
    recoverLink: "Recover access:",
    recoverButton: "It was not me",
  },
});
