/** Who gives out tokens: Propusk with a portal, and the bare library, each with that portal's requests. */
import { join } from "node:path";
import { systemClock } from "../../src/platform/clock.ts";
import { openStore } from "../../src/platform/store/open.ts";
import { addPortal, openPortals, plainWish } from "../../src/portal-registry/portal-registry.ts";
import { readSettings } from "../../src/settings.ts";
import { type Propusk, startPropusk } from "./contenders.ts";
import { requestText } from "./load.ts";
import { challenge, clientSecret, redirect, scope, verifier } from "./oidc-client.ts";
import { range } from "./people.ts";
import { type Server, startServer } from "./server.ts";

/** As many as may sign in from one address within the limits. */
const people = 50;
const inFlight = 4;

export interface Issuer {
  readonly server: Server;
  codes(count: number): Promise<string[]>;
  exchange(code: string): string;
  refresh(token: string): string;
  userinfo(token: string): string;
  /** Exchanges the code, out of the time. */
  tokens(code: string): Promise<{ access: string; refresh: string }>;
  stop(): Promise<void>;
}

interface Client {
  id: string;
  secret: string;
  token: string;
  userinfo: string;
}

function requestsOf(server: () => Server, client: Client) {
  const given = `${encodeURIComponent(client.id)}:${encodeURIComponent(client.secret)}`;
  const headers = { Authorization: `Basic ${Buffer.from(given).toString("base64")}` };
  const codeFields = (code: string) => ({
    grant_type: "authorization_code",
    code,
    redirect_uri: redirect,
    code_verifier: verifier,
  });
  const post = (fields: Record<string, string>) =>
    requestText(`POST ${client.token}`, headers, { type: "form", fields });
  return {
    exchange: (code: string) => post(codeFields(code)),
    refresh: (token: string) => post({ grant_type: "refresh_token", refresh_token: token }),
    userinfo: (token: string) => requestText(`GET ${client.userinfo}`, { Authorization: `Bearer ${token}` }),
    async tokens(code: string) {
      const body = new URLSearchParams(codeFields(code));
      const url = `http://127.0.0.1:${server().port}${client.token}`;
      const answer = await fetch(url, { method: "POST", headers, body });
      const told = (await answer.json()) as { access_token?: string; refresh_token?: string };
      if (!told.access_token || !told.refresh_token) throw new Error(`no tokens: ${JSON.stringify(told)}`);
      return { access: told.access_token, refresh: told.refresh_token };
    },
  };
}

export async function startPropuskIssuer(): Promise<Issuer> {
  const ours = await startPropusk({ cores: "server", people });
  const { id, secret } = await registerPortal(ours);
  const sessions = await severalAtOnce(range(0, people), ours.session);
  const query = new URLSearchParams({
    client_id: id,
    redirect_uri: redirect,
    response_type: "code",
    scope,
    code_challenge: challenge,
    code_challenge_method: "S256",
  });
  const code = async (number: number): Promise<string> => {
    const answer = await fetch(`http://127.0.0.1:${ours.server.port}/oidc/auth?${query}`, {
      headers: { Cookie: sessions[number % people] ?? "" },
      redirect: "manual",
    });
    const found = URL.parse(answer.headers.get("location") ?? "")?.searchParams.get("code");
    if (!found) throw new Error(`no code: ${answer.status} ${answer.headers.get("location")}`);
    return found;
  };
  const client = { id, secret, token: "/oidc/token", userinfo: "/oidc/userinfo" };
  return {
    ...requestsOf(() => ours.server, client),
    server: ours.server,
    stop: () => ours.stop(),
    codes: (count) => severalAtOnce(range(0, count), code),
  };
}

/** Every instance knows it two seconds later. */
async function registerPortal({ place }: Propusk): Promise<{ id: string; secret: string }> {
  const store = openStore(place);
  try {
    const settings = readSettings({ DATA_DIR: place.dataDir });
    const portals = await openPortals({ store, settings });
    const wish = { ...plainWish, name: "Portal", redirectUris: [redirect] };
    const by = { actor: "cli", address: "terminal" };
    const added = await addPortal({ clock: systemClock, store, portals }, wish, by);
    if (added.kind !== "added" || added.secret === null) throw new Error("the portal was refused");
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    return { id: added.portal.id, secret: added.secret };
  } finally {
    await store.close();
  }
}

export async function startBareIssuer(): Promise<Issuer> {
  const server = await startServer(join(import.meta.dirname, "../peers/bare-oidc.ts"), {
    cores: "server",
    firstPath: "/codes/0",
    environment: {},
  });
  return {
    ...requestsOf(() => server, { id: "portal", secret: clientSecret, token: "/token", userinfo: "/me" }),
    server,
    stop: () => server.stop(),
    async codes(count) {
      const answer = await fetch(`http://127.0.0.1:${server.port}/codes/${count}`);
      return (await answer.json()) as string[];
    },
  };
}

/** In the order of `wishes`. */
export async function severalAtOnce<Wish, Result>(
  wishes: readonly Wish[],
  work: (wish: Wish) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...wishes.entries()].toReversed();
  const take = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      results[next[0]] = await work(next[1]);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, take));
  return results;
}
