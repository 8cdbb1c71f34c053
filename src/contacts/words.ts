import { inBothLanguages } from "../platform/language/language.ts";

export const words = inBothLanguages({
  ru: {
    greeting: (name: string) => `Здравствуйте, ${name}.`,
    confirm: {
      subject: (time: string, portal: string) => `Подтвердите e-mail — запрос от ${time}, ${portal}`,
      preheader: (until: string) => `Ссылка действует до ${until}. До подтверждения ничего не меняется.`,
      intro: (login: string, portal: string) =>
        `В аккаунте ${login} (${portal}) попросили указать этот адрес. Подтвердите, что он ваш.`,
      until: (until: string) => `Ссылка действует до ${until}. До этого входите по-прежнему.`,
      button: "Подтвердить адрес",
      device: "Устройство",
      when: "Когда",
      notYou: "Не вы? Ничего не делайте: адрес без подтверждения не привяжут.",
      link: "Если кнопка не работает, откройте ссылку:",
    },
    taken: {
      subject: {
        email: (portal: string, time: string) =>
          `Ваш адрес пытались указать в другом аккаунте — ${portal}, ${time}`,
        phone: (portal: string, time: string) =>
          `Ваш телефон пытались указать в другом аккаунте — ${portal}, ${time}`,
      },
      preheader: "Он остался за вашим аккаунтом. Делать ничего не нужно.",
      text: {
        email: (login: string) =>
          `Этот адрес пытались указать в другом аккаунте. Он по-прежнему принадлежит вашему аккаунту ${login}.`,
        phone: (login: string) =>
          `Ваш номер телефона пытались указать в другом аккаунте. Он по-прежнему принадлежит вашему аккаунту ${login}.`,
      },
      how: "Если это вы и второй аккаунт тоже ваш, сначала смените контакт в первом. Иначе делать ничего не нужно: тому, кто пытался, мы об этом не говорим.",
      when: "Когда",
      link: "Ваша страница:",
    },
    code: (code: string) => `Код ${code}. Никому его не сообщайте.`,
  },
  en: {
    greeting: (name) => `Hello ${name},`,
    confirm: {
      subject: (time, portal) => `Confirm your e-mail — requested ${time}, ${portal}`,
      preheader: (until) => `The link works until ${until}. Nothing changes before you confirm.`,
      intro: (login, portal) =>
        `The account ${login} (${portal}) asked to use this address. Confirm that it is yours.`,
      until: (until) => `The link works until ${until}. Until then sign in as before.`,
      button: "Confirm the address",
      device: "Device",
      when: "When",
      notYou: "Not you? Do nothing: without confirmation the address is not used.",
      link: "If the button fails, open this link:",
    },
    taken: {
      subject: {
        email: (portal, time) => `Somebody tried to use your address in another account — ${portal}, ${time}`,
        phone: (portal, time) => `Somebody tried to use your phone in another account — ${portal}, ${time}`,
      },
      preheader: "It still belongs to your account. There is nothing to do.",
      text: {
        email: (login) =>
          `Somebody tried to use this address in another account. It still belongs to your account ${login}.`,
        phone: (login) =>
          `Somebody tried to use your phone number in another account. It still belongs to your account ${login}.`,
      },
      how: "If it was you and the other account is yours too, change the contact in the first one before. Otherwise there is nothing to do: whoever tried is not told.",
      when: "When",
      link: "Your page:",
    },
    code: (code) => `Code ${code}. Do not share it.`,
  },
});
