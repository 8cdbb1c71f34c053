/** The record as a file, page by page: as much is in memory as one page holds. */
import { peopleByIds } from "../../accounts/accounts.ts";
import { type AuditEvent, type EventFilter, findEvents, nameOfAction } from "../../audit/audit.ts";
import type { Language } from "../../platform/language/language.ts";
import type { Reader } from "../../platform/store/store.ts";
import { BYTE_ORDER_MARK, csvLine } from "../csv.ts";
import { type Format, streamText } from "../files.ts";
import { words } from "../words.ts";

/** As much as one file holds, in time; a leap year. */
export const MOST_EXPORTED_MS = 366 * 86_400_000;
const PAGE = 500;

/** Newest first. A fault on the way breaks the answer off, so that half a file does not look like a whole. */
export function exportEvents(
  read: Reader,
  filter: EventFilter,
  format: Format,
  language: Language,
): ReadableStream<Uint8Array> {
  const { columns } = words[language].audit;
  const lineOf = format === "csv" ? csvOf : jsonOf;
  let before: number | undefined;
  let isLast = false;
  const head = format === "csv" ? BYTE_ORDER_MARK + csvLine(Object.values(columns)) : "";
  return streamText(head, async () => {
    if (isLast) return undefined;
    const events = await findEvents(read, filter, { most: PAGE, before });
    const names = await namesIn(read, events);
    const name = (id: string | null) => (id === null ? "" : (names.get(id) ?? ""));
    before = events.at(-1)?.seq;
    isLast = events.length < PAGE;
    return events.map((event) => lineOf(event, name, language)).join("");
  });
}

type NameOf = (id: string | null) => string;

function csvOf(event: AuditEvent, name: NameOf, language: Language): string {
  const { reason, ...rest } = event.detail;
  return csvLine([
    event.seq,
    new Date(event.at).toISOString(),
    event.action,
    nameOfAction(event, language),
    event.actor,
    name(event.actor),
    event.accountId ?? "",
    name(event.accountId),
    event.address,
    String(reason ?? ""),
    JSON.stringify(rest),
  ]);
}

function jsonOf(event: AuditEvent, name: NameOf): string {
  const { seq, action, actor, accountId, address, detail } = event;
  const at = new Date(event.at).toISOString();
  const line = { seq, at, action, actor, actorName: name(actor), accountId, accountName: name(accountId) };
  return `${JSON.stringify({ ...line, address, detail })}\n`;
}

/** The names of everybody in these events, as they are now; `cli` and `system` are no accounts. */
export async function namesIn(read: Reader, events: readonly AuditEvent[]): Promise<Map<string, string>> {
  const ids = new Set(events.flatMap(({ actor, accountId }) => (accountId ? [actor, accountId] : [actor])));
  const people = await peopleByIds(read, [...ids]);
  return new Map(people.map(({ account }) => [account.id, account.name]));
}
