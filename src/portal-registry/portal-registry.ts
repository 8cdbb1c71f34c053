/** Which portals there are, how each looks, and who may enter it. */
import { recordEvent } from "../audit/audit.ts";
import type { Clock } from "../platform/clock.ts";
import { newId } from "../platform/secrets/ids.ts";
import { equalSecrets, hashSecret, randomSecret } from "../platform/secrets/secrets.ts";
import type { Reader, Store, Writer } from "../platform/store/store.ts";
import { judgePortal, type PortalFault, type PortalWish } from "./judge.ts";
import type { Portal } from "./portal.ts";
import * as rows from "./rows.ts";
import type { Portals } from "./snapshot.ts";

export { type CallOutcome, createPortalCaller, type PortalCaller } from "./calls.ts";
export { mayEnter, membersOf, portalsFor } from "./entering.ts";
export {
  type AddressFault,
  judgeAddress,
  type PortalFault,
  type PortalWish,
} from "./judge.ts";
export type { Channel, Client, Portal, PortalSettings } from "./portal.ts";
export { openPortals, type Portals } from "./snapshot.ts";

export interface PortalTools {
  clock: Clock;
  store: Store;
  portals: Portals;
}

/** Who does it and from where. */
export interface By {
  actor: string;
  address: string;
}

export type AddOutcome =
  /** `secret` is shown once and kept nowhere; null for a client that keeps none. */
  { kind: "added"; portal: Portal; secret: string | null } | { kind: "refused"; faults: PortalFault[] };

/** What a wish holds that says nothing yet: everything as in the default portal. */
export const plainWish: PortalWish = {
  name: null,
  homeUrl: null,
  hue: null,
  style: null,
  button: null,
  channels: null,
  remindsLogin: null,
  adminContact: null,
  senderName: null,
  access: "all",
  isForeign: false,
  redirectUris: [],
  postLogoutRedirectUris: [],
  backchannelLogoutUri: null,
  initiateLoginUri: null,
  authMethod: "client_secret_basic",
};

/** What was decided about a portal so far, to change some of it. */
export function wishOf({ own, client, channels, access, isForeign }: Portal): PortalWish {
  return {
    name: own.name,
    homeUrl: own.home_url,
    hue: own.hue,
    style: own.style,
    button: own.button,
    channels: own.channels === null ? null : channels,
    remindsLogin: own.reminds_login === null ? null : own.reminds_login === 1,
    adminContact: own.admin_contact,
    senderName: own.sender_name,
    access,
    isForeign,
    redirectUris: client.redirectUris,
    postLogoutRedirectUris: client.postLogoutRedirectUris,
    backchannelLogoutUri: client.backchannelLogoutUri,
    initiateLoginUri: client.initiateLoginUri,
    authMethod: client.authMethod,
  };
}

/** Registers a portal; `tools.portals` has it when this resolves. */
export async function addPortal(tools: PortalTools, wish: PortalWish, by: By): Promise<AddOutcome> {
  const faults = judgePortal(wish, false);
  if (faults.length > 0) return { kind: "refused", faults };
  const id = newId();
  const secret = wish.authMethod === "none" ? null : randomSecret();
  await tools.store.transact(async (write) => {
    const now = tools.clock.now();
    await rows.countChange(write);
    await rows.insertPortal(write, {
      id,
      is_default: 0,
      logo: null,
      ...columnsOf(wish),
      secret_hash: secret && hashSecret(secret),
      previous_secret_hash: null,
      created_at: now,
      updated_at: now,
      archived_at: null,
    });
    await record(tools, write, by, "portal.added", id, { name: wish.name });
  });
  await tools.portals.refresh();
  const portal = tools.portals.portal(id);
  if (!portal) throw new Error("the portal that was added is not among those in use");
  return { kind: "added", portal, secret };
}

/** `unknown`: no such portal, or it is archived. */
export type ChangeOutcome =
  | { kind: "changed" }
  | { kind: "unknown" }
  | { kind: "refused"; faults: PortalFault[] };

/** Keeps the whole wish in the place of what was. */
export async function changePortal(
  tools: PortalTools,
  id: string,
  wish: PortalWish,
  by: By,
): Promise<ChangeOutcome> {
  const isDefault = tools.portals.portal(id)?.isDefault ?? false;
  const faults = judgePortal(wish, isDefault);
  if (faults.length > 0) return { kind: "refused", faults };
  return changeRow(tools, id, async (write, row) => {
    const columns = columnsOf(wish);
    const changed = Object.entries(columns).flatMap(([name, value]) =>
      row[name as keyof rows.PortalRow] === value ? [] : [name],
    );
    if (changed.length === 0) return;
    await rows.changePortal(write, id, { ...columns, updated_at: tools.clock.now() });
    await record(tools, write, by, "portal.changed", id, {
      name: wish.name ?? row.name,
      fields: changed.join(", "),
    });
  });
}

/** Keeps a picture that was made by us as the portal's logo; null takes it away. */
export function keepLogo(
  tools: PortalTools,
  id: string,
  bytes: Uint8Array | null,
  by: By,
): Promise<ChangeOutcome> {
  // Names the content, so that a browser may keep it for good; 128 bits are enough for that.
  const logo = bytes && hashSecret(Buffer.from(bytes).toString("latin1")).slice(0, 32);
  return changeRow(tools, id, async (write, row) => {
    if (row.logo === logo) return;
    await rows.keepLogo(write, id, bytes && logo ? { portal_id: id, hash: logo, bytes } : null);
    await rows.changePortal(write, id, { logo, updated_at: tools.clock.now() });
    await record(tools, write, by, "portal.changed", id, { name: row.name, fields: "logo" });
  });
}

