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

/** In Russian: «за 2 часа», «до 2 часов». */
type Case = "within" | "up to";

const units = {
  ru: {
    within: {
      second: ["секунду", "секунды", "секунд"],
      minute: ["минуту", "минуты", "минут"],
      hour: ["час", "часа", "часов"],
      day: ["день", "дня", "дней"],
    },
    "up to": {
      second: ["секунды", "секунд", "секунд"],
      minute: ["минуты", "минут", "минут"],
      hour: ["часа", "часов", "часов"],
      day: ["дня", "дней", "дней"],
    },
  },
} as const;

/** «3 минуты», rounded to what one remembers. */
export function howLong(milliseconds: number, language: Language, form: Case = "within"): string {
  const seconds = Math.round(milliseconds / 1_000);
  const minutes = Math.round(seconds / 60);
  const hours = Math.round(minutes / 60);
  if (seconds < 100) return counted(seconds, "second");
  if (minutes < 100) return counted(minutes, "minute");
  return hours < 48 ? counted(hours, "hour") : counted(Math.round(hours / 24), "day");

  function counted(count: number, unit: keyof (typeof units)["ru"]["within"]): string {
    const [one, few, many] = units.ru[form][unit];
    return language === "ru" ? countedRu(count, one, few, many) : countedEn(count, unit, `${unit}s`);
  }
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
    cases: {
      what: "Обращения в\u00a0поддержку",
      about:
        "Сколько открытых обращений ждут и\u00a0как давно\u00a0— на\u00a0эту минуту; чем обращения кончались\u00a0— за\u00a0выбранное время.",
      empty: "Открытых обращений нет",
      found: (open: number, oldest: string) =>
        `${open === 1 ? "Ждёт" : "Ждут"} ${countedRu(open, "обращение", "обращения", "обращений")}, старейшее — ${oldest}`,
      waiting: "Ждут",
      overdue: (overdue: number, unassigned: number) =>
        `Просрочено: ${overdue}, без ответственного: ${unassigned}.`,
      upTo: (text: string) => `до ${text}`,
      more: (text: string) => `дольше ${text}`,
      ended: "За это время",
      veto: (share: string) => `Из одобренных владелец остановил ${share}.`,
      queue: "К\u00a0очереди",
      turn: "Что с\u00a0обращением",
      cases: "Обращений",
      turns: {
        confirmed: "приняты",
        approved: "одобрены",
        vetoed: "остановлены словами «Это не я»",
        refused: "отказано",
        stopped: "остановлены переменой аккаунта",
        withdrawn: "отозваны",
        finished: "доступ восстановлен",
      },
    },
    decisions: {
      what: "Время до решения поддержки",
      about:
        "От подтверждённого обращения до одобрения или отказа. Посчитано по интервалам, которые видны в\u00a0таблице.",
      empty: "За это время решений не было",
      found: (half: string, nine: string) =>
        `Половина решений принята за ${half}, девять из десяти — за ${nine}`,
      upTo: (text: string) => `до ${text}`,
      more: "дольше двух недель",
      bucket: "За сколько",
      cases: "Решений",
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
    cases: {
      what: "Cases at the desk",
      about:
        "How many open cases wait, and for how long, at this minute; how cases ended, over the chosen time.",
      empty: "No case is open",
      found: (open, oldest) => `${countedEn(open, "case waits", "cases wait")}, the oldest for ${oldest}`,
      waiting: "Waiting",
      overdue: (overdue, unassigned) => `Overdue: ${overdue}, nobody's: ${unassigned}.`,
      upTo: (text) => `up to ${text}`,
      more: (text) => `more than ${text}`,
      ended: "Over this time",
      veto: (share) => `Of those approved, the owner stopped ${share}.`,
      queue: "To the queue",
      turn: "What became of cases",
      cases: "Cases",
      turns: {
        confirmed: "taken in",
        approved: "approved",
        vetoed: "stopped by “It was not me”",
        refused: "refused",
        stopped: "stopped, the account had changed",
        withdrawn: "withdrawn",
        finished: "access restored",
      },
    },
    decisions: {
      what: "Time to a decision of the desk",
      about: "From the confirmed case to the approval or refusal. Counted in the intervals of the table.",
      empty: "No decisions over this time",
      found: (half, nine) => `Half of the decisions took ${half}, nine in ten no more than ${nine}`,
      upTo: (text) => `up to ${text}`,
      more: "more than two weeks",
      bucket: "Within",
      cases: "Decisions",
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
