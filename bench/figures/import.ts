import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { startPostgres } from "../../scripts/postgres.ts";
import { beginImport, keepStream, recogniseImport, startImport } from "../../src/imports/imports.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { openSecrets } from "../../src/platform/secrets/secrets.ts";
import { type OpenStore, openStore } from "../../src/platform/store/open.ts";
import { atLeast, type Row } from "../report.ts";
import { secretKey, startPropusk } from "../rig/contenders.ts";
import { range } from "../rig/people.ts";
import type { Effort } from "../rig/rounds.ts";
import { accountIdOf } from "../rig/seed.ts";
import type { Server } from "../rig/server.ts";

const SAMPLED_MS = 200;
/** As many as an import keeps at a time. */
const BATCH = 500;

/** A table of people is taken in by the running service, on both databases. */
export async function measureImport(effort: Effort): Promise<Row[]> {
  const people = Number(process.env["IMPORT_ROWS"] ?? (effort.isQuick ? 20_000 : 1_000_000));
  const postgres = await startPostgres({ own: true });
  try {
    return [
      ...(await takeIn("SQLite", people, undefined)),
      ...(await takeIn("PostgreSQL", people, await postgres.createDatabase())),
    ];
  } finally {
    await postgres.stop();
  }
}

async function takeIn(database: string, people: number, databaseUrl: string | undefined): Promise<Row[]> {
  const propusk = await startPropusk({
    cores: "server",
    people: 1,
    ...(databaseUrl !== undefined && { databaseUrl }),
  });
  const store = openStore(propusk.place);
  try {
    const bare = await insertBarely(store, people);
    const samples = await watch(store, propusk.server, await begin(store, people));
    const whole = paceOf(samples, 0, people);
    const [first, last] = [paceOf(samples, 0, people / 10), paceOf(samples, people * 0.9, people)];
    const told = (perSecond: number) => `${Math.round(perSecond).toLocaleString("en")} rows/s`;
    const pace = ({ perSecond, cpuUs }: Pace) => `${told(perSecond)} (${Math.round(cpuUs)} µs)`;
    const ratio = last.perSecond / first.perSecond;
    const count = people.toLocaleString("en");
    return [
      {
        figure: `Import of ${count} people, ${database}, one core`,
        ours: pace(whole),
        beside: `${told(bare)} inserted into one bare table`,
        ratio: whole.perSecond / bare,
      },
      {
        figure: `Its last tenth, ${database}`,
        ours: pace(last),
        beside: `${pace(first)} in its first tenth`,
        ratio,
        goal: atLeast(0.7, ratio),
      },
    ];
  } finally {
    await store.close();
    await propusk.stop();
  }
}

/** Five columns, three of them unique, in statements and transactions of as many rows as an import's. */
async function insertBarely(store: OpenStore, people: number): Promise<number> {
  await sql`create table bare_people (id text primary key, login text not null unique,
    email text not null unique, phone text not null, name text not null)`.execute(store.migrating);
  const began = performance.now();
  for (let from = 0; from < people; from += BATCH) {
    const rows = range(from, Math.min(BATCH, people - from)).map(
      (number) =>
        sql`(${accountIdOf(number)}, ${`user${number}`}, ${`user${number}@bench.example`},
          ${phoneOf(number)}, ${nameOf(number)})`,
    );
    await store.transact(async (write) => {
      await sql`insert into bare_people values ${sql.join(rows)}`.execute(write as never);
    });
  }
  const rate = (people * 1_000) / (performance.now() - began);
  await sql`drop table bare_people`.execute(store.migrating);
  return rate;
}

/** Uploads the table and starts it as its owner would, without a check before. */
async function begin(store: OpenStore, people: number): Promise<string> {
  const secrets = openSecrets([Buffer.from(secretKey, "base64url")]);
  const tools = { clock: systemClock, secrets, store };
  const id = await beginImport(tools, { id: accountIdOf(0), address: "127.0.0.1" }, "people.csv");
  await keepStream(tools, id, table(people));
  await recogniseImport(tools, id);
  const row = await rowOf(store, id);
  const started = await startImport(tools, id, "running", JSON.parse(row.settings));
  if (started.kind !== "started") throw new Error(`the import is ${started.kind}`);
  return id;
}

async function* table(people: number): AsyncGenerator<Buffer> {
  yield Buffer.from("ID;Логин;ФИО;E-Mail;Мобильный телефон\r\n");
  for (let from = 0; from < people; from += BATCH) {
    const lines = range(from, Math.min(BATCH, people - from)).map(
      (number) =>
        `${number + 1};user${number};${nameOf(number)};user${number}@bench.example;${phoneOf(number)}\r\n`,
    );
    yield Buffer.from(lines.join(""));
  }
}

function nameOf(number: number): string {
  return `Имя${number % 311} Фамилия${number % 977}`;
}

/** Mobile numbers, each of them once. */
function phoneOf(number: number): string {
  return `+79${String(160_000_000 + number)}`;
}

interface Sample {
  at: number;
  rows: number;
  /** Of the service, which on PostgreSQL leaves most of the work to another. */
  cpuMs: number;
}

async function watch(store: OpenStore, server: Server, id: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (;;) {
    const { done_rows: rows, state, counts } = await rowOf(store, id);
    samples.push({ at: performance.now(), rows, cpuMs: server.cpuMs() });
    if (state === "done") {
      const { added } = JSON.parse(counts) as { added: number };
      if (added !== rows) throw new Error(`${added} of ${rows} people were added: ${counts}`);
      return samples;
    }
    if (state !== "running") throw new Error(`the import is ${state}`);
    await sleep(SAMPLED_MS);
  }
}

function rowOf(store: OpenStore, id: string) {
  return store.read.selectFrom("imports").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
}

interface Pace {
  perSecond: number;
  /** Processor time of the service for each row. */
  cpuUs: number;
}

/** From the moment when `from` rows were in to that of `to` rows, each between two samples. */
function paceOf(samples: readonly Sample[], from: number, to: number): Pace {
  const [began, ended] = [momentOf(samples, from), momentOf(samples, to)];
  const cpuUs = ((ended.cpuMs - began.cpuMs) * 1_000) / (to - from);
  return { perSecond: ((to - from) * 1_000) / (ended.at - began.at), cpuUs };
}

function momentOf(samples: readonly Sample[], rows: number): Omit<Sample, "rows"> {
  const next = samples.findIndex((sample) => sample.rows > 0 && sample.rows >= rows);
  const [before, after] = [samples[next - 1], samples[next]];
  if (!after) throw new Error(`nobody saw row ${rows}`);
  if (!before || after.rows === before.rows) return after;
  const share = Math.max(0, rows - before.rows) / (after.rows - before.rows);
  const between = (from: number, to: number) => from + (to - from) * share;
  return { at: between(before.at, after.at), cpuMs: between(before.cpuMs, after.cpuMs) };
}
