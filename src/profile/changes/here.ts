/** What the handlers of the changes know about a request, and how they answer alike. */
import { type Person, personById } from "../../accounts/accounts.ts";
import type { Asking } from "../../contacts/contacts.ts";
import { passwordChangedAt } from "../../passwords/passwords.ts";
import { waitingTime } from "../../platform/language/times.ts";
import { sourceOf } from "../../platform/web/client-address.ts";
import type { WebContext } from "../../platform/web/context.ts";
import { deviceName } from "../../platform/web/device.ts";
import type { FieldProblem } from "../../platform/web/fields.ts";
import type { Form } from "../../platform/web/form-body.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import type { Html } from "../../platform/web/view.ts";
import { carrySession, currentSession } from "../../sessions/guard.ts";
import { type Method, recentlyProven, type Session } from "../../sessions/sessions.ts";
import { knownBrowsers } from "../../sign-in/guard.ts";
import { type ProvingAgain, provePassword, renewByPassword } from "../../sign-in/sign-in.ts";
import type { ProfileTools } from "../tools.ts";
import { words } from "./words.ts";

export type Answer = Response | Promise<Response>;

/** Who is signed in, with what their page needs of them. */
export interface Here {
  session: Session;
  person: Person;
  attempt: ProvingAgain;
  asking: Asking;
}

export async function here(tools: ProfileTools, c: WebContext): Promise<Here> {
  const session = currentSession(c);
  const person = session && (await personById(tools.store.read, session.account_id));
  if (!session || !person) throw new Refusal(404);
  const accountId = session.account_id;
  const address = c.get("address");
  const from = { source: sourceOf(address), address, device: deviceName(c.req.header("user-agent") ?? "") };
  return {
    session,
    person,
    attempt: { ...from, accountId, sessionId: session.id, knownBrowsers: await knownBrowsers(tools, c) },
    asking: { ...from, accountId, language: c.get("view").language },
  };
}

/** The strongest way that this account has to prove who one is. */
export async function strongestWay(tools: ProfileTools, accountId: string): Promise<Method> {
  const changedAt = await passwordChangedAt(tools.store.read, accountId);
  return changedAt === undefined ? "mailbox" : "password";
}

/**
 * What is still to be proved before a sensitive change: nothing for five minutes after a proof. `since`: an
 * older proof does not do, as when a portal wants to see its person anew.
 */
export async function wantedProof(
  tools: ProfileTools,
  { session }: Pick<Here, "session">,
  since = 0,
): Promise<"nothing" | "password" | "code"> {
  const strongest = await strongestWay(tools, session.account_id);
  const isNew = session.authenticated_at >= since;
  if (isNew && recentlyProven(session, strongest, tools.clock.now())) return "nothing";
  return strongest === "password" ? "password" : "code";
}

export type FormProof =
  | { kind: "proven" }
  | { kind: "refused"; problem: FieldProblem; retryAt?: number }
  /** By a code, on a page of its own, which then leads back here. */
  | { kind: "elsewhere"; path: string };

/** The proof that the form brings along, if one is wanted; a right password renews the session. */
export async function proofInForm(
  tools: ProfileTools,
  c: WebContext,
  known: Here,
  sent: Form,
  since = 0,
): Promise<FormProof> {
  const wanted = await wantedProof(tools, known, since);
  if (wanted === "nothing") return { kind: "proven" };
  if (wanted === "code") return { kind: "elsewhere", path: proofPage(c.req.path) };
  const { language } = c.get("view");
  const typed = sent.text("current_password");
  const refused = (text: string): FormProof => ({
    kind: "refused",
    problem: { field: "current_password", text },
  });
  if (typed === "") return refused(words[language].currentEmpty);
  tools.hashing.assertRoom();
  const proof = await provePassword(tools, known.attempt, typed);
  switch (proof.kind) {
    case "wrong":
      return refused(words[language].currentWrong);
    case "throttled":
      return { ...throttledProblem(c, "current_password", proof.retryAt), kind: "refused" };
    case "right": {
      const token = await renewByPassword(tools, known.attempt, proof);
      if (token === undefined) return { kind: "elsewhere", path: "/sign-in" };
      carrySession(tools, c, { token, rememberToken: null });
      return { kind: "proven" };
    }
  }
}

/** The page that asks for a proof and leads back to this path. */
export function proofPage(path: string): string {
  return `/me/confirm?return_to=${encodeURIComponent(path)}`;
}

export function throttledProblem(c: WebContext, field: string, retryAt: number) {
  const { language, now } = c.get("view");
  const text = words[language].throttled(waitingTime(Math.max(1_000, retryAt - now), language));
  return { problem: { field, text }, retryAt };
}

/** The form again with what is wrong: 422, or 429 with the time to wait in `Retry-After`. */
export function formAgain(
  c: WebContext,
  wrong: { problem: FieldProblem; retryAt?: number },
  draw: (problem: FieldProblem) => Html,
): Answer {
  if (wrong.retryAt === undefined) return c.html(draw(wrong.problem), 422);
  const waitMs = Math.max(1_000, wrong.retryAt - c.get("view").now);
  c.header("Retry-After", String(Math.ceil(waitMs / 1_000)));
  return c.html(draw(wrong.problem), 429);
}
