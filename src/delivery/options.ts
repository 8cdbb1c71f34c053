/** What a worker works with. */
import type { Clock } from "../platform/clock.ts";
import type { Store, Writer } from "../platform/store/store.ts";
import type { Transports } from "./attempt.ts";
import type { DeliveryBell } from "./bell.ts";
import type { Catalogue, PortalLooks } from "./catalogue.ts";
import type { DeliveryFigures } from "./figures.ts";
import type { NamedGateway } from "./sms/router.ts";

export interface DeliveryTools {
  readonly clock: Clock;
  readonly store: Store;
  readonly deliveryBell: DeliveryBell;
  readonly deliveryFigures: DeliveryFigures;
  readonly log?: { error(fields: object, text: string): void } | undefined;
}

export interface DeliveryOptions {
  readonly catalogue: Catalogue;
  readonly transports: Transports;
  readonly portals: PortalLooks;
  /** The one address that every letter comes from. */
  readonly mailFrom: string;
  /** The envelope's sender of one letter; without it, `mailFrom`. */
  readonly returnPath?: (messageId: string) => string | undefined;
  /** Hears of a letter that a server refused for good, in the transaction that records it. */
  readonly onRefused?: (write: Writer, letter: { to: string; answer: string }) => Promise<void>;
  /** Those that may have to be asked what became of a message. */
  readonly gateways?: readonly NamedGateway[];
  /** Messages in the air at once in each channel; the SMTP pool has as many connections. */
  readonly places?: number;
  /** Whether this process has all hands full with requests; without it, it never has. */
  readonly isBusy?: () => boolean;
}
