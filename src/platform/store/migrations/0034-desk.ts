import { type Kysely, SqliteAdapter, sql } from "kysely";

/** Cases of the desk: who asks, how far it got, what was said, sent along and shown as evidence. */
export async function up(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  const bytes = database.getExecutor().adapter instanceof SqliteAdapter ? "blob" : "bytea";
  await schema
    .createTable("case_numbers")
    .addColumn("id", "bigint", (column) => column.primaryKey())
    .addColumn("last", "bigint", (column) => column.notNull())
    .execute();
  await sql`insert into case_numbers (id, last) values (1, 10000)`.execute(database);
  await casesTable(database);
  await schema
    .createTable("case_entries")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("case_id", "text", (column) => column.notNull().references("cases.id"))
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("author_id", "text")
    .addColumn("sender", "text", (column) => column.notNull())
    .addColumn("text", "text", (column) => column.notNull())
    .execute();
  await schema
    .createTable("case_files")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("case_id", "text", (column) => column.notNull().references("cases.id"))
    .addColumn("entry_id", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("type", "text", (column) => column.notNull())
    .addColumn("size", "bigint", (column) => column.notNull())
    .addColumn("bytes", bytes, (column) => column.notNull())
    .execute();
  await schema
    .createTable("case_evidence")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("case_id", "text", (column) => column.notNull().references("cases.id"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("account_id", "text")
    .addColumn("by_id", "text")
    .addColumn("note", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .execute();
  await schema
    .createTable("case_templates")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("text_ru", "text", (column) => column.notNull())
    .addColumn("text_en", "text", (column) => column.notNull())
    .addColumn("changed_at", "bigint", (column) => column.notNull())
    .execute();
  for (const [table, columns] of indexes) {
    await schema
      .createIndex(`${table}_by_${columns.join("_")}`)
      .on(table)
      .columns([...columns])
      .execute();
  }
}

const indexes = [
  ["cases", ["state", "due_at"]],
  ["cases", ["state", "number"]],
  ["cases", ["state", "moved_at"]],
  ["cases", ["handler_id", "state"]],
  ["cases", ["account_id", "opened_at"]],
  ["cases", ["answer_key", "opened_at"]],
  ["cases", ["decided_at"]],
  ["case_entries", ["case_id", "at"]],
  ["case_files", ["case_id"]],
  ["case_evidence", ["case_id"]],
  ["case_evidence", ["account_id"]],
] as const;

async function casesTable({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("cases")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("number", "bigint", (column) => column.notNull().unique())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("version", "bigint", (column) => column.notNull())
    .addColumn("account_id", "text")
    .addColumn("typed", "text", (column) => column.notNull())
    .addColumn("answer_to", "text", (column) => column.notNull())
    .addColumn("answer_key", "text", (column) => column.notNull())
    .addColumn("story", "text", (column) => column.notNull())
    .addColumn("language", "text", (column) => column.notNull())
    .addColumn("has_phone", "bigint", (column) => column.notNull())
    .addColumn("address", "text", (column) => column.notNull())
    .addColumn("device", "text", (column) => column.notNull())
    .addColumn("opened_by", "text")
    .addColumn("opened_at", "bigint", (column) => column.notNull())
    .addColumn("moved_at", "bigint", (column) => column.notNull())
    .addColumn("key_hash", "text", (column) => column.notNull().unique())
    .addColumn("key_id", "text", (column) => column.notNull())
    .addColumn("code_round", "bigint", (column) => column.notNull())
    .addColumn("code_tries", "bigint", (column) => column.notNull())
    .addColumn("code_until", "bigint", (column) => column.notNull())
    .addColumn("phone_proof_id", "text")
    .addColumn("confirmed_at", "bigint")
    .addColumn("due_at", "bigint")
    .addColumn("handler_id", "text")
    .addColumn("earlier_handler_id", "text")
    .addColumn("signed_in_at", "bigint")
    .addColumn("generation", "bigint")
    .addColumn("replaces_email", "bigint", (column) => column.notNull())
    .addColumn("approved_by", "text")
    .addColumn("approved_at", "bigint")
    .addColumn("remind_at", "bigint")
    .addColumn("release_at", "bigint")
    .addColumn("veto_proof_id", "text")
    .addColumn("link_proof_id", "text")
    .addColumn("appealed", "bigint", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("decided_at", "bigint")
    .execute();
}
