/** The page between a password that has to be replaced and everything else. */
import type { Person } from "../accounts/accounts.ts";
import { choiceProblem, shownRules } from "../passwords/passwords.ts";
import type { WebContext } from "../platform/web/context.ts";
import { deviceName } from "../platform/web/device.ts";
import { readForm } from "../platform/web/form-body.ts";
import { ownPath } from "../platform/web/redirects.ts";
import { policyOf } from "../policies/policies.ts";
import { welcome } from "./guard.ts";
import {
  chooseOwnPassword,
  LEAST_HISTORY,
  TICKET_LIFETIME_MS,
  type Ticket,
  ticketHolder,
} from "./own-password.ts";
import { ownPasswordPage } from "./pages.ts";
import type { SignInRoutesTools } from "./routes.ts";

const NAME = "own-password";

type Kept = Ticket & { returnTo: string };

/** Leads to the page; what was typed at sign-in goes no further. */
export function askForOwn(
  tools: SignInRoutesTools,
  c: WebContext,
  ticket: Ticket,
  returnTo: string,
): Response {
  tools.cookies.seal(c, NAME, { ...ticket, returnTo } satisfies Kept, TICKET_LIFETIME_MS);
  return c.redirect("/sign-in/own-password", 303);
}

export async function showOwn(tools: SignInRoutesTools, c: WebContext): Promise<Response> {
  const kept = tools.cookies.open(c, NAME) as Kept | undefined;
  const person = kept && (await ticketHolder(tools, kept));
  if (!person) return c.redirect("/sign-in", 303);
  return c.html(ownPasswordPage(c.get("view"), shownTo(tools, c, person, kept)));
}

export async function takeOwn(tools: SignInRoutesTools, c: WebContext): Promise<Response> {
  const { cookies } = tools;
  const kept = cookies.open(c, NAME) as Kept | undefined;
  if (!kept) return c.redirect("/sign-in", 303);
  const view = c.get("view");
  const sent = await readForm(c);
  const agent = (c.req.header("user-agent") ?? "").slice(0, 300);
  const outcome = await chooseOwnPassword(tools, kept, {
    password: sent.text("password"),
    repeated: sent.text("confirmation"),
    address: c.get("address"),
    agent,
    device: deviceName(agent),
    portalId: view.portal.id,
    language: view.language,
  });
  switch (outcome.kind) {
    case "signed-in":
      await welcome(tools, c, outcome);
      cookies.remove(c, NAME);
      return c.redirect(ownPath(kept.returnTo), 303);
    case "gone":
      cookies.remove(c, NAME);
      return c.redirect("/sign-in", 303);
    case "choice": {
      const person = await ticketHolder(tools, kept);
      const fields = { password: "password", repeat: "confirmation" };
      const problems = [choiceProblem(outcome.choice, view.language, fields)];
      if (!person) return c.redirect("/sign-in", 303);
      return c.html(ownPasswordPage(view, shownTo(tools, c, person, kept), problems), 422);
    }
  }
}

function shownTo(tools: SignInRoutesTools, c: WebContext, { account, login }: Person, { why }: Ticket) {
  return { login, why, rules: shownRules(policyOf(tools, account), c.get("view").language, LEAST_HISTORY) };
}
