/** The pages from the opened letter on: link, control string, new password. */
import { choiceProblem, shownRules } from "../passwords/passwords.ts";
import type { ShownRules } from "../platform/web/chosen-password.ts";
import { sourceOf } from "../platform/web/client-address.ts";
import type { WebContext } from "../platform/web/context.ts";
import { deviceName } from "../platform/web/device.ts";
import type { FieldProblem } from "../platform/web/fields.ts";
import { readForm } from "../platform/web/form-body.ts";
import { keepTypedIdentifier, typedIdentifier } from "../platform/web/typed-identifier.ts";
import type { Html } from "../platform/web/view.ts";
import { policyOf, policyOfEveryone } from "../policies/policies.ts";
import { setPortal } from "../portal-registry/guard.ts";
import { type Flow, keepFlow, readFlow } from "./flow.ts";
import { type Counter, type RecoveryTools, tooMany } from "./handling.ts";
import * as pages from "./pages.ts";
import {
  type FinishOutcome,
  finishRecovery,
  type Key,
  type LookOutcome,
  lookAtKey,
  type Outdated,
  traceKey,
} from "./recovery.ts";
import { words } from "./words.ts";

type Answer = Response | Promise<Response>;

/** Longer than any key of ours; the rest of an endless address is not worth keeping. */
const LONGEST_KEY = 100;

/** The key leaves the address bar at once; nothing is looked up, so nothing can be learned or spent. */
export function openLink({ tools }: Counter, c: WebContext): Answer {
  const secret = (c.req.query("key") ?? "").slice(0, LONGEST_KEY);
  keepFlow(tools.cookies, c, { ...readFlow(tools.cookies, c), key: { form: "link", secret } });
  return c.redirect("/recovery/password", 303);
}

/** What holds for the one whose key it is; for «Все» where no live key says who that is. */
function rulesFor(tools: Counter["tools"], c: WebContext, look: LookOutcome | undefined): ShownRules {
  const policy = look?.kind === "live" ? policyOf(tools, look.account) : policyOfEveryone(tools);
  return shownRules(policy, c.get("view").language);
}

export async function showPassword({ tools }: Counter, c: WebContext): Promise<Response> {
  const flow = readFlow(tools.cookies, c);
  if (!flow.key) return outdated(tools, c, flow, { outdated: { kind: "unknown" }, accountId: null });
  const look = await lookAtKey(tools, flow.key);
  await traceKey(tools, flow.key, flow.key.form === "code" ? "opened" : "seen");
  goOnAt(tools, c, look.portalId);
  if (look.kind !== "live") return outdated(tools, c, flow, look);
  if (c.req.method === "GET") tools.sightings.opened(look.account.id, tools.clock.now());
  return c.html(pages.passwordPage(c.get("view"), rulesFor(tools, c, look), look));
}

/** A letter may be opened in another browser than it was asked for in; the recovery ends where it began. */
function goOnAt(tools: Counter["tools"], c: WebContext, portalId: string | null): void {
  const known = tools.portals.portal(portalId ?? "");
  if (known && known.id !== c.get("view").portal.id) setPortal(tools, c, { portal: known.id });
}

export async function takePassword(counter: Counter, c: WebContext): Promise<Response> {
  const { tools } = counter;
  const flow = readFlow(tools.cookies, c);
  const { key } = flow;
  if (!key) return outdated(tools, c, flow, { outdated: { kind: "unknown" }, accountId: null });
  const look = await lookAtKey(tools, key);
  await traceKey(tools, key, "opened");
  goOnAt(tools, c, look.portalId);
  const view = c.get("view");
  const outcome = await finish(counter, c, { flow, key, login: null });
  const shown = look.kind === "live" ? look.shown : flow.identifier;
  if (outcome.kind === "changed") {
    keepTypedIdentifier(tools.cookies, c, flow.identifier || shown);
    return c.redirect("/recovery/done", 303);
  }
  const rules = rulesFor(tools, c, look);
  return refused(tools, c, flow, outcome, (problems) => pages.passwordPage(view, rules, { shown }, problems));
}

