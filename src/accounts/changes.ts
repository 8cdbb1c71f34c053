/** What others change of an account: its status, its role, its name and identifiers. */
import type { Clock } from "../platform/clock.ts";
import { newId } from "../platform/secrets/ids.ts";
import type { Writer } from "../platform/store/store.ts";
import type { PersonDraft } from "./accounts.ts";
import type { Account, Contact } from "./person.ts";
import * as rows from "./rows.ts";

/**
 * Whether the account may be entered. Every outstanding proof dies with the change, since a link of before
 * must not open what was closed meanwhile; the caller ends the sessions.
 */
export async function setStatus(
  tools: { clock: Clock },
  write: Writer,
  accountId: string,
  status: Account["status"],
): Promise<void> {
  const now = tools.clock.now();
  await rows.changeAccount(write, accountId, { status }, now);
  await rows.raiseGeneration(write, accountId, now);
}

/** What the account may do beside its own affairs, from its next request on. */
export function setRole(
  tools: { clock: Clock },
  write: Writer,
  accountId: string,
  role: Account["role"],
): Promise<void> {
  return rows.changeAccount(write, accountId, { role }, tools.clock.now());
}

/** A contact that went, came, or gave way to another. */
export interface ContactEdit {
  kind: Contact["kind"];
  was: Contact | null;
  now: Contact | null;
}

export type EditOutcome =
  | { kind: "edited"; contacts: ContactEdit[] }
  | { kind: "taken"; field: "login" | "email" | "phone" };

/**
 * Gives the account the name and identifiers of the draft. What stays keeps its proof; a new contact waits
 * for its first one, and every outstanding proof dies, since it was sent to what was there before.
 */
export async function editPerson(
  tools: { clock: Clock },
  write: Writer,
  accountId: string,
  { person, identifiers }: PersonDraft,
): Promise<EditOutcome> {
  const now = tools.clock.now();
  const present = await rows.identifiersOf(write, [accountId]);
  const fits = (one: { kind: string; key: string }, other: { kind: string; key: string }) =>
    one.kind === other.kind && one.key === other.key;
  const added = identifiers.filter((wanted) => !present.some((row) => fits(row, wanted)));
  const gone = present.filter((row) => !identifiers.some((wanted) => fits(row, wanted)));
  const foreign = new Set(
    await rows.takenByOthers(
      write,
      accountId,
      added.map(({ key }) => key),
    ),
  );
  const clash = added.find(({ key }) => foreign.has(key));
  if (clash) return { kind: "taken", field: clash.kind };

  await rows.changeAccount(write, accountId, { name: person.name.normalize("NFC").trim() }, now);
  if (added.length === 0 && gone.length === 0) return { kind: "edited", contacts: [] };
  await rows.removeIdentifiers(
    write,
    gone.map(({ id }) => id),
  );
  await rows.insertIdentifiers(
    write,
    added.map((item) => ({
      id: newId(),
      account_id: accountId,
      ...item,
      sign_in_key: item.key,
      confirmed_at: null,
      created_at: now,
    })),
  );
  await rows.raiseGeneration(write, accountId, now);
  const contactOf = (rows: readonly IdentifierLike[], kind: Contact["kind"]): Contact | null => {
    const row = rows.find((each) => each.kind === kind);
    return row ? { kind, value: row.value, key: row.key, proven: (row.confirmed_at ?? null) !== null } : null;
  };
  const contacts = (["email", "phone"] as const)
    .map((kind) => ({ kind, was: contactOf(gone, kind), now: contactOf(added, kind) }))
    .filter(({ was, now: came }) => was !== null || came !== null);
  return { kind: "edited", contacts };
}

type IdentifierLike = Pick<rows.IdentifierRow, "kind" | "value" | "key"> & { confirmed_at?: number | null };
