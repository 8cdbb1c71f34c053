import { judgeContact } from "../../accounts/accounts.ts";
import {
  askAgain,
  askForChange,
  cancelChange,
  confirmByCode,
  type PhoneOutcome,
  pendingChange,
  removePhone,
} from "../../contacts/contacts.ts";
import type { WebContext } from "../../platform/web/context.ts";
import type { FieldProblem } from "../../platform/web/fields.ts";
import { readForm } from "../../platform/web/form-body.ts";
import { readCode } from "../../proofs/proofs.ts";
import type { ProfileTools } from "../tools.ts";
import { formAgain, type Here, here, proofInForm, proofPage, throttledProblem, wantedProof } from "./here.ts";
import { phoneCodePage, phonePage, removePhonePage } from "./pages.ts";
import { keepTold } from "./told.ts";
import { words } from "./words.ts";

const LONGEST_NUMBER = 60;
/** When the next SMS may be asked for. */
const AGAIN_AFTER_MS = 60_000;

export async function showPhone(tools: ProfileTools, c: WebContext): Promise<Response> {
  const known = await here(tools, c);
  const wanted = await wantedProof(tools, known);
  if (wanted === "code") return c.redirect(proofPage("/me/phone"), 303);
  return c.html(draw(tools, c, known, { withPassword: wanted === "password" }));
}

export async function takePhone(tools: ProfileTools, c: WebContext): Promise<Response> {
  const known = await here(tools, c);
  if (!tools.settings.smsReady) return c.redirect("/me/phone", 303);
  const sent = await readForm(c);
  const typed = sent.text("phone").slice(0, LONGEST_NUMBER);
  const say = words[c.get("view").language].phone;
  const withPassword = (await wantedProof(tools, known)) === "password";
  const again = (wrong: { problem: FieldProblem; retryAt?: number }) =>
    formAgain(c, wrong, (problem) => draw(tools, c, known, { typed, withPassword, problems: [problem] }));
  const judged = await judgeContact("phone", typed);
  if (judged.kind !== "fine") {
    if (judged.kind === "empty" || judged.kind === "email-incomplete")
      return again({ problem: { field: "phone", text: say.empty } });
    return again({ problem: { field: "phone", text: say.problems[judged.kind] } });
  }
  const proof = await proofInForm(tools, c, known, sent);
  if (proof.kind === "elsewhere") return c.redirect(proof.path, 303);
  if (proof.kind === "refused") return again(proof);
  const outcome = await askForChange(tools, judged.contact, known.asking);
  switch (outcome.kind) {
    case "asked":
      return c.redirect("/me/phone/code", 303);
    case "own":
      return again({ problem: { field: "phone", text: say.own } });
    case "throttled": {
      // Pressed twice, or once more after a lost answer: the SMS with its code is on the way already.
      const pending = await pendingChange(tools, tools.store.read, known.asking.accountId, "phone");
      if (pending?.now.key === judged.contact.key) return c.redirect("/me/phone/code", 303);
      return again(throttledProblem(c, "phone", outcome.retryAt));
    }
  }
}

export async function showCode(tools: ProfileTools, c: WebContext): Promise<Response> {
  const page = await drawCode(tools, c, await here(tools, c));
  return page ? c.html(page) : c.redirect("/me/phone", 303);
}

export async function takeCode(tools: ProfileTools, c: WebContext): Promise<Response> {
  const known = await here(tools, c);
  const say = words[c.get("view").language].code;
  const again = async (wrong: { problem: FieldProblem; retryAt?: number }) => {
    const page = await drawCode(tools, c, known, [wrong.problem]);
    return page ? formAgain(c, wrong, () => page) : c.redirect("/me/phone", 303);
  };
  const typed = readCode((await readForm(c)).text("code"));
  if (!typed) return again({ problem: { field: "code", text: say.format } });
  const outcome = await confirmByCode(tools, typed, known.asking);
  switch (outcome.kind) {
    case "confirmed":
      keepTold(tools.cookies, c, "phone-changed");
      return c.redirect("/me", 303);
    case "throttled":
      return again(throttledProblem(c, "code", outcome.retryAt));
    case "wrong":
    case "dead":
    case "refused":
      return again({ problem: { field: "code", text: codeText(c, outcome) } });
  }
}

function codeText(
  c: WebContext,
  outcome: Extract<PhoneOutcome, { kind: "wrong" | "dead" | "refused" }>,
): string {
  const say = words[c.get("view").language].code;
  switch (outcome.kind) {
    case "wrong":
      return say.wrong(outcome.triesLeft);
    case "dead":
      return say.dead[outcome.because];
    case "refused":
      return say.refused;
  }
}

export async function sendCodeAgain(tools: ProfileTools, c: WebContext): Promise<Response> {
  const known = await here(tools, c);
  const outcome = await askAgain(tools, "phone", known.asking);
  if (outcome.kind === "throttled") {
    const wrong = throttledProblem(c, "", outcome.retryAt);
    const page = await drawCode(tools, c, known, [wrong.problem]);
    if (page) return formAgain(c, wrong, () => page);
  }
  return c.redirect("/me/phone/code", 303);
}

export async function cancelPhone(tools: ProfileTools, c: WebContext): Promise<Response> {
  const { asking } = await here(tools, c);
  await cancelChange(tools, "phone", asking);
  keepTold(tools.cookies, c, "phone-cancelled");
  return c.redirect("/me", 303);
}

export async function showRemoval(tools: ProfileTools, c: WebContext): Promise<Response> {
  const known = await here(tools, c);
  const wanted = await wantedProof(tools, known);
  if (wanted === "code") return c.redirect(proofPage("/me/phone/remove"), 303);
  const page = drawRemoval(c, known, { withPassword: wanted === "password" });
  return page ? c.html(page) : c.redirect("/me", 303);
}

export async function takeRemoval(tools: ProfileTools, c: WebContext): Promise<Response> {
  const known = await here(tools, c);
  const proof = await proofInForm(tools, c, known, await readForm(c));
  if (proof.kind === "elsewhere") return c.redirect(proof.path, 303);
  if (proof.kind === "refused") {
    const page = drawRemoval(c, known, { withPassword: true, problems: [proof.problem] });
    return page ? formAgain(c, proof, () => page) : c.redirect("/me", 303);
  }
  await removePhone(tools, known.asking);
  keepTold(tools.cookies, c, "phone-removed");
  return c.redirect("/me", 303);
}

interface Shown {
  withPassword: boolean;
  typed?: string;
  problems?: readonly FieldProblem[];
}

function draw(tools: ProfileTools, c: WebContext, { person }: Here, shown: Shown) {
  const present = person.contacts.find((contact) => contact.kind === "phone");
  const { smsReady } = tools.settings;
  return phonePage(c.get("view"), { login: person.login, present, smsReady, problems: [], ...shown });
}

function drawRemoval(c: WebContext, { person }: Here, shown: Shown) {
  const present = person.contacts.find((contact) => contact.kind === "phone");
  return present && removePhonePage(c.get("view"), { login: person.login, present, problems: [], ...shown });
}

/** Nothing when no number waits for its code. */
async function drawCode(
  tools: ProfileTools,
  c: WebContext,
  { asking }: Here,
  problems: readonly FieldProblem[] = [],
) {
  const pending = await pendingChange(tools, tools.store.read, asking.accountId, "phone");
  if (!pending) return undefined;
  return phoneCodePage(c.get("view"), {
    phone: pending.now.value,
    lifetimeMs: tools.settings.recoveryCodeLifetimeMs,
    readyAt: pending.askedAt + AGAIN_AFTER_MS,
    problems,
  });
}
