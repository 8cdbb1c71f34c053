import { type Expression, type ExpressionBuilder, sql } from "kysely";
import type { Reader, Store, Writer } from "../platform/store/store.ts";
import type { CasesTable, Tables } from "../platform/store/tables.ts";
import { openStates, seenStates } from "./states.ts";

export type CaseRow = CasesTable;

/** The database's own clock at this moment: one for all instances, however wrong the clock of one is. */
const databaseClock = {
  sqlite: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
  postgres: sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`,
} as const satisfies Record<Store["kind"], Expression<number>>;

export async function databaseTime(read: Reader, kind: Store["kind"]): Promise<number> {
  const clock = sql<{ now: number }>`(select ${databaseClock[kind]} as now)`;
  const row = await read.selectFrom(clock.as("clock")).select("now").executeTakeFirstOrThrow();
  return row.now;
}

/** The next number; whoever takes one holds the counter until the transaction ends. */
export async function takeNumber(write: Writer): Promise<number> {
  const taken = await write
    .updateTable("case_numbers")
    .set((row) => ({ last: row("last", "+", 1) }))
    .returning("last")
    .executeTakeFirstOrThrow();
  return taken.last;
}

export async function insertCase(write: Writer, row: CaseRow): Promise<void> {
  await write.insertInto("cases").values(row).execute();
}

export function caseById(read: Reader, id: string): Promise<CaseRow | undefined> {
  return read.selectFrom("cases").selectAll().where("id", "=", id).executeTakeFirst();
}

export function caseByNumber(read: Reader, number: number): Promise<CaseRow | undefined> {
  return read.selectFrom("cases").selectAll().where("number", "=", number).executeTakeFirst();
}

export function caseByKeyHash(read: Reader, hash: string): Promise<CaseRow | undefined> {
  return read.selectFrom("cases").selectAll().where("key_hash", "=", hash).executeTakeFirst();
}

export function caseByVeto(read: Reader, proofId: string, accountId: string): Promise<CaseRow | undefined> {
  return read
    .selectFrom("cases")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("veto_proof_id", "=", proofId)
    .executeTakeFirst();
}

export function caseByLink(read: Reader, proofId: string, accountId: string): Promise<CaseRow | undefined> {
  return read
    .selectFrom("cases")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("link_proof_id", "=", proofId)
    .executeTakeFirst();
}

/**
 * The one conditional write of every move: true for one caller, whatever runs beside it. `over`: only once
 * the waiting period is over, by the database's clock at this very statement.
 */
export async function moveRow(
  write: Writer,
  found: Pick<CaseRow, "id" | "state" | "version">,
  change: Partial<CaseRow>,
  over?: Store["kind"],
): Promise<boolean> {
  let update = write
    .updateTable("cases")
    .set({ ...change, version: found.version + 1 })
    .where("id", "=", found.id)
    .where("state", "=", found.state)
    .where("version", "=", found.version);
  if (over) update = update.where("release_at", "<=", databaseClock[over]);
  return (await update.executeTakeFirst()).numUpdatedRows === 1n;
}

/** Changes what is no move: neither state nor version. */
export async function setCase(write: Writer, id: string, change: Partial<CaseRow>): Promise<void> {
  await write.updateTable("cases").set(change).where("id", "=", id).execute();
}

/** Something came in for a case in somebody's hands: a sign of life, and owed a look if none was owed yet. */
export async function oweAnswer(
  write: Writer,
  id: string,
  { movedAt, dueAt }: { movedAt: number; dueAt: number },
): Promise<void> {
  await write
    .updateTable("cases")
    .set((row) => ({ moved_at: movedAt, due_at: row.fn.coalesce("due_at", row.lit(dueAt)) }))
    .where("id", "=", id)
    .where("state", "in", ["handling", "asked"])
    .execute();
}

/** Counts one try of the code in force; undefined when it is too old or has no tries left. */
export async function countTry(
  write: Writer,
  id: string,
  most: number,
  now: number,
): Promise<CaseRow | undefined> {
  return write
    .updateTable("cases")
    .set((row) => ({ code_tries: row("code_tries", "+", 1) }))
    .where("id", "=", id)
    .where("code_tries", "<", most)
    .where("code_until", ">", now)
    .returningAll()
    .executeTakeFirst();
}

/** Cases of the account, or that ask for answers to the address, newest first. */
export function casesOf(
  read: Reader,
  by: { accountId: string } | { answerKey: string },
  since: number,
  most: number,
): Promise<CaseRow[]> {
  const query = read.selectFrom("cases").selectAll().where("state", "in", seenStates);
  const mine =
    "accountId" in by
      ? query.where("account_id", "=", by.accountId)
      : query.where("answer_key", "=", by.answerKey);
  return mine.where("opened_at", ">=", since).orderBy("opened_at", "desc").limit(most).execute();
}

/** Cases that time alone has to move on; each kind walks an index from its oldest row. */
export async function dueCases(
  read: Reader,
  kind: Store["kind"],
  { unconfirmedBefore, silentBefore }: { unconfirmedBefore: number; silentBefore: number },
  most: number,
): Promise<CaseRow[]> {
  const inState = (states: readonly CaseRow["state"][]) =>
    read.selectFrom("cases").selectAll().where("state", "in", states).orderBy("moved_at").limit(most);
  const before = (states: readonly CaseRow["state"][], moment: number) =>
    inState(states).where("moved_at", "<", moment).execute();
  const clock = databaseClock[kind];
  const [unconfirmed, silent, waiting, disturbed] = await Promise.all([
    before(["unconfirmed"], unconfirmedBefore),
    before(["asked", "released"], silentBefore),
    inState(["waiting"])
      .where((row) => row.or([row("release_at", "<=", clock), row("remind_at", "<=", clock)]))
      .execute(),
    read
      .selectFrom("cases")
      .innerJoin("accounts", "accounts.id", "cases.account_id")
      .selectAll("cases")
      .where("cases.state", "in", openStates)
      .where(isDisturbed)
      .limit(most)
      .execute(),
  ]);
  return [...unconfirmed, ...silent, ...disturbed, ...waiting];
}

type Joined = ExpressionBuilder<Tables, "cases" | "accounts">;

/** The owner signed in since, or, once approved, something of the account has changed. */
function isDisturbed(row: Joined) {
  return row.or([
    row("cases.signed_in_at", "is distinct from", row.ref("accounts.signed_in_at")),
    row.and([
      row("cases.state", "in", ["waiting", "released"]),
      row.or([
        row("cases.generation", "!=", row.ref("accounts.generation")),
        row("accounts.status", "!=", "active"),
      ]),
    ]),
  ]);
}

/** What the figures are made of: decided since then, newest first, and what is open now. */
export function decidedSince(read: Reader, since: number, most: number) {
  return read
    .selectFrom("cases")
    .select(["state", "reason", "confirmed_at", "decided_at", "approved_by"])
    .where("decided_at", ">=", since)
    .orderBy("decided_at", "desc")
    .limit(most)
    .execute();
}

export function openNow(read: Reader, most: number) {
  return read
    .selectFrom("cases")
    .select(["state", "confirmed_at", "due_at", "handler_id"])
    .where("state", "in", openStates)
    .orderBy("moved_at")
    .limit(most)
    .execute();
}

/** Small transactions: up to so many cases that nobody needs any more, with everything of theirs. */
export async function deleteOld(
  write: Writer,
  { expiredBefore, endedBefore }: { expiredBefore: number; endedBefore: number },
  most: number,
): Promise<number> {
  const ended = ["done", "refused", "stopped", "closed"] as const;
  const expired = write.selectFrom("cases").select("id").where("state", "=", "expired");
  const old = [
    ...(await expired.where("moved_at", "<", expiredBefore).limit(most).execute()),
    ...(await write
      .selectFrom("cases")
      .select("id")
      .where("state", "in", ended)
      .where("moved_at", "<", endedBefore)
      .limit(most)
      .execute()),
  ].map(({ id }) => id);
  if (old.length === 0) return 0;
  for (const table of ["case_files", "case_evidence", "case_entries"] as const) {
    await write.deleteFrom(table).where("case_id", "in", old).execute();
  }
  await write.deleteFrom("cases").where("id", "in", old).execute();
  return old.length;
}
