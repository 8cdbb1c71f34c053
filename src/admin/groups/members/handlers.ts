/** Who belongs to a group: found, put in and taken out. */
import { listPeople, type Person, peopleByIds, searchWords } from "../../../accounts/accounts.ts";
import { dayStart } from "../../../platform/language/times.ts";
import type { WebContext } from "../../../platform/web/context.ts";
import type { FieldProblem } from "../../../platform/web/fields.ts";
import { type Form, readForm } from "../../../platform/web/form-body.ts";
import { ownPath } from "../../../platform/web/redirects.ts";
import { Refusal } from "../../../platform/web/refusals.ts";
import {
  EVERYONE,
  groupById,
  listGroups,
  membersAfter,
  type StoredGroup,
} from "../../../policies/policies.ts";
import { type Actor, recordLook } from "../../acting.ts";
import { type AdminTools, isId } from "../../handling.ts";
import { maskedWithin } from "../../masks.ts";
import { may } from "../../rights.ts";
import { putIntoGroup, takeOutOfGroup } from "../groups.ts";
import { groupActor, groupFor, keepSaid, takeSaid } from "../handlers.ts";
import { words } from "../words.ts";
import { intoGroupPage, membersPage, type Times } from "./pages.ts";

const PAGE_SIZE = 50;
const MOST_FOUND = 20;
const LONGEST_QUERY = 100;
const noTimes: Times = { from: "", until: "" };

export async function showMembers(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = groupActor(c);
  const group = await memberGroup(tools, c);
  const query = (c.req.query("q") ?? "").replace(/\p{Cc}/gu, " ").slice(0, LONGEST_QUERY);
  const detail = { group: group.name, tab: "members", query: maskedWithin(query) };
  await recordLook(tools, actor, { action: "groups.viewed", accountId: null, detail });
  return c.html(await draw(tools, c, actor, { group, query, times: noTimes, problems: [] }));
}

export async function takeMembers(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = groupActor(c);
  const group = await memberGroup(tools, c);
  const view = c.get("view");
  const say = words[view.language].members;
  const sent = await readForm(c);
  const accountIds = ticked(sent);
  if (sent.text("do") === "remove") {
    const outcome = await takeOutOfGroup(tools, actor, group, accountIds);
    if (outcome.kind === "absent") throw new Refusal(404);
    keepSaid(tools, c, [say.removedPeople(outcome.done), passed(c, outcome.passed)].join(" ").trim());
    return c.redirect(`/admin/groups/${group.id}/members`, 303);
  }
  const times = readTimes(sent);
  const window = windowOf(c, times);
  if (window.kind === "refused") {
    const shown = { group, query: sent.text("q").slice(0, LONGEST_QUERY), times, problems: window.problems };
    return c.html(await draw(tools, c, actor, shown), 422);
  }
  const outcome = await putIntoGroup(tools, actor, group, { accountIds, ...window });
  if (outcome.kind === "absent") throw new Refusal(404);
  keepSaid(tools, c, [say.added(outcome.done), passed(c, outcome.passed)].join(" ").trim());
  return c.redirect(`/admin/groups/${group.id}/members`, 303);
}

/** The bulk action of the list of people. */
export async function showIntoGroup(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = groupActor(c);
  const picked = await pickedPeople(tools, actor, (name) => c.req.query(name) ?? "");
  return c.html(await drawInto(tools, c, actor, { ...picked, chosen: "", times: noTimes, problems: [] }));
}

export async function takeIntoGroup(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = groupActor(c);
  const view = c.get("view");
  const sent = await readForm(c);
  const picked = await pickedPeople(tools, actor, (name) => sent.text(name));
  const times = readTimes(sent);
  const window = windowOf(c, times);
  const chosen = sent.text("group");
  if (window.kind === "refused")
    return c.html(
      await drawInto(tools, c, actor, { ...picked, chosen, times, problems: window.problems }),
      422,
    );
  const group = isId(chosen) ? await groupById(tools.store.read, chosen) : undefined;
  if (!group) throw new Refusal(404);
  const accountIds = picked.people.map(({ account }) => account.id);
  const outcome = await putIntoGroup(tools, actor, group, { accountIds, ...window });
  if (outcome.kind === "absent") throw new Refusal(404);
  const say = words[view.language].members;
  keepSaid(tools, c, [say.added(outcome.done), passed(c, outcome.passed)].join(" ").trim());
  return c.redirect(`/admin/groups/${group.id}/members`, 303);
}

