/** What can be said of a portal's connection without the portal. */
import type { Store } from "../../../platform/store/store.ts";
import { membersOf, type Portal } from "../../../portal-registry/portal-registry.ts";

export type CheckItem = "discovery" | "secret" | "start" | "people" | "backchannel";

export type Checked = readonly { item: CheckItem; fine: boolean }[];

/** A portal would not wait longer either. */
const PATIENCE_MS = 3_000;

/**
 * Asks our own public address as a portal does, through proxy and certificate; nothing of the portal's own is
 * asked, so that nobody can make the service knock at foreign doors.
 */
export async function checkPortal(
  tools: { store: Store; settings: { publicUrl: string } },
  portal: Portal,
): Promise<Checked> {
  const { client, homeUrl } = portal;
  const listed = async () => {
    const most = 1;
    const kinds = ["account", "group"] as const;
    const found = await Promise.all(
      kinds.map((kind) => membersOf(tools.store.read, portal.id, { kind, most })),
    );
    return found.flat().length > 0;
  };
  return [
    { item: "discovery", fine: await isDescribed(tools.settings.publicUrl) },
    { item: "secret", fine: client.authMethod === "none" || client.secretHashes.length > 0 },
    { item: "start", fine: (client.initiateLoginUri ?? homeUrl) !== null },
    { item: "people", fine: portal.access === "all" || (await listed()) },
    { item: "backchannel", fine: client.backchannelLogoutUri !== null },
  ];
}

async function isDescribed(publicUrl: string): Promise<boolean> {
  try {
    const answer = await fetch(`${publicUrl}/.well-known/openid-configuration`, {
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const told = (await answer.json()) as { issuer?: unknown };
    return answer.ok && told.issuer === publicUrl;
  } catch {
    return false;
  }
}
