import { countedEn, countedRu, type Language } from "./language.ts";

/** "14:05" in the given IANA time zone. */
export function clockTime(at: number, timeZone: string, language: Language): string {
  return formatter(language, timeZone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

/** «22 ноября 2026» / "22 November 2026". */
export function dayOf(at: number, timeZone: string, language: Language): string {
  return formatter(language, timeZone, { day: "numeric", month: "long", year: "numeric" })
    .format(at)
    .replace(/\s?г\.$/, "")
    .replaceAll(" ", "\u00a0");
}

/** «22 ноября 2026 в 14:05» / "22 November 2026, 14:05". */
export function dayAndTime(at: number, timeZone: string, language: Language): string {
  const day = dayOf(at, timeZone, language);
  return language === "ru"
    ? `${day} в\u00a0${clockTime(at, timeZone, language)}`
    : `${day}, ${clockTime(at, timeZone, language)}`;
}

/** «22.11 в 14:05» / "22.11 at 14:05": for SMS, where characters are few. */
export function briefTime(at: number, timeZone: string, language: Language): string {
  const day = formatter("ru", timeZone, { day: "2-digit", month: "2-digit" }).format(at);
  return `${day} ${language === "ru" ? "в" : "at"} ${clockTime(at, timeZone, language)}`;
}

/** "14:05" when it is today there, else the day as well. */
export function timeOrDay(at: number, now: number, timeZone: string, language: Language): string {
  const day = (moment: number) =>
    formatter("en", timeZone, { day: "numeric", month: "numeric", year: "numeric" }).format(moment);
  return day(at) === day(now) ? clockTime(at, timeZone, language) : dayAndTime(at, timeZone, language);
}

/** The same to the second: "14:05:11". */
export function dayAndExactTime(at: number, now: number, timeZone: string, language: Language): string {
  const seconds = formatter("en", timeZone, { second: "2-digit" }).format(at).padStart(2, "0");
  return `${timeOrDay(at, now, timeZone, language)}:${seconds}`;
}

/**
 * When a day begins in the given IANA time zone; undefined for what is no day of the form `2026-11-22`.
 * `later`: that many days after it.
 */
export function dayStart(day: string, timeZone: string, later = 0): number | undefined {
  if (!/^[12]\d{3}-\d{2}-\d{2}$/.test(day)) return undefined;
  try {
    return Temporal.PlainDate.from(day).add({ days: later }).toZonedDateTime(timeZone).epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** «4 минуты», «через …» is the caller's: rounded up, in seconds below a minute, hours above two. */
export function waitingTime(milliseconds: number, language: Language): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  const minutes = Math.ceil(seconds / 60);
  const hours = Math.ceil(minutes / 60);
  if (language === "ru") {
    if (seconds < 60) return countedRu(seconds, "секунду", "секунды", "секунд");
    if (minutes <= 120) return countedRu(minutes, "минуту", "минуты", "минут");
    return countedRu(hours, "час", "часа", "часов");
  }
  if (seconds < 60) return countedEn(seconds, "second", "seconds");
  if (minutes <= 120) return countedEn(minutes, "minute", "minutes");
  return countedEn(hours, "hour", "hours");
}

/** Making a formatter costs 50 µs, using one 1 µs; there are as many as languages, zones and shapes. */
const formatter = remembering(
  (language: Language, timeZone: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language === "ru" ? "ru-RU" : "en-GB", { timeZone, ...options }),
);

function remembering<A extends unknown[], R>(make: (...given: A) => R): (...given: A) => R {
  const made = new Map<string, R>();
  return (...given) => {
    const key = JSON.stringify(given);
    const known = made.get(key) ?? make(...given);
    made.set(key, known);
    return known;
  };
}
