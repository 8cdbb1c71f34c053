/** What the portal's registered addresses answer; nothing else is ever asked. */
import {
  type CallOutcome,
  createPortalCaller,
  type Portal,
  type PortalCaller,
} from "../../../portal-registry/portal-registry.ts";
import { isLoopback } from "../../../setting-values.ts";
import type { Settings } from "../../../settings.ts";
import type { Finding } from "./check.ts";

const PATIENCE_MS = 4_000;

/** A portal that listens turns it away with 400 (OpenID Connect Back-Channel Logout 1.0, 2.8). */
const WRONG_MESSAGE = { logout_token: "a-check-by-propusk" };

export async function askPortal(
  { client, homeUrl }: Portal,
  { reach }: Settings["portalCalls"],
): Promise<Finding[]> {
  const caller = createPortalCaller(reach);
  const { redirectUris, postLogoutRedirectUris, initiateLoginUri, backchannelLogoutUri } = client;
  const pages = [homeUrl, initiateLoginUri, ...redirectUris, ...postLogoutRedirectUris];
  const addresses = [...new Set(pages)].filter((address) => address !== null);
  try {
    const opened = await Promise.all(
      addresses.map(async (address): Promise<Finding> => {
        return isElsewhere(address, reach) ? { said: "own-machine", address } : openPage(caller, address);
      }),
    );
    const start: Finding[] = (initiateLoginUri ?? homeUrl) === null ? [{ said: "startless" }] : [];
    return [...start, ...opened, await tellPortal(caller, backchannelLogoutUri)];
  } finally {
    caller.close();
  }
}

/** A program on a person's own machine listens there while it waits for a code, and not here. */
function isElsewhere(address: string, reach: Settings["portalCalls"]["reach"]): boolean {
  const url = URL.parse(address);
  return url?.protocol === "http:" && isLoopback(url.hostname) && reach !== "machine";
}

async function openPage(caller: PortalCaller, address: string): Promise<Finding> {
  const outcome = await caller.call(address, { method: "GET", withinMs: PATIENCE_MS });
  if (outcome.kind !== "answered") return { ...unanswered(outcome), address };
  const detail = String(outcome.status);
  if (outcome.status === 404 || outcome.status === 410) return { said: "not-there", address, detail };
  return { said: outcome.status >= 500 ? "broken" : "answers", address, detail };
}

async function tellPortal(caller: PortalCaller, address: string | null): Promise<Finding> {
  if (address === null) return { said: "untold" };
  const wish = { method: "POST", form: WRONG_MESSAGE, withinMs: PATIENCE_MS } as const;
  const outcome = await caller.call(address, wish);
  if (outcome.kind !== "answered") return { ...unanswered(outcome), address };
  const { status } = outcome;
  if (status === 400) return { said: "told", address };
  const said = status >= 200 && status < 300 ? "told-anything" : "told-elsewhere";
  return { said, address, detail: String(status) };
}

function unanswered(outcome: Exclude<CallOutcome, { kind: "answered" }>): Finding {
  if (outcome.kind === "forbidden") return { said: "out-of-reach" };
  const { trouble: detail } = outcome;
  if (detail === "timeout") return { said: "late" };
  if (detail === "ENOTFOUND" || detail === "EAI_AGAIN") return { said: "nameless" };
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS/.test(detail)) return { said: "untrusted", detail };
  return { said: "closed", detail };
}
