/** What the list of messages is looked through for, as it stands in its address. */
import { findAccount, readIdentifier } from "../../accounts/accounts.ts";
import type { MessageFilter, MessagePlace } from "../../delivery/delivery.ts";
import type { Secrets } from "../../platform/secrets/secrets.ts";
import type { Reader } from "../../platform/store/store.ts";
import { words } from "./words.ts";

/** The first of each is meant when nothing stands in the address. */
export const choices = {
  state: ["any", "trouble", "waiting", "sent", "delivered", "bounced", "failed", "dropped"],
  channel: ["any", "email", "sms", "portal"],
  period: ["week", "day", "month", "all"],
} as const;

const kinds = Object.keys(words.ru.kinds) as (keyof (typeof words)["ru"]["kinds"])[];

export interface MessageList {
  state: (typeof choices.state)[number];
  channel: (typeof choices.channel)[number];
  period: (typeof choices.period)[number];
  /** "" for all. */
  kind: string;
  q: string;
  domain: string;
  gateway: string;
}

export const PATH = "/admin/deliveries";
const PLACE = "place in the list of messages";
const DAY_MS = 86_400_000;
const periods = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS, all: 181 * DAY_MS };

export function readList(asked: (name: string) => string | undefined): MessageList {
  const typed = (name: string) =>
    (asked(name) ?? "")
      .replace(/\p{Cc}/gu, " ")
      .slice(0, 320)
      .trim();
  const chosen = <T extends string>(name: string, among: readonly T[], usual: T): T =>
    among.find((choice) => choice === asked(name)) ?? usual;
  return {
    state: chosen("state", choices.state, "any"),
    channel: chosen("channel", choices.channel, "any"),
    period: chosen("period", choices.period, "week"),
    kind: chosen("kind", kinds, "" as (typeof kinds)[number]),
    q: typed("q"),
    domain: typed("domain").toLowerCase().replace(/^@/, ""),
    gateway: typed("gateway").toLowerCase(),
  };
}

export function addressOf(list: MessageList, from?: string): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(list)) {
    if (value !== "" && value !== "any" && !(name === "period" && value === "week")) query.set(name, value);
  }
  if (from) query.set("from", from);
  return query.size === 0 ? PATH : `${PATH}?${query}`;
}

/** What is asked of the outbox; undefined when nobody and nothing is called like what was typed. */
export async function filterOf(
  read: Reader,
  list: MessageList,
  now: number,
): Promise<MessageFilter | undefined> {
  const { state, channel, period, kind, domain, gateway } = list;
  const rest = { state, channel, kind, domain, gateway, since: now - periods[period], until: now + DAY_MS };
  const named = { to: "", number: null, accountId: "" };
  if (list.q === "") return { ...rest, ...named };
  const number = /^(?:№|n|no\.?|#)?\s*(\d{3,6})$/i.exec(list.q)?.[1];
  if (number) return { ...rest, ...named, number: Number(number) };
  const typed = await readIdentifier(list.q);
  if (typed.kind !== "understood") return undefined;
  const { identifier } = typed;
  // A contact is looked for as it was written to, also when it has left its account meanwhile.
  if (identifier.kind !== "login") return { ...rest, ...named, to: identifier.key };
  const account = await findAccount(read, identifier);
  return account && { ...rest, ...named, accountId: account.id };
}

/** Where the next page begins, sealed together with the list that it belongs to: nobody can make one up. */
export function sealPlace(
  tools: { secrets: Secrets },
  list: MessageList,
  place: MessagePlace,
  now: number,
): string {
  return tools.secrets.seal(PLACE, [addressOf(list), place], now + DAY_MS);
}

/** Undefined, which is the first page, when it is forged, a day old, or of another list. */
export function openPlace(
  tools: { secrets: Secrets },
  list: MessageList,
  sealed: string | undefined,
  now: number,
): MessagePlace | undefined {
  const opened = sealed === undefined ? undefined : tools.secrets.open(PLACE, sealed, now);
  const [address, place] = (opened ?? []) as [string?, MessagePlace?];
  return address === addressOf(list) ? place : undefined;
}
