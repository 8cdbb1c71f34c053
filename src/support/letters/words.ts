import { inBothLanguages } from "../../platform/language/language.ts";

export const words = inBothLanguages({
  ru: {
    greeting: "Здравствуйте.",
    greetingName: (name: string) => `Здравствуйте, ${name}.`,
    subject: (number: number, what: string) => `Обращение № ${number}: ${what}`,
    when: "Когда",
    device: "Устройство",
    address: "Адрес",
    number: "Номер обращения",
    link: "Если кнопка не работает, откройте ссылку:",
    page: "Открыть обращение",
    reply: "Ответить можно на странице обращения.",
    replyByMail: "Ответить можно на странице обращения или письмом на это письмо.",
    key: {
      what: "подтвердите адрес",
      whatOpen: "вход на страницу обращения",
      preheader: "До подтверждения обращение никто не увидит.",
      preheaderOpen: "Ссылка и код открывают страницу обращения.",
      text: (portal: string) =>
        `Этот адрес указали для ответа в обращении о доступе к порталу «${portal}». Подтвердите, что он ваш: до этого обращение никто не увидит.`,
      textOpen: (portal: string) =>
        `Вы попросили открыть страницу обращения о доступе к порталу «${portal}».`,
      button: "Подтвердить адрес",
      code: "Код для страницы, где вы отправили обращение",
      codeOpen: "Код для страницы, где вы его запросили",
      codeNote: (until: string) => `Действует до ${until}. Никому его не сообщайте.`,
      notYou: "Не вы? Ничего не делайте: через сутки обращение исчезнет.",
      notYouOpen: "Не вы? Никому не передавайте это письмо: ссылка открывает переписку.",
    },
    accepted: {
      what: "принято",
      preheader: (due: string) => `Ответим до ${due}.`,
      text: (due: string) => `Адрес подтверждён, обращение принято. Ответим до ${due}.`,
      next: "На странице обращения видно, что происходит и чего мы ждём от вас. Там же можно дописать подробности и приложить файлы.",
      never:
        "Пароли и коды из сообщений мы не спрашиваем никогда. Исключение — код для встречи: его называют сотруднику только лично.",
    },
    answer: {
      what: "ответ",
      preheader: "Поддержка ответила на обращение.",
      lead: "Ответ поддержки:",
      files: "К ответу приложены файлы: они на странице обращения.",
    },
    approved: {
      what: "одобрено, идёт ожидание",
      preheader: (at: string) => `Ссылка придёт ${at}, если владелец не возразит.`,
      text: (at: string) =>
        `Обращение одобрено. Для защиты аккаунта мы предупредили все известные контакты и ждём до ${at}. Если никто не возразит, на этот адрес придёт ссылка для нового пароля.`,
      know: "Если вы тем временем вошли сами, обращение закроется.",
    },
    done: {
      what: "задайте новый пароль",
      preheader: (until: string) => `Ссылка действует до ${until}.`,
      text: (login: string, portal: string) =>
        `Ожидание закончилось, никто не возразил. По ссылке задайте новый пароль для аккаунта ${login} (${portal}).`,
      email: "Вместе с паролем e-mail аккаунта сменится на этот адрес.",
      factors: "Второй шаг входа, если он был включён, остаётся.",
      until: (until: string) => `Ссылка одноразовая и действует до ${until}.`,
      button: "Задать новый пароль",
    },
    refused: {
      what: "отказано",
      preheader: "Причина и что можно сделать.",
      text: "Мы не можем восстановить доступ по этому обращению. Причина:",
      appeal:
        "Не согласны? На странице обращения один раз можно попросить пересмотр: им займётся другой сотрудник.",
      final: "Обращение пересматривали, решение окончательное.",
    },
    stopped: {
      what: "остановлено",
      preheader: "Доступ по этому обращению не восстановят.",
      reasons: {
        veto: "Владелец аккаунта возразил, и обращение закрыто.",
        "signed-in": "В аккаунт вошли, поэтому обращение закрыто: восстанавливать доступ не нужно.",
        changed: "Данные аккаунта изменились, и обращение закрыто.",
      },
      how: "Аккаунт ваш, а вошли или возразили не вы? Значит, он у кого-то другого. Отправьте новое обращение и напишите об этом: при личной встрече поддержка закроет чужой вход.",
    },
    silent: {
      what: "закрыто",
      preheader: "От вас не было ответа неделю.",
      text: "Неделю от вас не было ответа, поэтому обращение закрыто. Если помощь ещё нужна, отправьте новое.",
      button: "Новое обращение",
    },
    warning: {
      subject: (portal: string, time: string) =>
        `Ваш доступ хотят восстановить без почты и телефона — ${portal}, ${time}`,
      preheader: (at: string) => `Не вы? Остановите до ${at}.`,
      text: (login: string, portal: string) =>
        `Кто-то обратился в поддержку и просит дать ему доступ к вашему аккаунту ${login} (${portal}), потому что потерял почту и телефон. Обращение одобрено.`,
      again: "Напоминаем: половина времени на возражение прошла.",
      deadline: (at: string, answer: string) =>
        `Если до ${at} никто не возразит, на адрес ${answer} придёт ссылка для нового пароля.`,
      email: (answer: string) => `E-mail аккаунта при этом сменится на ${answer}.`,
      you: "Это вы? Ничего не делайте.",
      notYou:
        "Не вы? Нажмите кнопку: обращение закроется сразу. Войти в аккаунт — тоже способ его остановить.",
      button: "Это не я, остановить",
      sms: (portal: string, at: string, url: string) =>
        `${portal}: вашим аккаунтом просят завладеть через поддержку. Не вы? Остановите до ${at}: ${url}`,
    },
    vouch: {
      subject: (name: string, portal: string) => `Знаете ли вы этого человека: ${name} — ${portal}`,
      preheader: "Поддержка просит подтвердить личность коллеги.",
      text: (name: string, number: number) =>
        `В поддержку обратились от имени ${name} (№ ${number}): нет доступа ни к почте, ни к телефону. Нужно убедиться, что это действительно ${name}, и в обращении назвали вас.`,
      before:
        "Прежде чем ответить, поговорите с человеком лично или по знакомому номеру. Письмам и сообщениям не верьте: их мог написать кто угодно.",
      sign: "Чтобы ответить, нужно войти в свой аккаунт.",
      button: "Ответить",
    },
    code: (code: string) =>
      `Код ${code} для обращения в поддержку. Назовите его только на странице обращения.`,
  },
  en: {
    greeting: "Hello,",
    greetingName: (name) => `Hello ${name},`,
    subject: (number, what) => `Request No. ${number}: ${what}`,
    when: "When",
    device: "Device",
    address: "Address",
    number: "Number of the request",
    link: "If the button fails, open this link:",
    page: "Open the request",
    reply: "You can answer on the page of the request.",
    replyByMail: "You can answer on the page of the request or by replying to this message.",
    key: {
      what: "confirm the address",
      whatOpen: "the page of the request",
      preheader: "Nobody sees the request before you confirm.",
      preheaderOpen: "Link and code open the page of the request.",
      text: (portal) =>
        `This address was given for the answer to a request about access to the portal “${portal}”. Confirm that it is yours: nobody sees the request before.`,
      textOpen: (portal) => `You asked to open the page of a request about access to the portal “${portal}”.`,
      button: "Confirm the address",
      code: "Code for the page where you sent the request",
      codeOpen: "Code for the page where you asked for it",
      codeNote: (until) => `Works until ${until}. Do not share it.`,
      notYou: "Not you? Do nothing: the request vanishes after a day.",
      notYouOpen: "Not you? Hand this message to nobody: the link opens what was written.",
    },
    accepted: {
      what: "received",
      preheader: (due) => `We will answer by ${due}.`,
      text: (due) => `The address is confirmed and the request received. We will answer by ${due}.`,
      next: "The page of the request shows what is going on and what we need from you. You can add details and files there.",
      never:
        "We never ask for passwords or codes from messages. The code for a meeting is the exception: tell it to a member of staff face to face only.",
    },
    answer: {
      what: "an answer",
      preheader: "Support has answered the request.",
      lead: "Support writes:",
      files: "Files come with the answer: they are on the page of the request.",
    },
    approved: {
      what: "approved, now waiting",
      preheader: (at) => `The link comes ${at} unless the owner objects.`,
      text: (at) =>
        `The request is approved. To protect the account we have warned every known contact and wait until ${at}. If nobody objects, a link for a new password comes to this address.`,
      know: "If you sign in yourself meanwhile, the request closes.",
    },
    done: {
      what: "set a new password",
      preheader: (until) => `The link works until ${until}.`,
      text: (login, portal) =>
        `The wait is over and nobody objected. Set a new password for the account ${login} (${portal}) by the link.`,
      email: "With the password, this address becomes the e-mail of the account.",
      factors: "A second step of signing in stays where there was one.",
      until: (until) => `The link works once, until ${until}.`,
      button: "Set a new password",
    },
    refused: {
      what: "refused",
      preheader: "The reason, and what you can do.",
      text: "We cannot give access back on this request. The reason:",
      appeal:
        "You disagree? On the page of the request you can ask once for another look, by somebody else of the staff.",
      final: "The request has been looked at again, and this is final.",
    },
    stopped: {
      what: "stopped",
      preheader: "This request gives no access any more.",
      reasons: {
        veto: "The owner of the account objected, and the request is closed.",
        "signed-in":
          "Somebody signed in to the account, so the request is closed: there is nothing to restore.",
        changed: "The account changed, and the request is closed.",
      },
      how: "The account is yours, and it was not you who signed in or objected? Then somebody else has it. Send another request and say so: support meets you in person and shuts the other one out.",
    },
    silent: {
      what: "closed",
      preheader: "You have not answered for a week.",
      text: "You have not answered for a week, so the request is closed. If you still need help, send another.",
      button: "New request",
    },
    warning: {
      subject: (portal, time) =>
        `Somebody wants your access back without mail and phone — ${portal}, ${time}`,
      preheader: (at) => `Not you? Stop it before ${at}.`,
      text: (login, portal) =>
        `Somebody asked support for access to your account ${login} (${portal}), saying that mail and phone are lost. The request is approved.`,
      again: "A reminder: half of the time to object has passed.",
      deadline: (at, answer) =>
        `If nobody objects before ${at}, a link for a new password goes to ${answer}.`,
      email: (answer) => `The e-mail of the account then becomes ${answer}.`,
      you: "Is it you? Do nothing.",
      notYou: "Not you? Press the button: the request closes at once. Signing in stops it as well.",
      button: "It was not me, stop it",
      sms: (portal, at, url) =>
        `${portal}: somebody asks support for your account. Not you? Stop it before ${at}: ${url}`,
    },
    vouch: {
      subject: (name, portal) => `Do you know this person: ${name} — ${portal}`,
      preheader: "Support asks you to confirm who a colleague is.",
      text: (name, number) =>
        `Somebody wrote to support as ${name} (No. ${number}), without access to mail and phone. We have to make sure that it is really ${name}, and you were named.`,
      before:
        "Before you answer, talk to the person face to face or on a number that you know. Trust no letters and messages: anybody could have written them.",
      sign: "To answer you have to sign in to your own account.",
      button: "Answer",
    },
    code: (code) => `Code ${code} for your request to support. Type it on the page of the request only.`,
  },
});
