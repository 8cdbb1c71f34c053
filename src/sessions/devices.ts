/**
 * Where an account is signed in, may come back without a password, or is known: what its owner sees and ends.
 */
import type { Store, Writer } from "../platform/store/store.ts";
import { type PolicyTools, policyOf } from "../policies/policies.ts";
import { grantedBy, isForgotten, isOver } from "./lifetimes.ts";
import * as rows from "./rows.ts";
import { type Ending, endVisits, type VisitTools } from "./visits/visits.ts";

export interface Device {
  /** For `endDevice`. */
  id: string;
  address: string;
  agent: string;
  signedInAt: number;
  seenAt: number;
  /**
   * `open`: signed in now. `remembered`: comes back without a password until `until`. `known`: signed out,
   * a sign-in there is no news until `until`.
   */
  state: "open" | "remembered" | "known";
  until: number;
  here: boolean;
}

/** Which session asks; its own device is told from the others by it. */
export interface Here {
  id: string;
  device_id: string | null;
  browser_id: string | null;
}

/** How many of each kind are looked at: the newest. */
const MOST = 100;

/** Every device of the account, this one first, then as they were last seen. */
export async function devicesOf(
  tools: PolicyTools & { store: Store },
  accountId: string,
  here: Here | null,
): Promise<Device[]> {
  const now = tools.clock.now();
  const { read } = tools.store;
  const browsers = await rows.browsersOf(read, accountId, now, MOST);
  const remembered = await rows.devicesOf(read, accountId, now, MOST);
  const sessions = await rows.sessionsOf(read, accountId, now, MOST);
  const own = here && keyOf(here);
  const found = new Map<string, Device>();
  const add = (id: string, device: Omit<Device, "id" | "here">) =>
    found.set(id, { ...found.get(id), ...device, id, here: id === own });
  for (const { id, address, agent, created_at, seen_at, expires_at } of browsers) {
    add(id, { address, agent, signedInAt: created_at, seenAt: seen_at, state: "known", until: expires_at });
  }
  const comeBack = remembered.filter((device, place) => {
    const policy = policyOf(tools, device);
    // Whether it stands in its network only its return will tell.
    return place < grantedBy(policy).devices && !isForgotten(device, policy, now, device.address);
  });
  for (const device of comeBack) {
    const id = keyOf({ ...device, device_id: device.id });
    const { address = device.address, agent = "" } = found.get(id) ?? {};
    const times = { signedInAt: device.created_at, seenAt: device.rotated_at };
    add(id, { address, agent, ...times, state: "remembered", until: device.expires_at });
  }
  const open = sessions.filter((each) => !isOver(each, policyOf(tools, each), now));
  for (const session of open.toReversed()) {
    const { address, agent, authenticated_at: signedInAt, seen_at: seenAt, expires_at: until } = session;
    add(keyOf(session), { address, agent, signedInAt, seenAt, state: "open", until });
  }
  return [...found.values()].sort(
    (one, other) => Number(other.here) - Number(one.here) || other.seenAt - one.seenAt,
  );
}

/**
 * Ends one device of the account: its sessions, its remembering, its visits to portals, and that it was
 * known. Undefined when the account has no such device, whoever else may have it.
 */
export async function endDevice(
  tools: VisitTools,
  write: Writer,
  accountId: string,
  id: string,
): Promise<{ agent: string } | undefined> {
  // Devices first: this waits for one that is just coming back, and then its session is there to be ended.
  const remembered = await rows.deleteDevicesBy(write, accountId, id);
  const sessions = await rows.deleteSessionsBy(write, accountId, id);
  const browser = await rows.deleteBrowser(write, accountId, id);
  await endVisits(tools, write, accountId, { of: "one", ids: [id] });
  if (remembered === 0 && sessions.length === 0 && !browser) return undefined;
  return { agent: browser?.agent ?? sessions[0]?.agent ?? "" };
}

/**
 * Ends every device of the account but the one that asks; `null` ends that one, too. Unlike `endAllSessions`
 * it also forgets the browsers.
 */
export async function endDevices(
  tools: VisitTools,
  write: Writer,
  accountId: string,
  here: Here | null,
): Promise<void> {
  await rows.deleteDevicesOf(write, accountId, here?.device_id ?? null);
  await rows.deleteSessionsOf(write, accountId, here?.id ?? null);
  await rows.deleteBrowsersOf(write, accountId, here?.browser_id ?? null);
  await endVisits(tools, write, accountId, here ? elsewhereThan(here) : { of: "everywhere" });
}

function elsewhereThan({ id: sessionId, device_id: deviceId, browser_id: browserId }: Here): Ending {
  return { of: "elsewhere", sessionId, deviceId, browserId };
}

/** One browser may have several sessions, of tabs that woke together: they are one device. */
function keyOf({ id, device_id, browser_id }: Here): string {
  return browser_id ?? device_id ?? id;
}
