/** When sessions and remembered devices end: by what was granted at their beginning and what holds now. */
import { isSameNetwork, type PolicyValues } from "../policies/policies.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long a browser stays known after the last sign-in there. */
export const KNOWN_MS = 30 * 86_400_000;
/** `seen_at` is written at most once a minute: a page view must not cost a disk write. */
export const TOUCH_EVERY_MS = 60_000;
/** Two tabs that wake together both bring the token of before; later that is a copied cookie. */
export const ROTATION_GRACE_MS = 30_000;

/** What a session or a remembered device is granted when it begins. */
export function grantedBy(policy: PolicyValues) {
  return {
    idleMs: policy.sessionIdleMinutes * MINUTE_MS,
    sessionMs: policy.sessionHours * HOUR_MS,
    rememberMs: policy.rememberDays * DAY_MS,
    devices: policy.rememberedDevices,
  };
}

/**
 * Whether a session is over: a policy that was tightened meanwhile ends it at once, one that was loosened
 * does not lengthen it. `address`: where the request comes from; looked at by who is bound to a network.
 */
export function isOver(
  session: {
    seen_at: number;
    created_at: number;
    expires_at: number;
    idle_ms: number | null;
    address: string;
  },
  policy: PolicyValues,
  now: number,
  address?: () => string,
): boolean {
  const { idleMs, sessionMs } = grantedBy(policy);
  if (session.expires_at <= now || now - session.created_at >= sessionMs) return true;
  if (now - session.seen_at >= Math.min(session.idle_ms ?? idleMs, idleMs)) return true;
  if (policy.sessionNetwork === 0 || !address) return false;
  return !isSameNetwork(policy.sessionNetwork, session.address, address());
}

/** The same for a remembered device that comes back. */
export function isForgotten(
  device: { created_at: number; expires_at: number; address: string },
  policy: PolicyValues,
  now: number,
  address: string,
): boolean {
  const { rememberMs, devices } = grantedBy(policy);
  if (devices === 0 || device.expires_at <= now || now - device.created_at >= rememberMs) return true;
  return device.address !== "" && !isSameNetwork(policy.rememberNetwork, device.address, address);
}