export async function showString({ tools }: Counter, c: WebContext): Promise<Response> {
  const flow = readFlow(tools.cookies, c);
  const { login, string } = c.req.query();
  if (login !== undefined && string !== undefined) {
    const key: Key = { form: "control-string", secret: string.slice(0, LONGEST_KEY) };
    keepFlow(tools.cookies, c, { ...flow, login: login.slice(0, 320), key });
    return c.redirect("/recovery/string", 303);
  }
  const key = flow.key?.form === "control-string" ? flow.key : undefined;
  const look = key && (await lookAtKey(tools, key));
  if (look) goOnAt(tools, c, look.portalId);
  const secret = key?.secret ?? "";
  const typed = {
    login: flow.login ?? typedIdentifier(tools.cookies, c),
    string: secret,
    fromLink: secret !== "",
  };
  return c.html(pages.stringPage(c.get("view"), rulesFor(tools, c, look), typed));
}

export async function takeString(counter: Counter, c: WebContext): Promise<Response> {
  const { tools } = counter;
  const flow = readFlow(tools.cookies, c);
  const sent = await readForm(c);
  const login = sent.text("login").slice(0, 320);
  const string = sent.text("control_string").slice(0, LONGEST_KEY);
  const key: Key = { form: "control-string", secret: string };
  const fromLink = flow.key?.form === "control-string" && flow.key.secret === string && flow.login === login;
  await traceKey(tools, key, "opened");
  const outcome = await finish(counter, c, { flow, key, login });
  // A wrong pair says nothing, so neither does the look of its page.
  const look = outcome.kind === "wrong-string" ? undefined : await lookAtKey(tools, key);
  if (look) goOnAt(tools, c, look.portalId);
  const view = c.get("view");
  if (outcome.kind === "changed" || outcome.kind === "outdated") {
    keepTypedIdentifier(tools.cookies, c, login);
    keepFlow(tools.cookies, c, { ...flow, login, key });
  }
  if (outcome.kind === "changed") return c.redirect("/recovery/done", 303);
  const rules = rulesFor(tools, c, look);
  return refused(tools, c, { ...flow, key }, outcome, (problems) =>
    pages.stringPage(view, rules, { login, string, fromLink }, problems),
  );
}

async function finish(
  { tools }: Counter,
  c: WebContext,
  wish: { flow: Flow; key: Key; login: string | null },
): Promise<FinishOutcome> {
  const sent = await readForm(c);
  const address = c.get("address");
  return finishRecovery(tools, {
    key: wish.key,
    login: wish.login,
    password: sent.text("password"),
    repeated: sent.text("confirmation"),
    visit: wish.flow.visit,
    source: sourceOf(address),
    address,
    device: deviceName(c.req.header("user-agent") ?? ""),
    language: c.get("view").language,
  });
}

function refused(
  tools: RecoveryTools,
  c: WebContext,
  flow: Flow,
  outcome: Exclude<FinishOutcome, { kind: "changed" }>,
  draw: (problems: FieldProblem[]) => Html,
): Answer {
  const view = c.get("view");
  const { string } = words[view.language];
  switch (outcome.kind) {
    case "differs":
    case "refused":
      return c.html(
        draw([choiceProblem(outcome, view.language, { password: "password", repeat: "confirmation" })]),
        422,
      );
    case "wrong-string":
      return c.html(draw([{ field: "control_string", text: `${string.wrong}. ${string.wrongHow}` }]), 422);
    case "throttled":
      return tooMany(c, outcome.retryAt, { field: "password" }, (problem) => draw([problem]));
    case "outdated":
      return outdated(tools, c, flow, outcome);
  }
}

/** A link has a newer letter or can be sent anew; a code from an SMS is simply asked for once more. */
function outdated(
  tools: RecoveryTools,
  c: WebContext,
  flow: Flow,
  dead: { outdated: Outdated; accountId: string | null },
): Answer {
  const cause = dead.outdated.kind;
  // A key that nobody was given counts for nothing, so that no stranger can make this figure.
  if (cause !== "unknown" && dead.accountId !== null && c.req.method !== "HEAD")
    tools.sightings.outdated(dead.accountId, cause, tools.clock.now());
  const bySms = flow.key?.form === "code" && flow.asked?.channel === "sms";
  const view = c.get("view");
  const body = bySms
    ? pages.deadCodePage(view, dead.outdated)
    : pages.outdatedPage(view, dead.outdated, dead.accountId !== null);
  return c.html(body, 410);
}
