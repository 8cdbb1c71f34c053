import { personById } from "../../accounts/accounts.ts";
import {
  cameFromForm,
  choiceProblem,
  passwordChangedAt,
  shownRules,
  tooYoungUntil,
} from "../../passwords/passwords.ts";
import { dayAndTime } from "../../platform/language/times.ts";
import { randomSecret } from "../../platform/secrets/secrets.ts";
import { sourceOf } from "../../platform/web/client-address.ts";
import type { WebContext } from "../../platform/web/context.ts";
import { deviceName } from "../../platform/web/device.ts";
import type { FieldProblem } from "../../platform/web/fields.ts";
import { type Form, readForm } from "../../platform/web/form-body.ts";
import type { Html } from "../../platform/web/view.ts";
import { policyOf } from "../../policies/policies.ts";
import { carrySession, currentSession, sessionOfCookie } from "../../sessions/guard.ts";
import { knownBrowsers, rememberBrowser } from "../../sign-in/guard.ts";
import { signIn } from "../../sign-in/sign-in.ts";
import type { ProfileTools } from "../tools.ts";
import { formAgain, type Here, here, proofPage, throttledProblem, wantedProof } from "./here.ts";
import { passwordPage } from "./pages.ts";
import { changeOwnPassword, type OwnChangeOutcome } from "./password.ts";
import { keepTold } from "./told.ts";
import { words } from "./words.ts";

/** Whose form it is and which one, sealed: it may come back when its session is over. */
interface Ticket {
  accountId: string;
  form: string;
}

const TICKET = "password form";
const TICKET_LIFETIME_MS = 86_400_000;
const fields = { password: "password", repeat: "confirmation" };

export async function showPassword(tools: ProfileTools, c: WebContext): Promise<Response> {
  const known = await here(tools, c);
  const first = (await passwordChangedAt(tools.store.read, known.person.account.id)) === undefined;
  if (first && (await wantedProof(tools, known)) !== "nothing")
    return c.redirect(proofPage("/me/password"), 303);
  return c.html(await draw(tools, c, known));
}

export async function takePassword(tools: ProfileTools, c: WebContext): Promise<Response> {
  const sent = await readForm(c);
  const ticket = tools.secrets.open(TICKET, sent.text("form"), c.get("view").now) as Ticket | undefined;
  if (!currentSession(c)) return afterLostAnswer(tools, c, sent, ticket);
  const known = await here(tools, c);
  const mine = ticket?.accountId === known.person.account.id ? ticket.form : randomSecret();
  const outcome = await changeOwnPassword(tools, {
    session: known.session,
    person: known.person,
    attempt: known.attempt,
    current: sent.text("current_password"),
    password: sent.text("password"),
    repeated: sent.text("confirmation"),
    form: tools.secrets.fingerprint(TICKET, mine),
    agent: agentOf(c),
    language: c.get("view").language,
  });
  switch (outcome.kind) {
    case "changed":
      carrySession(tools, c, outcome.session);
      keepTold(tools.cookies, c, outcome.first ? "password-set" : "password-changed");
      return c.redirect("/me", 303);
    case "done":
      // The other press of this form ended this session with all others, and its cookie may have got lost.
      if (!(await sessionOfCookie(tools, c, () => c.get("address"))))
        return afterLostAnswer(tools, c, sent, ticket);
      keepTold(tools.cookies, c, "password-changed");
      return c.redirect("/me", 303);
    case "unproven":
      return c.redirect(proofPage("/me/password"), 303);
    case "too-young":
      return c.html(await draw(tools, c, known), 422);
    case "overtaken":
      return afterLostAnswer(tools, c, sent, ticket);
    case "choice":
    case "same":
    case "missing":
    case "wrong":
    case "throttled": {
      const wrong = problemOf(c, outcome);
      const page = await draw(tools, c, known, [wrong.problem]);
      return formAgain(c, wrong, () => page);
    }
  }
}

/**
 * The form of a session that is over. When it was this very form that ended it, whoever sends it again comes
 * in by the password that they have just set; through the door that every sign-in takes.
 */
async function afterLostAnswer(
  tools: ProfileTools,
  c: WebContext,
  sent: Form,
  ticket: Ticket | undefined,
): Promise<Response> {
  const person = ticket && (await personById(tools.store.read, ticket.accountId));
  const form = tools.secrets.fingerprint(TICKET, ticket?.form ?? "");
  if (!person || !(await cameFromForm(tools.store.read, person.account.id, form)))
    return c.redirect("/sign-in", 303);
  const agent = agentOf(c);
  const outcome = await signIn(tools, {
    identifier: person.login,
    password: sent.text("password"),
    remember: false,
    source: sourceOf(c.get("address")),
    address: c.get("address"),
    agent,
    device: deviceName(agent),
    portalId: c.get("view").portal.id,
    knownBrowsers: await knownBrowsers(tools, c),
    language: c.get("view").language,
  });
  if (outcome.kind !== "signed-in") return c.redirect("/sign-in", 303);
  carrySession(tools, c, outcome.session);
  rememberBrowser(tools.cookies, c, outcome.browser);
  keepTold(tools.cookies, c, "password-changed");
  return c.redirect("/me", 303);
}

function problemOf(
  c: WebContext,
  outcome: Extract<OwnChangeOutcome, { kind: "choice" | "same" | "missing" | "wrong" | "throttled" }>,
): { problem: FieldProblem; retryAt?: number } {
  const { language } = c.get("view");
  const say = words[language];
  switch (outcome.kind) {
    case "choice":
      return { problem: choiceProblem(outcome.choice, language, fields) };
    case "same":
      return { problem: { field: fields.password, text: say.password.same } };
    case "missing":
      return { problem: { field: "current_password", text: say.currentEmpty } };
    case "wrong":
      return { problem: { field: "current_password", text: say.currentWrong } };
    case "throttled":
      return throttledProblem(c, "current_password", outcome.retryAt);
  }
}

async function draw(
  tools: ProfileTools,
  c: WebContext,
  { person }: Here,
  problems: readonly FieldProblem[] = [],
): Promise<Html> {
  const view = c.get("view");
  const ticket: Ticket = { accountId: person.account.id, form: randomSecret() };
  const kept = await passwordChangedAt(tools.store.read, person.account.id);
  const until = tooYoungUntil(tools, person.account, kept);
  const told = (at: number) => dayAndTime(at, view.timeZone, view.language);
  return passwordPage(view, {
    login: person.login,
    first: kept === undefined,
    rules: shownRules(policyOf(tools, person.account), view.language),
    tooYoung: until === undefined ? undefined : words[view.language].password.tooYoung(told(until)),
    form: tools.secrets.seal(TICKET, ticket, view.now + TICKET_LIFETIME_MS),
    problems,
  });
}

function agentOf(c: WebContext): string {
  return (c.req.header("user-agent") ?? "").slice(0, 300);
}
