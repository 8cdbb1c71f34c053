/** Asking before something is done with a person, and doing it. */
import type { Person } from "../../accounts/accounts.ts";
import { waitingTime } from "../../platform/language/times.ts";
import type { WebContext } from "../../platform/web/context.ts";
import { readForm } from "../../platform/web/form-body.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import type { Actor } from "../acting.ts";
import { type AdminTools, personFor, proofWanted } from "../handling.ts";
import { giveOneTimePassword, ONE_TIME_PASSWORD_MS } from "../reset.ts";
import { keepTold, UNDO_MS } from "../told.ts";
import { words } from "../words.ts";
import { type Act, type ActEnd, perform, readAct, rightFor, takesReason } from "./acts.ts";
import { askPage, oneTimePage } from "./pages.ts";

const LONGEST_REASON = 200;

/** Who is asked about; for whoever may not, there is no such page. */
async function wishOf(tools: AdminTools, c: WebContext): Promise<{ actor: Actor; act: Act; person: Person }> {
  const act = readAct(c.req.param("act"));
  if (!act) throw new Refusal(404);
  const { actor, person } = await personFor(tools, c, rightFor[act]);
  return { actor, act, person };
}

export async function showAct(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, act, person } = await wishOf(tools, c);
  const proof = act === "password" ? await proofWanted(tools, c) : undefined;
  return proof ?? c.html(askPage(c.get("view"), actor, { act, person, reason: "" }));
}

export async function takeAct(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, act, person } = await wishOf(tools, c);
  const view = c.get("view");
  const reason = takesReason(act) ? await readReason(c) : "";
  if (reason === undefined) {
    const problem = { field: "reason", text: words[view.language].ask.reasonBad };
    return c.html(askPage(view, actor, { act, person, reason: "" }, [problem]), 422);
  }
  if (act === "password") return (await proofWanted(tools, c)) ?? takeOneTime(tools, c, actor, person);
  const { id } = person.account;
  const end = await perform(tools, actor, id, { act, reason, askedFrom: askedFrom(person, view.language) });
  if (end.kind !== "done") return refused(c, { actor, act, person, reason }, end);
  const undo = act === "block" || act === "unblock" ? { ids: [id], until: view.now + UNDO_MS } : undefined;
  keepTold(tools, c, actor, { act, done: 1, passed: 0, ...(undo && { undo }) });
  const isFromMessage = (await readForm(c)).text("to") === "deliveries";
  return c.redirect(`/admin/users/${id}${isFromMessage ? "/deliveries" : ""}`, 303);
}

/** As the letter names the place where it was asked for, in the person's language. */
export function askedFrom({ account }: Person, fallback: "ru" | "en"): string {
  return words[account.language ?? fallback].askedFrom;
}

/** The typed reason; undefined when it is none for the record. */
export async function readReason(c: WebContext): Promise<string | undefined> {
  const reason = (await readForm(c)).text("reason").normalize("NFC").trim();
  const plain = reason.length <= LONGEST_REASON && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(reason);
  return plain ? reason : undefined;
}

/** Shown in this answer and nowhere else; asking again makes another. */
async function takeOneTime(
  tools: AdminTools,
  c: WebContext,
  actor: Actor,
  person: Person,
): Promise<Response> {
  const view = c.get("view");
  const made = await giveOneTimePassword(tools, actor, person.account.id);
  if (made.kind !== "made") return refused(c, { actor, act: "password", person, reason: "" }, made);
  return c.html(oneTimePage(view, actor, person, made.password, view.now + ONE_TIME_PASSWORD_MS));
}

function refused(
  c: WebContext,
  asked: { actor: Actor; act: Act; person: Person; reason: string },
  end: Exclude<ActEnd, { kind: "done" }>,
): Response | Promise<Response> {
  const view = c.get("view");
  const { problems } = words[view.language];
  switch (end.kind) {
    case "absent":
      throw new Refusal(404);
    case "closed":
    case "no-mailbox":
    case "no-phone":
    case "sms-held":
    case "returned":
    case "unchanged":
      return c.html(askPage(view, asked.actor, asked, [{ field: "", text: problems[end.kind] }]), 422);
    case "throttled": {
      const waitMs = Math.max(1_000, end.retryAt - view.now);
      c.header("Retry-After", String(Math.ceil(waitMs / 1_000)));
      const text = problems.throttled(waitingTime(waitMs, view.language));
      return c.html(askPage(view, asked.actor, asked, [{ field: "", text }]), 429);
    }
  }
}
