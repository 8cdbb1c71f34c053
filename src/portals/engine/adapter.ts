/**
 * Where the protocol library keeps what it makes: point reads and writes by the hash of what the other side
 * holds, so a stolen database opens nothing. Clients come from the registry, and a grant is the visit itself:
 * once a session's visits end, whatever the portal holds is worth nothing.
 */
import type { Adapter, AdapterPayload } from "oidc-provider";
import { recordEvent } from "../../audit/audit.ts";
import type { Clock } from "../../platform/clock.ts";
import { hashSecret, type Secrets } from "../../platform/secrets/secrets.ts";
import type { Store, Writer } from "../../platform/store/store.ts";
import type { Portal, Portals } from "../../portal-registry/portal-registry.ts";
import { dropVisit, openVisit, visitById } from "../../sessions/sessions.ts";
import * as rows from "../rows.ts";
import { clientMetadata } from "./client.ts";

export interface AdapterTools {
  clock: Clock;
  store: Store;
  secrets: Secrets;
  portals: Portals;
}

/** What the adapter has to know of the library and of the request that it serves. */
export interface Surrounded {
  /** Whose browser is on the way, for the record. */
  visitor(): { address: string; device: string };
  refusals: Refusals;
}

/** What the library has to be told when something cannot be kept or used any more. */
interface Refusals {
  /** A code or refresh token that was used before. */
  usedBefore(): Error;
  /** The session ended while its person was on the way. */
  sessionOver(): Error;
}

/**
 * For so long a refresh token that was used is answered with the same successor again (decision 0079): two
 * workers of a portal that renew at once, or one whose answer was lost, are no thieves.
 */
export const REUSED_WITHIN_MS = 30_000;

/** These tell what somebody typed or came from, so they are sealed beside being hashed. */
const SEALED = new Set(["Interaction"]);
const SEAL = "portal token";

const nothing = async () => undefined;
const none: Adapter = {
  upsert: nothing,
  find: nothing,
  findByUserCode: nothing,
  findByUid: nothing,
  consume: nothing,
  destroy: nothing,
  revokeByGrantId: nothing,
};

export function adapterFor(tools: AdapterTools, around: Surrounded, kind: string): Adapter {
  switch (kind) {
    case "Client":
      return { ...none, find: async (id) => clientMetadata(tools.portals.portal(id)) };
    case "Grant":
      return grants(tools);
    // Our own session is the sign-in; see engine/session.ts.
    case "Session":
      return none;
    default:
      return tokens(tools, around, kind);
  }
}

function grants(tools: AdapterTools): Adapter {
  return {
    ...none,
    async find(id) {
      const visit = await visitById(tools, id);
      if (!visit) return undefined;
      return {
        jti: visit.id,
        kind: "Grant",
        accountId: visit.account_id,
        clientId: visit.portal_id,
        iat: Math.floor(visit.opened_at / 1_000),
        exp: Math.floor(visit.expires_at / 1_000),
        openid: { scope: visit.scope },
      };
    },
    destroy: (id) => endVisit(tools, id),
  };
}

/** The visit and everything that came of it, in one transaction. */
async function endVisit(tools: AdapterTools, id: string): Promise<void> {
  await tools.store.transact(async (write) => {
    await dropVisit(write, id);
    await rows.deleteTokensOfVisit(write, id);
  });
}

