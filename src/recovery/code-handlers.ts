/** The six digits: of an SMS on a page of their own, of a letter on the waiting page. */
import { sourceOf } from "../platform/web/client-address.ts";
import type { WebContext } from "../platform/web/context.ts";
import { readForm } from "../platform/web/form-body.ts";
import { readCode } from "../proofs/proofs.ts";
import { keepFlow, readFlow } from "./flow.ts";
import { type Counter, tooMany } from "./handling.ts";
import { type Channel, enterRecoveryCode } from "./recovery.ts";
import { waitingPage } from "./waiting/pages.ts";
import { words } from "./words.ts";

/** Where one waits for what comes this way. */
export const waitingPaths = { email: "/recovery/sent", sms: "/recovery/code" } as const satisfies Record<
  Channel,
  string
>;

export function showSent(counter: Counter, c: WebContext): Response | Promise<Response> {
  return show(counter, c, "email");
}

export function showCode(counter: Counter, c: WebContext): Response | Promise<Response> {
  return show(counter, c, "sms");
}

function show({ tools, facts }: Counter, c: WebContext, page: Channel): Response | Promise<Response> {
  const flow = readFlow(tools.cookies, c);
  if (flow.asked && flow.asked.channel !== page) return c.redirect(waitingPaths[flow.asked.channel], 303);
  return c.html(waitingPage(c.get("view"), facts, flow));
}

export async function takeCode({ tools, facts }: Counter, c: WebContext): Promise<Response> {
  const view = c.get("view");
  const flow = readFlow(tools.cookies, c);
  if (!flow.asked) return c.redirect("/recovery", 303);
  const say = words[view.language][flow.asked.channel === "sms" ? "smsCode" : "code"];
  const refuse = (text: string) => c.html(waitingPage(view, facts, flow, [{ field: "code", text }]), 422);
  const typed = readCode((await readForm(c)).text("code"));
  if (!typed) return refuse(say.format);
  const entry = await enterRecoveryCode(tools, {
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
      return refuse(entry.because === "tries" ? say.tries : say.time(facts.codeLifetimeMs));
    case "throttled":
      return tooMany(c, entry.retryAt, { field: "code", ...linkWorks(flow.asked.channel) }, (problem) =>
        waitingPage(view, facts, flow, [problem]),
      );
  }
}

/** Codes may rest; the link of a letter does not. */
function linkWorks(channel: Channel): { sent?: Channel } {
  return channel === "email" ? { sent: channel } : {};
}
