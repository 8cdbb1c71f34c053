/** People who come by the hundred: whose the keys are, and many accounts in a few statements. */
import type { Clock } from "../../platform/clock.ts";
import { newId } from "../../platform/secrets/ids.ts";
import type { Reader, Store, Writer } from "../../platform/store/store.ts";
import type { PersonDraft } from "../accounts.ts";
import { type Account, newAccount } from "../person.ts";
import { changeAccount, holdAdding, type IdentifierRow } from "../rows.ts";
import * as rows from "./rows.ts";

/** An account that has this key as its login, e-mail or phone. */
export type KeyOwner = Pick<IdentifierRow, "key" | "kind" | "account_id">;

/** Everybody who has one of these keys. */
export function ownersOf(read: Reader, keys: readonly string[]): Promise<KeyOwner[]> {
  return keys.length === 0 ? Promise.resolve([]) : rows.ownersOf(read, keys);
}

export interface BroughtPerson {
  /** Its keys are nobody's, but for a shared mailbox; see `holdBringing`. */
  draft: PersonDraft;
  account: Partial<Pick<Account, "status" | "position" | "department" | "time_zone">>;
  /** The mailbox is somebody else's as well: it names none of them from now on. */
  sharesMailbox: boolean;
  /** Which contacts count as proven. */
  proven: readonly ("email" | "phone")[];
  /** The caller's way to know the account again. */
  id: string;
}

/**
 * Whoever adds people waits here for who does so already, and an account may follow its identifiers until the
 * transaction ends: the list of people is then kept once per person and not once per identifier.
 */
export async function holdBringing(write: Writer, kind: Store["kind"]): Promise<void> {
  await holdAdding(write, kind);
  await rows.deferReferences(write, kind);
  await rows.askIndexes(write, kind);
}

/**
 * Puts the rows of these people in, in the caller's transaction: identifiers and `before`, which may put in
 * more of what belongs to an account, and then the accounts.
 */
export async function bringPeople(
  tools: { clock: Clock },
  write: Writer,
  people: readonly BroughtPerson[],
  before: () => Promise<void>,
): Promise<void> {
  const now = tools.clock.now();
  await rows.insertManyIdentifiers(
    write,
    people.flatMap(({ id, draft, sharesMailbox, proven }) =>
      draft.identifiers.map((item) => ({
        id: newId(),
        account_id: id,
        ...item,
        sign_in_key: sharesMailbox && item.kind === "email" ? null : item.key,
        confirmed_at: item.kind !== "login" && proven.includes(item.kind) ? now : null,
        created_at: now,
      })),
    ),
  );
  // Behind them, since those who share it may come together.
  const shared = people.filter((one) => one.sharesMailbox).flatMap(({ draft }) => mailboxesOf(draft));
  if (shared.length > 0) await rows.shareMailboxes(write, shared);
  await before();
  await rows.insertManyAccounts(
    write,
    people.map(({ id, draft, account }) => ({ ...newAccount(id, draft.person, now), ...account })),
  );
}

/** Changes what is plain text or a choice; nothing that anybody signs in with. */
export function fillAccount(
  tools: { clock: Clock },
  write: Writer,
  accountId: string,
  change: Partial<Pick<Account, "name" | "position" | "department" | "time_zone" | "language">>,
): Promise<void> {
  return changeAccount(write, accountId, change, tools.clock.now());
}

function mailboxesOf({ identifiers }: PersonDraft): string[] {
  return identifiers.filter(({ kind }) => kind === "email").map(({ key }) => key);
}
