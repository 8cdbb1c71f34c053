/** What should make staff look twice, each point with what it is made of. */
import type { Account } from "../accounts/accounts.ts";
import { findEvents } from "../audit/audit.ts";
import type { Places } from "../platform/places/places.ts";
import { sourceOf } from "../platform/web/client-address.ts";
import { devicesOf } from "../sessions/sessions.ts";
import { type EvidenceRow, evidenceOf } from "./evidence/evidence.ts";
import type { Weakness } from "./evidence/vouching.ts";
import * as rows from "./rows.ts";
import type { SupportTools } from "./tools.ts";

export type Risk =
  /** Nobody has ever signed in from where the case was sent: by place where one is known, else by network. */
  | { kind: "new-place" | "new-address"; address: string }
  /** Whoever needs help does not usually sign in. */
  | { kind: "signed-in-lately"; at: number }
  | { kind: "in-use"; at: number }
  | { kind: "changed-lately"; at: number }
  | { kind: "earlier-cases"; count: number }
  /** Somebody in the account, or at one of its contacts, ended a case about it: which of both is honest? */
  | { kind: "stopped-before"; at: number }
  /** The same address for answers served for others. */
  | { kind: "address-of-others"; count: number }
  | { kind: "free-mailbox" }
  | { kind: "staff" }
  | { kind: "not-vouched" }
  | { kind: Weakness };

const DAY_MS = 86_400_000;
const LATELY_MS = 14 * DAY_MS;
const SIGN_INS_LOOKED_AT = 50;

/** Anybody gets a mailbox there within a minute. */
const freeProviders = [
  "mail.ru inbox.ru list.ru bk.ru internet.ru xmail.ru yandex.ru ya.ru yandex.com rambler.ru lenta.ru",
  "gmail.com googlemail.com outlook.com hotmail.com live.com icloud.com yahoo.com proton.me protonmail.com",
  "gmx.com gmx.net vk.com mail.com tutanota.com zoho.com",
].flatMap((line) => line.split(" "));

type RiskTools = SupportTools & { places: Pick<Places, "placeOf"> };

/** In the order of their weight; for a case about nobody only what its address tells. */
export async function risksOf(
  tools: RiskTools,
  found: rows.CaseRow,
  account: Account | undefined,
): Promise<Risk[]> {
  const { read } = tools.store;
  const yearAgo = tools.clock.now() - 365 * DAY_MS;
  const evidence = await evidenceOf(read, found.id);
  const sameAddress = await rows.casesOf(read, { answerKey: found.answer_key }, yearAgo, 20);
  const others = sameAddress.filter((other) => other.id !== found.id && other.typed !== found.typed);
  const risks: Risk[] = account ? await risksOfAccount(tools, found, account) : [];
  if (evidence.some(({ state }) => state === "declined")) risks.unshift({ kind: "not-vouched" });
  for (const kind of weak) if (evidence.some(isWeak(kind))) risks.push({ kind });
  if (others.length > 0) risks.push({ kind: "address-of-others", count: others.length });
  const domain = found.answer_key.split("@").at(-1) ?? "";
  if (freeProviders.includes(domain)) risks.push({ kind: "free-mailbox" });
  return risks;
}

const weak: readonly Weakness[] = ["same-source", "new-account"];

function isWeak(weakness: Weakness) {
  return ({ kind, note }: EvidenceRow) => kind === "colleague" && note === weakness;
}

async function risksOfAccount(tools: RiskTools, found: rows.CaseRow, account: Account): Promise<Risk[]> {
  const { read } = tools.store;
  const now = tools.clock.now();
  const of = { accountId: account.id, since: now - 180 * DAY_MS };
  const [signIns, changes, earlier, devices] = await Promise.all([
    findEvents(read, { ...of, actions: ["session.started"] }, { most: SIGN_INS_LOOKED_AT }),
    findEvents(
      read,
      { ...of, actions: ["contact.changed", "password.changed"], since: now - LATELY_MS },
      { most: 1 },
    ),
    rows.casesOf(read, { accountId: account.id }, now - 365 * DAY_MS, 20),
    devicesOf(tools, account.id, null),
  ]);
  const risks: Risk[] = [];
  if (account.role !== "person") risks.push({ kind: "staff" });
  const open = devices.find(({ state }) => state === "open");
  if (open) risks.push({ kind: "in-use", at: open.seenAt });
  if (account.signed_in_at !== null && now - account.signed_in_at < LATELY_MS)
    risks.push({ kind: "signed-in-lately", at: account.signed_in_at });
  const [change] = changes;
  if (change) risks.push({ kind: "changed-lately", at: change.at });
  const strange = strangeness(tools.places, found.address, [
    ...new Set(signIns.map(({ address }) => address)),
  ]);
  if (strange) risks.push({ kind: strange, address: found.address });
  const before = earlier.filter(({ id }) => id !== found.id);
  const stopped = before.find(({ state }) => state === "stopped");
  if (stopped) risks.push({ kind: "stopped-before", at: stopped.moved_at });
  if (before.length > 0) risks.push({ kind: "earlier-cases", count: before.length });
  return risks;
}

/** How an address is new beside those of before; undefined where it is in a network or place of theirs. */
function strangeness(
  places: Pick<Places, "placeOf">,
  address: string,
  before: readonly string[],
): "new-place" | "new-address" | undefined {
  if (before.some((other) => networkOf(other) === networkOf(address))) return undefined;
  const place = places.placeOf(address, "en");
  if (place === undefined) return "new-address";
  return before.some((other) => places.placeOf(other, "en") === place) ? undefined : "new-place";
}

/** What one provider or office gives out beside each other: /24 of IPv4, /48 of IPv6. */
function networkOf(address: string): string {
  const [, four] = /^(\d+\.\d+\.\d+)\.\d+$/.exec(address) ?? [];
  return four ?? sourceOf(address).split(":").slice(0, 3).join(":");
}
