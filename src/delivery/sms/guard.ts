/**
 * What holds an SMS back before it is written down. Each one costs money, so somebody may want many of them
 * sent: to numbers that share the profit with him, or to plague a person (security.md CH5; OWASP ASVS 6.6.3).
 */
import type { Clock } from "../../platform/clock.ts";
import type { Secrets } from "../../platform/secrets/secrets.ts";
import type { Store, Writer } from "../../platform/store/store.ts";
import { type AlarmTools, raiseAlarm } from "../../platform/throttle/alarms.ts";
import * as budgets from "../../platform/throttle/budgets.ts";
import { type Charge, settle, spend } from "../../platform/throttle/throttle.ts";
import type { Settings } from "../../settings.ts";

export interface SmsGuardTools extends AlarmTools {
  clock: Clock;
  store: Store;
  secrets: Secrets;
  settings: Pick<Settings, "smsReady" | "smsCountries" | "smsDayLimit">;
}

export interface SmsWish {
  /** E.164; for nobody, what was typed. */
  to: string;
  /** Who asked for it; null: nobody, which is the same work and counts apart. */
  accountId: string | null;
  /** Where the request came from. */
  source: string;
  /** The browser was signed in to this account lately: no stranger uses up its share. */
  knownBrowser?: boolean;
}

/** Never told to who asked: what an account's number has used up says that there is one. */
export type Admission = { kind: "admitted" } | { kind: "held"; by: string };

/** Codes of one number's neighbours that may go unanswered; one that comes back makes up for five. */
const ONE_IN = 5;

/** Whether the service sends SMS to this number at all; says nothing of whose it is. */
export function reachesBySms(settings: SmsGuardTools["settings"], to: string): boolean {
  return settings.smsReady && settings.smsCountries.some((prefix) => to.startsWith(prefix));
}

/** To be asked before each SMS is put into the outbox; counts it, in a commit of its own. */
export async function admitSms(tools: SmsGuardTools, wish: SmsWish): Promise<Admission> {
  const outcome = await admitSmsAfter(tools, [], wish);
  return outcome.kind === "throttled" ? { kind: "held", by: "told" } : outcome;
}

/**
 * The same behind charges that the person is told about, in one commit: `throttled` when one of those is
 * exhausted, and nothing of the rest is counted then.
 */
export async function admitSmsAfter(
  tools: SmsGuardTools,
  told: readonly Charge[],
  wish: SmsWish,
): Promise<Admission | { kind: "throttled"; retryAt: number }> {
  const abroad = !reachesBySms(tools.settings, wish.to);
  const accountId = abroad ? null : wish.accountId;
  const verdict = await spend(tools, [...told, ...chargesFor(tools, { ...wish, accountId })]);
  if (verdict.kind === "limited" && told.some(({ budget }) => budget.name === verdict.budget)) {
    return { kind: "throttled", retryAt: verdict.retryAt };
  }
  const by = abroad ? "country" : verdict.kind === "limited" ? verdict.budget.replace("sms ", "") : undefined;
  if (by === undefined) return { kind: "admitted" };
  if (wish.accountId !== null) raiseAlarm(tools, { event: "sms_held", by });
  return { kind: "held", by };
}

/** A code that was sent to this number has been typed: the numbers around it are people's. */
export async function smsConfirmed(
  tools: Pick<SmsGuardTools, "clock" | "store" | "secrets">,
  write: Writer,
  to: string,
): Promise<void> {
  const charge = { budget: budgets.smsUnanswered, subject: prefixOf(to) };
  await settle(tools, write, { giveBack: Array.from({ length: ONE_IN }, () => charge) });
}

function chargesFor(tools: SmsGuardTools, { to, accountId, source, knownBrowser }: SmsWish): Charge[] {
  const day = { ...budgets.smsDay, limit: tools.settings.smsDayLimit };
  if (accountId === null) {
    // Costs nobody money, so it leaves what everybody shares alone.
    return [
      { budget: budgets.smsNumber, subject: to },
      { budget: budgets.smsAccount, subject: `nobody ${to}` },
      { budget: budgets.smsSource, subject: source },
      { budget: budgets.smsPrefix, subject: `nobody ${prefixOf(to)}` },
      { budget: day, subject: "nobody" },
      { budget: budgets.smsUnanswered, subject: `nobody ${prefixOf(to)}` },
    ];
  }
  const own = knownBrowser ? `known ${accountId}` : undefined;
  return [
    { budget: budgets.smsNumber, subject: own ?? to },
    { budget: budgets.smsAccount, subject: own ?? accountId },
    { budget: budgets.smsSource, subject: own ?? source },
    { budget: budgets.smsPrefix, subject: own ?? prefixOf(to) },
    { budget: day, subject: "all" },
    { budget: budgets.smsUnanswered, subject: own ?? prefixOf(to) },
  ];
}

/** Ten thousand neighbours: pumping rents numbers in blocks. */
function prefixOf(to: string): string {
  return to.slice(0, -4);
}
