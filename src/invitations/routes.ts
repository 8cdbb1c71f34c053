import { Hono } from "hono";
import type { Person } from "../accounts/accounts.ts";
import { waysOut } from "../identities/identities.ts";
import { choiceProblem, shownRules } from "../passwords/passwords.ts";
import type { WebContext, WebEnv } from "../platform/web/context.ts";
import type { Cookies } from "../platform/web/cookies.ts";
import { deviceName } from "../platform/web/device.ts";
import { readForm } from "../platform/web/form-body.ts";
import { keepTypedIdentifier } from "../platform/web/typed-identifier.ts";
import { policyOf } from "../policies/policies.ts";
import { heldInvitation, holdInvitation } from "./guard.ts";
import { type AcceptTools, acceptInvitation, invitedBy } from "./invitations.ts";
import { endPage, invitationPage } from "./pages.ts";

/** Where the link of an SMS leads, which is short because its letters are paid for. */
export function shortInvitation(key: string | undefined): string {
  return `/invitation?key=${encodeURIComponent((key ?? "").slice(0, 100))}`;
}

export function invitationRoutes(tools: AcceptTools & { cookies: Cookies }): Hono<WebEnv> {
  const { cookies } = tools;
  const keptIn = (c: WebContext) => heldInvitation(cookies, c);
  const ways = waysOut(tools.settings);

  const shown = (c: WebContext, person: Person) => ({
    person,
    rules: shownRules(policyOf(tools, person.account), c.get("view").language),
    ways,
  });

  return new Hono<WebEnv>()
    .get("/", async (c) => {
      const key = c.req.query("key");
      if (key !== undefined) {
        holdInvitation(cookies, c, key);
        return c.redirect("/invitation", 303);
      }
      const person = await invitedBy(tools, keptIn(c).key);
      return person
        ? c.html(invitationPage(c.get("view"), shown(c, person)))
        : c.html(endPage(c.get("view"), "gone"), 410);
    })
    .post("/", async (c) => {
      const view = c.get("view");
      const sent = await readForm(c);
      const outcome = await acceptInvitation(tools, {
        ...keptIn(c),
        password: sent.text("password"),
        repeated: sent.text("confirmation"),
        address: c.get("address"),
        device: deviceName(c.req.header("user-agent") ?? ""),
        language: view.language,
      });
      switch (outcome.kind) {
        case "accepted":
          keepTypedIdentifier(cookies, c, outcome.login);
          return c.redirect("/invitation/done", 303);
        case "choice": {
          const fields = { password: "password", repeat: "confirmation" };
          const problem = choiceProblem(outcome.choice, view.language, fields);
          return c.html(invitationPage(view, shown(c, outcome.person), [problem]), 422);
        }
        case "gone":
          return c.html(endPage(view, "gone"), 410);
      }
    })
    .get("/done", (c) => c.html(endPage(c.get("view"), "done")));
}
