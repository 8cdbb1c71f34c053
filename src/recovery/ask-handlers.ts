/**
 * The pages before the letter is opened: the question, the waiting page, the repeat, the reminder of the
 * login.
 */
import { type Identifier, readIdentifier } from "../accounts/accounts.ts";
import { reachesBySms } from "../delivery/delivery.ts";
import { sourceOf } from "../platform/web/client-address.ts";
import type { WebContext } from "../platform/web/context.ts";
import { deviceName } from "../platform/web/device.ts";
import { readForm } from "../platform/web/form-body.ts";
import { keepTypedIdentifier, typedIdentifier } from "../platform/web/typed-identifier.ts";
import { knownAccounts } from "../sign-in/guard.ts";
import { waitingPaths } from "./code-handlers.ts";
import { type Flow, keepFlow, readFlow } from "./flow.ts";
import { type Counter, tooMany } from "./handling.ts";
import * as pages from "./pages.ts";
import {
  type Asking,
  type AskOutcome,
  askForAccount,
  askForRecovery,
  type Channel,
  lookAtKey,
  remindLogin,
} from "./recovery.ts";
import { waitingPage } from "./waiting/pages.ts";
import { words } from "./words.ts";

type Answer = Response | Promise<Response>;

const LONGEST_IDENTIFIER = 320;
const byLetter = { channel: "email", earlier: null } as const;

export function showStart({ tools, facts }: Counter, c: WebContext): Answer {
  const carried = c.req.query("identifier");
  if (carried === undefined)
    return c.html(pages.startPage(c.get("view"), facts, typedIdentifier(tools.cookies, c)));
  // What was typed on the sign-in page belongs into the field, not into the address bar and the history.
  keepTypedIdentifier(tools.cookies, c, carried);
  return c.redirect("/recovery", 303);
}

export async function ask({ tools, facts }: Counter, c: WebContext): Promise<Response> {
  const view = c.get("view");
  const typed = (await readForm(c)).text("identifier");
  const understood = await readIdentifier(typed);
  if (understood.kind !== "understood") {
    const problem = { field: "identifier", text: words[view.language].problems[understood.kind] };
    return c.html(pages.startPage(view, facts, typed.slice(0, LONGEST_IDENTIFIER), [problem]), 422);
  }
  const { identifier } = understood;
  const channel = channelFor(tools, facts, identifier);
  const outcome = await askForRecovery(tools, identifier, await asking(tools, c, { channel, earlier: null }));
  if (outcome.kind === "throttled") {
    return tooMany(c, outcome.retryAt, { field: "identifier", sent: channel }, (problem) =>
      pages.startPage(view, facts, typed, [problem]),
    );
  }
  const { visit } = readFlow(tools.cookies, c);
  const asked = askedOf({ tools }, outcome);
  keepTypedIdentifier(tools.cookies, c, typed);
  keepFlow(tools.cookies, c, {
    visit,
    identifier: typed,
    shown: identifier.shown,
    by: identifier.kind,
    asked,
  });
  return c.redirect(waitingPaths[channel], 303);
}

/**
 * A phone gets the code, where an SMS can go to it; whatever else was typed gets the letter. Where the portal
 * offers one of the two, it is that one for everybody.
 */
function channelFor(
  { settings }: Counter["tools"],
  { channels }: pages.PageFacts,
  { kind, key }: Identifier,
): Channel {
  const [first = "email", second] = channels;
  if (second === undefined) return first;
  return kind === "phone" && reachesBySms(settings, key) ? "sms" : "email";
}

/**
 * The same request once more, by the same way or by the other: from a waiting page, for what was typed or for
 * the account of an outdated link.
 */
