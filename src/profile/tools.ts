import type { ContactTools } from "../contacts/contacts.ts";
import type { Hashing } from "../passwords/passwords.ts";
import type { Portals } from "../portal-registry/portal-registry.ts";
import type { GuardTools } from "../sessions/guard.ts";

/** What the pages of «Моя страница» work with. */
export interface ProfileTools extends GuardTools, ContactTools {
  portals: Portals;
  hashing: Hashing;
}