function tokens(tools: AdapterTools, around: Surrounded, kind: string): Adapter {
  const { refusals } = around;
  const forgiven = (clientId: string | undefined, consumedAt: number) =>
    kind === "RefreshToken" &&
    tools.clock.now() - consumedAt < REUSED_WITHIN_MS &&
    keepsSecret(tools.portals.portal(clientId ?? ""));
  const hashOf = (id: string) => hashSecret(`${kind} ${id}`);
  return {
    ...none,
    async upsert(id, payload, expiresIn) {
      // Whoever is signed in now is whom our session says; who was when a way began does not matter.
      const { jti: _, session: __, ...kept } = payload;
      const expires_at = tools.clock.now() + (expiresIn ?? 0) * 1_000;
      await tools.store.transact(async (write) => {
        if (kind === "AuthorizationCode") {
          const visit = await visitFor(tools, around, write, payload);
          if (visit === undefined) throw refusals.sessionOver();
          Object.assign(kept, { grantId: visit }, payload.sid !== undefined && { sid: visit });
        }
        const row = {
          id_hash: hashOf(id),
          kind,
          visit_id: kept.grantId ?? null,
          consumed_at: null,
          expires_at,
          payload: SEALED.has(kind) ? tools.secrets.seal(SEAL, kept, expires_at) : JSON.stringify(kept),
        };
        await keep(write, row);
      });
    },
    async find(id) {
      const now = tools.clock.now();
      const found = await rows.tokenByHash(tools.store.read, kind, hashOf(id), now);
      if (!found) return undefined;
      const { payload, consumed_at } = found;
      const read = (SEALED.has(kind) ? tools.secrets.open(SEAL, payload, now) : JSON.parse(payload)) as
        | AdapterPayload
        | undefined;
      const over = consumed_at !== null && !forgiven(read?.clientId, consumed_at);
      return read && { ...read, jti: id, ...(over && { consumed: true }) };
    },
    async consume(id) {
      const hash = hashOf(id);
      const first = await tools.store.transact((write) => rows.consumeToken(write, hash, tools.clock.now()));
      if (first) return;
      if (await isForgiven(tools, hash, forgiven)) return;
      throw refusals.usedBefore();
    },
    async destroy(id) {
      await tools.store.transact((write) => rows.deleteToken(write, hashOf(id)));
    },
    async revokeByGrantId(visit) {
      await tools.store.transact((write) => rows.deleteTokensOfVisit(write, visit));
    },
  };
}

function keep(write: Writer, row: rows.TokenRow): Promise<void> {
  if (row.kind === "Interaction") return rows.replaceToken(write, row);
  return row.kind === "RefreshToken" ? rows.keepToken(write, row) : rows.insertToken(write, row);
}

/** Of a token that was used before: whether it may be used again. If not, its whole visit ends. */
async function isForgiven(
  tools: AdapterTools,
  hash: string,
  forgiven: (clientId: string, consumedAt: number) => boolean,
): Promise<boolean> {
  const used = await rows.usedToken(tools.store.read, hash);
  const visit = used?.visit_id ? await visitById(tools, used.visit_id) : undefined;
  if (visit && forgiven(visit.portal_id, used?.consumed_at ?? 0)) return true;
  if (visit) await endVisit(tools, visit.id);
  return false;
}

/** Whoever uses a token of such a client has shown its secret. */
function keepsSecret(portal: Portal | undefined): boolean {
  return portal !== undefined && portal.client.authMethod !== "none";
}

/** The visit that a code stands for: opened here, in the transaction that keeps the code. */
async function visitFor(
  tools: AdapterTools,
  around: Surrounded,
  write: Writer,
  { grantId, sessionUid, accountId, clientId, scope }: AdapterPayload,
): Promise<string | undefined> {
  const portal = clientId === undefined ? undefined : tools.portals.portal(clientId);
  if (!portal || !grantId || !sessionUid || !accountId) return undefined;
  const visit = await openVisit(tools, write, {
    id: grantId,
    sessionId: sessionUid,
    accountId,
    portalId: portal.id,
    scope: scope ?? "",
    logoutUri: portal.client.backchannelLogoutUri,
  });
  if (visit === undefined) return undefined;
  const { address, device } = around.visitor();
  await recordEvent(tools, write, {
    action: "portal.entered",
    actor: accountId,
    accountId,
    address,
    detail: { portal: portal.id, name: portal.name, device },
  });
  return visit;
}
