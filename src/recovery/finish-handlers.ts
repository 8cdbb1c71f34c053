/** The pages from the opened letter on: code, link, control string, new password. */
import { choiceProblem } from "../passwords/passwords.ts";
import { sourceOf } from "../platform/web/client-address.ts";
import type { WebContext } from "../platform/web/context.ts";
import { deviceName } from "../platform/web/device.ts";
import type { FieldProblem } from "../platform/web/fields.ts";
import { readForm } from "../platform/web/form-body.ts";
import { keepTypedIdentifier, typedIdentifier } from "../platform/web/typed-identifier.ts";
import type { Html } from "../platform/web/view.ts";
import { readCode } from "../proofs/proofs.ts";
import { type Flow, keepFlow, readFlow } from "./flow.ts";
import { type Counter, tooMany } from "./handling.ts";
import * as pages from "./pages.ts";
import { enterCode, type FinishOutcome, finishRecovery, type Key, lookAtKey } from "./recovery.ts";
import { words } from "./words.ts";

type Answer = Response | Promise<Response>;

/** Longer than any key of ours; the rest of an endless address is not worth keeping. */
const LONGEST_KEY = 100;

export async function takeCode({ tools, facts }: Counter, c: WebContext): Promise<Response> {
  const view = c.get("view");
  const flow = readFlow(tools.cookies, c);
  if (!flow.asked) return c.redirect("/recovery", 303);
  const say = words[view.language].code;
  const refuse = (text: string) => c.html(pages.sentPage(view, facts, flow, [{ field: "code", text }]), 422);
  const typed = readCode((await readForm(c)).text("code"));
  if (!typed) return refuse(say.format);
  const entry = await enterCode(tools, {
    recoveryId: flow.asked.recoveryId,
    typed,
    source: sourceOf(c.get("address")),
    identifier: flow.identifier,
  });
  switch (entry.kind) {
    case "right":
      keepFlow(tools.cookies, c, { ...flow, key: entry.key });
      return c.redirect("/recovery/password", 303);
    case "wrong":
      return refuse(say.wrong(entry.triesLeft));
    case "dead":
      return refuse(say[entry.because]);
    case "throttled":
      return tooMany(c, entry.retryAt, "code", (problem) => pages.sentPage(view, facts, flow, [problem]));
  }
}

/** The key leaves the address bar at once; nothing is looked up, so nothing can be learned or spent. */
export function openLink({ tools }: Counter, c: WebContext): Answer {
  const secret = (c.req.query("key") ?? "").slice(0, LONGEST_KEY);
  keepFlow(tools.cookies, c, { ...readFlow(tools.cookies, c), key: { form: "link", secret } });
  return c.redirect("/recovery/password", 303);
}

export async function showPassword({ tools, facts }: Counter, c: WebContext): Promise<Response> {
  const { key } = readFlow(tools.cookies, c);
  if (!key) return c.html(pages.outdatedPage(c.get("view"), { kind: "unknown" }, false), 410);
  const look = await lookAtKey(tools, key);
  return look.kind === "live"
    ? c.html(pages.passwordPage(c.get("view"), facts, look))
    : c.html(pages.outdatedPage(c.get("view"), look.outdated, look.accountId !== null), 410);
}

export async function takePassword(counter: Counter, c: WebContext): Promise<Response> {
  const { tools, facts } = counter;
  const view = c.get("view");
  const flow = readFlow(tools.cookies, c);
  const { key } = flow;
  if (!key) return c.html(pages.outdatedPage(view, { kind: "unknown" }, false), 410);
  const look = await lookAtKey(tools, key);
  const outcome = await finish(counter, c, { flow, key, login: null });
  const mailbox = look.kind === "live" ? look.mailbox : flow.identifier;
  if (outcome.kind === "changed") {
    keepTypedIdentifier(tools.cookies, c, flow.identifier || mailbox);
    return c.redirect("/recovery/done", 303);
  }
  return refused(c, outcome, (problems) => pages.passwordPage(view, facts, { mailbox }, problems));
}

export function showString({ tools, facts }: Counter, c: WebContext): Answer {
  const flow = readFlow(tools.cookies, c);
  const { login, string } = c.req.query();
  if (login !== undefined && string !== undefined) {
    const key: Key = { form: "control-string", secret: string.slice(0, LONGEST_KEY) };
    keepFlow(tools.cookies, c, { ...flow, login: login.slice(0, 320), key });
    return c.redirect("/recovery/string", 303);
  }
  const secret = flow.key?.form === "control-string" ? flow.key.secret : "";
  const typed = {
    login: flow.login ?? typedIdentifier(tools.cookies, c),
    string: secret,
    fromLink: secret !== "",
  };
  return c.html(pages.stringPage(c.get("view"), facts, typed));
}

export async function takeString(counter: Counter, c: WebContext): Promise<Response> {
  const { tools, facts } = counter;
  const view = c.get("view");
  const flow = readFlow(tools.cookies, c);
  const sent = await readForm(c);
  const login = sent.text("login").slice(0, 320);
  const string = sent.text("control_string").slice(0, LONGEST_KEY);
  const key: Key = { form: "control-string", secret: string };
  const fromLink = flow.key?.form === "control-string" && flow.key.secret === string && flow.login === login;
  const outcome = await finish(counter, c, { flow, key, login });
  if (outcome.kind === "changed" || outcome.kind === "outdated") {
    keepTypedIdentifier(tools.cookies, c, login);
    keepFlow(tools.cookies, c, { ...flow, login, key });
  }
  if (outcome.kind === "changed") return c.redirect("/recovery/done", 303);
  return refused(c, outcome, (problems) =>
    pages.stringPage(view, facts, { login, string, fromLink }, problems),
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
  c: WebContext,
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
      return tooMany(c, outcome.retryAt, "password", (problem) => draw([problem]));
    case "outdated":
      return c.html(pages.outdatedPage(view, outcome.outdated, outcome.accountId !== null), 410);
  }
}
