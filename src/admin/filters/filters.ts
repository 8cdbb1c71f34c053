/** Conditions of the list that one of the staff keeps under a name: everybody has the own ones alone. */
import { holdAccount, isPlainName } from "../../accounts/accounts.ts";
import { recordEvent } from "../../audit/audit.ts";
import type { Clock } from "../../platform/clock.ts";
import { newId } from "../../platform/secrets/ids.ts";
import type { Reader, Store, Writer } from "../../platform/store/store.ts";
import type { PeopleFiltersTable } from "../../platform/store/tables.ts";
import type { Actor } from "../acting.ts";
import { addressOf, fieldsOf, type ListAddress, readAddress, recordedConditions } from "../list/address.ts";
import { maskedWithin } from "../masks.ts";
import * as rows from "./rows.ts";

/** As many as fit above the list and are found again there. */
export const MOST_FILTERS = 20;

export interface KeptFilter {
  id: string;
  name: string;
  list: ListAddress;
}

export type FilterRefusal =
  /** Not 60 characters of plain text. */
  | { kind: "unusable" }
  /** Another one of the own ones has this name. */
  | { kind: "taken" };

export type KeepOutcome =
  | { kind: "done" }
  | FilterRefusal
  | { kind: "too-many" }
  /** There are no conditions to keep. */
  | { kind: "nothing" };

interface Tools {
  clock: Clock;
  store: Store;
}

/** The own ones in the order of their names. */
export async function filtersFor(read: Reader, actor: Actor): Promise<KeptFilter[]> {
  return (await rows.filtersOf(read, actor.id)).map(asFilter);
}

/** Undefined for an id that is nobody's or somebody else's. */
export async function filterFor(read: Reader, actor: Actor, id: string): Promise<KeptFilter | undefined> {
  const row = await rows.filterOf(read, actor.id, id);
  return row && asFilter(row);
}

/** The one whose conditions these are. */
export function filterOfList(filters: readonly KeptFilter[], list: ListAddress): KeptFilter | undefined {
  return filters.find((filter) => addressOf(filter.list) === addressOf(list));
}

export async function keepFilter(
  tools: Tools,
  actor: Actor,
  wish: { name: string; list: ListAddress },
): Promise<KeepOutcome> {
  const conditions = String(new URLSearchParams(fieldsOf(wish.list)));
  if (conditions === "") return { kind: "nothing" };
  return changing(tools, actor, "filter.saved", async (write, own): Promise<Changed<KeepOutcome>> => {
    const named = judgeName(wish.name, own, undefined);
    if (named.kind !== "fine") return named;
    if (own.length >= MOST_FILTERS) return { kind: "too-many" };
    const { kind: _, ...name } = named;
    const created_at = tools.clock.now();
    await rows.insertFilter(write, {
      id: newId(),
      account_id: actor.id,
      ...name,
      conditions,
      created_at,
      shared: 0,
    });
    return { kind: "done", name: name.name, list: wish.list };
  });
}

export function renameFilter(
  tools: Tools,
  actor: Actor,
  id: string,
  wished: string,
): Promise<{ kind: "done" } | { kind: "absent" } | FilterRefusal> {
  return changing(tools, actor, "filter.renamed", async (write, own) => {
    const row = own.find((filter) => filter.id === id);
    if (!row) return { kind: "absent" };
    const named = judgeName(wished, own, id);
    if (named.kind !== "fine") return named;
    const { kind: _, ...name } = named;
    await rows.renameFilter(write, id, name);
    return { kind: "done", name: name.name, list: asFilter(row).list };
  });
}

export function removeFilter(
  tools: Tools,
  actor: Actor,
  id: string,
): Promise<{ kind: "done" } | { kind: "absent" }> {
  return changing(tools, actor, "filter.deleted", async (write, own) => {
    const row = own.find((filter) => filter.id === id);
    if (!row) return { kind: "absent" };
    await rows.deleteFilter(write, id);
    return { kind: "done", name: row.name, list: asFilter(row).list };
  });
}

type Changed<Outcome> =
  | Exclude<Outcome, { kind: "done" }>
  | { kind: "done"; name: string; list: ListAddress };

/** With the own account held, so that of two presses at once the later sees what the first one did. */
function changing<Outcome extends { kind: string }>(
  tools: Tools,
  actor: Actor,
  action: string,
  work: (write: Writer, own: PeopleFiltersTable[]) => Promise<Changed<Outcome | { kind: "done" }>>,
): Promise<Exclude<Outcome, { kind: "done" }> | { kind: "done" }> {
  return tools.store.transact(async (write) => {
    await holdAccount(write, tools.store.kind, actor.id);
    const outcome = await work(write, await rows.filtersOf(write, actor.id));
    if (!("list" in outcome)) return outcome;
    const { address, id } = actor;
    const detail = { changes: `«${maskedWithin(outcome.name)}»`, ...recordedConditions(outcome.list) };
    await recordEvent(tools, write, { action, actor: id, accountId: null, address, detail });
    return { kind: "done" };
  });
}

function judgeName(
  wished: string,
  own: readonly PeopleFiltersTable[],
  id: string | undefined,
): FilterRefusal | { kind: "fine"; name: string; name_key: string } {
  if (!isPlainName(wished)) return { kind: "unusable" };
  const name = wished.normalize("NFC").trim();
  const name_key = name.toLowerCase();
  const isTaken = own.some((filter) => filter.name_key === name_key && filter.id !== id);
  return isTaken ? { kind: "taken" } : { kind: "fine", name, name_key };
}

function asFilter({ id, name, conditions }: PeopleFiltersTable): KeptFilter {
  const query = new URLSearchParams(conditions);
  return { id, name, list: readAddress((field) => query.get(field) ?? undefined) };
}
