import { inBothLanguages } from "../platform/language/language.ts";

/**
 * What a notice of a changed contact is about, masked, so that two may look alike; null: nothing was or is
 * there.
 */
interface Change {
  was: string | null;
  now: string | null;
  /** The outside service that was linked or unlinked. */
  service: string;
}

export const words = inBothLanguages({
  ru: {
    greeting: (name: string) => `Здравствуйте, ${name}.`,
    subject: (what: string, portal: string, time: string) => `${what} — ${portal}, ${time}`,
    when: "Когда",
    device: "Устройство",
    address: "Адрес в сети",
    who: "Кто",
    staff: "Администратор портала",
    veto: "Это не я",
    vetoText: (until: string) =>
      `Не вы? Нажмите «Это не я» до ${until}: сеансы завершатся, изменения этого времени отменятся, а войти можно будет только после восстановления пароля.`,
    vetoLink: "Если это были не вы, откройте ссылку:",
    recover: "Восстановить доступ",
    recoverText: "Не вы? Сразу восстановите доступ: новый пароль закроет вход постороннему.",
    recoverLink: "Восстановить доступ:",
    newContact: "Если адрес привязали не вы, сообщите администратору портала.",
    byStaff: (contact: string | undefined) =>
      `Если вы об этом не просили или это ошибка, сообщите администратору${contact ? `: ${contact}` : " портала"}.`,
    kinds: {
      "password-changed": {
        what: (_change: Change) => "Пароль изменён",
        preheader: "Остальные устройства отключены, прежние ссылки и коды не работают.",
        paragraphs: (login: string, _change: Change) => [
          `Пароль аккаунта ${login} был изменён.`,
          "Остальные устройства отключены, прежние ссылки и коды больше не работают.",
        ],
      },
      "email-changed": {
        what: ({ was, now }: Change): string =>
          was && now ? "E-mail изменён" : now ? "E-mail добавлен" : "E-mail удалён",
        preheader: "Прежние ссылки и коды не работают.",
        paragraphs: (login: string, { was, now }: Change) => [
          was && now
            ? was === now
              ? `E-mail аккаунта ${login} изменён на другой: ${now}.`
              : `E-mail аккаунта ${login} изменён: было ${was}, стало ${now}.`
            : now
              ? `К аккаунту ${login} добавлен e-mail ${now}.`
              : `Из аккаунта ${login} удалён e-mail ${was}.`,
          now
            ? "Письма и вход теперь по новому адресу; прежние ссылки и коды больше не работают."
            : "Прежние ссылки и коды больше не работают.",
        ],
      },
      "phone-changed": {
        what: ({ was, now }: Change): string =>
          was && now ? "Телефон изменён" : now ? "Телефон добавлен" : "Телефон удалён",
        preheader: "Прежние ссылки и коды не работают.",
        paragraphs: (login: string, { was, now }: Change) => [
          was && now
            ? was === now
              ? `Телефон аккаунта ${login} изменён на другой: ${now}.`
              : `Телефон аккаунта ${login} изменён: был ${was}, стал ${now}.`
            : now
              ? `К аккаунту ${login} добавлен телефон ${now}.`
              : `Из аккаунта ${login} удалён телефон ${was}.`,
          "Прежние ссылки и коды больше не работают.",
        ],
      },
      "new-device": {
        what: () => "Вход с нового устройства",
        preheader: "В ваш аккаунт вошли с устройства, которого мы раньше не видели.",
        paragraphs: (login: string) => [
          `В аккаунт ${login} вошли с устройства, которого мы раньше не видели.`,
          "Если это вы, ничего делать не нужно.",
        ],
      },
      "device-copied": {
        what: () => "Устройство отключено",
        preheader: "Запомненное устройство предъявило устаревший ключ: возможно, его скопировали.",
        paragraphs: (login: string) => [
          `Устройство, запомненное для аккаунта ${login}, предъявило устаревший ключ: возможно, его скопировали.`,
          "Мы отключили это устройство. Войдите на нём заново паролем.",
        ],
      },
      "identity-linked": {
        what: ({ service }: Change) => `Привязан ${service}`,
        preheader: "Теперь через этот сервис можно войти в ваш аккаунт.",
        paragraphs: (login: string, { service }: Change) => [
          `К аккаунту ${login} привязан ${service}: теперь через него можно войти.`,
          "Если это вы, ничего делать не нужно.",
        ],
      },
      "identity-unlinked": {
        what: ({ service }: Change) => `Отвязан ${service}`,
        preheader: "Через этот сервис войти в ваш аккаунт больше нельзя.",
        paragraphs: (login: string, { service }: Change) => [
          `От аккаунта ${login} отвязан ${service}: войти через него больше нельзя.`,
          "Если это вы, ничего делать не нужно.",
        ],
      },
      "portal-allowed": {
        what: ({ service }: Change) => `Разрешён доступ порталу «${service}»`,
        preheader: "Внешнему порталу разрешено узнать часть ваших данных.",
        paragraphs: (login: string, { service }: Change) => [
          `Аккаунту ${login} разрешён вход на внешний портал «${service}»: он узнает то, что было перечислено при входе.`,
          "Если это вы, ничего делать не нужно. Отозвать доступ можно на «Моей странице».",
        ],
      },
      "portal-withdrawn": {
        what: ({ service }: Change) => `Доступ портала «${service}» отозван`,
        preheader: "Портал больше ничего не узнает о вас от нас.",
        paragraphs: (login: string, { service }: Change) => [
          `Портал «${service}» больше не получает данных аккаунта ${login}, и вход на нём завершён.`,
          "Что портал узнал раньше, знает только он: об этом спрашивайте у него самого.",
        ],
      },
      vetoed: {
        what: () => "Вход закрыт по вашей просьбе",
        preheader: "Сеансы завершены. Чтобы войти, восстановите пароль.",
        paragraphs: (login: string) => [
          `В письме о событии в аккаунте ${login} нажали «Это не я».`,
          "Все сеансы завершены, изменения контактов отменены, прежний пароль больше не действует. Задайте новый — по письму, которое придёт на вашу почту.",
        ],
      },
    },
    sms: (what: string, time: string, host: string, forgot: string) =>
      `${what} ${time}. Не вы? Откройте ${host} → «${forgot}»`,
    smsByStaff: (what: string, time: string, host: string) =>
      `${what} ${time} администратором ${host}. Ошибка? Сообщите ему.`,
    smsVetoed: (time: string, host: string, forgot: string) =>
      `Вход закрыт ${time}: нажали «Это не я». Откройте ${host} → «${forgot}»`,
    forgot: "Забыли пароль?",
    forgotBox: "Забыли свой пароль?",
  },
  en: {
    greeting: (name) => `Hello ${name},`,
    subject: (what, portal, time) => `${what} — ${portal}, ${time}`,
    when: "When",
    device: "Device",
    address: "Network address",
    who: "Who",
    staff: "Administrator of the portal",
    veto: "It was not me",
    vetoText: (until) =>
      `Not you? Press “It was not me” before ${until}: sessions end, changes made since then are undone, and signing in takes a password reset first.`,
    vetoLink: "If it was not you, open this link:",
    recover: "Recover access",
    recoverText: "Not you? Recover access at once: a new password shuts the stranger out.",
    recoverLink: "Recover access:",
    newContact: "If it was not you who added this address, tell the portal's administrator.",
    byStaff: (contact) =>
      `If you did not ask for this, or it is a mistake, tell the administrator${contact ? `: ${contact}` : " of the portal"}.`,
    kinds: {
      "password-changed": {
        what: () => "Password changed",
        preheader: "Other devices are signed out; earlier links and codes no longer work.",
        paragraphs: (login) => [
          `The password of the account ${login} was changed.`,
          "Other devices are signed out; earlier links and codes no longer work.",
        ],
      },
      "email-changed": {
        what: ({ was, now }) => (was && now ? "E-mail changed" : now ? "E-mail added" : "E-mail removed"),
        preheader: "Earlier links and codes no longer work.",
        paragraphs: (login, { was, now }) => [
          was && now
            ? was === now
              ? `The e-mail of the account ${login} was changed to another one: ${now}.`
              : `The e-mail of the account ${login} was changed from ${was} to ${now}.`
            : now
              ? `The e-mail ${now} was added to the account ${login}.`
              : `The e-mail ${was} was removed from the account ${login}.`,
          now
            ? "Messages and signing in go by the new address; earlier links and codes no longer work."
            : "Earlier links and codes no longer work.",
        ],
      },
      "phone-changed": {
        what: ({ was, now }) => (was && now ? "Phone changed" : now ? "Phone added" : "Phone removed"),
        preheader: "Earlier links and codes no longer work.",
        paragraphs: (login, { was, now }) => [
          was && now
            ? was === now
              ? `The phone of the account ${login} was changed to another one: ${now}.`
              : `The phone of the account ${login} was changed from ${was} to ${now}.`
            : now
              ? `The phone ${now} was added to the account ${login}.`
              : `The phone ${was} was removed from the account ${login}.`,
          "Earlier links and codes no longer work.",
        ],
      },
      "new-device": {
        what: () => "New device signed in",
        preheader: "Your account was entered from a device that we had not seen before.",
        paragraphs: (login) => [
          `The account ${login} was entered from a device that we had not seen before.`,
          "If it was you, there is nothing to do.",
        ],
      },
      "device-copied": {
        what: () => "Device signed out",
        preheader: "A remembered device showed an outdated key: it may have been copied.",
        paragraphs: (login) => [
          `A device remembered for the account ${login} showed an outdated key: it may have been copied.`,
          "We signed this device out. Sign in on it again with the password.",
        ],
      },
      "identity-linked": {
        what: ({ service }) => `${service} linked`,
        preheader: "Your account can now be entered through this service.",
        paragraphs: (login, { service }) => [
          `${service} was linked to the account ${login}: it can now be entered through it.`,
          "If it was you, there is nothing to do.",
        ],
      },
      "identity-unlinked": {
        what: ({ service }) => `${service} unlinked`,
        preheader: "Your account can no longer be entered through this service.",
        paragraphs: (login, { service }) => [
          `${service} was unlinked from the account ${login}: it can no longer be entered through it.`,
          "If it was you, there is nothing to do.",
        ],
      },
      "portal-allowed": {
        what: ({ service }) => `Access allowed to the portal ${service}`,
        preheader: "A portal of somebody else may know some of your data.",
        paragraphs: (login, { service }) => [
          `The account ${login} was allowed into ${service}, a portal of somebody else: it learns what was listed at the sign-in.`,
          "If it was you, nothing has to be done. You can withdraw the access on “My page”.",
        ],
      },
      "portal-withdrawn": {
        what: ({ service }) => `Access of the portal ${service} withdrawn`,
        preheader: "The portal learns nothing more about you from us.",
        paragraphs: (login, { service }) => [
          `The portal ${service} gets no more data of the account ${login}, and the sign-in there has ended.`,
          "What it learned before is known to the portal alone: ask there about it.",
        ],
      },
      vetoed: {
        what: () => "Sign-in closed at your request",
        preheader: "Sessions have ended. Reset the password to sign in.",
        paragraphs: (login) => [
          `“It was not me” was pressed in a message about the account ${login}.`,
          "All sessions have ended, changes of contacts are undone, and the password no longer works. Set a new one with the message that comes to your mailbox.",
        ],
      },
    },
    sms: (what, time, host, forgot) => `${what} ${time}. Not you? Open ${host}, "${forgot}"`,
    smsByStaff: (what, time, host) =>
      `${what} ${time} by the administrator of ${host}. A mistake? Tell them.`,
    smsVetoed: (time, host, forgot) => `Sign-in closed ${time}: "It was not me". Open ${host}, "${forgot}"`,
    forgot: "Forgot password?",
    forgotBox: "Forgot your password?",
  },
});
