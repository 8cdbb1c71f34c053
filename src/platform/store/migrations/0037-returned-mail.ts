/**
 * What the console asks of messages, and mailboxes that letters came back from. `people` repeats the
 * latter for the list; the database keeps it itself.
 */
import { type Kysely, SqliteAdapter, sql } from "kysely";

const messageColumns = [
  "about text",
  "number bigint",
  "to_key text not null default ''",
  "domain text not null default ''",
];

/** In the order of the pages; where one is for few messages, the others cost it nothing. */
const indexes = [
  "messages_by_to_key on messages (to_key, created_at) where state <> 'shadow'",
  "messages_by_domain on messages (domain, created_at) where state <> 'shadow'",
  "messages_by_kind on messages (kind, created_at) where state <> 'shadow'",
  "messages_by_number on messages (number, created_at) where number is not null",
  "messages_by_about on messages (about) where about is not null",
  "messages_by_gateway on messages (gateway, created_at) where gateway is not null",
  `messages_in_trouble on messages (created_at)
   where state in ('failed', 'dropped') or status in ('undelivered', 'expired', 'rejected')`,
  "people_bounced on people (name_key, account_id) where mail_bounced <> 0",
];

const keptFor = (account: string) => `update people set mail_bounced = case when exists (
    select 1 from identifiers where identifiers.account_id = ${account} and bounced_at is not null)
    then 1 else 0 end where people.account_id = ${account}`;

const triggers = [
  ["mail_bounced", "update of bounced_at on identifiers", keptFor("new.account_id")],
  // Only for a mailbox that letters came back from: all others change nothing.
  ["mail_replaced", "delete on identifiers", keptFor("old.account_id")],
] as const;

export async function up(database: Kysely<unknown>): Promise<void> {
  const onSqlite = database.getExecutor().adapter instanceof SqliteAdapter;
  const run = async (text: string) => {
    await sql.raw(text).execute(database);
  };
  for (const column of messageColumns) await run(`alter table messages add column ${column}`);
  const domain = onSqlite
    ? "substr(lower(sent_to), instr(sent_to, '@') + 1)"
    : "substr(lower(sent_to), strpos(sent_to, '@') + 1)";
  await run(`update messages set to_key = lower(sent_to),
    domain = case when channel = 'email' then ${domain} else '' end where sent_to <> ''`);
  for (const column of ["bounced_at bigint", "bounced_status text"]) {
    await run(`alter table identifiers add column ${column}`);
  }
  await run("alter table people add column mail_bounced bigint not null default 0");
  for (const index of indexes) await run(`create index ${index}`);
  for (const [name, event, work] of triggers) {
    const condition = name === "mail_replaced" ? "when (old.bounced_at is not null)" : "";
    if (onSqlite) {
      await run(`create trigger people_${name} after ${event} ${condition} begin ${work}; end`);
      continue;
    }
    await run(`create function people_${name}() returns trigger language plpgsql as
      $$ begin ${work}; return null; end $$`);
    await run(`create trigger people_${name} after ${event} for each row ${condition}
      execute function people_${name}()`);
  }
}
