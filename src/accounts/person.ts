/** An account with everything it can be found and reached by. */
import type { Reader } from "../platform/store/store.ts";
import * as rows from "./rows.ts";

export type Account = rows.AccountRow;

/** A stored e-mail or phone. Proven means that its holder showed to hold it. */
export interface Contact {
  kind: "email" | "phone";
  value: string;
  key: string;
  proven: boolean;
  /** Letters to it came back, since when and with which code of RFC 3463; null or absent: none did. */
  bounced?: { at: number; status: string } | null;
}

/** One account with everything it can be found and reached by. */
export interface Person {
  account: Account;
  login: string;
  contacts: Contact[];
}

/** The row of somebody who comes new: active, and with nothing but what adding them asks for. */
export function newAccount(
  id: string,
  { name, role, language }: Pick<Account, "name" | "role" | "language">,
  now: number,
): Account {
  return {
    id,
    name: name.normalize("NFC").trim(),
    role,
    status: "active",
    language,
    generation: 1,
    created_at: now,
    updated_at: now,
    position: null,
    department: null,
    time_zone: null,
    photo: null,
    signed_in_at: null,
    policy_groups: "",
  };
}

/** These accounts as people; unknown ids are left out. Two statements, however many. */
export async function peopleByIds(read: Reader, ids: readonly string[]): Promise<Person[]> {
  return ids.length === 0 ? [] : withIdentifiers(read, await rows.accountsByIds(read, ids));
}

export async function withIdentifiers(read: Reader, accounts: Account[]): Promise<Person[]> {
  if (accounts.length === 0) return [];
  const found = Map.groupBy(
    await rows.identifiersOf(
      read,
      accounts.map((account) => account.id),
    ),
    (row) => row.account_id,
  );
  return accounts.map((account) => {
    const own = found.get(account.id) ?? [];
    const contacts = own.flatMap(asContact);
    const login = own.find((row) => row.kind === "login")?.value ?? contacts[0]?.value ?? account.id;
    return { account, login, contacts };
  });
}

export function asContact(row: rows.IdentifierRow): Contact[] {
  if (row.kind === "login") return [];
  const { kind, value, key, confirmed_at, bounced_at: at, bounced_status: status } = row;
  const bounced = at === null ? null : { at, status: status ?? "" };
  return [{ kind, value, key, proven: confirmed_at !== null, bounced }];
}