export async function askAgain({ tools, facts }: Counter, c: WebContext): Promise<Response> {
  const view = c.get("view");
  const flow = readFlow(tools.cookies, c);
  if (!flow.asked) return c.redirect("/recovery", 303);
  const wished = (await readForm(c)).text("channel");
  const channel = facts.channels.find((way) => way === wished) ?? flow.asked.channel;
  const wish = await asking(tools, c, { channel, earlier: flow.asked.latest[channel] ?? null });
  const understood = await readIdentifier(flow.identifier);
  let outcome: AskOutcome;
  if (flow.renewing) outcome = await askForAccount(tools, flow.renewing, wish);
  else if (understood.kind === "understood")
    outcome = await askForRecovery(tools, understood.identifier, wish);
  else return c.redirect("/recovery", 303);
  if (outcome.kind === "throttled") {
    return tooMany(c, outcome.retryAt, { field: "", sent: channel }, (problem) =>
      waitingPage(view, facts, flow, [problem]),
    );
  }
  const asked = askedOf({ tools }, outcome, flow.asked);
  keepFlow(tools.cookies, c, { ...flow, asked, repeated: channel === flow.asked.channel });
  return c.redirect(waitingPaths[channel], 303);
}

/**
 * One press on the page of an outdated link: whoever holds it had the letter, so its account is asked for.
 */
export async function renew({ tools }: Counter, c: WebContext): Promise<Response> {
  const flow = readFlow(tools.cookies, c);
  const look = flow.key && (await lookAtKey(tools, flow.key));
  if (look?.kind !== "outdated" || look.accountId === null) return c.redirect("/recovery", 303);
  const outcome = await askForAccount(tools, look.accountId, await asking(tools, c, byLetter));
  if (outcome.kind === "throttled") {
    const { outdated } = look;
    return tooMany(c, outcome.retryAt, { field: "", sent: "email" }, (problem) =>
      pages.outdatedPage(c.get("view"), outdated, true, [problem]),
    );
  }
  const { visit, identifier } = flow;
  const renewed: Flow = {
    visit,
    identifier,
    by: "link",
    asked: askedOf({ tools }, outcome),
    renewing: look.accountId,
  };
  keepFlow(tools.cookies, c, { ...renewed, shown: look.mailbox });
  return c.redirect("/recovery/sent", 303);
}

export function showLogin({ facts }: Counter, c: WebContext): Answer {
  return c.html(pages.loginPage(c.get("view"), facts, ""));
}

export async function remind({ tools, facts }: Counter, c: WebContext): Promise<Response> {
  const view = c.get("view");
  if (!view.portal.remindsLogin) return c.redirect("/recovery/login", 303);
  const typed = (await readForm(c)).text("email").slice(0, LONGEST_IDENTIFIER);
  const understood = await readIdentifier(typed);
  if (understood.kind !== "understood" || understood.identifier.kind !== "email") {
    const problem = { field: "email", text: words[view.language].problems.emailOnly };
    return c.html(pages.loginPage(view, facts, typed, [problem]), 422);
  }
  const outcome = await remindLogin(tools, understood.identifier, await asking(tools, c, byLetter));
  if (outcome.kind === "throttled") {
    return tooMany(c, outcome.retryAt, { field: "email", sent: "email" }, (problem) =>
      pages.loginPage(view, facts, typed, [problem]),
    );
  }
  const flow = readFlow(tools.cookies, c);
  keepFlow(tools.cookies, c, { ...flow, shown: understood.identifier.shown });
  return c.redirect("/recovery/login/sent", 303);
}

export function showLoginSent({ tools, facts }: Counter, c: WebContext): Answer {
  const flow = readFlow(tools.cookies, c);
  return c.html(pages.loginSentPage(c.get("view"), facts, flow.shown ?? ""));
}

async function asking(
  tools: Counter["tools"],
  c: WebContext,
  wish: Pick<Asking, "channel" | "earlier">,
): Promise<Asking> {
  const address = c.get("address");
  return {
    ...wish,
    source: sourceOf(address),
    address,
    device: deviceName(c.req.header("user-agent") ?? ""),
    language: c.get("view").language,
    knownAccounts: await knownAccounts(tools, c),
    portal: c.get("view").portal,
  };
}

function askedOf(
  { tools }: Pick<Counter, "tools">,
  outcome: Extract<AskOutcome, { kind: "asked" }>,
  earlier?: Flow["asked"],
): NonNullable<Flow["asked"]> {
  const { channel, recoveryId, number, at, readyAt } = outcome;
  const before = earlier?.linkFrom;
  const young = before !== undefined && at - before < tools.settings.recoveryReissueAfterMs;
  const linkFrom = channel === "sms" || young ? before : at;
  const latest = { ...earlier?.latest, [channel]: recoveryId };
  return { channel, recoveryId, latest, number, at, readyAt, linkFrom };
}
