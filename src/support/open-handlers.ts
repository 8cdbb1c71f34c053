/** The form, and the pages where its letter is waited for. */
import { judgeContact, readIdentifier } from "../accounts/accounts.ts";
import * as budgets from "../platform/throttle/budgets.ts";
import { spend } from "../platform/throttle/throttle.ts";
import type { WebContext } from "../platform/web/context.ts";
import type { FieldProblem } from "../platform/web/fields.ts";
import { readForm } from "../platform/web/form-body.ts";
import { keepTypedIdentifier, typedIdentifier } from "../platform/web/typed-identifier.ts";
import { readCode } from "../proofs/proofs.ts";
import { currentSession } from "../sessions/guard.ts";
import {
  type Answer,
  confirmHere,
  type DeskTools,
  keepAsked,
  keepOpened,
  readAsked,
  tooMany,
  visitorOf,
} from "./handling.ts";
import { judgeCode } from "./keys.ts";
import { promisedAt } from "./opening.ts";
import * as pages from "./pages.ts";
import { type CaseForm, LONGEST_TEXT, openCase, readWords, sendKeyAgain } from "./support.ts";
import { words } from "./words.ts";

function factsOf(tools: DeskTools, c: WebContext): pages.FormFacts {
  return { dueAt: promisedAt(tools, c.get("view").now), smsReady: tools.settings.smsReady };
}

/** A portal without a desk says itself who helps: its administrator, by the contact that it shows. */
const ELSEWHERE = "/help/support";

export function showForm(tools: DeskTools, c: WebContext): Answer {
  if (!pages.hasDesk(c.get("view"))) return c.redirect(ELSEWHERE, 303);
  const typed = { login: typedIdentifier(tools.cookies, c), answer: "", story: "", hasPhone: false };
  return c.html(pages.formPage(c.get("view"), factsOf(tools, c), typed));
}

export async function takeForm(tools: DeskTools, c: WebContext): Promise<Response> {
  const view = c.get("view");
  if (!pages.hasDesk(view)) return c.redirect(ELSEWHERE, 303);
  const sent = await readForm(c);
  const typed: pages.TypedCase = {
    login: sent.text("login").slice(0, 320),
    answer: sent.text("answer").slice(0, 254),
    story: sent.text("story").slice(0, 2 * LONGEST_TEXT),
    hasPhone: sent.ticked("phone"),
  };
  const draw = (problems: FieldProblem[]) => pages.formPage(view, factsOf(tools, c), typed, problems);
  const judged = await judgeForm(typed, words[view.language].problems, view.language);
  if (judged.kind === "refused") return c.html(draw(judged.problems), 422);
  const signedIn = currentSession(c)?.account_id ?? null;
  const outcome = await openCase(tools, judged.form, { ...visitorOf(c), signedIn });
  if (outcome.kind === "throttled") {
    const text = words[view.language].problems.throttled[outcome.field];
    return tooMany(c, outcome.retryAt, { field: outcome.field, text }, (problem) => draw([problem]));
  }
  const { id, number } = outcome;
  keepTypedIdentifier(tools.cookies, c, typed.login);
  const { value: answer, key: answerKey } = judged.form.answer;
  keepAsked(tools, c, { id, number, typedNumber: number, answer, answerKey });
  return c.redirect("/support/sent", 303);
}

type Judged = { kind: "fine"; form: CaseForm } | { kind: "refused"; problems: FieldProblem[] };

/** By the texts alone, never by who exists. */
async function judgeForm(
  typed: pages.TypedCase,
  say: (typeof words)["ru"]["problems"],
  language: "ru" | "en",
): Promise<Judged> {
  const problems: FieldProblem[] = [];
  const login = await readIdentifier(typed.login);
  if (login.kind !== "understood")
    problems.push({ field: "login", text: login.kind === "empty" ? say.login.empty : say.login.other });
  const answer = await judgeContact("email", typed.answer);
  if (answer.kind !== "fine") problems.push({ field: "answer", text: say.answer });
  const story = readWords(typed.story);
  if (story === undefined)
    problems.push({ field: "story", text: say.story(LONGEST_TEXT.toLocaleString(language)) });
  if (login.kind !== "understood" || answer.kind !== "fine" || story === undefined)
    return { kind: "refused", problems };
  const { identifier } = login;
  const form = {
    identifier,
    typed: typed.login.trim(),
    answer: answer.contact,
    story,
    hasPhone: typed.hasPhone,
  };
  return { kind: "fine", form };
}

