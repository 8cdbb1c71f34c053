import type { MiddlewareHandler } from "hono";
import type { NoticeTools } from "../notifications/notifications.ts";
import type { Store } from "../platform/store/store.ts";
import type { WebContext, WebEnv } from "../platform/web/context.ts";
import type { Cookies } from "../platform/web/cookies.ts";
import type { View } from "../platform/web/view.ts";
import type { PolicyTools } from "../policies/policies.ts";
import { endSession, findSession, resumeDevice, type Session, type StartedSession } from "./sessions.ts";

export interface GuardTools extends NoticeTools, PolicyTools {
  store: Store;
  cookies: Cookies;
}

const SESSION = "sid";
const REMEMBER = "remember";

/**
 * The session of a request with the token that opens it: not the cookie's, when a device was just revived.
 */
interface Found {
  session: Session;
  token: string;
}

const found = new WeakMap<Request, Found>();

/**
 * Finds out who is signed in, reviving a remembered device, and tells the pages. Costs nothing without
 * cookies.
 */
export function recognise(tools: GuardTools): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const known = await sessionOf(tools, c);
    if (known) {
      found.set(c.req.raw, known);
      c.set("view", viewOf(c.get("view"), known.session));
    }
    await next();
  };
}

/** Who is signed in, and the person's own language and time zone where this browser has not chosen one. */
function viewOf(view: View, { name, photo, role, language, time_zone: timeZone }: Session): View {
  return {
    ...view,
    signedIn: { name, photo, isStaff: role !== "person" },
    language: view.languageChosen ? view.language : (language ?? view.language),
    timeZone: timeZone ?? view.timeZone,
  };
}

/** Lets nobody through who is not signed in: to the sign-in page, and back here afterwards. */
export const signedInOnly: MiddlewareHandler<WebEnv> = async (c, next) => {
  if (found.has(c.req.raw)) return next();
  const back = c.req.method === "GET" ? `?return_to=${encodeURIComponent(c.req.path)}` : "";
  return c.redirect(`/sign-in${back}`, 303);
};

/** The session of this request, if there is one. */
export function currentSession(c: WebContext): Session | undefined {
  return found.get(c.req.raw)?.session;
}

/** Gives the browser its cookies for a session that has just begun. */
export function carrySession(
  tools: { cookies: Cookies },
  c: WebContext,
  started: StartedSession | { token: string; rememberToken: null },
): void {
  if (started.rememberToken === null) {
    tools.cookies.write(c, SESSION, started.token);
    return;
  }
  tools.cookies.write(c, SESSION, started.token, started.sessionMs);
  tools.cookies.write(c, REMEMBER, started.rememberToken, started.rememberMs);
}

/**
 * Ends this browser's session on the server and takes its cookies away. The account's id, if there was one.
 */
export async function dropSession(tools: GuardTools, c: WebContext): Promise<string | undefined> {
  const token = found.get(c.req.raw)?.token ?? tools.cookies.read(c, SESSION);
  const accountId = token ? await endSession(tools, token) : undefined;
  if (token !== undefined) tools.cookies.remove(c, SESSION);
  if (tools.cookies.read(c, REMEMBER) !== undefined) tools.cookies.remove(c, REMEMBER);
  return accountId;
}

const nobody = Promise.resolve(undefined);

/**
 * The live session of this browser's cookie, without the pages' middleware and without reviving a device.
 * `address`: where the request comes from, asked only for who is bound to a network.
 */
export function sessionOfCookie(
  tools: GuardTools,
  c: WebContext,
  address: () => string,
): Promise<Session | undefined> {
  const token = tools.cookies.read(c, SESSION);
  return token ? findSession(tools, token, address) : nobody;
}

async function sessionOf(tools: GuardTools, c: WebContext): Promise<Found | undefined> {
  const token = tools.cookies.read(c, SESSION);
  const session = await sessionOfCookie(tools, c, () => c.get("address"));
  if (token && session) return { session, token };
  const remembered = tools.cookies.read(c, REMEMBER);
  if (!remembered) return undefined;
  const visitor = { address: c.get("address"), agent: (c.req.header("user-agent") ?? "").slice(0, 300) };
  const resumed = await resumeDevice(tools, remembered, visitor);
  if (resumed.kind === "refused") {
    tools.cookies.remove(c, REMEMBER);
    return undefined;
  }
  carrySession(tools, c, resumed);
  const revived = await findSession(tools, resumed.token, () => visitor.address);
  return revived && { session: revived, token: resumed.token };
}
