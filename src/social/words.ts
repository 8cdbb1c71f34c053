import { inBothLanguages } from "../platform/language/language.ts";

export const words = inBothLanguages({
  ru: {
    entrance: {
      title: (service: string) => `Вход через ${service}`,
      lead: (service: string) => `Пароль портала не понадобится: вас узнает ${service}.`,
      submit: (service: string) => `Войти через ${service}`,
    },
    onward: {
      title: (service: string) => `Переходим: ${service}`,
      lead: (service: string) => `Сейчас откроется ${service}. Если не открылся, нажмите кнопку.`,
      button: (service: string) => `Открыть ${service}`,
    },
    failed: {
      silent: {
        title: (service: string) => `${service} не отвечает`,
        text: "Сервис не ответил за\u00a0пять секунд.",
      },
      unreachable: {
        title: (service: string) => `Нет связи с\u00a0${service}`,
        text: "Портал не смог соединиться с\u00a0сервисом.",
      },
      faulty: {
        title: (service: string) => `Сбой на стороне ${service}`,
        text: "Вместо ответа сервис прислал ошибку.",
      },
      refused: {
        title: (service: string) => `${service} отказал`,
        text: "Сервис не стал подтверждать, кто вы.",
      },
      unproven: {
        title: (service: string) => `Ответ ${service} не принят`,
        text: "Ответ сервиса не прошёл проверку, поэтому доверять ему нельзя.",
      },
    },
    instead: {
      "sign-in": "Попробуйте ещё раз или войдите другим способом.",
      link: "Ничего не привязано. Попробуйте ещё раз сейчас или позже.",
      invitation: "Приглашение ещё действует: попробуйте снова или задайте пароль.",
    },
    lost: {
      title: "Начните вход ещё раз",
      text: (service: string) =>
        `Вход через ${service} уже завершён, начат в\u00a0другом браузере или длился дольше 10\u00a0минут.`,
    },
    lostLink: {
      title: "Начните ещё раз",
      text: (service: string) =>
        `Ответ ${service} уже принят, пришёл в\u00a0другой браузер или ждал дольше 10\u00a0минут.`,
    },
    unknown: {
      title: (service: string) => `Этот аккаунт ${service} ни к\u00a0кому не привязан`,
      text: (service: string) =>
        `Есть аккаунт на портале? Войдите паролем и привяжите ${service} на «Моей странице».`,
      admin: (contact: string) => `Нет аккаунта? Его создаёт администратор: ${contact}.`,
      adminUnknown: "Нет аккаунта? Его создаёт администратор вашего портала.",
    },
    knownEmail: {
      title: "Такой e-mail уже есть",
      text: (service: string) => `Войдите паролем, чтобы привязать ${service}.`,
    },
    closed: {
      title: "Вход закрыт",
      text: "Аккаунт закрыт администратором, поэтому войти в\u00a0него нельзя.",
      admin: (contact: string) => `Вернуть доступ может администратор: ${contact}.`,
      adminUnknown: "Вернуть доступ может администратор вашего портала.",
    },
    throttled: {
      title: "Слишком много попыток",
      text: (wait: string) => `Слишком много попыток. Следующая — через ${wait}.`,
    },
    again: "Попробовать ещё раз",
    signIn: "На страницу входа",
    toLinks: "К\u00a0привязанным сервисам",
    toInvitation: "Вернуться к\u00a0приглашению",
    withPassword: "Войти паролем",
    forgot: "Забыли пароль?",
    own: {
      title: "Соцсети",
      lead: "Через привязанный сервис можно войти на портал одним нажатием. Пароль сервиса мы не знаем и не храним.",
      linked: "Привязаны",
      nothing: "Пока ничего не привязано.",
      since: (day: string) => `привязан ${day}`,
      off: "выключен администратором",
      unlink: (service: string) => `Отвязать ${service}`,
      more: "Привязать ещё",
      password: "Свой пароль",
      setPassword: "Задать пароль",
      noPassword: "Пароля портала у вас нет: вход — только через сервисы выше.",
      back: "Моя страница",
      done: {
        linked: (service: string) => `${service} привязан`,
        unlinked: (service: string) => `${service} отвязан`,
        cancelled: (service: string) => `Привязка отменена: ${service}`,
        taken: (service: string) => `Этот аккаунт ${service} привязан к\u00a0другому человеку`,
      },
      takenHow:
        "Если тот аккаунт портала тоже ваш, войдите в\u00a0него и отвяжите сервис. Или выберите в\u00a0сервисе другой аккаунт.",
      last: "Это единственный способ войти. Сначала задайте пароль или привяжите другой сервис.",
    },
  },
  en: {
    entrance: {
      title: (service) => `Sign in with ${service}`,
      lead: (service) => `No password of the portal is needed: ${service} knows you.`,
      submit: (service) => `Sign in with ${service}`,
    },
    onward: {
      title: (service) => `On the way to ${service}`,
      lead: (service) => `${service} is about to open. If it does not, press the button.`,
      button: (service) => `Open ${service}`,
    },
    failed: {
      silent: {
        title: (service) => `${service} does not answer`,
        text: "The service did not answer within five seconds.",
      },
      unreachable: {
        title: (service) => `No connection to ${service}`,
        text: "The portal could not connect to the service.",
      },
      faulty: {
        title: (service) => `${service} has a fault`,
        text: "The service sent an error in place of an answer.",
      },
      refused: {
        title: (service) => `${service} refused`,
        text: "The service would not confirm who you are.",
      },
      unproven: {
        title: (service) => `The answer of ${service} was not taken`,
        text: "The service's answer did not pass our checks, so it cannot be trusted.",
      },
    },
    instead: {
      "sign-in": "Try again or sign in another way.",
      link: "Nothing was linked. Try again now or later.",
      invitation: "The invitation still works: try again or choose a password.",
    },
    lost: {
      title: "Begin once more",
      text: (service) =>
        `This sign-in with ${service} is over already, began in another browser, or took longer than 10\u00a0minutes.`,
    },
    lostLink: {
      title: "Begin once more",
      text: (service) =>
        `The answer of ${service} was taken already, came to another browser, or waited longer than 10\u00a0minutes.`,
    },
    unknown: {
      title: (service) => `This ${service} account is not linked to anybody`,
      text: (service) =>
        `You have an account here? Sign in with your password and link ${service} on “My page”.`,
      admin: (contact) => `No account yet? The administrator makes one: ${contact}.`,
      adminUnknown: "No account yet? Your portal's administrator makes one.",
    },
    knownEmail: {
      title: "This e-mail is here already",
      text: (service) => `Sign in with your password to link ${service}.`,
    },
    closed: {
      title: "Sign-in is closed",
      text: "The administrator has closed the account, so it cannot be entered.",
      admin: (contact) => `The administrator can open it again: ${contact}.`,
      adminUnknown: "Your portal's administrator can open it again.",
    },
    throttled: {
      title: "Too many attempts",
      text: (wait) => `Too many attempts. Try again in ${wait}.`,
    },
    again: "Try again",
    signIn: "To the sign-in page",
    toLinks: "To the linked services",
    toInvitation: "Back to the invitation",
    withPassword: "Sign in with your password",
    forgot: "Forgot password?",
    own: {
      title: "Social sign-in",
      lead: "A linked service opens the portal with one press. We neither know nor keep its password.",
      linked: "Linked",
      nothing: "Nothing is linked yet.",
      since: (day) => `linked ${day}`,
      off: "switched off by the administrator",
      unlink: (service) => `Unlink ${service}`,
      more: "Link another",
      password: "Your own password",
      setPassword: "Set a password",
      noPassword: "You have no password of the portal: only the services above let you in.",
      back: "My page",
      done: {
        linked: (service) => `${service} is linked`,
        unlinked: (service) => `${service} is unlinked`,
        cancelled: (service) => `Linking was cancelled: ${service}`,
        taken: (service) => `This ${service} account is linked to somebody else`,
      },
      takenHow:
        "If that account of the portal is yours, too, sign in to it and unlink the service. Or choose another account at the service.",
      last: "This is the only way in. First set a password or link another service.",
    },
  },
});
