/** A portal's connection, tried out as far as that goes without its product. */
import { recordEvent } from "../../../audit/audit.ts";
import type { Clock } from "../../../platform/clock.ts";
import type { Store } from "../../../platform/store/store.ts";
import { mayEnter, membersOf, type Portal, whichSecret } from "../../../portal-registry/portal-registry.ts";
import type { Settings } from "../../../settings.ts";
import type { At } from "../at.ts";
import { askAuthorization, askDiscovery, askKeys, askToken } from "./own-side.ts";
import { askPortal } from "./portal-side.ts";
import type { words } from "./words.ts";

/** What was found, by the name of its sentence. */
export type Said = keyof (typeof words)["ru"]["said"];

export interface Finding {
  said: Said;
  /** The address that is meant, of several. */
  address?: string;
  /** A status, a code of the system, a number: what the sentence is filled in with. */
  detail?: string;
}

/** In three parts: what portals ask of us, who may enter, what we ask of the portal. */
export interface Checked {
  ours: readonly Finding[];
  people: readonly Finding[];
  portal: readonly Finding[];
}

interface CheckTools {
  clock: Clock;
  store: Store;
  settings: Pick<Settings, "publicUrl" | "portalCalls">;
}

/**
 * Asks our own public address as a portal does, through proxy and certificate, and the portal's registered
 * addresses as far as PORTAL_CALLS reaches. `secret`: what stands in the portal's settings, if it was typed.
 * Takes seconds at most, and is one row of the record.
 */
export async function checkPortal(tools: CheckTools, at: At, secret: string): Promise<Checked> {
  const { portal, actor } = at;
  const { publicUrl, portalCalls } = tools.settings;
  const [ours, people, asked] = await Promise.all([
    checkOurs(publicUrl, portal, secret),
    checkPeople(tools, portal, actor.id),
    askPortal(portal, portalCalls),
  ]);
  await tools.store.transact((write) =>
    recordEvent(tools, write, {
      action: "portal.checked",
      ...at.by,
      accountId: null,
      detail: { portal: portal.id, name: portal.name },
    }),
  );
  return { ours, people, portal: asked };
}

async function checkOurs(publicUrl: string, portal: Portal, secret: string): Promise<Finding[]> {
  const found = await askDiscovery(publicUrl);
  // Without the description a portal gets no further either.
  if (found.said !== "described") return [found];
  const [keys, requests, token] = await Promise.all([
    askKeys(publicUrl),
    Promise.all(portal.client.redirectUris.map((address) => askAuthorization(publicUrl, portal.id, address))),
    checkSecret(publicUrl, portal, secret),
  ]);
  return [found, keys, ...requests, token];
}

async function checkSecret(publicUrl: string, portal: Portal, secret: string): Promise<Finding> {
  const { authMethod, secretHashes } = portal.client;
  if (authMethod === "none") return { said: "secretless" };
  if (secretHashes.length === 0) return { said: "secret-missing" };
  const answer = await askToken(publicUrl, { id: portal.id, secret, authMethod });
  if (answer !== "taken" && answer !== "refused") return answer;
  if (secret === "") return { said: "secret-wanted" };
  if (answer === "refused") return { said: "secret-wrong" };
  return { said: whichSecret(portal, secret) === "previous" ? "secret-previous" : "secret-fits" };
}

async function checkPeople(tools: CheckTools, portal: Portal, staffId: string): Promise<Finding[]> {
  const { read } = tools.store;
  const you = (await mayEnter(read, portal, staffId, tools.clock.now())) ? "you-may" : "you-may-not";
  if (portal.access === "all") return [{ said: "open-to-all" }, { said: you }];
  const most = 1;
  const [groups, accounts] = await Promise.all([
    membersOf(read, portal.id, { kind: "group", most }),
    membersOf(read, portal.id, { kind: "account", most }),
  ]);
  const listed = groups.length + accounts.length > 0;
  return [{ said: listed ? "open-to-listed" : "open-to-nobody" }, { said: you }];
}