async function memberGroup(tools: AdminTools, c: WebContext): Promise<StoredGroup> {
  const group = await groupFor(tools, c);
  if (group.id === EVERYONE) throw new Refusal(404);
  return group;
}

async function draw(
  tools: AdminTools,
  c: WebContext,
  actor: Actor,
  shown: { group: StoredGroup; query: string; times: Times; problems: FieldProblem[] },
) {
  const { group, query } = shown;
  const asked = c.req.query("after") ?? "";
  const after = isId(asked) ? asked : "";
  const kept = await membersAfter(tools.store.read, group.id, after, PAGE_SIZE + 1);
  const page = kept.slice(0, PAGE_SIZE);
  const people = new Map(
    (
      await peopleByIds(
        tools.store.read,
        page.map(({ accountId }) => accountId),
      )
    ).map((person) => [person.account.id, person]),
  );
  const members = page.flatMap((member) => {
    const person = people.get(member.accountId);
    return person ? [{ ...member, person }] : [];
  });
  const address = `/admin/groups/${group.id}/members`;
  return membersPage(c.get("view"), actor, group, {
    ...shown,
    members,
    found: query.trim() === "" ? undefined : await find(tools, actor, query),
    told: takeSaid(tools, c),
    to: {
      first: after === "" ? undefined : address,
      next: kept.length > PAGE_SIZE ? `${address}?after=${page.at(-1)?.accountId}` : undefined,
    },
  });
}

/** Only those on whom this one of the staff may act. */
async function find(tools: AdminTools, actor: Actor, query: string): Promise<Person[]> {
  const { people } = await listPeople(tools, {
    filter: {
      words: searchWords(query),
      status: "open",
      role: "any",
      signedIn: "any",
      password: "any",
      phone: "any",
      mail: "any",
    },
    order: "name",
    after: undefined,
    most: MOST_FOUND,
  });
  return people.filter(({ account }) => may(actor, "put-in-group", account));
}

async function drawInto(
  tools: AdminTools,
  c: WebContext,
  actor: Actor,
  shown: { people: Person[]; back: string; chosen: string; times: Times; problems: FieldProblem[] },
) {
  const groups = (await listGroups(tools.store.read)).filter(({ id }) => id !== EVERYONE);
  return intoGroupPage(c.get("view"), actor, { ...shown, groups });
}

async function pickedPeople(tools: AdminTools, actor: Actor, text: (name: string) => string) {
  const ids = idsIn(text);
  const found = await peopleByIds(tools.store.read, ids);
  const people = found.filter(({ account }) => may(actor, "put-in-group", account));
  const wished = ownPath(text("back"));
  return { people, back: wished.startsWith("/admin/users") ? wished : "/admin/users" };
}

function ticked(sent: Form): string[] {
  return idsIn((name) => sent.text(name));
}

function idsIn(text: (name: string) => string): string[] {
  const ids = Array.from({ length: PAGE_SIZE }, (_, index) => text(`person${index + 1}`)).filter(isId);
  return [...new Set(ids)];
}

function readTimes(sent: Form): Times {
  return { from: sent.text("from").trim().slice(0, 20), until: sent.text("until").trim().slice(0, 20) };
}

/** The days in the time zone of the one who types them; empty ones are no bound. */
function windowOf(
  c: WebContext,
  times: Times,
): { kind: "window"; fromAt: number; untilAt: number } | { kind: "refused"; problems: FieldProblem[] } {
  const { timeZone, language } = c.get("view");
  const say = words[language].members;
  const at = (day: string) => (day === "" ? 0 : dayStart(day, timeZone));
  const [fromAt, untilAt] = [at(times.from), at(times.until)];
  const problems: FieldProblem[] = [];
  if (fromAt === undefined) problems.push({ field: "from", text: say.dayBad });
  if (untilAt === undefined) problems.push({ field: "until", text: say.dayBad });
  if (fromAt === undefined || untilAt === undefined) return { kind: "refused", problems };
  if (untilAt !== 0 && untilAt <= fromAt)
    return { kind: "refused", problems: [{ field: "until", text: say.order }] };
  return { kind: "window", fromAt, untilAt };
}

function passed(c: WebContext, count: number): string {
  return count === 0 ? "" : words[c.get("view").language].members.passed(count);
}
