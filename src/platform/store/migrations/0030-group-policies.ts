/**
 * Groups and what they ask of their members. `accounts.policy_groups` repeats who belongs where, kept by the
 * database itself: whoever reads an account for a sign-in or a session has its groups without another look.
 */
import { type Kysely, SqliteAdapter, sql } from "kysely";

const EVERYONE = "00000000-0000-0000-0000-000000000000";

const gathered = (joined: string, account: string) =>
  `update accounts set policy_groups = coalesce((select ${joined} from policy_members
    where policy_members.account_id = ${account}), '') where accounts.id = ${account}`;

const events = [
  ["added", "insert", "new.account_id"],
  ["changed", "update", "new.account_id"],
  ["removed", "delete", "old.account_id"],
] as const;

export async function up(database: Kysely<unknown>): Promise<void> {
  const onSqlite = database.getExecutor().adapter instanceof SqliteAdapter;
  const run = async (text: string) => {
    await sql.raw(text).execute(database);
  };
  for (const text of tables) await run(text);
  const joined = (each: string) => (onSqlite ? `group_concat(${each}, ',')` : `string_agg(${each}, ',')`);
  const member = "group_id || '@' || from_at || '-' || until_at";
  for (const [name, event, account] of events) {
    const work = gathered(joined(member), account);
    const made = onSqlite ? onSqliteAt(name, event, work) : onPostgresAt(name, event, work, account);
    for (const text of made) await run(text);
  }
}

const tables = [
  `create table policy_groups (id text primary key, name text not null, name_key text not null unique,
  description text not null, parameters text not null, created_at bigint not null,
  updated_at bigint not null)`,
  `create table policy_members (group_id text not null, account_id text not null, from_at bigint not null,
  until_at bigint not null, added_at bigint not null, primary key (group_id, account_id))`,
  "create index policy_members_by_account_id on policy_members (account_id)",
  "create table policy_state (id bigint primary key, version bigint not null)",
  "insert into policy_state (id, version) values (1, 1)",
  `insert into policy_groups (id, name, name_key, description, parameters, created_at, updated_at)
  values ('${EVERYONE}', 'Все', 'все', '', '{}', 0, 0)`,
  "alter table accounts add column policy_groups text not null default ''",
  `create table password_history (account_id text not null, changed_at bigint not null, hash text not null,
  primary key (account_id, changed_at))`,
  "alter table sessions add column idle_ms bigint",
  "alter table remembered_devices add column address text not null default ''",
];

function onSqliteAt(name: string, event: string, work: string): string[] {
  return [`create trigger policy_member_${name} after ${event} on policy_members begin ${work}; end`];
}

/** Of two who change the groups of one account at once, the later gathers what the first has put there. */
function onPostgresAt(name: string, event: string, work: string, account: string): string[] {
  return [
    `create function policy_member_${name}() returns trigger language plpgsql as $$ begin
    perform 1 from accounts where accounts.id = ${account} for no key update; ${work}; return null; end $$`,
    `create trigger policy_member_${name} after ${event} on policy_members for each row
    execute function policy_member_${name}()`,
  ];
}
