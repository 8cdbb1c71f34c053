/** The same for everybody who is ticked in the list, and taking a block or unblock back. */
import { type ListedPerson, listedPeople } from "../../accounts/accounts.ts";
import type { WebContext } from "../../platform/web/context.ts";
import { readForm } from "../../platform/web/form-body.ts";
import { ownPath } from "../../platform/web/redirects.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import type { Actor } from "../acting.ts";
import { type AdminTools, actorOf, isId } from "../handling.ts";
import { move, movesFrom } from "../people.ts";
import { may } from "../rights.ts";
import { keepTold, takeTold, UNDO_MS } from "../told.ts";
import { words } from "../words.ts";
import { manyActs, perform, rightFor, takesReason } from "./acts.ts";
import { askedFrom, readReason } from "./handlers.ts";
import { manyPage } from "./pages.ts";

/** As many as one page of the list has. */
const MOST = 50;

export type ManyAct = (typeof manyActs)[number];

interface Picked {
  actor: Actor;
  act: ManyAct;
  /** With whom it can be done, and how many others were ticked. */
  people: ListedPerson[];
  passed: number;
  back: string;
}

async function pickedIn(tools: AdminTools, c: WebContext, text: (name: string) => string): Promise<Picked> {
  const actor = actorOf(c);
  const act = manyActs.find((each) => each === text("do"));
  if (!act || !may(actor, rightFor[act], { id: "", role: "person" })) throw new Refusal(404);
  const ids = Array.from({ length: MOST }, (_, index) => text(`person${index + 1}`)).filter(isId);
  const unique = [...new Set(ids)];
  const found = unique.length === 0 ? [] : await listedPeople(tools, unique);
  const people = found.filter(
    ({ account }) => may(actor, rightFor[act], account) && fits(act, account.status),
  );
  const wished = ownPath(text("back"));
  const back = wished.startsWith("/admin/users") ? wished : "/admin/users";
  return { actor, act, people, passed: unique.length - people.length, back };
}

function fits(act: ManyAct, status: ListedPerson["account"]["status"]): boolean {
  return act === "block" || act === "unblock" ? movesFrom(status).includes(act) : status === "active";
}

export async function showMany(tools: AdminTools, c: WebContext): Promise<Response> {
  const picked = await pickedIn(tools, c, (name) => c.req.query(name) ?? "");
  return c.html(manyPage(c.get("view"), picked.actor, picked));
}

/** One after another, each in a transaction of its own: what cannot be done with one stops nobody else. */
export async function takeMany(tools: AdminTools, c: WebContext): Promise<Response> {
  const view = c.get("view");
  const sent = await readForm(c);
  const picked = await pickedIn(tools, c, (name) => sent.text(name));
  const { actor, act, people, back } = picked;
  const reason = takesReason(act) ? await readReason(c) : "";
  if (reason === undefined) {
    const problem = { field: "reason", text: words[view.language].ask.reasonBad };
    return c.html(manyPage(view, actor, picked, [problem]), 422);
  }
  const changed: string[] = [];
  for (const person of people) {
    const wish = { act, reason, askedFrom: askedFrom(person, view.language) };
    const end = await perform(tools, actor, person.account.id, wish);
    if (end.kind === "done") changed.push(person.account.id);
  }
  const canUndo = (act === "block" || act === "unblock") && changed.length > 0;
  const passed = picked.passed + people.length - changed.length;
  const undo = canUndo ? { ids: changed, until: view.now + UNDO_MS } : undefined;
  keepTold(tools, c, actor, { act, done: changed.length, passed, ...(undo && { undo }) });
  return c.redirect(back, 303);
}

/** Puts back those whom the last block or unblock changed and nobody has changed since. */
export async function takeUndo(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = actorOf(c);
  const told = takeTold(tools, c, actor);
  const { undo, act } = told ?? {};
  if (!undo || undo.until <= c.get("view").now || (act !== "block" && act !== "unblock")) {
    return c.redirect("/admin/users", 303);
  }
  const opposite = act === "block" ? "unblock" : "block";
  let done = 0;
  for (const id of undo.ids) {
    const end = await move(tools, actor, id, { move: opposite, reason: words[actor.language].undoReason });
    if (end.kind === "done") done += 1;
  }
  keepTold(tools, c, actor, { act: "undone", done, passed: undo.ids.length - done });
  const [only] = undo.ids;
  return c.redirect(undo.ids.length === 1 ? `/admin/users/${only}` : "/admin/users", 303);
}
