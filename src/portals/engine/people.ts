/** What portals are told of a person, by scope. */
import type { FindAccount, Account as OidcAccount } from "oidc-provider";
import { type Person, personById } from "../../accounts/accounts.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/store/store.ts";
import { groupsNow, type Policies } from "../../policies/policies.ts";
import { mayEnter, type Portals } from "../../portal-registry/portal-registry.ts";
import type { Settings } from "../../settings.ts";

/** Which claims come with which scope (OpenID Connect Core 5.4). */
export const claimsByScope = {
  openid: ["sub", "acr", "amr", "auth_time"],
  profile: ["name", "preferred_username", "locale", "zoneinfo", "updated_at"],
  email: ["email", "email_verified"],
  phone: ["phone_number", "phone_number_verified"],
  groups: ["groups"],
};

export const scopes = ["openid", "profile", "email", "phone", "groups", "offline_access"];

/**
 * The person behind a session or a token. With a token the whole question is asked anew: an account that is
 * not active any more, or may not enter this portal any more, is nobody.
 */
export function findPerson(tools: {
  clock: Clock;
  store: Store;
  portals: Portals;
  policies: Policies;
  settings: Pick<Settings, "timeZone">;
}): FindAccount {
  return async (_, id, token): Promise<OidcAccount | undefined> => {
    const { read } = tools.store;
    const person = await personById(read, id);
    if (person?.account.status !== "active") return undefined;
    if (token) {
      const portal = tools.portals.portal(token.clientId ?? "");
      if (!portal || !(await mayEnter(read, portal, id, tools.clock.now()))) return undefined;
    }
    return {
      accountId: id,
      claims: () => ({
        sub: id,
        ...claimsOf(person, tools.settings.timeZone),
        groups: groupsOf(tools, person),
      }),
    };
  };
}

/** The names of the groups that count now; «Все» says nothing and is left out. */
function groupsOf({ policies: { book }, clock }: { policies: Policies; clock: Clock }, { account }: Person) {
  return groupsNow(book, account, clock.now()).flatMap((id) => book.groups.get(id)?.name ?? []);
}

function claimsOf({ account, login, contacts }: Person, timeZone: string) {
  const of = (kind: "email" | "phone") => {
    const own = contacts.filter((contact) => contact.kind === kind);
    return own.find(({ proven }) => proven) ?? own[0];
  };
  const email = of("email");
  const phone = of("phone");
  return {
    name: account.name,
    preferred_username: login,
    locale: account.language ?? "ru",
    zoneinfo: account.time_zone ?? timeZone,
    updated_at: Math.floor(account.updated_at / 1_000),
    ...(email && { email: email.value, email_verified: email.proven }),
    // In the canonical spelling (E.164), as the claim is defined.
    ...(phone && { phone_number: phone.key, phone_number_verified: phone.proven }),
  };
}
