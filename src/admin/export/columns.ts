/** What a file of people tells of each: never a password, a hash, a link or a code. */
import type { ListedPerson } from "../../accounts/accounts.ts";

export type Fact = string | boolean | null;

/**
 * In the order of the columns. The names are those of JSON Lines; an import understands them, and the words
 * that stand for them in a CSV.
 */
export function factsOf(person: ListedPerson, externalId: string | undefined) {
  const { account, lastSignInAt } = person;
  const email = person.contacts.find((contact) => contact.kind === "email");
  const phone = person.contacts.find((contact) => contact.kind === "phone");
  return {
    login: loginOf(person.login),
    full_name: account.name,
    email: email?.value ?? null,
    email_confirmed: email ? email.proven : null,
    phone: phone ? phone.value.replaceAll("\u00a0", " ") : null,
    phone_confirmed: phone ? phone.proven : null,
    position: account.position,
    department: account.department,
    role: account.role,
    active: account.status !== "dismissed",
    blocked: account.status === "blocked",
    language: account.language,
    time_zone: account.time_zone,
    external_id: externalId ?? null,
    account_number: account.id,
    created_at: new Date(account.created_at).toISOString(),
    last_sign_in_at: lastSignInAt === 0 ? null : new Date(lastSignInAt).toISOString(),
    can_sign_in_by_password: person.hasPassword,
  } satisfies Record<string, Fact>;
}

export type Facts = ReturnType<typeof factsOf>;
export type Column = keyof Facts;

/** Whoever has a number alone signs in with it; a login begins with a letter or a digit. */
function loginOf(login: string): string {
  return login.startsWith("+") ? login.replace(/\D/g, "") : login;
}
