import { Hono } from "hono";
import { personById } from "../accounts/accounts.ts";
import type { Store } from "../platform/store/store.ts";
import type { WebEnv } from "../platform/web/context.ts";
import { Refusal } from "../platform/web/refusals.ts";
import { currentSession, signedInOnly } from "../sessions/guard.ts";
import { myPage } from "./pages.ts";

export function profileRoutes(tools: { store: Store }): Hono<WebEnv> {
  return (
    new Hono<WebEnv>()
      // For a proxy that asks who is there, and for scripts: no page, no redirect.
      .get("/session", (c) => {
        const session = currentSession(c);
        if (!session) return c.json({ signed_in: false }, 401);
        const { account_id: id, name, role, expires_at: until } = session;
        return c.json({ signed_in: true, id, name, role, until });
      })
      .use(signedInOnly)
      .get("/", async (c) => {
        const session = currentSession(c);
        const person = session && (await personById(tools.store.read, session.account_id));
        if (!session || !person) throw new Refusal(404);
        return c.html(myPage(c.get("view"), person, session.created_at));
      })
  );
}
