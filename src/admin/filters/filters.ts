/**
 * Conditions of the list that one of the staff keeps under a name: for whoever made them alone, or, where an
 * administrator says so, for all administrators and owners.
 */
import { holdAccount, isPlainName } from "../../accounts/accounts.ts";
import { type NewAuditEvent, recordEvents } from "../../audit/audit.ts";
import type { Clock } from "../../platform/clock.ts";
import { newId } from "../../platform/secrets/ids.ts";
import type { Reader, Store, Writer } from "../../platform/store/store.ts";
import type { PeopleFiltersTable } from "../../platform/store/tables.ts";
import type { Actor } from "../acting.ts";
import { addressOf, fieldsOf, type ListAddress, readAddress, recordedConditions } from "../list/address.ts";
import { maskedWithin } from "../masks.ts";
import { mayAtAll } from "../rights.ts";
import * as rows from "./rows.ts";

/** As many as fit above the list and are found again there; of the shared ones as many again. */
export const MOST_FILTERS = 20;

export interface KeptFilter {
  id: string;
  name: string;
  list: ListAddress;
  /** For all administrators. */
  isShared: boolean;
  /** Whoever made it; of others an owner may delete it, and nobody else touch it. */
  madeBy: string;
  isOwn: boolean;
}

export type FilterRefusal =
  /** Not 60 characters of plain text. */
  | { kind: "unusable" }
  /** Another one of the own ones has this name. */
  | { kind: "taken" }
  /** One of those for all administrators has this name. */
  | { kind: "taken-by-all" }
  /** There are enough for all administrators. */
  | { kind: "too-many-shared" };

export type KeepOutcome =
  | { kind: "done" }
  | FilterRefusal
  | { kind: "too-many" }
  /** There are no conditions to keep. */
  | { kind: "nothing" };

/** `shared` counts from whoever may share alone. */
export interface FilterWish {
  name: string;
  shared: boolean;
}

interface Tools {
  clock: Clock;
  store: Store;
}

/** The own ones and those for all administrators, the own ones first, each in the order of their names. */
export async function filtersFor(read: Reader, actor: Actor): Promise<KeptFilter[]> {
  const found = mayAtAll(actor.role, "share-filters")
    ? await rows.filtersWithShared(read, actor.id)
    : await rows.filtersOf(read, actor.id);
  const filters = found.map((row) => asFilter(row, actor));
  return [...filters.filter(({ isOwn }) => isOwn), ...filters.filter(({ isOwn }) => !isOwn)];
}

/** One that this one may change; undefined for any other id. */
export async function filterFor(read: Reader, actor: Actor, id: string): Promise<KeptFilter | undefined> {
  const row = await rows.filterById(read, id);
  return row && mayRemove(actor, row) ? asFilter(row, actor) : undefined;
}

/** Whether the filter, which this one sees, may be changed or deleted by them. */
export function mayOpen(actor: Actor, filter: KeptFilter): boolean {
  return filter.isOwn || mayAtAll(actor.role, "remove-shared-filters");
}

function mayRemove(actor: Pick<Actor, "id" | "role">, row: PeopleFiltersTable): boolean {
  return row.account_id === actor.id || (row.shared === 1 && mayAtAll(actor.role, "remove-shared-filters"));
}

/** The one whose conditions these are, an own one before another's. */
export function filterOfList(filters: readonly KeptFilter[], list: ListAddress): KeptFilter | undefined {
  return filters.find((filter) => addressOf(filter.list) === addressOf(list));
}

export async function keepFilter(
  tools: Tools,
  actor: Actor,
  wish: FilterWish & { list: ListAddress },
): Promise<KeepOutcome> {
  const conditions = String(new URLSearchParams(fieldsOf(wish.list)));
  if (conditions === "") return { kind: "nothing" };
  return changing(tools, actor, async (write, now): Promise<Changed<KeepOutcome>> => {
    const own = await rows.filtersOf(write, now.id);
    const named = await judge(write, now, wish, own, undefined);
    if (named.kind !== "fine") return named;
    if (own.length >= MOST_FILTERS) return { kind: "too-many" };
    const { name, name_key, shared } = named;
    const created_at = tools.clock.now();
    const row = { id: newId(), account_id: now.id, name, name_key, conditions, created_at, shared };
    await rows.insertFilter(write, row);
    return { kind: "done", row, actions: ["filter.saved", ...(shared === 1 ? ["filter.shared"] : [])] };
  });
}

export type ChangeOutcome = { kind: "done" } | { kind: "absent" } | FilterRefusal;

