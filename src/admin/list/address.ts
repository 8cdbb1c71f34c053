/** What the list shows, as it stands in its address: nothing of it is kept anywhere else. */
import { type PeopleFilter, type PeoplePlace, searchWords } from "../../accounts/accounts.ts";
import type { Secrets } from "../../platform/secrets/secrets.ts";
import { maskedWithin } from "../masks.ts";

/** What may be chosen; the first of each is meant when nothing stands in the address. */
export const choices = {
  status: ["open", "active", "blocked", "dismissed", "any"],
  role: ["any", "person", "staff", "desk", "administrator", "owner"],
  seen: ["any", "never", "month", "older"],
  password: ["any", "yes", "no"],
  phone: ["any", "yes", "no"],
  mail: ["any", "unproven", "bounced"],
} as const;

export type ChoiceName = keyof typeof choices;

export type ListAddress = { [Name in ChoiceName]: (typeof choices)[Name][number] } & {
  q: string;
  sort: "name" | "last-sign-in";
};

export const PATH = "/admin/users";
const DAY_MS = 86_400_000;
const LONGEST_QUERY = 100;
const PLACE = "place in the list of people";

/** Whatever is not among the choices is the first of them. */
export function readAddress(asked: (name: string) => string | undefined): ListAddress {
  const chosen = <Name extends ChoiceName>(name: Name): (typeof choices)[Name][number] => {
    const known: readonly (typeof choices)[Name][number][] = choices[name];
    const [usual] = known as [(typeof choices)[Name][number]];
    return known.find((choice) => choice === asked(name)) ?? usual;
  };
  return {
    q: (asked("q") ?? "").replace(/\p{Cc}/gu, " ").slice(0, LONGEST_QUERY),
    status: chosen("status"),
    role: chosen("role"),
    seen: chosen("seen"),
    password: chosen("password"),
    phone: chosen("phone"),
    mail: chosen("mail"),
    sort: asked("sort") === "last-sign-in" ? "last-sign-in" : "name",
  };
}

/** The address of the list with these changes, from its first page on. */
export function addressOf(list: ListAddress, changes: Partial<ListAddress> & { from?: string } = {}): string {
  const { from, ...rest } = changes;
  const query = new URLSearchParams(fieldsOf({ ...list, ...rest }));
  if (from) query.set("from", from);
  return query.size === 0 ? PATH : `${PATH}?${query}`;
}

/** What is asked for beside the usual, by its names in the address. */
export function fieldsOf(list: ListAddress): Record<string, string> {
  const fields: Record<string, string> = list.q === "" ? {} : { q: list.q };
  for (const name of Object.keys(choices) as ChoiceName[]) {
    if (list[name] !== choices[name][0]) fields[name] = list[name];
  }
  if (list.sort !== "name") fields.sort = list.sort;
  return fields;
}

/** As the record keeps it: what was looked for names people, so it is masked there. */
export function recordedConditions(list: ListAddress): { query: string; conditions: string } {
  return { query: maskedWithin(list.q), conditions: addressOf({ ...list, q: "" }) };
}

export function filterOf(list: ListAddress, now: number): PeopleFilter {
  const monthAgo = now - 30 * DAY_MS;
  const signedIn = {
    any: "any",
    never: "never",
    month: { since: monthAgo },
    older: { before: monthAgo - 1 },
  } as const;
  const { status, role, password, phone, mail } = list;
  return { words: searchWords(list.q), status, role, signedIn: signedIn[list.seen], password, phone, mail };
}

/** Where the next page begins, sealed together with the list that it belongs to: nobody can make one up. */
export function sealPlace(
  tools: { secrets: Secrets },
  list: ListAddress,
  place: PeoplePlace,
  now: number,
): string {
  return tools.secrets.seal(PLACE, [addressOf(list), place], now + DAY_MS);
}

/** Undefined, which is the first page, when it is forged, a day old, or of another list. */
export function openPlace(
  tools: { secrets: Secrets },
  list: ListAddress,
  sealed: string | undefined,
  now: number,
): PeoplePlace | undefined {
  const opened = sealed === undefined ? undefined : tools.secrets.open(PLACE, sealed, now);
  const [address, place] = (opened ?? []) as [string?, PeoplePlace?];
  // Before there was a count in it, it was a place of another kind.
  return address === addressOf(list) && place?.count !== undefined ? place : undefined;
}
