/** Adding a person, correcting one, giving a role. */
import type { Role } from "../../accounts/accounts.ts";
import type { WebContext } from "../../platform/web/context.ts";
import type { FieldProblem } from "../../platform/web/fields.ts";
import { type Form, readForm } from "../../platform/web/form-body.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import { type Actor, recordLook } from "../acting.ts";
import { type AdminTools, actorOf, personFor, proofWanted } from "../handling.ts";
import { addFromConsole, editFromConsole, giveRole, type PersonForm } from "../people.ts";
import { mayGive, roles } from "../rights.ts";
import { keepTold } from "../told.ts";
import { words } from "../words.ts";
import { addPage, editPage, rolePage } from "./pages.ts";

const empty: PersonForm = { name: "", login: "", email: "", phone: "" };

function personOf(sent: Form): PersonForm {
  const text = (name: string) => sent.text(name).trim().slice(0, 320);
  return { name: text("name"), login: text("login"), email: text("email"), phone: text("phone") };
}

function givable(actor: Actor): Role[] {
  return roles.filter((role) => mayGive(actor, role));
}

function adding(c: WebContext): Actor {
  const actor = actorOf(c);
  if (givable(actor).length === 0) throw new Refusal(404);
  return actor;
}

export function showAdd(c: WebContext): Response | Promise<Response> {
  const actor = adding(c);
  const typed = { ...empty, role: "person" as const, invited: true };
  return c.html(addPage(c.get("view"), actor, typed, givable(actor)));
}

export async function takeAdd(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = adding(c);
  const view = c.get("view");
  const say = words[view.language].form;
  const sent = await readForm(c);
  const role = givable(actor).find((each) => each === sent.text("role"));
  const typed = { ...personOf(sent), role: role ?? ("person" as const), invited: sent.ticked("invite") };
  const again = (problem: FieldProblem) =>
    c.html(addPage(view, actor, typed, givable(actor), [problem]), 422);
  if (!role) return again({ field: "role", text: say.refused.role });
  const outcome = await addFromConsole(tools, actor, typed);
  switch (outcome.kind) {
    case "added":
      keepTold(tools, c, actor, { act: "add", done: 1, passed: 0 });
      return c.redirect(`/admin/users/${outcome.id}`, 303);
    case "absent":
      throw new Refusal(404);
    case "no-contact":
      return again({ field: "email", text: say.needsContact });
    case "sms-held":
      return again({ field: "phone", text: words[view.language].problems["sms-held"] });
    case "refused":
      return again({ field: outcome.field, text: say.refused[outcome.field] });
    case "taken":
      return again({ field: outcome.field, text: say.taken });
  }
}

export async function showEdit(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, person } = await personFor(tools, c, "edit");
  const proof = await proofWanted(tools, c);
  if (proof) return proof;
  await recordLook(tools, actor, {
    action: "person.viewed",
    accountId: person.account.id,
    detail: { tab: "edit" },
  });
  const contact = (kind: "email" | "phone") =>
    person.contacts.find((each) => each.kind === kind)?.value ?? "";
  const { login, account } = person;
  const typed = { name: account.name, login, email: contact("email"), phone: contact("phone") };
  return c.html(editPage(c.get("view"), actor, person, typed));
}

export async function takeEdit(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, person } = await personFor(tools, c, "edit");
  const proof = await proofWanted(tools, c);
  if (proof) return proof;
  const view = c.get("view");
  const say = words[view.language].form;
  const typed = personOf(await readForm(c));
  const again = (problem: FieldProblem) => c.html(editPage(view, actor, person, typed, [problem]), 422);
  const outcome = await editFromConsole(tools, actor, person.account.id, typed);
  switch (outcome.kind) {
    case "done":
      keepTold(tools, c, actor, { act: "edit", done: 1, passed: 0 });
      return c.redirect(`/admin/users/${person.account.id}`, 303);
    case "absent":
      throw new Refusal(404);
    case "refused":
      return again({ field: outcome.field, text: say.refused[outcome.field] });
    case "taken":
      return again({ field: outcome.field, text: say.taken });
  }
}

export async function showRole(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, person } = await personFor(tools, c, "give-role");
  const proof = await proofWanted(tools, c);
  if (proof) return proof;
  return c.html(rolePage(c.get("view"), actor, person, givable(actor)));
}

export async function takeRole(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, person } = await personFor(tools, c, "give-role");
  const proof = await proofWanted(tools, c);
  if (proof) return proof;
  const view = c.get("view");
  const sent = await readForm(c);
  const role = givable(actor).find((each) => each === sent.text("role"));
  if (!role) {
    const problem = { field: "role", text: words[view.language].form.refused.role };
    return c.html(rolePage(view, actor, person, givable(actor), [problem]), 422);
  }
  const outcome = await giveRole(tools, actor, person.account.id, role);
  if (outcome.kind === "absent") throw new Refusal(404);
  keepTold(tools, c, actor, { act: "role", done: 1, passed: 0 });
  return c.redirect(`/admin/users/${person.account.id}`, 303);
}
