/** Fills Propusk's own database with people, set by set instead of one by one. */
import { type Kysely, type RawBuilder, sql } from "kysely";
import { migrate, type OpenStore, openStore } from "../../src/platform/store/open.ts";
import type { Tables } from "../../src/platform/store/tables.ts";

export interface Place {
  dataDir: string;
  databaseUrl: string | undefined;
}

/** Below the ten seconds that a statement may take on PostgreSQL. */
const PER_STATEMENT = 20_000;
const WORTH_ANALYZING = 1_000;

/**
 * `count` active people, each with a proven e-mail and the same password; the first one is the owner.
 * `office`: with names as people have them, a phone each, and a login each tenth.
 */
export async function seedPeople(
  place: Place,
  count: number,
  hash: string,
  { office = false }: { office?: boolean } = {},
): Promise<void> {
  const store = openStore(place);
  try {
    await migrate(store);
    await rush(store);
    const upkeep = await dropUpkeep(store);
    for (let first = 0; first < count; first += PER_STATEMENT) {
      const last = Math.min(first + PER_STATEMENT, count) - 1;
      await store.migrating.transaction().execute(async (write) => {
        await sql.raw(accountsFollow[store.kind]).execute(write);
        await seedSome(write, { first, last, hash, office });
      });
    }
    for (const text of upkeep) await sql.raw(text).execute(store.migrating);
    // What it would find of next to nobody is of no use later.
    if (count >= WORTH_ANALYZING)
      await sql.raw(store.kind === "sqlite" ? "analyze" : "vacuum analyze").execute(store.migrating);
  } finally {
    await store.close();
  }
}

/** The id of a person's account in Propusk's database. */
export function accountIdOf(person: number): string {
  return `01900000-0000-7000-8000-${String(person).padStart(12, "0")}`;
}

/** Empties all budgets: people who are asked for again within the hour would be held up by their limits. */
export async function forgetBudgets(place: Place): Promise<void> {
  const store = openStore(place);
  try {
    await store.transact(async (write) => void (await write.deleteFrom("budgets").execute()));
  } finally {
    await store.close();
  }
}

/** A crash now costs nothing but another seed. Holds for this connection alone. */
async function rush(store: OpenStore): Promise<void> {
  const wishes = {
    sqlite: ["pragma synchronous = off", "pragma cache_size = -200000"],
    postgres: ["set statement_timeout = 0", "set maintenance_work_mem = '256MB'"],
  };
  for (const wish of wishes[store.kind]) await sql.raw(wish).execute(store.migrating);
}

const accountsFollow = { sqlite: "pragma defer_foreign_keys = on", postgres: "set constraints all deferred" };

const tables = ["accounts", "identifiers", "passwords"];

/**
 * Accounts come behind what belongs to them, so that one trigger puts all of that into the list of people.
 * Other triggers would have nothing to do, and indexes are quicker made at the end. Gives the statements that
 * bring both back.
 */
async function dropUpkeep(store: OpenStore): Promise<string[]> {
  const run = (text: string) => sql.raw(text).execute(store.migrating);
  const found =
    store.kind === "sqlite"
      ? sql<Upkeep>`select type, name, sql as text from sqlite_master
          where (type = 'trigger' and name not in ('people_account_added', 'people_words_added'))
          or (type = 'index' and sql like 'create index %' and tbl_name not in (${sql.join(tables)}))`
      : sql<Upkeep>`select 'index' as type, indexname as name, indexdef as text from pg_indexes
          where schemaname = current_schema() and indexdef like 'CREATE INDEX %'
            and tablename not in (${sql.join(tables)})`;
  const { rows } = await found.execute(store.migrating);
  for (const { type, name } of rows) await run(`drop ${type} "${name}"`);
  const again = rows.map(({ text }) => text);
  if (store.kind === "sqlite") return again;
  const before = tables.filter((table) => table !== "accounts");
  for (const table of before) await run(`alter table ${table} disable trigger user`);
  return [...again, ...before.map((table) => `alter table ${table} enable trigger user`)];
}

interface Upkeep {
  type: "trigger" | "index";
  name: string;
  text: string;
}

function accountId(number: RawBuilder<unknown>): RawBuilder<unknown> {
  const padded = sql`cast(1000000000000 + cast(${number} as bigint) as text)`;
  return sql`'01900000-0000-7000-8000-' || substr(${padded}, 2)`;
}