function drawSent(tools: DeskTools, c: WebContext, problems: FieldProblem[] = []) {
  const asked = readAsked(tools, c);
  const { number, answer = "", again = false } = asked ?? {};
  return pages.sentPage(c.get("view"), { number, answer, again }, problems);
}

export function showSent(tools: DeskTools, c: WebContext): Answer {
  return readAsked(tools, c) ? c.html(drawSent(tools, c)) : c.redirect("/support/find", 303);
}

/** The six digits of the letter: good in the browser that asked for it. */
export async function takeCode(tools: DeskTools, c: WebContext): Promise<Response> {
  const asked = readAsked(tools, c);
  if (!asked) return c.redirect("/support/find", 303);
  const say = words[c.get("view").language].problems;
  const refuse = (text: string) => c.html(drawSent(tools, c, [{ field: "code", text }]), 422);
  const typed = readCode((await readForm(c)).text("code"));
  if (!typed) return refuse(say.code);
  const charge = { budget: budgets.codeSource, subject: visitorOf(c).source };
  const limited = await spend(tools, [charge]);
  if (limited.kind === "limited") {
    return tooMany(c, limited.retryAt, { field: "code", text: say.wait }, (problem) =>
      drawSent(tools, c, [problem]),
    );
  }
  const outcome = await judgeCode(tools, asked.id ?? "", typed);
  switch (outcome.kind) {
    case "right": {
      const next = await confirmHere(tools, c, outcome.found);
      if (next === undefined) return refuse(say.dead);
      keepOpened(tools, c, { id: outcome.found.id });
      return c.redirect(next, 303);
    }
    case "wrong":
      return refuse(say.wrong(outcome.triesLeft));
    case "dead":
      return refuse(say.dead);
  }
}

/** The letter once more, for the number and address that this browser asked with. */
export async function askAgain(tools: DeskTools, c: WebContext): Promise<Response> {
  const asked = readAsked(tools, c);
  if (!asked) return c.redirect("/support/find", 303);
  const wish = { number: asked.typedNumber, answerKey: asked.answerKey };
  const outcome = await sendKeyAgain(tools, wish, visitorOf(c));
  if (outcome.kind === "throttled") {
    const text = words[c.get("view").language].problems.wait;
    return tooMany(c, outcome.retryAt, { field: "", text }, (problem) => drawSent(tools, c, [problem]));
  }
  keepAsked(tools, c, { ...asked, id: outcome.id, again: true });
  return c.redirect("/support/sent", 303);
}

export function showFind(_tools: DeskTools, c: WebContext): Answer {
  return c.html(pages.findPage(c.get("view"), { number: "", answer: "" }));
}

export async function takeFind(tools: DeskTools, c: WebContext): Promise<Response> {
  const view = c.get("view");
  const say = words[view.language].problems;
  const sent = await readForm(c);
  const typed = { number: sent.text("number").slice(0, 20), answer: sent.text("answer").slice(0, 254) };
  const number = /^\s*(?:№|No\.?|#)?\s*(\d{1,9})\s*$/i.exec(typed.number)?.[1];
  const answer = await judgeContact("email", typed.answer);
  const problems: FieldProblem[] = [];
  if (number === undefined) problems.push({ field: "number", text: say.number });
  if (answer.kind !== "fine") problems.push({ field: "answer", text: say.answer });
  if (number === undefined || answer.kind !== "fine")
    return c.html(pages.findPage(view, typed, problems), 422);
  const { value, key: answerKey } = answer.contact;
  const outcome = await sendKeyAgain(tools, { number: Number(number), answerKey }, visitorOf(c));
  if (outcome.kind === "throttled") {
    return tooMany(c, outcome.retryAt, { field: "number", text: say.wait }, (problem) =>
      pages.findPage(view, typed, [problem]),
    );
  }
  keepAsked(tools, c, { id: outcome.id, typedNumber: Number(number), answer: value, answerKey });
  return c.redirect("/support/sent", 303);
}