/** Takes a portal out of use: nobody enters through it any more. The default one stays. */
export function archivePortal(tools: PortalTools, id: string, by: By): Promise<ChangeOutcome> {
  if (tools.portals.portal(id)?.isDefault) return Promise.resolve({ kind: "unknown" });
  return changeRow(tools, id, async (write, row) => {
    const now = tools.clock.now();
    await rows.changePortal(write, id, { archived_at: now, updated_at: now });
    await record(tools, write, by, "portal.archived", id, { name: row.name });
  });
}

/** `public`: its client keeps no secret. */
export type RotateOutcome = { kind: "rotated"; secret: string } | { kind: "unknown" } | { kind: "public" };

/**
 * Makes a new secret, shown once. The one before still opens until the next rotation or `endPreviousSecret`,
 * so that the portal can be changed over without standing still.
 */
export async function rotateSecret(tools: PortalTools, id: string, by: By): Promise<RotateOutcome> {
  const secret = randomSecret();
  let isPublic = false;
  const changed = await changeRow(tools, id, async (write, row) => {
    isPublic = row.auth_method === "none";
    if (isPublic) return;
    await rows.changePortal(write, id, {
      secret_hash: hashSecret(secret),
      previous_secret_hash: row.secret_hash,
      updated_at: tools.clock.now(),
    });
    await record(tools, write, by, "portal.secret-rotated", id, { name: row.name });
  });
  if (changed.kind !== "changed") return { kind: "unknown" };
  return isPublic ? { kind: "public" } : { kind: "rotated", secret };
}

/** From now on only the present secret opens. */
export function endPreviousSecret(tools: PortalTools, id: string, by: By): Promise<ChangeOutcome> {
  return changeRow(tools, id, async (write, row) => {
    if (row.previous_secret_hash === null) return;
    await rows.changePortal(write, id, { previous_secret_hash: null, updated_at: tools.clock.now() });
    await record(tools, write, by, "portal.secret-ended", id, { name: row.name });
  });
}

/** Whether this secret opens the portal's client. */
export function secretFits(portal: Portal, secret: string): boolean {
  return whichSecret(portal, secret) !== undefined;
}

/** Which of its secrets this is; undefined: none that opens. */
export function whichSecret({ client }: Portal, secret: string): "present" | "previous" | undefined {
  const hashed = hashSecret(secret);
  // All are compared, so that time does not tell which one was nearly right.
  const [present, previous] = client.secretHashes.map((hash) => equalSecrets(hash, hashed));
  return present ? "present" : previous ? "previous" : undefined;
}

/** Lets an account or a group into a portal of the access `listed`, or no longer. */
export function changeMember(
  tools: PortalTools,
  id: string,
  change: { member: { kind: "account" | "group"; id: string }; may: boolean },
  by: By,
): Promise<ChangeOutcome> {
  const { kind, id: memberId } = change.member;
  const member = { kind, member_id: memberId };
  return changeRow(tools, id, async (write, row) => {
    const done = change.may
      ? await rows.insertMember(write, id, member)
      : await rows.deleteMember(write, id, member);
    if (!done) return;
    const action = change.may ? "portal.member-added" : "portal.member-removed";
    const detail = { name: row.name, member: memberId, kind };
    await record(tools, write, by, action, id, detail, kind === "account" ? memberId : null);
  });
}

/** The picture of this name, whoever shows it. */
export function logoNamed(read: Reader, hash: string): Promise<Uint8Array | undefined> {
  return rows.logoByHash(read, hash);
}

/** One change of one portal: held against others, and seen by `tools.portals` when this resolves. */
async function changeRow(
  tools: PortalTools,
  id: string,
  work: (write: Writer, row: rows.PortalRow) => Promise<void>,
): Promise<{ kind: "changed" } | { kind: "unknown" }> {
  const known = await tools.store.transact(async (write) => {
    await rows.countChange(write);
    const row = await rows.livePortal(write, id);
    if (row) await work(write, row);
    return row !== undefined;
  });
  await tools.portals.refresh();
  return known ? { kind: "changed" } : { kind: "unknown" };
}

function columnsOf(wish: PortalWish) {
  return {
    name: wish.name,
    home_url: wish.homeUrl,
    hue: wish.hue,
    style: wish.style,
    button: wish.button,
    channels: wish.channels?.join(",") ?? null,
    reminds_login: wish.remindsLogin === null ? null : wish.remindsLogin ? 1 : 0,
    admin_contact: wish.adminContact,
    sender_name: wish.senderName,
    access: wish.access,
    is_foreign: wish.isForeign ? 1 : 0,
    redirect_uris: JSON.stringify(wish.redirectUris),
    post_logout_redirect_uris: JSON.stringify(wish.postLogoutRedirectUris),
    backchannel_logout_uri: wish.backchannelLogoutUri,
    initiate_login_uri: wish.initiateLoginUri,
    auth_method: wish.authMethod,
  } satisfies Partial<rows.PortalRow>;
}

async function record(
  tools: PortalTools,
  write: Writer,
  by: By,
  action: string,
  portal: string,
  detail: Record<string, string | null>,
  accountId: string | null = null,
): Promise<void> {
  await recordEvent(tools, write, { action, ...by, accountId, detail: { portal, ...detail } });
}
