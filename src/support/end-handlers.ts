/** The colleague's word, the owner's veto, and the new password at the end. */
import { personById } from "../accounts/accounts.ts";
import { choiceProblem, passwordChangedAt, shownRules } from "../passwords/passwords.ts";
import { randomSecret } from "../platform/secrets/secrets.ts";
import type { WebContext } from "../platform/web/context.ts";
import { readForm } from "../platform/web/form-body.ts";
import { Refusal } from "../platform/web/refusals.ts";
import { keepTypedIdentifier } from "../platform/web/typed-identifier.ts";
import { policyOf } from "../policies/policies.ts";
import { currentSession } from "../sessions/guard.ts";
import { recentlyProven } from "../sessions/sessions.ts";
import { type Answer, type DeskTools, tooMany, visitorOf } from "./handling.ts";
import * as pages from "./pages.ts";
import {
  answerVouch,
  caseById,
  evidenceById,
  finishCase,
  isAsked,
  lookAtCaseLink,
  lookAtCaseVeto,
  pressCaseVeto,
} from "./support.ts";
import { words } from "./words.ts";

const VETO = "case-veto";
const PASSWORD = "case-password";
const KEY_MS = 60 * 60_000;
const LONGEST_KEY = 100;

/** The question of this address, if it is put to who is signed in; everybody else finds no page. */
async function asked(tools: DeskTools, c: WebContext) {
  const session = currentSession(c);
  const id = c.req.param("id") ?? "";
  const { read } = tools.store;
  const evidence = /^[0-9a-f-]{36}$/.test(id) ? await evidenceById(read, id) : undefined;
  if (!session || evidence?.account_id !== session.account_id) throw new Refusal(404);
  const found = await caseById(read, evidence.case_id);
  const person = await personById(read, found?.account_id ?? "");
  if (!found || !person) throw new Refusal(404);
  return { session, evidence, found, person };
}

/** Whose word counts has to prove first that it is them at the keyboard. */
async function proofWanted(tools: DeskTools, c: WebContext): Promise<Response | undefined> {
  const session = currentSession(c);
  if (!session) throw new Refusal(404);
  const hasPassword = (await passwordChangedAt(tools.store.read, session.account_id)) !== undefined;
  if (recentlyProven(session, hasPassword ? "password" : "mailbox", tools.clock.now())) return undefined;
  return c.redirect(`/me/confirm?return_to=${encodeURIComponent(c.req.path)}`, 303);
}

export async function showVouch(tools: DeskTools, c: WebContext): Promise<Response> {
  const { evidence, found, person } = await asked(tools, c);
  const proof = await proofWanted(tools, c);
  if (proof) return proof;
  const view = c.get("view");
  if (!isAsked(evidence, found, view.now)) return c.html(pages.vouchEndPage(view, "over"), 410);
  return c.html(pages.vouchPage(view, { id: evidence.id, name: person.account.name, number: found.number }));
}

export async function takeVouch(tools: DeskTools, c: WebContext): Promise<Response> {
  const { session, evidence } = await asked(tools, c);
  const proof = await proofWanted(tools, c);
  if (proof) return proof;
  const known = (await readForm(c)).text("known");
  if (known !== "yes" && known !== "no") throw new Refusal(400);
  const { address, device } = visitorOf(c);
  const outcome = await answerVouch(
    tools,
    { evidenceId: evidence.id, accountId: session.account_id, known: known === "yes" },
    { actor: session.account_id, address, device },
  );
  const end = outcome.kind === "answered" ? known : "over";
  return c.html(pages.vouchEndPage(c.get("view"), end), end === "over" ? 410 : 200);
}

/** The key leaves the address bar at once; nothing is looked up, so nothing can be learned or spent. */
export function openVeto(tools: DeskTools, c: WebContext): Answer {
  tools.cookies.seal(c, VETO, (c.req.query("key") ?? "").slice(0, LONGEST_KEY), KEY_MS);
  return c.redirect("/support/veto", 303);
}

function vetoKey(tools: DeskTools, c: WebContext): string {
  const kept = tools.cookies.open(c, VETO);
  return typeof kept === "string" ? kept : "";
}

export async function showVeto(tools: DeskTools, c: WebContext): Promise<Response> {
  const view = c.get("view");
  const look = await lookAtCaseVeto(tools, vetoKey(tools, c));
  if (look.kind !== "live") return c.html(pages.caseVetoPage(view, look), look.kind === "over" ? 410 : 200);
  const login = (await personById(tools.store.read, look.accountId))?.login ?? "";
  const releaseAt = look.found.release_at ?? view.now;
  return c.html(pages.caseVetoPage(view, { kind: "live", login, releaseAt }));
}

export async function takeVeto(tools: DeskTools, c: WebContext): Promise<Response> {
  const { address, device } = visitorOf(c);
  await pressCaseVeto(tools, vetoKey(tools, c), { address, device });
  return c.redirect("/support/veto", 303);
}

interface Kept {
  key: string;
  visit: string;
}

export function openPassword(tools: DeskTools, c: WebContext): Answer {
  const key = (c.req.query("key") ?? "").slice(0, LONGEST_KEY);
  tools.cookies.seal(c, PASSWORD, { key, visit: randomSecret() } satisfies Kept, KEY_MS);
  return c.redirect("/support/password", 303);
}

function kept(tools: DeskTools, c: WebContext): Kept {
  return (tools.cookies.open(c, PASSWORD) as Kept | undefined) ?? { key: "", visit: randomSecret() };
}

/** What the link of this browser opens now, with the rules for the new password. */
async function linkHere(tools: DeskTools, c: WebContext) {
  const look = await lookAtCaseLink(tools, kept(tools, c).key);
  if (look.kind !== "live") return undefined;
  return { ...look, rules: shownRules(policyOf(tools, look.person.account), c.get("view").language) };
}

export async function showPassword(tools: DeskTools, c: WebContext): Promise<Response> {
  const view = c.get("view");
  const look = await linkHere(tools, c);
  return look
    ? c.html(pages.caseKeyPage(view, look))
    : c.html(pages.caseEndPage(view, { kind: "over" }), 410);
}

export async function takePassword(tools: DeskTools, c: WebContext): Promise<Response> {
  const view = c.get("view");
  const { key, visit } = kept(tools, c);
  const look = await linkHere(tools, c);
  const over = () => c.html(pages.caseEndPage(view, { kind: "over" }), 410);
  const sent = await readForm(c);
  const outcome = await finishCase(tools, {
    ...visitorOf(c),
    key,
    visit,
    password: sent.text("password"),
    repeated: sent.text("confirmation"),
  });
  switch (outcome.kind) {
    case "changed":
      keepTypedIdentifier(tools.cookies, c, outcome.login);
      return c.redirect(`/support/password/done?email=${outcome.email}`, 303);
    case "over":
      return over();
    case "differs":
    case "refused": {
      if (!look) return over();
      const fields = { password: "password", repeat: "confirmation" };
      return c.html(pages.caseKeyPage(view, look, [choiceProblem(outcome, view.language, fields)]), 422);
    }
    case "throttled": {
      if (!look) return over();
      const text = words[view.language].problems.wait;
      return tooMany(c, outcome.retryAt, { field: "password", text }, (problem) =>
        pages.caseKeyPage(view, look, [problem]),
      );
    }
  }
}

export function showDone(_tools: DeskTools, c: WebContext): Answer {
  const email = (["replaced", "taken"] as const).find((each) => each === c.req.query("email")) ?? "kept";
  return c.html(pages.caseEndPage(c.get("view"), { kind: "done", email }));
}
