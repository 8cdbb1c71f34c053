/**
 * Every limit on tries, by name. Figures: docs/decisions/0032, after OWASP ASVS 5.0 (6.3.1, 6.5.4, 6.6.3) and
 * NIST SP 800-63B-4 (3.2.2: at most 100 failures in a row).
 */
import type { RateBudget, StreakBudget, WindowsBudget } from "./counting.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Wrong passwords of one account, through any door: 10 at once, then one after 1, 2, 4 … 900 s. At 100 in a
 * row the door stays closed until the account is entered another way or a day has been quiet.
 */
export const signInAccount: StreakBudget = {
  kind: "streak",
  name: "sign-in account",
  free: 10,
  delaysSeconds: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900],
  forgetAfterMs: DAY,
  ceiling: 100,
};

/** A browser that signed in to this account before: no stranger can use this one up. */
export const signInKnownDevice = rate("sign-in known device", 10, 15 * MINUTE);

/** Wrong passwords from one address (IPv6: one /64), whoever they are for. */
export const signInSource = rate("sign-in source", 50, 15 * MINUTE);

/** Letters asked for one identifier, whether anybody has it or not. */
export const recoveryLetters = {
  kind: "windows",
  name: "recovery letters",
  windows: [
    [1, MINUTE],
    [3, HOUR],
    [10, DAY],
  ],
} as const satisfies WindowsBudget;

/** The same for the account behind it, through every spelling; what it refuses is never told. */
export const recoveryLettersOfAccount = {
  ...recoveryLetters,
  name: "recovery letters of account",
} as const satisfies WindowsBudget;

/** Letters that confirm a new address: of one account, and to one address, whoever asks. */
export const changeLetters = rate("change letters", 10, HOUR);
export const changeLettersTo = rate("change letters to", 3, HOUR);

export const recoverySource = rate("recovery source", 20, HOUR);

/**
 * Leaving for outside services from one address and not coming in by it: each can make us ask the service.
 */
export const socialSource = rate("social source", 60, HOUR);

/** SMS to one number, and to one account: each costs money, and rings in somebody's pocket. */
export const smsSends = {
  kind: "windows",
  name: "sms sends",
  windows: [
    [1, MINUTE],
    [3, HOUR],
    [5, DAY],
  ],
} as const satisfies WindowsBudget;

/**
 * The caps that hold an SMS back unseen (src/delivery/sms/guard.ts). Figures: what one person may need, and
 * for a source and a block of ten thousand numbers, what an office may need in an hour.
 */
export const smsNumber = { ...smsSends, name: "sms number" } as const satisfies WindowsBudget;
export const smsAccount = { ...smsSends, name: "sms account" } as const satisfies WindowsBudget;
export const smsSource = rate("sms source", 5, HOUR);
/** What one account asks for on its own page, where the limit is told. */
export const changeSms = { ...smsSends, name: "change sms" } as const satisfies WindowsBudget;
export const smsPrefix = rate("sms prefix", 50, HOUR);

/** SMS a day over the whole service; the limit is the operator's, `SMS_DAY_LIMIT`. */
export const smsDay = rate("sms day", 1_000, DAY);

/**
 * Codes sent to a block of ten thousand numbers and not typed by anybody, less five for each that was: where
 * fewer than one in five come back, the fiftieth stops the block until a day has been quiet.
 */
export const smsUnanswered: StreakBudget = {
  kind: "streak",
  name: "sms unanswered",
  free: 50,
  delaysSeconds: [],
  forgetAfterMs: DAY,
  ceiling: 50,
};

/** Codes typed for one account, over all challenges: a new code brings no new tries. */
export const codeAccount = rate("code account", 20, DAY);

/** Wrong codes in a row; at the ceiling codes are off for the account, and its links remain. */
export const codesInARow: StreakBudget = {
  kind: "streak",
  name: "codes in a row",
  free: 100,
  delaysSeconds: [],
  forgetAfterMs: 365 * DAY,
  ceiling: 100,
};

export const codeSource = rate("code source", 30, HOUR);

/**
 * Wrong codes over the whole service: five tries on each of 200,000 accounts would open one otherwise. Beyond
 * it codes rest and links remain.
 */
export const codesWholeService = rate("codes whole service", 1_000, HOUR);

/** Wrong codes over the whole service beyond which somebody guesses: an alarm, and nothing is refused yet. */
export const codesAlarm = rate("codes alarm", 200, HOUR);

/** The alarm is told this often, not at each further code. */
export const codesAlarmTold = rate("codes alarm told", 1, 10 * MINUTE);

/**
 * Forms sent with one link or control string. Its 256 bits need no limit; the hashing behind it does, and
 * whoever has ten passwords refused must still get in with the eleventh.
 */
export const linkTries = rate("link tries", 30, HOUR);

export const linkSource = rate("link source", 60, HOUR);

/** Control strings typed for one login. */
export const controlStringTries = rate("control string tries", 10, 15 * MINUTE);

/** Photos sent to be made anew, for one account: each is up to a second of work. */
export const photos = rate("photos", 20, HOUR);

/** Mail that comes in about one thing of ours, and from one server that is not our own. */
export const intakeInbox = rate("intake inbox", 60, HOUR);
export const intakeSource = rate("intake source", 600, HOUR);

/** Cases for the desk: about one person by what was typed, from one address, with answers to one mailbox. */
export const deskPerson = rate("desk person", 3, DAY);
export const deskSource = rate("desk source", 5, DAY);
export const deskAnswer = rate("desk answer", 3, DAY);

/** Letters with the key of one case. */
export const deskLetters = rate("desk letters", 3, HOUR);

/** What one applicant may send into one case. */
export const deskReplies = rate("desk replies", 20, DAY);

/** Codes read aloud to staff, for one case. */
export const deskMeetings = rate("desk meetings", 5, HOUR);

function rate(name: string, limit: number, perMs: number): RateBudget {
  return { kind: "rate", name, limit, perMs };
}
