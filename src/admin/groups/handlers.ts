/** The list of groups, the rules of one, and whom a change would affect. */
import type { WebContext } from "../../platform/web/context.ts";
import type { FieldProblem } from "../../platform/web/fields.ts";
import { readForm } from "../../platform/web/form-body.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import {
  EVERYONE,
  type GroupRefusal,
  groupById,
  listGroups,
  type ParameterName,
  type Preset,
  presets,
  type StoredGroup,
} from "../../policies/policies.ts";
import { type Actor, recordLook } from "../acting.ts";
import { type AdminTools, actorOf, isId } from "../handling.ts";
import { higherRoles, mayAtAll } from "../rights.ts";
import { bookWith, countAffected, loosenedOf } from "./affected.ts";
import { checkPage } from "./check/pages.ts";
import { type Draft, draftOf, readDraft, readValues } from "./draft.ts";
import { createGroup, removeGroup, saveGroup } from "./groups.ts";
import { deletePage, groupPage, listPage, newPage } from "./pages.ts";
import { words } from "./words.ts";

const TOLD = "groups";
const TOLD_MS = 10 * 60_000;

export function groupActor(c: WebContext): Actor {
  const actor = actorOf(c);
  if (!mayAtAll(actor.role, "edit-groups")) throw new Refusal(404);
  return actor;
}

/** The group of the address, with every value when it is «Все». */
export async function groupFor(tools: AdminTools, c: WebContext): Promise<StoredGroup> {
  const id = c.req.param("id") ?? "";
  const group = isId(id) ? await groupById(tools.store.read, id) : undefined;
  if (!group) throw new Refusal(404);
  return id === EVERYONE ? { ...group, values: tools.policies.book.everyone } : group;
}

/** Said once, on the next page. */
export function keepSaid(tools: AdminTools, c: WebContext, text: string): void {
  tools.cookies.seal(c, TOLD, text, TOLD_MS);
}

export function takeSaid(tools: AdminTools, c: WebContext): string | undefined {
  const said = tools.cookies.open(c, TOLD) as string | undefined;
  if (said !== undefined) tools.cookies.remove(c, TOLD);
  return said;
}

export async function showGroups(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = groupActor(c);
  await recordLook(tools, actor, { action: "groups.viewed", accountId: null, detail: {} });
  const groups = await listGroups(tools.store.read);
  return c.html(listPage(c.get("view"), actor, { groups, told: takeSaid(tools, c) }));
}

export function showNew(c: WebContext): Response | Promise<Response> {
  return c.html(newPage(c.get("view"), groupActor(c), { name: "", description: "", preset: "" }));
}

export async function takeNew(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = groupActor(c);
  const view = c.get("view");
  const sent = await readForm(c);
  const { name, description } = readDraft(sent);
  const preset = presetNamed(sent.text("preset"));
  // All ways are open in every preset, which a group need not say.
  const { recoveryWays: _, ...rules } = preset === undefined ? {} : presets[preset];
  const values: StoredGroup["values"] = rules;
  const outcome = await createGroup(tools, actor, { name, description, values });
  const again = (problem: FieldProblem) =>
    c.html(newPage(view, actor, { name, description, preset: preset ?? "" }, [problem]), 422);
  switch (outcome.kind) {
    case "done":
      keepSaid(tools, c, words[view.language].created);
      return c.redirect(`/admin/groups/${outcome.id}/members`, 303);
    case "absent":
    case "higher":
      throw new Refusal(404);
    case "taken":
    case "unusable":
    case "too-many":
      return again(refusalProblem(c, outcome));
  }
}

export async function showGroup(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = groupActor(c);
  const group = await groupFor(tools, c);
  const detail = { group: group.name };
  await recordLook(tools, actor, { action: "groups.viewed", accountId: null, detail });
  const preset = presetNamed(c.req.query("preset") ?? "");
  const draft = draftOf(preset === undefined ? group : { ...group, values: presets[preset] });
  const shown = { draft, preset, told: takeSaid(tools, c), problems: [] };
  return c.html(groupPage(c.get("view"), actor, group, shown));
}

/** `check` counts whom it affects, `save` does it, `edit` leads back to the form with what was typed. */
export async function takeGroup(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = groupActor(c);
  const group = await groupFor(tools, c);
  const view = c.get("view");
  const sent = await readForm(c);
  const draft =
    group.id === EVERYONE ? { ...readDraft(sent), name: group.name, description: "" } : readDraft(sent);
  const again = (problems: FieldProblem[], status: 200 | 422) =>
    c.html(groupPage(view, actor, group, { draft, preset: undefined, told: undefined, problems }), status);
  const read = readValues(draft, group.id, view.language);
  if (read.kind === "refused") return again(read.problems, 422);
  if (sent.text("do") === "edit") return again([], 200);
  const { values } = read;
  if (sent.text("do") === "save") {
    const { name, description } = draft;
    const outcome = await saveGroup(tools, actor, group.id, { name, description, values });
    switch (outcome.kind) {
      case "done":
        keepSaid(tools, c, words[view.language].saved);
        return c.redirect(`/admin/groups/${group.id}`, 303);
      case "absent":
        throw new Refusal(404);
      case "higher":
        return again([{ field: "", text: higherText(c, outcome.rules) }], 422);
      case "taken":
      case "unusable":
        return again([refusalProblem(c, outcome)], 422);
    }
  }
  return check(tools, c, actor, { group, draft, values });
}

async function check(
  tools: AdminTools,
  c: WebContext,
  actor: Actor,
  wish: { group: StoredGroup; draft: Draft; values: StoredGroup["values"] },
): Promise<Response> {
  const { group, draft, values } = wish;
  const affected = await countAffected(tools, group.id, values);
  const after = bookWith(tools.policies.book, group.id, values);
  const rules = await loosenedOf(tools, tools.store.read, higherRoles(actor.role), after);
  const higher = rules.length === 0 ? undefined : higherText(c, rules);
  return c.html(checkPage(c.get("view"), actor, group, { draft, affected, higher }));
}

export async function showDelete(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = groupActor(c);
  const group = await groupFor(tools, c);
  if (group.id === EVERYONE) throw new Refusal(404);
  return c.html(deletePage(c.get("view"), actor, group));
}

export async function takeDelete(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = groupActor(c);
  const group = await groupFor(tools, c);
  const outcome = await removeGroup(tools, actor, group.id);
  switch (outcome.kind) {
    case "done":
      keepSaid(tools, c, words[c.get("view").language].removed);
      return c.redirect("/admin/groups", 303);
    case "absent":
      throw new Refusal(404);
    case "higher": {
      const problem = { field: "", text: higherText(c, outcome.rules) };
      return c.html(deletePage(c.get("view"), actor, group, [problem]), 422);
    }
  }
}

function presetNamed(name: string): Preset | undefined {
  return (Object.keys(presets) as Preset[]).find((each) => each === name);
}

function higherText(c: WebContext, rules: readonly ParameterName[]): string {
  const say = words[c.get("view").language];
  return say.higher(rules.map((name) => say.names[name].toLowerCase()).join(", "));
}

function refusalProblem(c: WebContext, refusal: GroupRefusal | { kind: "too-many" }): FieldProblem {
  const say = words[c.get("view").language].problems;
  switch (refusal.kind) {
    case "taken":
      return { field: "name", text: say.taken };
    case "too-many":
      return { field: "name", text: say.tooMany };
    case "unusable":
      return { field: refusal.field, text: say[refusal.field] };
  }
}
