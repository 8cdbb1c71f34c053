import { inBothLanguages } from "../../../platform/language/language.ts";

export const words = inBothLanguages({
  ru: {
    title: "Проверка",
    lead: "Пропуск пройдёт вход как портал, насколько это можно без него самого, и откроет его адреса.",
    secret: "Секрет, который стоит на портале",
    secretHint: "Можно не указывать. Сверим и\u00a0не сохраним.",
    button: "Проверить",
    open: "Войти на портал",
    openHint: "Откроется портал: войдите через Пропуск, как это сделают люди.",
    parts: { ours: "Что портал спрашивает у\u00a0Пропуска", people: "Кто входит", portal: "Адреса портала" },
    result: (bad: number) =>
      bad === 0 ? "Всё, что видно отсюда, в\u00a0порядке" : `Есть что исправить: ${bad}`,
    elsewhere:
      "Адреса портала открывал сервер Пропуска. Браузеры людей могут видеть их иначе, например из другой сети.",
    states: { good: "В порядке", bad: "Исправьте", unknown: "Отсюда не\u00a0проверить" },
    said: {
      described: "Описание службы открывается по адресу PUBLIC_URL",
      undescribed: (detail: string) =>
        `Описание службы не открывается по адресу PUBLIC_URL (${detail}). Проверьте PUBLIC_URL, прокси и сертификат. Если сервер не видит собственный внешний адрес, откройте /.well-known/openid-configuration с сервера портала`,
      misdescribed: (detail: string) =>
        `По адресу PUBLIC_URL отвечает другая служба: она называет себя ${detail}. Проверьте прокси`,
      keys: "Ключи подписи читаются",
      keyless: (detail: string) =>
        `Ключи подписи не читаются (${detail}): портал отвергнет вход. Пропустите /oidc/jwks через прокси`,
      "request-taken": "Запрос входа принят, ответ ведёт на этот адрес возврата",
      "request-refused": (detail: string) => `Запрос входа с\u00a0этим адресом возврата отвергнут: ${detail}`,
      "request-lost": (detail: string) =>
        `На запрос входа нет ответа (${detail}). Пропустите /oidc/auth через прокси`,
      secretless: "Портал представляется без секрета, только PKCE",
      "secret-missing": "Секрета ещё нет: выпустите его",
      "secret-wanted":
        "Неверный секрет отвергается, запрос за токеном доходит. Чтобы сверить секрет портала, введите его ниже",
      "secret-fits": "Секрет подходит",
      "secret-previous": "Секрет подходит, но это прежний: поставьте на портале новый и отключите прежний",
      "secret-wrong": "Секрет не подходит. Поставьте на портале выданный секрет или выпустите новый",
      "header-lost":
        "Прокси не пропускает заголовок Authorization к\u00a0/oidc/token. Исправьте прокси или выберите «Секретом в\u00a0теле запроса»",
      "token-lost": (detail: string) =>
        `Запрос за токеном не доходит (${detail}). Пропустите /oidc/token через прокси`,
      "open-to-all": "Портал открыт всем, у\u00a0кого есть аккаунт",
      "open-to-listed": "Портал открыт тем, кто указан во вкладке «Кто входит»",
      "open-to-nobody": "Портал открыт только указанным, а\u00a0список пуст: не войдёт никто",
      "you-may": "Вы сами можете войти",
      "you-may-not": "Вы сами войти не можете: вас нет в\u00a0списке",
      startless: "Не указана первая страница: плитка и конец восстановления никуда не приведут",
      answers: (detail: string) => `Отвечает (HTTP ${detail})`,
      "not-there": (detail: string) => `Сервер есть, а\u00a0страницы нет (HTTP ${detail}). Проверьте путь`,
      broken: (detail: string) => `Портал отвечает ошибкой (HTTP ${detail})`,
      nameless: "Имя сервера не находится в\u00a0DNS. Проверьте написание",
      untrusted: (detail: string) =>
        `Сертификату портала нельзя верить (${detail}). Замените его или добавьте свой корневой сертификат в\u00a0NODE_EXTRA_CA_CERTS`,
      late: "Портал не ответил за 4 секунды",
      closed: (detail: string) =>
        `Соединение не устанавливается (${detail}). Портал выключен или закрыт экраном`,
      "out-of-reach": "Адрес ведёт туда, куда Пропуску ходить не разрешено (PORTAL_CALLS)",
      "own-machine": "Адрес на компьютере человека",
      told: "Адрес для сообщений о\u00a0выходе отвечает и неверное сообщение отвергает",
      "told-anything": (detail: string) =>
        `По адресу для сообщений о\u00a0выходе принято заведомо неверное сообщение (HTTP ${detail}): подпись не проверяется или адрес не тот`,
      "told-elsewhere": (detail: string) =>
        `По адресу для сообщений о\u00a0выходе их не ждут (HTTP ${detail}, должно быть 400). Проверьте адрес`,
      untold:
        "Адрес для сообщений о\u00a0выходе не указан: портал узнает о\u00a0блокировке не сразу, а\u00a0когда обновит свой вход",
    },
  },
  en: {
    title: "Check",
    lead: "Propusk walks through a sign-in as the portal does, as far as that goes without it, and opens its addresses.",
    secret: "Secret that stands in the portal",
    secretHint: "May be left empty. It is compared and not kept.",
    button: "Check",
    open: "Enter the portal",
    openHint: "The portal opens: sign in through Propusk as people will.",
    parts: {
      ours: "What the portal asks of Propusk",
      people: "Who may enter",
      portal: "The portal's addresses",
    },
    result: (bad) => (bad === 0 ? "All that can be seen from here is fine" : `To be mended: ${bad}`),
    elsewhere:
      "The portal's addresses were opened by the server of Propusk. People's browsers may see them in another way, as from another network.",
    states: { good: "Fine", bad: "To be mended", unknown: "Cannot be checked from here" },
    said: {
      described: "The description of the service opens at PUBLIC_URL",
      undescribed: (detail) =>
        `The description of the service does not open at PUBLIC_URL (${detail}). Check PUBLIC_URL, proxy and certificate. If the server does not see its own public address, open /.well-known/openid-configuration from the portal's server`,
      misdescribed: (detail) =>
        `Another service answers at PUBLIC_URL: it calls itself ${detail}. Check the proxy`,
      keys: "The signing keys can be read",
      keyless: (detail) =>
        `The signing keys cannot be read (${detail}): the portal will refuse sign-ins. Let /oidc/jwks through the proxy`,
      "request-taken": "A request to sign in is taken, and its answer leads to this redirect address",
      "request-refused": (detail) => `A request to sign in with this redirect address is refused: ${detail}`,
      "request-lost": (detail) =>
        `A request to sign in gets no answer (${detail}). Let /oidc/auth through the proxy`,
      secretless: "The portal uses no secret, PKCE alone",
      "secret-missing": "There is no secret yet: make one",
      "secret-wanted":
        "A wrong secret is refused, and requests for tokens arrive. To compare the portal's secret, enter it below",
      "secret-fits": "The secret is right",
      "secret-previous":
        "The secret opens, but it is the previous one: put the new one into the portal, then end it",
      "secret-wrong":
        "The secret is wrong. Put the one that was given out into the portal, or make a new one",
      "header-lost":
        "The proxy does not let the Authorization header through to /oidc/token. Mend the proxy, or choose “Secret in the body”",
      "token-lost": (detail) =>
        `Requests for tokens do not arrive (${detail}). Let /oidc/token through the proxy`,
      "open-to-all": "The portal is open to everybody with an account",
      "open-to-listed": "The portal is open to those named under “Who may enter”",
      "open-to-nobody": "The portal is open only to those listed, and the list is empty: nobody can enter",
      "you-may": "You can enter yourself",
      "you-may-not": "You cannot enter yourself: you are not on the list",
      startless: "No first page is given: the tile and the end of a recovery lead nowhere",
      answers: (detail) => `Answers (HTTP ${detail})`,
      "not-there": (detail) => `The server is there, the page is not (HTTP ${detail}). Check the path`,
      broken: (detail) => `The portal answers with an error (HTTP ${detail})`,
      nameless: "The server's name is not found in DNS. Check the spelling",
      untrusted: (detail) =>
        `The portal's certificate cannot be trusted (${detail}). Replace it, or add your root certificate to NODE_EXTRA_CA_CERTS`,
      late: "The portal did not answer within 4 seconds",
      closed: (detail) =>
        `No connection can be made (${detail}). The portal is off, or a firewall is between`,
      "out-of-reach": "The address leads where Propusk may not go (PORTAL_CALLS)",
      "own-machine": "An address on a person's own machine",
      told: "The address for news of sign-outs answers, and refuses a wrong message",
      "told-anything": (detail) =>
        `The address for news of sign-outs took a message that is plainly wrong (HTTP ${detail}): signatures are not checked, or it is another address`,
      "told-elsewhere": (detail) =>
        `Nobody expects news of sign-outs at that address (HTTP ${detail}, 400 is right). Check the address`,
      untold:
        "No address for news of sign-outs: the portal hears of a block not at once, but when it renews its sign-in",
    },
  },
});
