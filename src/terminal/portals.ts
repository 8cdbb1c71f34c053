/** Commands about portals. */
import {
  addPortal,
  type PortalFault,
  type PortalWish,
  plainWish,
  rotateSecret,
} from "../portal-registry/portal-registry.ts";
import { rotateKeys } from "../portals/portals.ts";
import { type Options, Refused, type TerminalTools, UsageMistake } from "./tools.ts";

const by = { actor: "cli", address: "terminal" };

export async function addPortalFromTerminal(tools: TerminalTools, options: Options): Promise<void> {
  const { name, redirect: redirectUris = [] } = options;
  if (!name || redirectUris.length === 0) throw new UsageMistake("portal add needs --name and --redirect");
  const wish: PortalWish = {
    ...plainWish,
    name,
    redirectUris,
    postLogoutRedirectUris: options["after-sign-out"] ?? [],
    backchannelLogoutUri: options["sign-out-call"] ?? null,
    homeUrl: options.home ?? originOf(redirectUris[0] ?? ""),
    isForeign: options.foreign === true,
    authMethod: options.public ? "none" : "client_secret_basic",
  };
  const added = await addPortal(tools, wish, by);
  if (added.kind === "refused") throw new Refused(added.faults.map(told).join("; "));
  show(options, { client_id: added.portal.id, client_secret: added.secret ?? undefined });
}

/** Where its tile leads when nothing else is said. */
function originOf(address: string): string | null {
  const url = URL.parse(address);
  return url?.protocol === "https:" || url?.protocol === "http:" ? `${url.origin}/` : null;
}

const options: Partial<Record<keyof PortalWish, string>> = {
  name: "--name",
  redirectUris: "--redirect",
  postLogoutRedirectUris: "--after-sign-out",
  backchannelLogoutUri: "--sign-out-call",
  homeUrl: "--home",
};

const faults: Record<PortalFault["kind"], string> = {
  missing: "is missing",
  "too-long": "is too long",
  "too-many": "is given too often",
  "not-plain": "holds characters that do not belong into a name",
  "none-left": "leaves nothing",
  range: "is out of range",
  "not-an-address": "is not a whole address",
  scheme: "has to begin with https://",
  "not-https": "may be http only on this machine; use https://",
  wildcard: "must not hold a star: register each address for itself",
  fragment: "must not hold #",
  user: "must not hold a name or password",
  spelling: "is written in another way by browsers",
};

function told({ field, kind, value, instead }: PortalFault): string {
  const given = value === undefined ? "" : ` ${value}`;
  return `${options[field] ?? field}${given}: ${faults[kind]}${instead === undefined ? "" : `: ${instead}`}`;
}

export function listPortals(tools: TerminalTools, json: boolean): Promise<void> {
  for (const portal of tools.portals.all().filter(({ isDefault }) => !isDefault)) {
    const { id, name, access, isForeign, client } = portal;
    const row = { client_id: id, name, redirect_uris: client.redirectUris, access, foreign: isForeign };
    console.log(json ? JSON.stringify(row) : [id, name, client.redirectUris.join(" "), access].join("\t"));
  }
  return Promise.resolve();
}

export async function rotateSecretFromTerminal(
  tools: TerminalTools,
  id: string,
  options: Options,
): Promise<void> {
  const outcome = await rotateSecret(tools, id, by);
  switch (outcome.kind) {
    case "unknown":
      throw new Refused(`no portal has the client_id ${id}; propusk portal list shows them`);
    case "public":
      throw new Refused("the client of this portal keeps no secret");
    case "rotated":
      show(options, { client_id: id, client_secret: outcome.secret });
  }
}

export async function rotateKeysFromTerminal(tools: TerminalTools, options: Options): Promise<void> {
  const outcome = await rotateKeys(tools, { atOnce: options["at-once"] === true, actor: "cli" });
  const from = new Date(outcome.usedFrom).toISOString();
  switch (outcome.kind) {
    case "made":
      console.log(`new keys are published and sign from ${from}`);
      return;
    case "waiting":
      throw new Refused(`the next keys are published already and sign from ${from}; --at-once does not wait`);
  }
}

function show({ json }: Options, shown: Record<string, string | undefined>): void {
  if (json) console.log(JSON.stringify(shown));
  else for (const [name, value] of Object.entries(shown)) if (value) console.log(`${name}=${value}`);
}
