import { judgeContact } from "../../accounts/accounts.ts";
import {
  askAgain,
  askForChange,
  cancelChange,
  confirmByLink,
  type LinkLook,
  lookAtLink,
  pendingChange,
} from "../../contacts/contacts.ts";
import type { WebContext } from "../../platform/web/context.ts";
import { deviceName } from "../../platform/web/device.ts";
import type { FieldProblem } from "../../platform/web/fields.ts";
import { readForm } from "../../platform/web/form-body.ts";
import { keepTypedIdentifier } from "../../platform/web/typed-identifier.ts";
import { currentSession } from "../../sessions/guard.ts";
import type { ProfileTools } from "../tools.ts";
import {
  type Answer,
  formAgain,
  type Here,
  here,
  proofInForm,
  proofPage,
  throttledProblem,
  wantedProof,
} from "./here.ts";
import { confirmPage, emailPage } from "./pages.ts";
import { keepTold } from "./told.ts";
import { words } from "./words.ts";

const LONGEST_ADDRESS = 320;
/** Longer than any key of ours; the rest of an endless address is not worth keeping. */
const LONGEST_KEY = 100;
/** The key of a confirmation letter, between its link and the button. */
const KEY = "contact";
const KEY_LIFETIME_MS = 60 * 60_000;

interface KeptKey {
  secret: string;
  /** Confirmed here, and the password is gone with it. */
  anew?: boolean;
}

export async function showEmail(tools: ProfileTools, c: WebContext): Promise<Response> {
  const known = await here(tools, c);
  const wanted = await wantedProof(tools, known);
  if (wanted === "code") return c.redirect(proofPage("/me/email"), 303);
  return c.html(draw(c, known, { withPassword: wanted === "password" }));
}

export async function takeEmail(tools: ProfileTools, c: WebContext): Promise<Response> {
  const known = await here(tools, c);
  const sent = await readForm(c);
  const typed = sent.text("email").slice(0, LONGEST_ADDRESS);
  const say = words[c.get("view").language].email;
  const withPassword = (await wantedProof(tools, known)) === "password";
  const again = (wrong: { problem: FieldProblem; retryAt?: number }) =>
    formAgain(c, wrong, (problem) => draw(c, known, { typed, withPassword, problems: [problem] }));
  const judged = await judgeContact("email", typed);
  if (judged.kind !== "fine") {
    const text = judged.kind === "empty" ? say.empty : say.incomplete;
    return again({ problem: { field: "email", text } });
  }
  const proof = await proofInForm(tools, c, known, sent);
  if (proof.kind === "elsewhere") return c.redirect(proof.path, 303);
  if (proof.kind === "refused") return again(proof);
  const outcome = await askForChange(tools, judged.contact, known.asking);
  switch (outcome.kind) {
    case "asked":
      return c.redirect("/me", 303);
    case "own":
      return again({ problem: { field: "email", text: say.own } });
    case "throttled":
      return again(throttledProblem(c, "email", outcome.retryAt));
  }
}

export async function sendEmailAgain(tools: ProfileTools, c: WebContext): Promise<Response> {
  const known = await here(tools, c);
  const pending = await pendingChange(tools, tools.store.read, known.asking.accountId, "email");
  if (!pending) return c.redirect("/me", 303);
  const outcome = await askAgain(tools, "email", known.asking);
  if (outcome.kind === "throttled") {
    const withPassword = (await wantedProof(tools, known)) === "password";
    return formAgain(c, throttledProblem(c, "email", outcome.retryAt), (problem) =>
      draw(c, known, { typed: pending.now.value, withPassword, problems: [problem] }),
    );
  }
  keepTold(tools.cookies, c, "email-sent-again");
  return c.redirect("/me", 303);
}

export async function cancelEmail(tools: ProfileTools, c: WebContext): Promise<Response> {
  const { asking } = await here(tools, c);
  await cancelChange(tools, "email", asking);
  keepTold(tools.cookies, c, "email-cancelled");
  return c.redirect("/me", 303);
}

/** The key leaves the address bar at once; nothing is looked up, so nothing can be learned or spent. */
export function openLink(tools: ProfileTools, c: WebContext): Answer {
  const secret = (c.req.query("key") ?? "").slice(0, LONGEST_KEY);
  tools.cookies.seal(c, KEY, { secret } satisfies KeptKey, KEY_LIFETIME_MS);
  return c.redirect("/me/email/confirm", 303);
}

export async function showConfirm(tools: ProfileTools, c: WebContext): Promise<Response> {
  const kept = tools.cookies.open(c, KEY) as KeptKey | undefined;
  const look: LinkLook = kept ? await lookAtLink(tools, kept.secret) : { kind: "over" };
  const page = confirmPage(c.get("view"), look, { anew: kept?.anew === true });
  return c.html(page, look.kind === "live" || look.kind === "confirmed" ? 200 : 410);
}

export async function takeConfirm(tools: ProfileTools, c: WebContext): Promise<Response> {
  const kept = tools.cookies.open(c, KEY) as KeptKey | undefined;
  const { language } = c.get("view");
  const outcome = await confirmByLink(tools, kept?.secret ?? "", {
    signedIn: currentSession(c)?.account_id ?? null,
    address: c.get("address"),
    device: deviceName(c.req.header("user-agent") ?? ""),
    language,
  });
  if (kept && outcome.kind === "confirmed") {
    keepTypedIdentifier(tools.cookies, c, outcome.now);
    tools.cookies.seal(c, KEY, { ...kept, anew: outcome.anew || kept.anew === true }, KEY_LIFETIME_MS);
  }
  return c.redirect("/me/email/confirm", 303);
}

function draw(
  c: WebContext,
  { person }: Here,
  shown: { withPassword: boolean; typed?: string; problems?: readonly FieldProblem[] },
) {
  const present = person.contacts.find((contact) => contact.kind === "email");
  return emailPage(c.get("view"), { login: person.login, present, problems: [], ...shown });
}
