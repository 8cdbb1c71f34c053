import { countedEn, countedRu, inBothLanguages, type Language } from "../../platform/language/language.ts";

const NBSP = "\u00a0";

/** «Каждый пятый»: the `n` of a share that lies close to one in `n`; undefined for all others. */
function oneIn(share: number): number | undefined {
  const n = Math.round(1 / share);
  return n >= 2 && n <= 10 && Math.abs(share - 1 / n) <= 0.1 / n ? n : undefined;
}

const ordinals = ["втор", "трет", "четвёрт", "пят", "шест", "седьм", "восьм", "девят", "десят"];

function every(n: number, gender: "m" | "f"): string {
  const stem = ordinals[n - 2] ?? "";
  if (gender === "f") return `Каждая ${n === 3 ? "третья" : `${stem}ая`}`;
  return `Каждый ${n === 3 ? "третий" : `${stem}${[2, 6, 7, 8].includes(n) ? "ой" : "ый"}`}`;
}

const numbersEn = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/** "12 %", with one digit behind the point where it is little. */
export function percent(share: number, language: Language): string {
  const digits = share > 0 && share < 0.1 ? 1 : 0;
  const text = (share * 100).toFixed(digits).replace(/\.0$/, "");
  return language === "ru" ? `${text.replace(".", ",")}${NBSP}%` : `${text}%`;
}

/** «3,5 минуты», rounded to what one remembers. */
export function howLong(milliseconds: number, language: Language): string {
  const seconds = Math.round(milliseconds / 1_000);
  const minutes = Math.round(seconds / 60);
  const ru = language === "ru";
  if (seconds < 100) {
    return ru ? countedRu(seconds, "секунду", "секунды", "секунд") : countedEn(seconds, "second", "seconds");
  }
  if (minutes < 100) {
    return ru ? countedRu(minutes, "минуту", "минуты", "минут") : countedEn(minutes, "minute", "minutes");
  }
  const whole = Math.round(minutes / 60);
  return ru ? countedRu(whole, "час", "часа", "часов") : countedEn(whole, "hour", "hours");
}

