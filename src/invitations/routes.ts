import { Hono } from "hono";
import type { Person } from "../accounts/accounts.ts";
import { choiceProblem, shownRules } from "../passwords/passwords.ts";
import { randomSecret } from "../platform/secrets/secrets.ts";
import type { WebContext, WebEnv } from "../platform/web/context.ts";
import type { Cookies } from "../platform/web/cookies.ts";
import { deviceName } from "../platform/web/device.ts";
import { readForm } from "../platform/web/form-body.ts";
import { keepTypedIdentifier } from "../platform/web/typed-identifier.ts";
import { policyOf } from "../policies/policies.ts";
import { type AcceptTools, acceptInvitation, invitedBy } from "./invitations.ts";
import { endPage, invitationPage } from "./pages.ts";

const NAME = "invitation";
const LIFETIME_MS = 60 * 60_000;
/** Longer than any key of ours. */
const LONGEST_KEY = 100;

interface Kept {
  key: string;
  visit: string;
}

export function invitationRoutes(tools: AcceptTools & { cookies: Cookies }): Hono<WebEnv> {
  const { cookies } = tools;
  const keptIn = (c: WebContext) =>
    (cookies.open(c, NAME) as Kept | undefined) ?? { key: "", visit: randomSecret() };

  const rulesFor = (c: WebContext, { account }: Person) =>
    shownRules(policyOf(tools, account), c.get("view").language);

  return new Hono<WebEnv>()
    .get("/", async (c) => {
      const key = c.req.query("key");
      if (key !== undefined) {
        cookies.seal(c, NAME, { key: key.slice(0, LONGEST_KEY), visit: randomSecret() }, LIFETIME_MS);
        return c.redirect("/invitation", 303);
      }
      const person = await invitedBy(tools, keptIn(c).key);
      return person
        ? c.html(invitationPage(c.get("view"), person, rulesFor(c, person)))
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
          return c.html(invitationPage(view, outcome.person, rulesFor(c, outcome.person), [problem]), 422);
        }
        case "gone":
          return c.html(endPage(view, "gone"), 410);
      }
    })
    .get("/done", (c) => c.html(endPage(c.get("view"), "done")));
}
