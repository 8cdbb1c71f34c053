import type { DeliveryBell } from "../delivery/delivery.ts";
import type { Hashing } from "../passwords/passwords.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { GuardTools } from "../sessions/guard.ts";
import type { Settings } from "../settings.ts";

/** What the pages of «Моя страница» work with. */
export interface ProfileTools extends GuardTools {
  secrets: Secrets;
  settings: Settings;
  hashing: Hashing;
  deliveryBell: DeliveryBell;
}
