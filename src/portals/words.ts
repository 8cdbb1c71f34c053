import { inBothLanguages } from "../platform/language/language.ts";

export const words = inBothLanguages({
  ru: {
    onward: {
      title: (portal: string) => `Переходим: ${portal}`,
      lead: (portal: string) => `Сейчас откроется ${portal}. Если не открылся, нажмите кнопку.`,
      button: (portal: string) => `Открыть ${portal}`,
    },
    choose: {
      title: "Кто входит?",
      lead: (portal: string) => `Вход в\u00a0портал «${portal}». Вы уже вошли на этом устройстве.`,
      other: (portal: string) =>
        `Портал «${portal}» ждёт другого человека. Войдите под его логином или продолжите под своим.`,
      go: (name: string) => `Продолжить как ${name}`,
      another: "Войти под другим логином",
    },
    closed: {
      title: (portal: string) => `Портал «${portal}» для вас закрыт`,
      lead: (login: string) =>
        `Вы вошли как ${login}, но доступа к\u00a0этому порталу у вашей учётной записи нет.`,
      ask: (contact: string) => `Доступ открывает администратор: ${contact}.`,
      askUnknown: "Доступ открывает администратор вашей компании: обратитесь к нему.",
      back: "Вернуться на портал",
      another: "Войти под другим логином",
      mine: "На мою страницу",
    },
    consent: {
      title: (portal: string) => `Разрешить вход в «${portal}»?`,
      lead: (host: string) =>
        `Это внешний портал, ${host}. Вы вернётесь туда, и он узнает о\u00a0вас только то, что перечислено ниже.`,
      asWhom: "Вы входите как",
      learns: "Портал узнает",
      scopes: {
        openid: "номер вашей учётной записи, не\u00a0логин",
        profile: "имя, логин, язык и\u00a0часовой пояс",
        email: (value: string) => `e-mail: ${value}`,
        phone: (value: string) => `телефон: ${value}`,
        noEmail: "e-mail, когда он у\u00a0вас появится",
        noPhone: "телефон, когда он у\u00a0вас появится",
        groups: "названия групп, в\u00a0которых вы состоите",
        offline_access: "сможет обновлять вход до 30\u00a0дней без\u00a0вашего участия",
      },
      never: "Пароль портал не\u00a0узнает никогда.",
      yes: "Разрешить и войти",
      no: "Не разрешать",
      another: "Войти под другим логином",
    },
    signOut: {
      title: "Выйти?",
      lead: (portal: string) => `Портал «${portal}» завершает вашу работу.`,
      leadUnknown: "Портал завершает вашу работу.",
      asWhom: "Вы вошли как",
      everywhere: "На этом устройстве завершится вход и\u00a0во всех других порталах, открытых отсюда.",
      yes: "Выйти отовсюду на этом устройстве",
      no: "Остаться",
    },
    over: {
      title: "Этот вход уже завершён",
      text: "Страница устарела: вход завершён, прерван или ждал слишком долго. Вернитесь на портал и\u00a0начните вход заново.",
    },
    errors: {
      title: "Портал прислал неверный запрос",
      address:
        "Адрес для возврата не\u00a0зарегистрирован за этим порталом, поэтому мы никуда вас не\u00a0отправили. Войдите с\u00a0главной страницы портала, а\u00a0если не\u00a0поможет, сообщите его администратору.",
      client:
        "Такого портала у\u00a0нас нет, или он отключён. Проверьте адрес, по\u00a0которому пришли, и\u00a0сообщите администратору портала.",
      other:
        "Портал отправил запрос, который мы не\u00a0можем выполнить. Вернитесь на портал и\u00a0попробуйте ещё раз; если повторится, назовите его администратору код ошибки.",
      fault: "Ошибка на нашей стороне, она записана. Повторите через минуту.",
      code: "Код ошибки",
      home: "На страницу входа",
    },
  },
  en: {
    onward: {
      title: (portal) => `On the way to ${portal}`,
      lead: (portal) => `${portal} is about to open. If it does not, press the button.`,
      button: (portal) => `Open ${portal}`,
    },
    choose: {
      title: "Who is signing in?",
      lead: (portal) => `Signing in to “${portal}”. You are signed in on this device already.`,
      other: (portal) =>
        `“${portal}” expects somebody else. Sign in with that login, or go on with your own.`,
      go: (name) => `Continue as ${name}`,
      another: "Sign in with another login",
    },
    closed: {
      title: (portal) => `“${portal}” is closed to you`,
      lead: (login) => `You are signed in as ${login}, but your account has no access to this portal.`,
      ask: (contact) => `Access is given by the administrator: ${contact}.`,
      askUnknown: "Access is given by the administrator of your company: please ask them.",
      back: "Back to the portal",
      another: "Sign in with another login",
      mine: "To my page",
    },
    consent: {
      title: (portal) => `Let “${portal}” sign you in?`,
      lead: (host) =>
        `This is a portal of somebody else, ${host}. You will return there, and it will learn only what is listed below.`,
      asWhom: "You sign in as",
      learns: "The portal will learn",
      scopes: {
        openid: "the number of your account, not the login",
        profile: "name, login, language and time zone",
        email: (value) => `e-mail: ${value}`,
        phone: (value) => `phone: ${value}`,
        noEmail: "your e-mail, once you have one",
        noPhone: "your phone, once you have one",
        groups: "the names of the groups that you belong to",
        offline_access: "may renew the sign-in for up to 30 days without you",
      },
      never: "The portal never learns your password.",
      yes: "Allow and sign in",
      no: "Do not allow",
      another: "Sign in with another login",
    },
    signOut: {
      title: "Sign out?",
      lead: (portal) => `“${portal}” is ending your work there.`,
      leadUnknown: "A portal is ending your work there.",
      asWhom: "You are signed in as",
      everywhere:
        "On this device this also ends the sign-in to all other portals that were opened from here.",
      yes: "Sign out everywhere on this device",
      no: "Stay signed in",
    },
    over: {
      title: "This sign-in is over",
      text: "The page is out of date: the sign-in was finished, broken off, or waited for too long. Go back to the portal and begin again.",
    },
    errors: {
      title: "The portal sent a wrong request",
      address:
        "The address to return to is not registered for this portal, so we have sent you nowhere. Sign in from the portal's main page, and if that does not help, tell its administrator.",
      client:
        "We know no such portal, or it is switched off. Check the address that you came from, and tell the portal's administrator.",
      other:
        "The portal asked for something that we cannot do. Go back to the portal and try again; if it repeats, give its administrator the code of the error.",
      fault: "The fault is ours and has been recorded. Try again in a minute.",
      code: "Code of the error",
      home: "To the sign-in page",
    },
  },
});
