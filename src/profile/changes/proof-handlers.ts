/** «Подтвердите, что это вы»: the page that asks for a proof, renews the session and leads back. */
import { waitingTime } from "../../platform/language/times.ts";
import type { WebContext } from "../../platform/web/context.ts";
import type { FieldProblem } from "../../platform/web/fields.ts";
import { readForm } from "../../platform/web/form-body.ts";
import { ownPath } from "../../platform/web/redirects.ts";
import { readCode } from "../../proofs/proofs.ts";
import { carrySession } from "../../sessions/guard.ts";
import { askForProofCode, contactForCode, proveByCode } from "../../sign-in/sign-in.ts";
import type { ProfileTools } from "../tools.ts";
import { formAgain, type Here, here, proofInForm, throttledProblem, wantedProof } from "./here.ts";
import { proofFormPage } from "./pages.ts";
import { words } from "./words.ts";

export async function showProof(tools: ProfileTools, c: WebContext): Promise<Response> {
  const known = await here(tools, c);
  const returnTo = ownPath(c.req.query("return_to"));
  const since = momentIn(c.req.query("since"));
  const wanted = await wantedProof(tools, known, since);
  if (wanted === "nothing") return c.redirect(returnTo, 303);
  return c.html(draw(tools, c, known, { wanted, returnTo, since, sent: c.req.query("sent") !== undefined }));
}

export async function sendProofCode(tools: ProfileTools, c: WebContext): Promise<Response> {
  const known = await here(tools, c);
  const form = await readForm(c);
  const returnTo = ownPath(form.text("return_to"));
  const since = momentIn(form.text("since"));
  const sent = form.text("sent") !== "";
  const outcome = await askForProofCode(tools, { ...known.attempt, language: c.get("view").language });
  if (outcome.kind === "throttled") {
    return formAgain(c, throttledProblem(c, "", outcome.retryAt), (problem) =>
      draw(tools, c, known, { wanted: "code", returnTo, since, sent, problems: [problem] }),
    );
  }
  const query = new URLSearchParams({ return_to: returnTo, ...(since > 0 && { since: String(since) }) });
  return c.redirect(`/me/confirm?sent&${query}`, 303);
}

export async function takeProof(tools: ProfileTools, c: WebContext): Promise<Response> {
  const known = await here(tools, c);
  const sent = await readForm(c);
  const returnTo = ownPath(sent.text("return_to"));
  const since = momentIn(sent.text("since"));
  const wanted = await wantedProof(tools, known, since);
  if (wanted === "nothing") return c.redirect(returnTo, 303);
  const again = (wrong: { problem: FieldProblem; retryAt?: number }) =>
    formAgain(c, wrong, (problem) =>
      draw(tools, c, known, { wanted, returnTo, since, sent: true, problems: [problem] }),
    );
  if (wanted === "password") {
    const proof = await proofInForm(tools, c, known, sent, since);
    return proof.kind === "refused" ? again(proof) : c.redirect(returnTo, 303);
  }
  const say = words[c.get("view").language].code;
  const typed = readCode(sent.text("code"));
  if (!typed) return again({ problem: { field: "code", text: say.format } });
  const outcome = await proveByCode(tools, known.attempt, typed);
  switch (outcome.kind) {
    case "proven":
      carrySession(tools, c, { token: outcome.token, rememberToken: null });
      return c.redirect(returnTo, 303);
    case "wrong":
      return again({ problem: { field: "code", text: say.wrong(outcome.triesLeft) } });
    case "dead":
      return again({ problem: { field: "code", text: say.dead[outcome.because] } });
    case "throttled":
      return again(throttledProblem(c, "code", outcome.retryAt));
  }
}

/** It can only ask for more than five minutes do, so it may come from an address. */
function momentIn(text: string | undefined): number {
  return /^\d{1,15}$/.test(text ?? "") ? Number(text) : 0;
}

function draw(
  tools: ProfileTools,
  c: WebContext,
  { person }: Here,
  shown: {
    wanted: "password" | "code";
    returnTo: string;
    /** A proof from before does not do. */
    since: number;
    sent: boolean;
    problems?: readonly FieldProblem[];
  },
) {
  const view = c.get("view");
  const contact = contactForCode(tools.settings, person.contacts);
  const lifetime = waitingTime(tools.settings.recoveryCodeLifetimeMs, view.language);
  return proofFormPage(view, { login: person.login, contact, lifetime, problems: [], ...shown });
}
