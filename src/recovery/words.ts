import { countedEn, countedRu, inBothLanguages } from "../platform/language/language.ts";
import { waitingTime } from "../platform/language/times.ts";

/** «Осталась 1 попытка, остались 2, осталось 5». */
function triesLeftRu(left: number): string {
  const verb = left === 1 ? "Осталась" : left >= 5 ? "Осталось" : "Остались";
  return `${verb} ${countedRu(left, "попытка", "попытки", "попыток")}`;
}

export const words = inBothLanguages({
  ru: {
    steps: {
      address: "Шаг 1 из 4: адрес",
      letter: "Шаг 2 из 4: письмо",
      code: "Шаг 2 из 4: код",
      password: "Шаг 3 из 4: пароль",
      done: "Готово: пароль изменён",
      broken: "Цепочка прервана: ссылка устарела",
      brokenCode: "Цепочка прервана: код больше не действует",
    },
    start: {
      title: "Восстановление пароля",
      lead: "Укажите e-mail или телефон, с которым входите. Можно и логин.",
      leadSms: "Укажите телефон, e-mail или логин: код придёт по SMS на подтверждённый номер аккаунта.",
      noPhone: "Код придёт на номер аккаунта. Если доступа к нему нет, этот способ не сработает:",
      leadBox: "Укажите логин или e-mail: на почту аккаунта придёт письмо с контрольной строкой.",
      leadBoxSms:
        "Укажите логин или e-mail: на почту аккаунта придёт письмо с контрольной строкой. На номер телефона придёт код по SMS.",
      field: "E-mail или телефон",
      echo: "Отправим код на",
      fieldBox: "Логин или e-mail",
      submit: "Далее",
      submitBox: "Выслать контрольную строку",
      submitSend: "Выслать",
      back: "Вернуться ко входу",
      forgotLogin: "Не помните логин?",
      noMailbox: "Письмо придёт на почту аккаунта. Если доступа к ней нет, этот способ не сработает:",
      noMailboxSms:
        "Письмо придёт на почту аккаунта. Если доступа к ней нет, этот способ не сработает: укажите номер телефона, и код придёт по SMS. Нет и телефона —",
      noMailboxLink: "что делать без почты",
      social: "Входите через соцсеть? Пароль меняется у неё самой:",
      socialLink: "где его восстановить",
      outside: {
        summary: "Вход через соцсеть?",
        lead: "Пароль портала для него не нужен — просто войдите:",
        forgotten: "Забыт пароль самой соцсети? Его восстанавливают у неё:",
        recoverAt: (service: string) => `Восстановить пароль: ${service}`,
        more: "Подробнее в помощи",
      },
    },
    problems: {
      empty: "Введите e-mail, телефон или логин",
      "email-incomplete": "Введите e-mail полностью, например anna@company.ru",
      "digit-missing": "Похоже, не хватает одной цифры",
      "fixed-line": "Это городской номер: SMS на него не придёт. Укажите мобильный, e-mail или логин",
      "special-number": "Это служебный или платный номер. Укажите свой мобильный, e-mail или логин",
      "no-such-number": "Таких номеров не бывает. Проверьте цифры",
      unusable: "Здесь есть символы, которых не бывает в e-mail, телефоне и логине",
      emailOnly: "Введите e-mail, например anna@company.ru",
      throttled: (wait: string) => `Слишком много попыток. Следующая — через ${wait}.`,
      throttledLive: {
        email: "Если письмо уже пришло, оно действует.",
        sms: "Если код уже пришёл, он действует.",
      },
    },
    sent: {
      title: "Проверьте почту",
      known: {
        email: (shown: string) => `Если адрес ${shown} есть в\u00a0системе, мы отправили на него письмо.`,
        login: (shown: string) =>
          `Если логин ${shown} есть в\u00a0системе, мы отправили письмо на почту этого аккаунта.`,
        phone: (shown: string) =>
          `Если номер ${shown} есть в\u00a0системе, мы отправили письмо на почту этого аккаунта.`,
        link: (shown: string) => `Мы отправили новое письмо на ${shown}.`,
      },
      pressAtMost: (time: string) =>
        `Нажмите в нём «Сменить пароль» — ссылка работает самое позднее до\u00a0${time}, точное время в письме.`,
      pressBoxAtMost: (time: string) =>
        `Откройте ссылку из него — контрольная строка действует самое позднее до\u00a0${time}, точное время в письме.`,
      press: (time: string) => `Нажмите в нём «Сменить пароль» — ссылка работает до\u00a0${time}.`,
      pressBox: (time: string) => `Откройте ссылку из него — контрольная строка действует до\u00a0${time}.`,
      repeated: "Отправили. Откройте последнее письмо: оно с этим номером.",
      request: (time: string, number: number) => `Запрос от\u00a0${time} · №\u00a0${number}`,
      sameNumber: "Время и номер те же, что в теме письма.",
      code: "Код из письма",
      codeHint: "Письмо открыто на другом устройстве? Введите здесь шесть цифр из него.",
      codeSubmit: "Продолжить с кодом",
      stringLink: "Ввести контрольную строку вручную",
      again: "Отправить ещё раз",
      other: "Указать другой адрес",
      missing: "Письмо не пришло",
      spam: "Посмотрите папки «Спам» и «Рассылки».",
      check: (shown: string) => `Проверьте, что написано верно: ${shown}.`,
      latest: "Писем несколько — откройте последнее.",
      allow: "Своя почта? Пусть администратор разрешит отправителя:",
      sender: "Отправитель служебных писем",
      help: "Ничего не помогло",
      nothingAsked: "Начните с адреса: мы ещё ничего не отправляли из этого браузера.",
    },
    sms: {
      title: "Введите код из SMS",
      toNumber: (shown: string, life: string) =>
        `Если номер ${shown} есть в\u00a0системе, код придёт в\u00a0течение минуты. Он действует ${life}.`,
      toAccount: (shown: string, life: string) =>
        `Если к\u00a0аккаунту ${shown} привязан телефон, код придёт на него в\u00a0течение минуты. Он действует ${life}.`,
      repeated: "Отправили. Если SMS несколько, введите код из последнего.",
      field: "Код из SMS",
      submit: "Далее",
      change: "Изменить номер",
      missing: "Код не пришёл",
      check: (shown: string) => `Проверьте, что номер верный: ${shown}.`,
      proven: "Код приходит только на номер, подтверждённый в\u00a0аккаунте.",
      reception: "Телефон должен быть в\u00a0сети. SMS идёт до\u00a0минуты, в\u00a0роуминге дольше.",
      spam: "Посмотрите папку «Спам» в\u00a0сообщениях телефона.",
    },
    otherWay: {
      title: "Другим способом",
      email: { button: "Отправить письмом", hint: "Письмо придёт на почту аккаунта." },
      sms: {
        button: "Отправить код по SMS",
        hint: "Если к\u00a0аккаунту привязан телефон, код придёт на него.",
      },
    },
    code: {
      format: "Код — это шесть цифр из письма",
      wrong: (left: number) =>
        left === 0
          ? "Код не подошёл. Попытки закончились: отправьте новое письмо."
          : `Код не подошёл. ${triesLeftRu(left)}`,
      tries: "Попытки для этого кода закончились. Отправьте письмо ещё раз или откройте ссылку из письма.",
      time: (lifetimeMs: number) =>
        `Код устарел: он действовал ${waitingTime(lifetimeMs, "ru")}. Откройте ссылку из письма или отправьте письмо ещё раз.`,
    },
    smsCode: {
      format: "Код — это шесть цифр из SMS",
      wrong: (left: number) =>
        left === 0
          ? "Код не подошёл. Попытки закончились: отправьте новый код."
          : `Код не подошёл. ${triesLeftRu(left)}`,
      tries: "Попытки для этого кода закончились. Отправьте новый код.",
      time: (lifetimeMs: number) =>
        `Код устарел: он действовал ${waitingTime(lifetimeMs, "ru")}. Отправьте новый.`,
    },
    deadCode: {
      title: "Код больше не действует",
      expired: "После верного кода на новый пароль есть 15\u00a0минут, и\u00a0они прошли.",
      used: (time: string) => `По этому коду пароль уже сменили: ${time}.`,
      revoked: "После этого кода пароль или данные аккаунта изменились.",
      start: "Запросить новый код",
    },
    password: {
      title: "Новый пароль",
      account: "Аккаунт",
      field: "Новый пароль",
      repeat: "Подтверждение нового пароля",
      phrase: "Подойдёт фраза из четырёх слов",
      everywhere: "После смены все устройства выйдут из аккаунта: на них понадобится новый пароль.",
      submit: "Сменить пароль",
      keep: "Сохраните пароль в менеджере паролей или запишите и спрячьте: показать его потом не сможет никто.",
    },
    string: {
      title: "Смена пароля",
      login: "Логин",
      string: "Контрольная строка",
      stringHint:
        "Заполняется сама по ссылке из письма, менять её не нужно. Если поле пустое, введите 24 знака из письма.",
      wrong: "Неверное контрольное слово",
      wrongHow: "Проверьте логин и контрольную строку: они должны быть из одного, последнего письма.",
      again: "Выслать контрольную строку ещё раз",
    },
    again: "Ссылка по-прежнему действует: введите другой пароль.",
    done: {
      title: "Пароль был успешно изменен",
      text: "Все устройства отключены. Мы отправили уведомление на почту аккаунта.",
      portal: (name: string) => `Войдите с\u00a0новым паролем, и\u00a0вы попадёте на портал «${name}».`,
      textSms: "Все устройства отключены. Мы отправили уведомление на почту и телефон аккаунта.",
      signIn: "Войти",
    },
    outdated: {
      title: "Неверное контрольное слово",
      superseded: (number: number, time: string) =>
        `После этого письма вы запросили ещё одно, и старая ссылка перестала работать. Откройте последнее письмо — с номером ${number}, от\u00a0${time}.`,
      expired: (lifetime: string) => `Ссылка работала ${lifetime} и больше не действует.`,
      used: (time: string) => `По этой ссылке пароль уже сменили: ${time}.`,
      notYou: "Не вы? Сразу отправьте новое письмо и смените пароль.",
      revoked: "После этого письма пароль или данные аккаунта изменились, поэтому ссылка больше не работает.",
      unknown:
        "Ссылка скопирована не целиком или очень старая. Откройте её прямо из письма или запросите новое.",
      renew: "Отправить новое письмо",
      start: "Запросить новое письмо",
    },
    login: {
      title: "Напомнить логин",
      lead: "Пришлём на почту список аккаунтов, к которым она привязана.",
      field: "E-mail",
      submit: "Напомнить логин",
      sentTitle: "Проверьте почту",
      sent: (shown: string) =>
        `Если адрес ${shown} есть в\u00a0системе, мы отправили на него письмо с логинами.`,
      admin: (contact: string) => `Не помните и адрес? Спросите администратора: ${contact}.`,
      adminUnknown: "Не помните и адрес? Спросите администратора вашего портала.",
      lost: "Не помните и адрес?",
      deskLink: "Напишите в поддержку",
      orAdmin: (contact: string) => ` или спросите администратора: ${contact}`,
    },
    message: (code: string) => `Код ${code}. Никому его не сообщайте.`,
    letter: {
      greeting: (name: string) => `Здравствуйте, ${name}.`,
      greetingNobody: "Здравствуйте.",
      subject: (time: string, number: number) => `Смена пароля — запрос от ${time} (№ ${number})`,
      preheader: (time: string) =>
        `Ссылка действует до\u00a0${time}. Если писем несколько, верное — последнее.`,
      intro: (portal: string, login: string) =>
        `Кто-то, скорее всего вы, попросил сменить пароль аккаунта ${login} на портале «${portal}».`,
      button: "Сменить пароль",
      until: (time: string) => `Ссылка действует до\u00a0${time}.`,
      codeLabel: "Код для другого устройства",
      codeNote: (time: string) =>
        `Введите его в том браузере, где запросили письмо. Действует до\u00a0${time}.`,
      stringLabel: "Контрольная строка",
      stringNote: "Подставляется по ссылке сама; вручную нужна, только если ссылка не открывается.",
      loginLabel: "Логин",
      when: "Запрошено",
      device: "Устройство",
      address: "Адрес в сети",
      notYou: "Не запрашивали? Ничего не делайте: пароль прежний.",
      link: "Если кнопка не работает, откройте ссылку:",
      outside: {
        subject: (service: string, time: string, number: number) =>
          `У вас вход через ${service} — запрос от ${time} (№ ${number})`,
        preheader: (service: string) => `Пароль портала не нужен: войдите через ${service}.`,
        intro: (portal: string, login: string, service: string) =>
          `Кто-то, скорее всего вы, попросил сменить пароль аккаунта ${login} на портале «${portal}». Своего пароля у этого аккаунта нет: вы входите через ${service}.`,
        forgotAt: (service: string, host: string) =>
          `Забыли пароль от ${service}? Его восстанавливают у самого сервиса: ${host}.`,
        forgot: (service: string) => `Забыли пароль от ${service}? Его восстанавливают у самого сервиса.`,
        button: (service: string) => `Войти через ${service}`,
        setPassword: "Задать пароль портала, чтобы входить и без этого сервиса:",
        notYou: "Не запрашивали? Ничего не делайте: вход прежний.",
      },
      blocked: {
        subject: (time: string, number: number) => `Вход закрыт — запрос от ${time} (№ ${number})`,
        preheader: "Пароль сменить нельзя: аккаунт закрыт.",
        text: (login: string) => `Вы попросили сменить пароль, но аккаунт ${login} закрыт администратором.`,
        how: (contact: string) => `Вернуть доступ может администратор: ${contact}.`,
        howUnknown: "Вернуть доступ может администратор вашего портала.",
      },
      closed: {
        subject: (time: string, number: number) =>
          `Так восстановить нельзя — запрос от ${time} (№ ${number})`,
        preheader: "По правилам вашей группы этот способ закрыт.",
        text: (login: string) =>
          `Вы попросили сменить пароль аккаунта ${login}. По правилам вашей группы этот способ восстановления закрыт.`,
        open: (names: string) => `Открыты другие: ${names}.`,
        ways: {
          letter: "письмо со ссылкой",
          sms: "код по SMS на подтверждённый телефон",
          "control-string": "контрольная строка",
          desk: "поддержка",
        },
      },
      several: {
        subject: (time: string, number: number) => `Укажите логин — запрос от ${time} (№ ${number})`,
        preheader: "К этому адресу привязано несколько аккаунтов.",
        text: "К этому адресу привязано несколько аккаунтов, и по адресу не понять, для какого сменить пароль. Их логины:",
        how: "Запросите письмо ещё раз и укажите логин.",
        button: "Указать логин",
      },
      reminder: {
        subject: (portal: string, time: string) => `Ваш логин — ${portal}, запрос от ${time}`,
        preheader: "Список аккаунтов, привязанных к этому адресу.",
        text: (portal: string) => `К этому адресу на портале «${portal}» привязаны аккаунты с логинами:`,
        button: "Войти",
        notYou: "Не запрашивали? Ничего делать не нужно.",
      },
    },
  },
  en: {
    steps: {
      address: "Step 1 of 4: address",
      letter: "Step 2 of 4: message",
      code: "Step 2 of 4: code",
      password: "Step 3 of 4: password",
      done: "Done: password changed",
      broken: "The chain is broken: outdated link",
      brokenCode: "The chain is broken: the code no longer works",
    },
    start: {
      title: "Reset password",
      lead: "Enter the e-mail or phone you sign in with. The login works too.",
      leadSms: "Enter your phone, e-mail or login: a code comes by SMS to the account's proven number.",
      noPhone: "The code goes to the account's number. Without access to it this way will not work:",
      leadBox: "Enter your login or e-mail: a message with the control string goes to the account's mailbox.",
      leadBoxSms:
        "Enter your login or e-mail: a message with the control string goes to the account's mailbox. A phone number gets a code by SMS.",
      field: "E-mail or phone",
      echo: "We will send a code to",
      fieldBox: "Login or e-mail",
      submit: "Continue",
      submitBox: "Send control string",
      submitSend: "Send",
      back: "Back to sign in",
      forgotLogin: "Forgot your login?",
      noMailbox: "The message goes to the account's mailbox. Without access to it this way will not work:",
      noMailboxSms:
        "The message goes to the account's mailbox. Without access to it this way will not work: enter the phone number, and a code comes by SMS. No phone either?",
      noMailboxLink: "what to do without the mailbox",
      social: "You sign in through a social network? Its password is changed there:",
      socialLink: "where to recover it",
      outside: {
        summary: "You sign in through a social network?",
        lead: "No password of the portal is needed for it, just sign in:",
        forgotten: "Forgot the password of the network itself? It is recovered there:",
        recoverAt: (service) => `Recover the password: ${service}`,
        more: "More in the help",
      },
    },
    problems: {
      empty: "Enter your e-mail, phone or login",
      "email-incomplete": "Enter the full e-mail, like anna@company.com",
      "digit-missing": "One digit seems to be missing",
      "fixed-line": "This is a fixed line: no SMS arrives there. Enter a mobile number, e-mail or login",
      "special-number": "This is a service or premium number. Enter your own mobile, e-mail or login",
      "no-such-number": "There are no such numbers. Check the digits",
      unusable: "There are characters here that no e-mail, phone or login has",
      emailOnly: "Enter an e-mail, like anna@company.com",
      throttled: (wait) => `Too many attempts. Try again in ${wait}.`,
      throttledLive: {
        email: "If the message has arrived already, it still works.",
        sms: "If the code has arrived already, it still works.",
      },
    },
    sent: {
      title: "Check your mail",
      known: {
        email: (shown) => `If ${shown} is registered, we have sent a message to it.`,
        login: (shown) =>
          `If the login ${shown} is registered, we have sent a message to that account's mailbox.`,
        phone: (shown) =>
          `If the number ${shown} is registered, we have sent a message to that account's mailbox.`,
        link: (shown) => `We have sent a new message to ${shown}.`,
      },
      pressAtMost: (time) =>
        `Press “Change password” in it: the link works until ${time} at the latest, the message says exactly.`,
      pressBoxAtMost: (time) =>
        `Open the link in it: the control string works until ${time} at the latest, the message says exactly.`,
      press: (time) => `Press “Change password” in it: the link works until ${time}.`,
      pressBox: (time) => `Open the link in it: the control string works until ${time}.`,
      repeated: "Sent. Open the latest message: it carries this number.",
      request: (time, number) => `Requested ${time} · No. ${number}`,
      sameNumber: "The subject of the message has the same time and number.",
      code: "Code from the message",
      codeHint: "Reading the message on another device? Type its six digits here.",
      codeSubmit: "Continue with the code",
      stringLink: "Type the control string by hand",
      again: "Resend",
      other: "Use another address",
      missing: "The message did not arrive",
      spam: "Look into the folders “Spam” and “Newsletters”.",
      check: (shown) => `Check the spelling: ${shown}.`,
      latest: "Several messages? Open the latest one.",
      allow: "Your own mail domain? Ask the administrator to allow the sender:",
      sender: "Sender of service messages",
      help: "Nothing helped",
      nothingAsked: "Begin with the address: nothing has been sent from this browser yet.",
    },
    sms: {
      title: "Enter the code from SMS",
      toNumber: (shown, life) =>
        `If ${shown} is registered, a code arrives within a minute. It works for ${life}.`,
      toAccount: (shown, life) =>
        `If the account ${shown} has a phone, a code arrives there within a minute. It works for ${life}.`,
      repeated: "Sent. Several SMS? Enter the code of the latest one.",
      field: "Code from SMS",
      submit: "Continue",
      change: "Change the number",
      missing: "The code did not arrive",
      check: (shown) => `Check the number: ${shown}.`,
      proven: "The code goes only to a number that was confirmed in the account.",
      reception: "The phone needs reception. An SMS takes up to a minute, abroad longer.",
      spam: "Look into the folder “Spam” among the messages of your phone.",
    },
    otherWay: {
      title: "Another way",
      email: { button: "Send by e-mail", hint: "The message goes to the account's mailbox." },
      sms: {
        button: "Send a code by SMS",
        hint: "If the account has a phone, the code goes there.",
      },
    },
    code: {
      format: "The code is the six digits in the message",
      wrong: (left) =>
        left === 0
          ? "That code did not match. No tries left: send a new message."
          : `That code did not match. ${countedEn(left, "try", "tries")} left`,
      tries: "This code has no tries left. Resend the message or open its link.",
      time: (lifetimeMs) =>
        `The code has expired: it worked for ${waitingTime(lifetimeMs, "en")}. Open the link in the message or resend it.`,
    },
    smsCode: {
      format: "The code is the six digits in the SMS",
      wrong: (left) =>
        left === 0
          ? "That code did not match. No tries left: send a new code."
          : `That code did not match. ${countedEn(left, "try", "tries")} left`,
      tries: "This code has no tries left. Send a new one.",
      time: (lifetimeMs) =>
        `The code has expired: it worked for ${waitingTime(lifetimeMs, "en")}. Send a new one.`,
    },
    deadCode: {
      title: "The code no longer works",
      expired: "After the right code there are 15 minutes for the new password, and they are over.",
      used: (time) => `The password was already changed with this code: ${time}.`,
      revoked: "After this code the account's password or data changed.",
      start: "Ask for a new code",
    },
    password: {
      title: "New password",
      account: "Account",
      field: "New password",
      repeat: "Confirm new password",
      phrase: "A phrase of four words will do",
      everywhere: "After the change every device is signed out and needs the new password.",
      submit: "Change password",
      keep: "Keep it in a password manager, or write it down and hide it: nobody can show it to you later.",
    },
    string: {
      title: "Change password",
      login: "Login",
      string: "Control string",
      stringHint:
        "Filled in by the link in the message; leave it alone. If it is empty, type the 24 characters from the message.",
      wrong: "Wrong control string",
      wrongHow: "Check the login and the control string: both must come from the same, latest message.",
      again: "Send the control string again",
    },
    again: "The link still works: enter another password.",
    done: {
      title: "Password changed",
      text: "All devices are signed out. We have sent a notice to the account's mailbox.",
      portal: (name) => `Sign in with the new password, and you get to ${name}.`,
      textSms: "All devices are signed out. We have sent a notice to the account's mailbox and phone.",
      signIn: "Sign in",
    },
    outdated: {
      title: "Outdated link",
      superseded: (number, time) =>
        `You asked again after this message, and the old link stopped working. Open the latest message: No. ${number}, requested ${time}.`,
      expired: (lifetime) => `The link worked for ${lifetime} and has expired.`,
      used: (time) => `The password was already changed with this link: ${time}.`,
      notYou: "Not you? Send a new message and change the password at once.",
      revoked: "After this message the account's password or data changed, so the link no longer works.",
      unknown:
        "The link was copied only in part or is very old. Open it right from the message, or ask for a new one.",
      renew: "Send a new message",
      start: "Ask for a new message",
    },
    login: {
      title: "Remind me of my login",
      lead: "We will send a list of the accounts that the mailbox belongs to.",
      field: "E-mail",
      submit: "Send reminder",
      sentTitle: "Check your mail",
      sent: (shown) => `If ${shown} is registered, we have sent the logins to it.`,
      admin: (contact) => `Forgot the address too? Ask the administrator: ${contact}.`,
      adminUnknown: "Forgot the address too? Ask the administrator of your portal.",
      lost: "Forgot the address too?",
      deskLink: "Write to support",
      orAdmin: (contact) => ` or ask the administrator: ${contact}`,
    },
    message: (code) => `Code ${code}. Do not share it.`,
    letter: {
      greeting: (name) => `Hello ${name},`,
      greetingNobody: "Hello,",
      subject: (time, number) => `Password change, requested ${time} (No. ${number})`,
      preheader: (time) =>
        `The link works until ${time}. If there are several messages, the latest is the valid one.`,
      intro: (portal, login) =>
        `Somebody, most likely you, asked to change the password of the account ${login} at “${portal}”.`,
      button: "Change password",
      until: (time) => `The link works until ${time}.`,
      codeLabel: "Code for another device",
      codeNote: (time) => `Type it in the browser where you asked for this message. Works until ${time}.`,
      stringLabel: "Control string",
      stringNote: "The link fills it in; you need it only if the link does not open.",
      loginLabel: "Login",
      when: "Requested",
      device: "Device",
      address: "Network address",
      notYou: "Not you? Do nothing: your password is unchanged.",
      link: "If the button fails, open this link:",
      outside: {
        subject: (service, time, number) => `You sign in with ${service} — requested ${time} (No. ${number})`,
        preheader: (service) => `No password of the portal is needed: sign in with ${service}.`,
        intro: (portal, login, service) =>
          `Somebody, most likely you, asked to change the password of the account ${login} at the portal “${portal}”. This account has no password of its own: you sign in with ${service}.`,
        forgotAt: (service, host) =>
          `Forgot the password of ${service}? It is recovered at the service itself: ${host}.`,
        forgot: (service) => `Forgot the password of ${service}? It is recovered at the service itself.`,
        button: (service) => `Sign in with ${service}`,
        setPassword: "Set a password of the portal, to sign in without this service too:",
        notYou: "Not you? Do nothing: the way in stays as it is.",
      },
      blocked: {
        subject: (time, number) => `Access is closed, requested ${time} (No. ${number})`,
        preheader: "The password cannot be changed: the account is closed.",
        text: (login) =>
          `You asked to change the password, but the account ${login} is closed by an administrator.`,
        how: (contact) => `The administrator can give access back: ${contact}.`,
        howUnknown: "The administrator of your portal can give access back.",
      },
      closed: {
        subject: (time, number) => `Not this way, requested ${time} (No. ${number})`,
        preheader: "The rules of your group close this way.",
        text: (login) =>
          `You asked to change the password of the account ${login}. The rules of your group close this way of recovery.`,
        open: (names) => `Others are open: ${names}.`,
        ways: {
          letter: "a letter with a link",
          sms: "a code by SMS to a proven phone",
          "control-string": "a control string",
          desk: "support",
        },
      },
      several: {
        subject: (time, number) => `Tell us the login, requested ${time} (No. ${number})`,
        preheader: "Several accounts share this address.",
        text: "Several accounts share this address, so it does not say whose password to change. Their logins:",
        how: "Ask again and enter the login.",
        button: "Enter the login",
      },
      reminder: {
        subject: (portal, time) => `Your login — ${portal}, requested ${time}`,
        preheader: "The accounts that this address belongs to.",
        text: (portal) => `At “${portal}” this address belongs to the accounts with these logins:`,
        button: "Sign in",
        notYou: "Not you? There is nothing to do.",
      },
    },
  },
});
