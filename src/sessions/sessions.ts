/** Who is signed in where. The browser holds a random token; the database only its hash. */
import type { Account } from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import { type NoticeTools, notifyOwner } from "../notifications/notifications.ts";
import type { Clock } from "../platform/clock.ts";
import type { Language } from "../platform/language/language.ts";
import { newId } from "../platform/secrets/ids.ts";
import { hashSecret, randomSecret } from "../platform/secrets/secrets.ts";
import { type Store, StoreUnavailable, type Writer } from "../platform/store/store.ts";
import { deviceName } from "../platform/web/device.ts";
import { type Governed, type PolicyTools, policyOf } from "../policies/policies.ts";
import { grantedBy, isForgotten, isOver, ROTATION_GRACE_MS, TOUCH_EVERY_MS } from "./lifetimes.ts";
import * as rows from "./rows.ts";
import { endVisits, purgeVisits, type VisitTools } from "./visits/visits.ts";

export { type KnownBrowser, meetBrowser, stillKnown } from "./browsers.ts";
export { type Device, devicesOf, endDevice, endDevices, type Here } from "./devices.ts";
export { KNOWN_MS } from "./lifetimes.ts";

export { type Method, recentlyProven, renewSession } from "./renewal.ts";
export {
  type Access,
  accessOf,
  allowedScope,
  allowedSince,
  allowPortal,
  withdrawAccess,
  withdrawSince,
} from "./visits/access.ts";
export {
  dropVisit,
  newVisitId,
  openVisit,
  SIGNED_OUT,
  type Visit,
  type VisitTools,
  type VisitWish,
  visitById,
} from "./visits/visits.ts";

export type Session = Awaited<ReturnType<typeof rows.sessionsByToken>>[number];

export interface Visitor {
  address: string;
  agent: string;
}

export interface StartedSession {
  token: string;
  /** For the second cookie, when the device is to be remembered. */
  rememberToken: string | null;
  /** How long the cookies may stay: of the session when it is remembered, and of the remembering. */
  sessionMs: number;
  rememberMs: number;
}

export interface SessionWish {
  account: Pick<Account, "id"> & Governed;
  visitor: Visitor;
  /** «Не выходить на этом устройстве». */
  remember: boolean;
  /** The known browser that it begins in, as `meetBrowser` told it. */
  browserId: string | null;
  /** How the person came in; unless told otherwise by password. */
  method?: "password" | "social";
}

/** Starts a session with fresh identifiers, inside the transaction that judged the sign-in. */
export async function startSession(
  tools: PolicyTools & VisitTools,
  write: Writer,
  wish: SessionWish,
): Promise<StartedSession> {
  const now = tools.clock.now();
  const { id: accountId } = wish.account;
  const granted = grantedBy(policyOf(tools, wish.account));
  const rememberToken = wish.remember && granted.devices > 0 ? randomSecret() : null;
  let deviceId: string | null = null;
  if (rememberToken) {
    deviceId = newId();
    await rows.insertDevice(write, {
      id: deviceId,
      account_id: accountId,
      token_hash: hashSecret(rememberToken),
      previous_hash: null,
      rotated_at: now,
      created_at: now,
      expires_at: now + granted.rememberMs,
      browser_id: wish.browserId,
      address: wish.visitor.address,
    });
    await forgetBeyond(tools, write, accountId, granted.devices);
  }
  const begun = { method: "password" as const, ...wish, accountId, authenticatedAt: now, deviceId };
  const token = await insert(write, { ...begun, granted, now });
  return { token, rememberToken, sessionMs: granted.sessionMs, rememberMs: granted.rememberMs };
}

/** More devices than the policy allows: those that came back longest ago are forgotten. */
async function forgetBeyond(
  tools: VisitTools,
  write: Writer,
  accountId: string,
  most: number,
): Promise<void> {
  const beyond = await rows.devicesBeyond(write, accountId, most, tools.clock.now());
  const ids = beyond.map(({ id }) => id);
  if (ids.length === 0) return;
  await rows.deleteSessionsOfDevices(write, ids);
  await rows.deleteDevices(write, ids);
  await endVisits(tools, write, accountId, { of: "one", ids });
}

/**
 * The live session behind the cookie's token, by one look whatever groups its account belongs to. Notes at
 * most once a minute that the person is there. `address`: where the request comes from.
 */
export async function findSession(
  tools: PolicyTools & { store: Store },
  token: string,
  address: () => string,
): Promise<Session | undefined> {
  const now = tools.clock.now();
  const [session] = await rows.sessionsByToken(tools.store.read, { hash: hashSecret(token) });
  if (!session) return undefined;
  const policy = policyOf(tools, session);
  if (isOver(session, policy, now, address)) return undefined;
  session.expires_at = Math.min(session.expires_at, session.created_at + grantedBy(policy).sessionMs);
  if (now - session.seen_at >= TOUCH_EVERY_MS) {
    await noteVisit(tools, session.id, now);
  }
  return session;
}

/** A full disk or a busy writer must not take away pages that only read: then the visit stays unnoted. */
async function noteVisit(tools: { store: Store }, sessionId: string, now: number): Promise<void> {
  try {
    await tools.store.transact((write) => rows.touch(write, sessionId, now));
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
  }
}

