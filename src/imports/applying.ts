/** Puts the decisions of a batch into the database, in the caller's transaction. */
import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type BroughtPerson,
  bringPeople,
  fillAccount,
  placeContact,
  removeContact,
  setStatus,
} from "../accounts/accounts.ts";
import type { NewAuditEvent } from "../audit/audit.ts";
import { bringPasswords } from "../passwords/passwords.ts";
import { newId } from "../platform/secrets/ids.ts";
import type { Writer } from "../platform/store/store.ts";
import { endAllSessions, type VisitTools } from "../sessions/sessions.ts";
import type { Decision } from "./deciding.ts";
import type { Brought } from "./hashes.ts";
import * as rows from "./rows.ts";
import type { ImportSettings } from "./settings.ts";

export interface Applied {
  /** Which account each line came to, or was. */
  accounts: Map<number, string>;
  events: NewAuditEvent[];
}

/** How many people go in before pages have their turn. */
const SLICE = 100;

interface Setting {
  importId: string;
  settings: ImportSettings;
  actor: string;
  ready: ReadonlyMap<number, Brought>;
}

export async function apply(
  tools: VisitTools,
  write: Writer,
  decisions: readonly Decision[],
  setting: Setting,
): Promise<Applied> {
  const applied: Applied = { accounts: new Map(), events: [] };
  const added = decisions.filter((decision) => decision.kind === "add");
  for (let from = 0; from < added.length; from += SLICE) {
    await addSome(tools, write, added.slice(from, from + SLICE), setting, applied);
    await nextTurn();
  }
  for (const decision of decisions) {
    if (decision.kind === "change") await change(tools, write, decision, setting, applied);
    if (decision.kind === "leave") applied.accounts.set(decision.row.line, decision.account.id);
    if (decision.kind === "number") await number(tools, write, decision, setting);
  }
  return applied;
}

async function addSome(
  tools: VisitTools,
  write: Writer,
  some: readonly Extract<Decision, { kind: "add" }>[],
  setting: Setting,
  applied: Applied,
): Promise<void> {
  const { settings, ready } = setting;
  const proven = provenBy(settings);
  const people = some.map(({ row, identifiers, shares }): BroughtPerson => {
    const { status = "active", position, department, timeZone } = row.person;
    const account = { status, position, department, time_zone: timeZone };
    const draft = { person: row.draft.person, identifiers };
    return { id: newId(), draft, account, sharesMailbox: shares, proven };
  });
  const passwords: { accountId: string; hash: string }[] = [];
  const numbers: { external_id: string; account_id: string }[] = [];
  for (const [index, { row }] of some.entries()) {
    const accountId = people[index]?.id ?? "";
    applied.accounts.set(row.line, accountId);
    const hash = ready.get(row.line)?.hash;
    if (hash !== undefined) passwords.push({ accountId, hash });
    const { externalId } = row.person;
    if (externalId !== "") numbers.push({ external_id: externalId, account_id: accountId });
    const { importId } = setting;
    const detail = { by: "import", role: row.draft.person.role, import: importId };
    applied.events.push(eventOf("account.added", accountId, setting, detail));
  }
  await bringPeople(tools, write, people, () => bringPasswords(write, passwords, tools.clock.now()));
  await rows.insertExternalIds(write, numbers);
}

async function change(
  tools: VisitTools,
  write: Writer,
  decision: Extract<Decision, { kind: "change" }>,
  setting: Setting,
  applied: Applied,
): Promise<void> {
  const { row, account } = decision;
  const { fields, contacts, status, linksId } = decision.change;
  const now = tools.clock.now();
  applied.accounts.set(row.line, account.id);
  if (Object.keys(fields).length > 0) await fillAccount(tools, write, account.id, fields);
  const proven = provenBy(setting.settings);
  for (const contact of contacts) {
    if (contact.kind === "login") continue;
    const { kind, value, key } = contact;
    await placeContact(write, account.id, { kind, value, key }, proven.includes(kind) ? now : null, now);
  }
  if (linksId)
    await rows.insertExternalIds(write, [{ external_id: row.person.externalId, account_id: account.id }]);
  const hash = setting.ready.get(row.line)?.hash;
  if (hash !== undefined) await bringPasswords(write, [{ accountId: account.id, hash }], now);
  if (status !== undefined) {
    await setStatus(tools, write, account.id, status);
    await endAllSessions(tools, write, account.id);
  }
  const changed = [
    ...Object.keys(fields),
    ...contacts.map(({ kind }) => kind),
    ...(status ? ["status"] : []),
  ];
  const detail = { by: "import", import: setting.importId, changed: changed.join(" ") };
  applied.events.push(eventOf("account.edited", account.id, setting, detail));
}

/**
 * A number that was confirmed at the old place goes before one that only stands there, as long as nobody
 * proved that one here.
 */
async function number(
  tools: VisitTools,
  write: Writer,
  { row, account }: Extract<Decision, { kind: "number" }>,
  { settings }: Setting,
): Promise<void> {
  const present = account.contacts.find((contact) => contact.kind === "phone");
  if (present?.proven) return;
  const now = tools.clock.now();
  const { id } = account.account;
  if (present && present.key !== row.key) await removeContact(write, id, present);
  const confirmedAt = settings.vouch && row.confirmed ? now : null;
  await placeContact(write, id, { kind: "phone", value: row.value, key: row.key }, confirmedAt, now);
}

/** A dump tells itself which numbers were confirmed. */
function provenBy({ vouch, source }: ImportSettings): readonly ("email" | "phone")[] {
  if (!vouch) return [];
  return source.format === "bitrix" ? ["email"] : ["email", "phone"];
}

function eventOf(
  action: string,
  accountId: string,
  { actor, settings }: Setting,
  detail: NewAuditEvent["detail"],
): NewAuditEvent {
  return { action, actor, accountId, address: settings.address, detail };
}
