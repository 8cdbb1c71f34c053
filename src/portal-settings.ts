/** Settings of what the service itself asks of portals. */
import { isLoopback, oneOf } from "./setting-values.ts";

/** How far a call to a portal may go: `network` is the internet and private networks, `machine` all that. */
export const portalReaches = ["internet", "network", "machine"] as const;
export type PortalReach = (typeof portalReaches)[number];

export interface PortalCallSettings {
  reach: PortalReach;
}

export const portalDefinitions = [
  {
    name: "PORTAL_CALLS",
    byDefault: "network; machine where PUBLIC_URL is loopback",
    meaning:
      "Where portals may be called about sign-outs: `internet`, `network` (private addresses, too) or " +
      "`machine` (this one, too)",
  },
];

export function readPortalCalls(
  read: (name: string) => string | undefined,
  publicUrl: string,
): PortalCallSettings {
  const byDefault = isLoopback(new URL(publicUrl).hostname) ? "machine" : "network";
  return { reach: oneOf("PORTAL_CALLS", read("PORTAL_CALLS") ?? byDefault, portalReaches) };
}