/** Another name, and whether it is for all administrators: by whoever made it. */
export function changeFilter(
  tools: Tools,
  actor: Actor,
  id: string,
  wish: FilterWish,
): Promise<ChangeOutcome> {
  return changing(tools, actor, async (write, now): Promise<Changed<ChangeOutcome>> => {
    const own = await rows.filtersOf(write, now.id);
    const row = own.find((filter) => filter.id === id);
    if (!row) return { kind: "absent" };
    const named = await judge(write, now, wish, own, row);
    if (named.kind !== "fine") return named;
    const { name, name_key, shared } = named;
    await rows.changeFilter(write, id, { name, name_key, shared });
    const actions = [
      ...(name === row.name ? [] : ["filter.renamed"]),
      ...(shared === row.shared ? [] : [shared === 1 ? "filter.shared" : "filter.unshared"]),
    ];
    return { kind: "done", row: { ...row, name }, actions };
  });
}

/** By whoever made it, and one for all administrators by an owner, too. */
export function removeFilter(
  tools: Tools,
  actor: Actor,
  id: string,
): Promise<{ kind: "done" } | { kind: "absent" }> {
  return changing(tools, actor, async (write, now) => {
    const row = await rows.filterById(write, id);
    if (!row || !mayRemove(now, row)) return { kind: "absent" };
    await rows.deleteFilter(write, id);
    return { kind: "done", row, actions: ["filter.deleted"] };
  });
}

type Changed<Outcome> =
  | Exclude<Outcome, { kind: "done" }>
  | { kind: "done"; row: PeopleFiltersTable; actions: readonly string[] };

/**
 * With the own account held, so that of two presses at once the later sees what the first one did; the rank
 * is that of this moment.
 */
function changing<Outcome extends { kind: string }>(
  tools: Tools,
  actor: Actor,
  work: (write: Writer, now: Actor) => Promise<Changed<Outcome | { kind: "done" }>>,
): Promise<Exclude<Outcome, { kind: "done" }> | { kind: "done" }> {
  return tools.store.transact(async (write) => {
    const held = await holdAccount(write, tools.store.kind, actor.id);
    const outcome = await work(write, { ...actor, role: held?.role ?? "person" });
    if (!("row" in outcome)) return outcome;
    await recordEvents(tools, write, eventsOf(actor, outcome.row, outcome.actions));
    return { kind: "done" };
  });
}

/** Of somebody else's it says whose. */
function eventsOf(
  { id, address }: Actor,
  row: PeopleFiltersTable,
  actions: readonly string[],
): NewAuditEvent[] {
  const accountId = row.account_id === id ? null : row.account_id;
  const conditions = recordedConditions(listOf(row));
  const detail = { changes: `«${maskedWithin(row.name)}»`, ...conditions };
  return actions.map((action) => ({ action, actor: id, accountId, address, detail }));
}

type Named = { kind: "fine"; name: string; name_key: string; shared: 0 | 1 };

async function judge(
  write: Writer,
  actor: Actor,
  wish: FilterWish,
  own: readonly PeopleFiltersTable[],
  row: PeopleFiltersTable | undefined,
): Promise<FilterRefusal | Named> {
  if (!isPlainName(wish.name)) return { kind: "unusable" };
  const name = wish.name.normalize("NFC").trim();
  const name_key = name.toLowerCase();
  const isOther = (filter: PeopleFiltersTable) => filter.id !== row?.id;
  if (own.some((filter) => filter.name_key === name_key && isOther(filter))) return { kind: "taken" };
  // Whoever may not share any more leaves it as it is.
  const maySay = mayAtAll(actor.role, "share-filters");
  const shared = maySay ? (wish.shared ? 1 : 0) : (row?.shared ?? 0);
  if (shared === 0 || !maySay) return { kind: "fine", name, name_key, shared };
  const others = (await rows.sharedFilters(write, MOST_FILTERS)).filter(isOther);
  if (others.some((filter) => filter.name_key === name_key)) return { kind: "taken-by-all" };
  if (others.length >= MOST_FILTERS) return { kind: "too-many-shared" };
  return { kind: "fine", name, name_key, shared };
}

function asFilter(row: PeopleFiltersTable, actor: Pick<Actor, "id">): KeptFilter {
  const { id, name, account_id: madeBy } = row;
  return { id, name, list: listOf(row), isShared: row.shared === 1, madeBy, isOwn: madeBy === actor.id };
}

function listOf({ conditions }: PeopleFiltersTable): ListAddress {
  const query = new URLSearchParams(conditions);
  return readAddress((field) => query.get(field) ?? undefined);
}
