import { Hono, type MiddlewareHandler } from "hono";
import { type Person, personById } from "../accounts/accounts.ts";
import { passwordChangedAt } from "../passwords/passwords.ts";
import type { WebContext, WebEnv } from "../platform/web/context.ts";
import { Refusal } from "../platform/web/refusals.ts";
import { currentSession, type GuardTools, sessionOfCookie, signedInOnly } from "../sessions/guard.ts";
import type { Session } from "../sessions/sessions.ts";
import { changeNotices, changeRoutes } from "./changes/routes.ts";
import { myPage } from "./pages.ts";
import type { ProfileTools } from "./tools.ts";

/** Who is there, for a proxy that asks on every request of its own and for scripts: no page, no redirect. */
function told({ account_id: id, name, role, expires_at: until }: Session) {
  return { signed_in: true, id, name, role, until };
}

/**
 * The quick answer of `/me/session`, ahead of everything that only pages need. Without a live session it
 * passes on, since a remembered device may revive one.
 */
export function quickSession(tools: GuardTools, headers: Record<string, string>): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const session = await sessionOfCookie(tools, c);
    return session ? c.json(told(session), 200, headers) : next();
  };
}

export function profileRoutes(tools: ProfileTools): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get("/session", (c) => {
      const session = currentSession(c);
      return session ? c.json(told(session)) : c.json({ signed_in: false }, 401);
    })
    .use(signedInOnly)
    .get("/", async (c) => {
      const person = await personHere(tools, c);
      return c.html(
        myPage(c.get("view"), {
          person,
          passwordChangedAt: await passwordChangedAt(tools.store.read, person.account.id),
          inBox: tools.settings.recoveryStyle === "control-string",
          notices: await changeNotices(tools, c),
        }),
      );
    })
    .route("/", changeRoutes(tools));
}

/** Whoever is signed in. */
async function personHere(tools: ProfileTools, c: WebContext): Promise<Person> {
  const session = currentSession(c);
  const person = session && (await personById(tools.store.read, session.account_id));
  if (!person) throw new Refusal(404);
  return person;
}
