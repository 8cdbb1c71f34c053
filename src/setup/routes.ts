import { Hono } from "hono";
import { choiceProblem, shownRules } from "../passwords/passwords.ts";
import type { WebContext, WebEnv } from "../platform/web/context.ts";
import type { Cookies } from "../platform/web/cookies.ts";
import type { FieldProblem } from "../platform/web/fields.ts";
import { readForm } from "../platform/web/form-body.ts";
import { keepTypedIdentifier } from "../platform/web/typed-identifier.ts";
import { policyOfEveryone } from "../policies/policies.ts";
import { closedPage, createdPage, type SetupForm, setupPage } from "./pages.ts";
import { type SetupOutcome, type SetupTools, setUp, setupState } from "./setup.ts";
import { words } from "./words.ts";

const KEY = "setup";
const KEY_LIFETIME_MS = 60 * 60_000;

export function setupRoutes(tools: SetupTools & { cookies: Cookies }): Hono<WebEnv> {
  const { cookies } = tools;
  const rulesIn = (c: WebContext) => shownRules(policyOfEveryone(tools), c.get("view").language);
  const keyOf = (c: WebContext) => String(cookies.open(c, KEY) ?? "");

  return new Hono<WebEnv>()
    .get("/", async (c) => {
      const key = c.req.query("key");
      if (key !== undefined) {
        cookies.seal(c, KEY, key.slice(0, 100), KEY_LIFETIME_MS);
        return c.redirect("/setup", 303);
      }
      const state = await setupState(tools, keyOf(c));
      const empty: SetupForm = { name: "", login: "", email: "", rules: rulesIn(c) };
      return state === "open"
        ? c.html(setupPage(c.get("view"), empty))
        : c.html(closedPage(c.get("view"), state), 410);
    })
    .post("/", async (c) => {
      const view = c.get("view");
      const sent = await readForm(c);
      const typed = { name: sent.text("name"), login: sent.text("login"), email: sent.text("email") };
      const outcome = await setUp(tools, {
        key: keyOf(c),
        ...typed,
        password: sent.text("password"),
        repeated: sent.text("confirmation"),
        language: view.language,
        address: c.get("address"),
      });
      if (outcome.kind === "created") {
        keepTypedIdentifier(cookies, c, typed.login);
        return c.redirect("/setup/done", 303);
      }
      if (outcome.kind === "closed") {
        const state = await setupState(tools, keyOf(c));
        return c.html(closedPage(view, state === "open" ? "gone" : state), 410);
      }
      const problems = [problemOf(c, outcome)];
      return c.html(setupPage(view, { ...typed, rules: rulesIn(c) }, problems), 422);
    })
    .get("/done", (c) => c.html(createdPage(c.get("view"))));
}

function problemOf(
  c: WebContext,
  outcome: Exclude<SetupOutcome, { kind: "created" | "closed" }>,
): FieldProblem {
  const { language } = c.get("view");
  switch (outcome.kind) {
    case "refused":
      return { field: outcome.field, text: words[language].refused[outcome.field] };
    case "taken":
      return { field: outcome.field, text: words[language].taken };
    case "choice":
      return choiceProblem(outcome.choice, language, { password: "password", repeat: "confirmation" });
  }
}
