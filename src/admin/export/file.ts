/** People as a file, slice by slice: no transaction is held, and as much is in memory as a slice takes. */
import { type ListedPerson, type PeopleFilter, walkPeople } from "../../accounts/accounts.ts";
import { externalIdsOf } from "../../imports/imports.ts";
import type { Language } from "../../platform/language/language.ts";
import type { Store } from "../../platform/store/store.ts";
import { BYTE_ORDER_MARK, csvLine } from "../csv.ts";
import { type Format, streamText } from "../files.ts";
import { type Column, type Facts, factsOf } from "./columns.ts";
import { words } from "./words.ts";

export function exportPeople(
  tools: { store: Store },
  filter: PeopleFilter,
  format: Format,
  language: Language,
): ReadableStream<Uint8Array> {
  const { columns } = words[language];
  const head = format === "csv" ? BYTE_ORDER_MARK + csvLine(Object.values(columns)) : "";
  const lineOf = format === "csv" ? (facts: Facts) => csvOf(facts, language) : jsonOf;
  const walk = walkPeople(tools, filter);
  return streamText(head, async () => {
    const slice = await walk.next();
    if (slice.done) return undefined;
    return (await withFacts(tools.store, slice.value)).map(lineOf).join("");
  });
}

async function withFacts({ read }: Store, people: readonly ListedPerson[]): Promise<Facts[]> {
  const ids = people.map(({ account }) => account.id);
  const externalIds = await externalIdsOf(read, ids);
  return people.map((person) => factsOf(person, externalIds.get(person.account.id)));
}

function csvOf(facts: Facts, language: Language): string {
  const { columns, roles, yes, no } = words[language];
  const cells = (Object.keys(columns) as Column[]).map((column) => {
    const fact = column === "role" ? roles[facts.role] : facts[column];
    return typeof fact === "boolean" ? (fact ? yes : no) : (fact ?? "");
  });
  return csvLine(cells);
}

function jsonOf(facts: Facts): string {
  return `${JSON.stringify(facts)}\n`;
}
