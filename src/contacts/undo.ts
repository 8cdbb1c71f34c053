import { type Contact, contactsOf, placeContact, removeContact } from "../accounts/accounts.ts";
import type { Clock } from "../platform/clock.ts";
import type { Reader, Writer } from "../platform/store/store.ts";
import * as rows from "./rows.ts";

/** What a change puts back and takes away when it is undone; null: nothing. */
export interface Undone {
  kind: rows.ChangeRow["kind"];
  back: string | null;
  gone: string | null;
}

/** What `undoChanges` would do now, newest first. */
export async function whatWouldBeUndone(read: Reader, accountId: string, since: number): Promise<Undone[]> {
  return (await rows.confirmedSince(read, accountId, since)).map(asUndone);
}

/** The proven contacts that changes since this moment took away, each once: the owner may hold them still. */
export async function replacedSince(read: Reader, accountId: string, since: number): Promise<Contact[]> {
  const changes = await rows.confirmedSince(read, accountId, since);
  const gone = changes.flatMap(({ kind, old_key: key, old_value: value, old_proven: proven }) =>
    key !== null && value !== null && proven === 1 ? [{ kind, key, value, proven: true }] : [],
  );
  return [...new Map(gone.map((contact) => [`${contact.kind} ${contact.key}`, contact])).values()];
}

/**
 * Puts the contacts of the account back to where they were before this moment, in the caller's transaction,
 * which holds the account. `lost`: how many of them somebody else has by now, so that they stay away.
 */
export async function undoChanges(
  tools: { clock: Clock },
  write: Writer,
  accountId: string,
  since: number,
): Promise<{ undone: number; lost: number }> {
  const changes = await rows.confirmedSince(write, accountId, since);
  let lost = 0;
  for (const change of changes) {
    const { id, kind, old_key: oldKey, old_value: oldValue, new_key: newKey } = change;
    const now = tools.clock.now();
    if (newKey !== null && newKey !== oldKey) await removeContact(write, accountId, { kind, key: newKey });
    const proven = change.old_proven === 1 ? now : null;
    const old = oldKey !== null && oldValue !== null ? { kind, key: oldKey, value: oldValue } : null;
    const placed = old === null || (await placeContact(write, accountId, old, proven, now));
    if (old && placed) await removeOthers(write, accountId, old);
    await rows.setState(write, id, "undone");
    if (!placed) lost += 1;
  }
  return { undone: changes.length, lost };
}

/** What staff have put in since then gives way too: an account has one contact of a kind. */
async function removeOthers(write: Writer, accountId: string, { kind, key }: Pick<Contact, "kind" | "key">) {
  const all = await contactsOf(write, accountId);
  for (const other of all.filter((each) => each.kind === kind && each.key !== key))
    await removeContact(write, accountId, other);
}

function asUndone({ kind, old_value: back, new_value: gone }: rows.ChangeRow): Undone {
  return { kind, back, gone };
}
