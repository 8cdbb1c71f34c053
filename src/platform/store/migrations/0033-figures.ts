import { type Kysely, sql } from "kysely";

/** Counts for the console's charts, and what is needed to count each thing once. */
export async function up(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  await schema
    .createTable("figures")
    .addColumn("figure", "text", (column) => column.notNull())
    .addColumn("grain", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("count", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("figures_key", ["figure", "grain", "at", "label"])
    .execute();
  await schema
    .createTable("figure_attempts")
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("asked_at", "bigint", (column) => column.notNull())
    .addColumn("last_asked_at", "bigint", (column) => column.notNull())
    .addColumn("channel", "text", (column) => column.notNull())
    .addColumn("step", "text", (column) => column.notNull())
    .addColumn("outdated", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("figure_attempts_key", ["account_id", "asked_at"])
    .execute();
  await schema
    .createIndex("figure_attempts_by_last_asked_at")
    .on("figure_attempts")
    .column("last_asked_at")
    .execute();
  await schema
    .createTable("figure_notes")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("figure", "text", (column) => column.notNull())
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("account_id", "text")
    .addColumn("sent_since", "bigint")
    .execute();
  await schema
    .createTable("figure_progress")
    .addColumn("id", "bigint", (column) => column.primaryKey())
    .addColumn("seq", "bigint", (column) => column.notNull())
    .execute();
  await sql`insert into figure_progress (id, seq) values (1, 0)`.execute(database);
}
