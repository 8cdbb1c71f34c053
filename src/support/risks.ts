/** What should make staff look twice, each point with what it is made of. */
import type { Account } from "../accounts/accounts.ts";
import { findEvents } from "../audit/audit.ts";
import { devicesOf } from "../sessions/sessions.ts";
import { evidenceOf } from "./evidence/evidence.ts";
import * as rows from "./rows.ts";
import type { SupportTools } from "./tools.ts";

export type Risk =
  /** Nobody has ever signed in from where the case was sent. */
  | { kind: "new-address" }
  /** Whoever needs help does not usually sign in. */
  | { kind: "signed-in-lately"; at: number }
  | { kind: "in-use"; at: number }
  | { kind: "changed-lately"; at: number }
  | { kind: "earlier-cases"; count: number }
  /** The same address for answers served for others. */
  | { kind: "address-of-others"; count: number }
  | { kind: "free-mailbox" }
  | { kind: "staff" }
  | { kind: "not-vouched" };

const DAY_MS = 86_400_000;
const LATELY_MS = 14 * DAY_MS;
const SIGN_INS_LOOKED_AT = 50;

/** Anybody gets a mailbox there within a minute. */
const freeProviders = [
  "mail.ru inbox.ru list.ru bk.ru internet.ru xmail.ru yandex.ru ya.ru yandex.com rambler.ru lenta.ru",
  "gmail.com googlemail.com outlook.com hotmail.com live.com icloud.com yahoo.com proton.me protonmail.com",
  "gmx.com gmx.net vk.com mail.com tutanota.com zoho.com",
].flatMap((line) => line.split(" "));

/** In the order of their weight; for a case about nobody only what its address tells. */
export async function risksOf(
  tools: SupportTools,
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
  if (others.length > 0) risks.push({ kind: "address-of-others", count: others.length });
  const domain = found.answer_key.split("@").at(-1) ?? "";
  if (freeProviders.includes(domain)) risks.push({ kind: "free-mailbox" });
  return risks;
}

async function risksOfAccount(tools: SupportTools, found: rows.CaseRow, account: Account): Promise<Risk[]> {
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
  if (!signIns.some(({ address }) => address === found.address)) risks.push({ kind: "new-address" });
  const before = earlier.filter(({ id }) => id !== found.id);
  if (before.length > 0) risks.push({ kind: "earlier-cases", count: before.length });
  return risks;
}