export const words = inBothLanguages({
  ru: {
    title: "Показатели",
    lead: (from: string, zone: string) => `С${NBSP}${from}, время: ${zone}.`,
    behind: (time: string) => `Подсчёт идёт: пока учтено то, что было до ${time}.`,
    period: "За какое время",
    days: { 1: "24 часа", 7: "7 дней", 30: "30 дней", 90: "90 дней" },
    before: (value: string) => `до этого ${value}`,
    tableOf: "Таблица",
    file: "CSV",
    fileOf: (what: string) => `CSV: ${what}`,
    total: "всего",
    others: "остальные",
    none: "—",
    tiles: {
      signIns: "Входы",
      refused: "Не удалось войти",
      recovered: "Сменили пароль из просивших",
      half: "Половина вернулась за",
      mail: "Не принято писем",
    },
    signIns: {
      what: "Входы",
      about: "Попытки войти: удавшиеся и нет. Запомненные устройства входят без попытки.",
      empty: "За это время никто не входил",
      allDone: "Все попытки войти удались",
      lost: (share: number) => {
        const n = oneIn(share);
        return n
          ? `${every(n, "f")} попытка войти не удалась`
          : `Не удались ${percent(share, "ru")} попыток войти`;
      },
      done: "вошли",
      refused: "не удалось",
      told: (when: string, done: number, refused: number) => `${when}: вошли ${done}, не удалось ${refused}`,
      when: "Когда",
      method: "Способ",
      byMethod: "По способам",
      methods: { password: "Пароль", social: "Внешний вход" },
      newDevices: (count: number) =>
        `${countedRu(count, "вход", "входа", "входов")} с${NBSP}новых устройств, о${NBSP}каждом ушло письмо.`,
    },
    funnel: {
      what: "Восстановление пароля",
      about:
        "От запроса до нового пароля, по часу запроса. Повторы, пока ссылка действует, — та же попытка. Ссылку открывают и проверки почты.",
      empty: "За это время никто не восстанавливал пароль",
      allDone: "Все, кто просил, сменили пароль",
      lost: (share: number) => {
        const n = oneIn(share);
        return n
          ? `${every(n, "m")} запрос не дошёл до смены пароля`
          : `До смены пароля не дошли ${percent(share, "ru")} запросов`;
      },
      channels: { email: "Письмом", sms: "По SMS" },
      steps: { asked: "запросили", sent: "отправлено", opened: "открыто", changed: "пароль сменён" },
      step: "Шаг",
      unmatched: "Запросы без письма со ссылкой",
      why: {
        nobody: "такого аккаунта нет",
        blocked: "аккаунт заблокирован",
        several: "на адресе несколько аккаунтов",
        "no-contact": "некуда отправить",
        capped: "сверх лимита",
      },
      requests: "Запросов",
    },
    time: {
      what: "Время до нового пароля",
      about:
        "От первого запроса до смены пароля. Посчитано по интервалам, которые видны в\u00a0таблице: внутри интервала время считается поровну.",
      empty: "Никто ещё не сменил пароль по ссылке или коду",
      found: (half: string, nine: string) =>
        `Половина возвращается за ${half}, девять из десяти — за ${nine}`,
      upTo: (text: string) => `до ${text}`,
      more: "дольше суток",
      bucket: "За сколько",
      people: "Сменили пароль",
    },
    outdated: {
      what: "Устаревшие ссылки",
      about: "Сколько раз вместо нового пароля показали «Неверное контрольное слово», и почему.",
      empty: "Устаревших ссылок никто не открывал",
      found: (share: number, cause: string) => {
        const n = oneIn(share);
        const who = n ? `${every(n, "f")} открытая ссылка` : `${percent(share, "ru")} открытых ссылок`;
        return `${who} — ${n ? "устаревшая" : "устаревшие"}, чаще всего ${cause}`;
      },
      cause: "Причина",
      causes: {
        superseded: "есть письмо новее",
        expired: "вышло время",
        used: "пароль по ней уже сменили",
        revoked: "аккаунт с\u00a0тех пор изменился",
      },
      because: {
        superseded: "из-за письма новее",
        expired: "вышло время",
        used: "по ней уже сменили пароль",
        revoked: "аккаунт изменился",
      },
      times: "Раз",
    },
    mail: {
      what: "Письма",
      about: "Сколько писем не приняли или вернули серверы получателей, по доменам.",
      empty: "За это время писем не было",
      allDone: "Серверы получателей приняли все письма",
      lost: (about: string, share: number) =>
        `Хуже всего доходит до ${about}: не принято ${percent(share, "ru")} писем`,
      key: "Домен",
      sent: "Писем",
      lostHead: "Не принято",
      ofAll: (lost: number, sent: number) => `${lost}${NBSP}из${NBSP}${sent}`,
    },
    sms: {
      what: "SMS",
      about: "Сколько SMS не приняли шлюзы или потеряли операторы, по шлюзам и началу номера.",
      empty: "За это время SMS не было",
      allDone: "Все SMS приняты",
      lost: (about: string, share: number) =>
        `Больше всего теряется у${NBSP}${about}: ${percent(share, "ru")} SMS`,
      key: "Шлюз и начало номера",
      sent: "SMS",
      lostHead: "Потеряно",
      ofAll: (lost: number, sent: number) => `${lost}${NBSP}из${NBSP}${sent}`,
    },
    staff: {
      what: "Помощь персонала",
      about: "Сколько раз персонал помогал войти или закрывал вход.",
      empty: "Помощь персонала не понадобилась",
      found: (count: number) => `Персонал вмешался ${countedRu(count, "раз", "раза", "раз")}`,
      act: "Действие",
      acts: {
        link: "Выслали ссылку смены пароля",
        "one-time": "Выдали одноразовый пароль",
        invited: "Пригласили",
        blocked: "Заблокировали",
        unblocked: "Разблокировали",
        dismissed: "Закрыли аккаунт",
      },
      times: "Раз",
    },
    earlier: "До этого",
  },
  en: {
    title: "Figures",
    lead: (from, zone) => `Since ${from}, times of ${zone}.`,
    behind: (time) => `Counting is under way: so far, what happened before ${time}.`,
    period: "Over which time",
    days: { 1: "24 hours", 7: "7 days", 30: "30 days", 90: "90 days" },
    before: (value) => `before that ${value}`,
    tableOf: "Table",
    file: "CSV",
    fileOf: (what) => `CSV: ${what}`,
    total: "in all",
    others: "all others",
    none: "—",
    tiles: {
      signIns: "Sign-ins",
      refused: "Could not sign in",
      recovered: "Of those who asked, changed it",
      half: "Half were back within",
      mail: "Letters not taken",
    },
    signIns: {
      what: "Sign-ins",
      about: "Attempts to sign in, successful and not. Remembered devices come in without one.",
      empty: "Nobody signed in over this time",
      allDone: "Every attempt to sign in succeeded",
      lost: (share) => {
        const n = oneIn(share);
        return n
          ? `One in ${numbersEn[n - 2]} attempts to sign in failed`
          : `${percent(share, "en")} of the attempts to sign in failed`;
      },
      done: "signed in",
      refused: "failed",
      told: (when, done, refused) => `${when}: ${done} signed in, ${refused} failed`,
      when: "When",
      method: "Way in",
      byMethod: "By way in",
      methods: { password: "Password", social: "Outside account" },
      newDevices: (count) =>
        `${countedEn(count, "sign-in", "sign-ins")} from new devices, a letter sent about each.`,
    },
    funnel: {
      what: "Password recovery",
      about:
        "From the request to the new password, in the hour of the request. Repeats while the link lives are one attempt. Mail scanners open links as well.",
      empty: "Nobody recovered a password over this time",
      allDone: "Everybody who asked changed the password",
      lost: (share) => {
        const n = oneIn(share);
        return n
          ? `One in ${numbersEn[n - 2]} requests never got to a new password`
          : `${percent(share, "en")} of the requests never got to a new password`;
      },
      channels: { email: "By letter", sms: "By SMS" },
      steps: { asked: "asked", sent: "sent", opened: "opened", changed: "changed" },
      step: "Step",
      unmatched: "Requests without a link",
      why: {
        nobody: "no such account",
        blocked: "the account is blocked",
        several: "several accounts on the address",
        "no-contact": "nowhere to send it",
        capped: "over the limit",
      },
      requests: "Requests",
    },
    time: {
      what: "Time to a new password",
      about:
        "From the first request to the change. Counted in the intervals of the table; within one, times are taken as spread evenly.",
      empty: "Nobody has changed a password by link or code yet",
      found: (half, nine) => `Half are back within ${half}, nine in ten within ${nine}`,
      upTo: (text) => `up to ${text}`,
      more: "more than a day",
      bucket: "Within",
      people: "Changed",
    },
    outdated: {
      what: "Outdated links",
      about: "How often an outdated link was shown instead of the new password, and why.",
      empty: "Nobody opened an outdated link",
      found: (share, cause) => {
        const n = oneIn(share);
        const who = n
          ? `One in ${numbersEn[n - 2]} opened links is`
          : `${percent(share, "en")} of opened links are`;
        return `${who} outdated, mostly because ${cause}`;
      },
      cause: "Cause",
      causes: {
        superseded: "there is a newer letter",
        expired: "its time was up",
        used: "the password was changed by it",
        revoked: "the account has changed since",
      },
      because: {
        superseded: "there is a newer letter",
        expired: "its time was up",
        used: "it had been used",
        revoked: "the account had changed",
      },
      times: "Times",
    },
    mail: {
      what: "Letters",
      about: "How many letters the servers of the recipients did not take or sent back, by domain.",
      empty: "No letters over this time",
      allDone: "The servers of the recipients took every letter",
      lost: (about, share) => `Worst for ${about}: ${percent(share, "en")} of the letters not taken`,
      key: "Domain",
      sent: "Letters",
      lostHead: "Not taken",
      ofAll: (lost, sent) => `${lost} of ${sent}`,
    },
    sms: {
      what: "SMS",
      about:
        "How many SMS the gateways did not take or the operators lost, by gateway and beginning of the number.",
      empty: "No SMS over this time",
      allDone: "Every SMS was taken",
      lost: (about, share) => `Worst by ${about}: ${percent(share, "en")} of the SMS lost`,
      key: "Gateway and beginning of the number",
      sent: "SMS",
      lostHead: "Lost",
      ofAll: (lost, sent) => `${lost} of ${sent}`,
    },
    staff: {
      what: "Help by staff",
      about: "How often staff helped somebody in or closed a door.",
      empty: "No help by staff was needed",
      found: (count) => `Staff stepped in ${countedEn(count, "time", "times")}`,
      act: "What",
      acts: {
        link: "Sent the link to a new password",
        "one-time": "Handed out a one-time password",
        invited: "Invited",
        blocked: "Blocked",
        unblocked: "Unblocked",
        dismissed: "Closed the account",
      },
      times: "Times",
    },
    earlier: "Before that",
  },
});