export type Resumed = ({ kind: "resumed" } & StartedSession) | { kind: "refused" };

/**
 * A remembered device comes back: a new session, and a new token in the place of the old one. A token that
 * was already turned over is a copy: then the device and its sessions end, the thief's and the owner's alike,
 * and the owner is told.
 */
export async function resumeDevice(
  tools: NoticeTools & PolicyTools & { store: Store },
  rememberToken: string,
  visitor: Visitor,
): Promise<Resumed> {
  const now = tools.clock.now();
  const given = hashSecret(rememberToken);
  const next = randomSecret();
  return tools.store.transact(async (write): Promise<Resumed> => {
    const device = await rows.deviceByToken(write, tools.store.kind, given, now);
    if (device?.status !== "active") return { kind: "refused" };
    const policy = policyOf(tools, device);
    const granted = grantedBy(policy);
    if (isForgotten(device, policy, now, visitor.address)) return { kind: "refused" };
    const beyond = await rows.devicesBeyond(write, device.account_id, granted.devices, now);
    if (beyond.some(({ id }) => id === device.id)) return { kind: "refused" };
    const current = device.token_hash === given;
    const rotated = current && (await rows.rotateDevice(write, device.id, given, hashSecret(next), now));
    if (!rotated && now - device.rotated_at > ROTATION_GRACE_MS) {
      await endCopied(tools, write, device, visitor);
      return { kind: "refused" };
    }
    const token = await insert(write, {
      accountId: device.account_id,
      visitor,
      method: "remembered",
      authenticatedAt: device.created_at,
      deviceId: device.id,
      browserId: device.browser_id,
      granted,
      now,
    });
    const { sessionMs, rememberMs } = granted;
    return { kind: "resumed", token, rememberToken: rotated ? next : null, sessionMs, rememberMs };
  });
}

async function endCopied(
  tools: NoticeTools,
  write: Writer,
  device: rows.DeviceRow & { language: Language | null },
  { address, agent }: Visitor,
): Promise<void> {
  const { id, account_id: accountId, browser_id: browserId, language } = device;
  const visitor = { address, device: deviceName(agent) };
  await rows.deleteSessionsOfDevices(write, [id]);
  await rows.deleteDevices(write, [id]);
  const ids = [id, browserId].filter((each) => each !== null);
  await endVisits(tools, write, accountId, { of: "one", ids });
  // Its other cookie may have been copied along: no longer known, whoever enters from there is told of.
  if (browserId !== null) await rows.deleteBrowser(write, accountId, browserId);
  await notifyOwner(tools, write, {
    accountId,
    kind: "device-copied",
    language: language ?? "ru",
    visitor,
  });
  await recordEvent(tools, write, {
    action: "device.copied",
    actor: "anonymous",
    accountId,
    address,
    detail: { device: visitor.device },
  });
}

/**
 * Ends the session on the server, the device's remembering and the visits to portals with it. The account's
 * id, if there was one.
 */
export async function endSession(
  tools: VisitTools & { store: Store },
  token: string,
): Promise<string | undefined> {
  return tools.store.transact(async (write) => {
    const ended = await rows.deleteSession(write, hashSecret(token));
    if (!ended) return undefined;
    const { id, account_id: accountId, device_id: deviceId, browser_id: browserId } = ended;
    if (deviceId) {
      await rows.deleteSessionsOfDevices(write, [deviceId]);
      await rows.deleteDevices(write, [deviceId]);
    }
    // Those of this browser's older sessions as well: whoever signs out here means the portals, too.
    const ids = [id, deviceId, browserId].filter((each) => each !== null);
    await endVisits(tools, write, accountId, { of: "one", ids });
    return accountId;
  });
}

/**
 * Ends every session, every remembered device and every visit to a portal, on all instances at their next
 * request; the portals that want to hear of it are told.
 */
export async function endAllSessions(tools: VisitTools, write: Writer, accountId: string): Promise<void> {
  // Devices first: this waits for one that is just coming back, and then its session is there to be ended.
  await rows.deleteDevicesOf(write, accountId, null);
  await rows.deleteSessionsOf(write, accountId, null);
  await endVisits(tools, write, accountId, { of: "everywhere" });
}

/** Removes what has run out. */
export async function purgeSessions(tools: { clock: Clock; store: Store }): Promise<void> {
  await tools.store.transact((write) => rows.purge(write, tools.clock.now()));
  await purgeVisits(tools);
}

async function insert(
  write: Writer,
  wish: {
    accountId: string;
    visitor: Visitor;
    method: rows.SessionRow["method"];
    authenticatedAt: number;
    deviceId: string | null;
    browserId: string | null;
    granted: { sessionMs: number; idleMs: number };
    now: number;
  },
): Promise<string> {
  const token = randomSecret();
  await rows.insertSession(write, {
    id: newId(),
    token_hash: hashSecret(token),
    account_id: wish.accountId,
    method: wish.method,
    authenticated_at: wish.authenticatedAt,
    created_at: wish.now,
    seen_at: wish.now,
    expires_at: wish.now + wish.granted.sessionMs,
    address: wish.visitor.address,
    agent: wish.visitor.agent,
    device_id: wish.deviceId,
    browser_id: wish.browserId,
    idle_ms: wish.granted.idleMs,
  });
  return token;
}