async function seedSome(
  write: Kysely<Tables>,
  { first, last, hash, office }: { first: number; last: number; hash: string; office: boolean },
): Promise<void> {
  const numbers = sql`numbers(n) as (
    select cast(${first} as bigint) union all select n + 1 from numbers where n < cast(${last} as bigint)
  )`;
  const account = accountId(sql`n`);
  const identifier = identifierId("9000");
  const name = office ? officeName() : sql`'Person ' || n`;
  const email = sql`'person' || n || '@bench.example'`;
  await sql`with recursive ${numbers}
    insert into identifiers (id, account_id, kind, value, key, sign_in_key, confirmed_at, created_at)
    select ${identifier}, ${account}, 'email', ${email}, ${email}, ${email}, 0, 0
    from numbers`.execute(write);
  if (office) {
    const phone = sql`'+79' || cast(100000000 + n * 7 as text)`;
    const login = sql`'emp' || n`;
    for (const [id, kind, key, which] of [
      [identifierId("9001"), "phone", phone, sql`true`],
      [identifierId("9002"), "login", login, sql`n % 10 = 0`],
    ] as const) {
      await sql`with recursive ${numbers}
        insert into identifiers (id, account_id, kind, value, key, sign_in_key, confirmed_at, created_at)
        select ${id}, ${account}, cast(${kind} as text), ${key}, ${key}, ${key}, 0, 0
        from numbers where ${which}`.execute(write);
    }
  }
  await sql`with recursive ${numbers}
    insert into passwords (account_id, hash, changed_at)
    select ${account}, cast(${hash} as text), 0
    from numbers`.execute(write);
  await sql`with recursive ${numbers}
    insert into accounts (id, name, role, status, language, generation, created_at, updated_at)
    select ${account}, ${name}, case n when 0 then 'owner' else 'person' end, 'active', null, 1, 0, 0
    from numbers`.execute(write);
}

function identifierId(group: string): RawBuilder<unknown> {
  return sql`${sql.lit(`01900000-0000-7000-${group}-`)} || substr(cast(1000000000000 + n as text), 2)`;
}

/** Forty names of families, thirty given ones, and as many of fathers: about 28 of each among a million. */
export function officeNameOf(person: number): string {
  const { families, given, fathers } = officeNames;
  const at = (names: readonly string[], number: number) => names[number % names.length] ?? "";
  const [second, third] = [Math.floor(person / 40), Math.floor(person / 1_200)];
  return `${at(families, person)} ${at(given, second)} ${at(fathers, third)}`;
}

const WIDTH = 16;

function officeName(): RawBuilder<unknown> {
  const { families, given, fathers } = officeNames;
  const pick = (names: readonly string[], each: number) => {
    const line = names.map((name) => name.padEnd(WIDTH)).join("");
    const place = sql.raw(`cast(1 + ${WIDTH} * ((n / ${each}) % ${names.length}) as integer)`);
    return sql`trim(substr(${sql.lit(line)}, ${place}, ${sql.lit(WIDTH)}))`;
  };
  return sql`${pick(families, 1)} || ' ' || ${pick(given, 40)} || ' ' || ${pick(fathers, 1_200)}`;
}

const officeNames = {
  families: (
    "Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков " +
    "Алексеев Лебедев Семёнов Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин " +
    "Захаров Зайцев Соловьёв Борисов Яковлев Григорьев Романов Воробьёв Сергеев Кузьмин Фролов " +
    "Александров Дмитриев Королёв Гусев Киселёв"
  ).split(" "),
  given: (
    "Александр Алексей Анатолий Андрей Антон Аркадий Борис Вадим Валерий Василий Виктор Виталий " +
    "Владимир Геннадий Георгий Григорий Денис Дмитрий Евгений Иван Игорь Илья Кирилл Константин " +
    "Леонид Максим Михаил Николай Олег Пётр"
  ).split(" "),
  fathers: (
    "Александрович Алексеевич Анатольевич Андреевич Антонович Аркадьевич Борисович Вадимович " +
    "Валерьевич Васильевич Викторович Витальевич Владимирович Геннадьевич Георгиевич Григорьевич " +
    "Денисович Дмитриевич Евгеньевич Иванович Игоревич Ильич Кириллович Константинович Леонидович " +
    "Максимович Михайлович Николаевич Олегович Петрович"
  ).split(" "),
} as const;
