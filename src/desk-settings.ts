/** The settings of the desk: when somebody is there, and how soon an answer is promised. */
import { duration, SettingRefused } from "./setting-values.ts";

/** When the desk is at work, in the time zone of the installation. */
export interface DeskHours {
  /** 1 is Monday. */
  days: readonly number[];
  /** Minutes after midnight. */
  opens: number;
  closes: number;
}

export interface DeskSettings {
  hours: DeskHours;
  /** Working time within which an answer is promised. */
  answerWithinMs: number;
}

export const deskDefinitions = [
  {
    name: "DESK_HOURS",
    byDefault: "mon-fri 09:00-18:00",
    meaning: "When the desk is at work, in `TIME_ZONE`; `mon-sun 00:00-24:00` for always",
  },
  {
    name: "DESK_ANSWER_WITHIN",
    byDefault: "4h",
    meaning: "Working time within which the desk promises its first answer: 15m to 7d",
  },
];

export function readDesk(read: (name: string) => string | undefined): DeskSettings {
  return {
    hours: parseDeskHours(read("DESK_HOURS") ?? "mon-fri 09:00-18:00"),
    answerWithinMs: duration("DESK_ANSWER_WITHIN", read("DESK_ANSWER_WITHIN") ?? "4h", "15m", "7d"),
  };
}

const dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

function parseDeskHours(value: string): DeskHours {
  const found = /^([a-z]{3})-([a-z]{3}) (\d\d):([0-5]\d)-(\d\d):([0-5]\d)$/.exec(value.trim().toLowerCase());
  const minutes = (place: number) => Number(found?.[place]) * 60 + Number(found?.[place + 1]);
  const [first, last] = [dayNames.indexOf(found?.[1] ?? ""), dayNames.indexOf(found?.[2] ?? "")];
  const [opens, closes] = [minutes(3), minutes(5)];
  if (!found || first < 0 || last < first || closes > 24 * 60 || opens >= closes) {
    throw new SettingRefused("DESK_HOURS must be days and hours, like mon-fri 09:00-18:00");
  }
  return { days: Array.from({ length: last - first + 1 }, (_, index) => first + index + 1), opens, closes };
}
