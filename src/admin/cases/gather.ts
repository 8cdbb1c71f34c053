/** Everything that the page of one case shows, read in a bounded number of looks. */
import {
  type ListedPerson,
  listPeople,
  type Person,
  peopleByIds,
  searchWords,
} from "../../accounts/accounts.ts";
import type { Places } from "../../platform/places/places.ts";
import type { Store } from "../../platform/store/store.ts";
import {
  type CaseRow,
  countEvidence,
  type DeskPolicy,
  deskPolicyFor,
  type EvidenceRow,
  evidenceOf,
  involvedInCase,
  type Risk,
  risksOf,
  type SupportTools,
  type TemplateRow,
  type ThreadEntry,
  templatesOf,
  threadOf,
} from "../../support/support.ts";
import type { Actor } from "../acting.ts";
import { may } from "../rights.ts";

export interface GatheredCase {
  found: CaseRow;
  person: Person | undefined;
  thread: ThreadEntry[];
  evidence: EvidenceRow[];
  /** Different kinds of evidence there are. */
  has: number;
  policy: DeskPolicy | undefined;
  risks: Risk[];
  templates: TemplateRow[];
  /** Who of the staff may be handed the case. */
  staff: ListedPerson[];
  names: ReadonlyMap<string, string>;
  /** Whether this one of the staff may decide, and whether anybody in the console may. */
  approver: { mine: boolean; anybody: boolean };
}

const MOST_STAFF = 100;

type GatherTools = SupportTools & { places: Pick<Places, "placeOf"> };

export async function gather(tools: GatherTools, actor: Actor, found: CaseRow): Promise<GatheredCase> {
  const { read } = tools.store;
  const [thread, evidence, templates, staff] = await Promise.all([
    threadOf(read, found.id),
    evidenceOf(read, found.id),
    templatesOf(read),
    activeStaff(tools),
  ]);
  const ids = [
    found.account_id,
    found.handler_id,
    found.opened_by,
    found.approved_by,
    ...thread.map(({ author_id: id }) => id),
    ...evidence.flatMap((row) => [row.account_id, row.by_id]),
  ].filter((id) => id !== null);
  const people = await peopleByIds(read, [...new Set(ids)]);
  const person = people.find(({ account }) => account.id === found.account_id);
  const approver = await approversOf(tools, actor, found, { person, staff });
  return {
    found,
    person,
    thread,
    evidence,
    has: countEvidence(evidence),
    policy: person && deskPolicyFor(tools, person.account),
    risks: await risksOf(tools, found, person?.account),
    templates,
    staff: staff.filter(({ account }) => account.id !== found.handler_id && account.id !== found.account_id),
    names: new Map(people.map(({ account }) => [account.id, account.name])),
    approver,
  };
}

async function activeStaff(tools: { store: Store }): Promise<ListedPerson[]> {
  const any = "any" as const;
  const filter = { words: searchWords(""), status: "active", role: "staff", signedIn: any } as const;
  const wish = {
    filter: { ...filter, password: any, phone: any, mail: any },
    order: "name",
    after: undefined,
    most: MOST_STAFF,
  } as const;
  return (await listPeople(tools, wish)).people;
}

async function approversOf(
  tools: SupportTools,
  actor: Actor,
  found: CaseRow,
  { person, staff }: { person: Person | undefined; staff: readonly ListedPerson[] },
): Promise<GatheredCase["approver"]> {
  if (!person) return { mine: false, anybody: true };
  const involved = await involvedInCase(tools.store.read, found);
  const fits = (one: Pick<Actor, "id" | "role">) =>
    may(one, "approve-case", person.account) && !involved.includes(one.id);
  return { mine: fits(actor), anybody: staff.some(({ account }) => fits(account)) };
}
