/** Who may enter a portal: all, the members of groups, people one by one. */
import { findAccount, peopleByIds, readIdentifier } from "../../../accounts/accounts.ts";
import type { WebContext } from "../../../platform/web/context.ts";
import type { FieldProblem } from "../../../platform/web/fields.ts";
import { readForm } from "../../../platform/web/form-body.ts";
import { EVERYONE, listGroups } from "../../../policies/policies.ts";
import { changeMember, changePortal, membersOf, wishOf } from "../../../portal-registry/portal-registry.ts";
import { recordLook } from "../../acting.ts";
import { type AdminTools, isId } from "../../handling.ts";
import { type At, otherPortalAt } from "../at.ts";
import { addressOf } from "../pages.ts";
import { words } from "../words.ts";
import { peoplePage } from "./pages.ts";

const PER_PAGE = 50;
/** More than there may be groups at all. */
const ALL_GROUPS = 1_000;

export async function showPeople(tools: AdminTools, c: WebContext): Promise<Response> {
  const at = otherPortalAt(tools, c, "portals");
  return c.html(await draw(tools, c, at, { saved: c.req.query("saved") !== undefined }));
}

/** Whom it is open to, and which groups enter. */
export async function takePeople(tools: AdminTools, c: WebContext): Promise<Response> {
  const { portal, by } = otherPortalAt(tools, c, "portals");
  const sent = await readForm(c);
  const access = sent.text("access") === "listed" ? "listed" : "all";
  await changePortal(tools, portal.id, { ...wishOf(portal), access }, by);
  for (const { id, listed } of await groupsOf(tools, portal.id)) {
    const may = sent.ticked(`group_${id}`);
    if (may !== listed) await changeMember(tools, portal.id, { member: { kind: "group", id }, may }, by);
  }
  return c.redirect(`${addressOf(portal, "people")}?saved`, 303);
}

export async function addMember(tools: AdminTools, c: WebContext): Promise<Response> {
  const at = otherPortalAt(tools, c, "portals");
  const typed = (await readForm(c)).text("who").trim().slice(0, 320);
  const understood = await readIdentifier(typed);
  const account =
    understood.kind === "understood" ? await findAccount(tools.store.read, understood.identifier) : undefined;
  if (!account) {
    const problem = { field: "who", text: words[c.get("view").language].people.unknown };
    return c.html(await draw(tools, c, at, { typed, problems: [problem] }), 422);
  }
  const member = { kind: "account", id: account.id } as const;
  await changeMember(tools, at.portal.id, { member, may: true }, at.by);
  return c.redirect(`${addressOf(at.portal, "people")}?saved`, 303);
}

export async function removeMember(tools: AdminTools, c: WebContext): Promise<Response> {
  const { portal, by } = otherPortalAt(tools, c, "portals");
  const id = (await readForm(c)).text("account");
  if (isId(id)) {
    await changeMember(tools, portal.id, { member: { kind: "account", id }, may: false }, by);
  }
  return c.redirect(`${addressOf(portal, "people")}?saved`, 303);
}

async function groupsOf(tools: AdminTools, portalId: string) {
  const { read } = tools.store;
  const listed = await membersOf(read, portalId, { kind: "group", most: ALL_GROUPS });
  const groups = (await listGroups(read)).filter(({ id }) => id !== EVERYONE);
  return groups.map(({ id, name, members }) => ({ id, name, members, listed: listed.includes(id) }));
}

/** One look at people is one row of the record, as in the list of users. */
async function draw(
  tools: AdminTools,
  c: WebContext,
  { actor, portal }: At,
  shown: { saved?: boolean; typed?: string; problems?: readonly FieldProblem[] },
) {
  const { read } = tools.store;
  const asked = c.req.query("after") ?? "";
  const after = isId(asked) ? asked : "";
  const ids = await membersOf(read, portal.id, { kind: "account", after, most: PER_PAGE + 1 });
  const people = await peopleByIds(read, ids.slice(0, PER_PAGE));
  const last = ids[PER_PAGE - 1];
  await recordLook(tools, actor, {
    action: "people.listed",
    accountId: null,
    detail: { portal: portal.id, name: portal.name, shown: people.length },
  });
  return peoplePage(c.get("view"), actor, {
    portal,
    groups: await groupsOf(tools, portal.id),
    people,
    next: ids.length > PER_PAGE && last ? `${addressOf(portal, "people")}?after=${last}` : undefined,
    typed: "",
    saved: false,
    problems: [],
    ...shown,
  });
}
