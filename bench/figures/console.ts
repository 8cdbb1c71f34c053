import { startPostgres } from "../../scripts/postgres.ts";
import { otherLayout } from "../../src/platform/language/keyboard-layout.ts";
import { atMost, type Row } from "../report.ts";
import { type Propusk, startPropusk } from "../rig/contenders.ts";
import { applyLoad, isSuccess, successesPerSecond, timesOf } from "../rig/load.ts";
import { emailOf, range } from "../rig/people.ts";
import type { Effort } from "../rig/rounds.ts";
import { accountIdOf, officeNameOf } from "../rig/seed.ts";
import { percentile } from "../rig/statistics.ts";

const small = 1_000;
/** Of one kind of page in a round, each another one where there are others. */
const asked = 40;
/** What feels at once to the one who pressed (Nielsen, Response Times: 0.1 s). */
const AT_ONCE_MS = 100;

/** The pages of the console with many accounts beside few, one request at a time, on both databases. */
export async function measureConsole(effort: Effort): Promise<Row[]> {
  const large = effort.isQuick ? 100_000 : 1_000_000;
  const rows = await compare("SQLite", large, effort, async () => undefined);
  const postgres = await startPostgres({ own: true });
  try {
    return [...rows, ...(await compare("PostgreSQL", large, effort, () => postgres.createDatabase()))];
  } finally {
    await postgres.stop();
  }
}

/** Addresses of one kind of page, by the number of a person. */
const pages: Readonly<Record<string, (person: number) => string>> = {
  "search by a whole name": (person) => find(officeNameOf(person)),
  "search by a name in the wrong layout": (person) => find(otherLayout(officeNameOf(person))),
  "search by a family name alone": (person) => find(officeNameOf(person).split(" ")[0] ?? ""),
  "search by a family name and an initial": (person) => find(officeNameOf(person).replace(/ (.).*$/, " $1")),
  "search by one letter": (person) => find(officeNameOf(person).slice(0, 1)),
  "search by two letters": (person) => find(officeNameOf(person).slice(0, 2)),
  "search by a family name, three filters": (person) =>
    `${find(officeNameOf(person).split(" ")[0] ?? "")}&status=active&password=yes&phone=yes`,
  "search by a part of a login": (person) => find(`mp${person - (person % 10)}`),
  "search by an e-mail": (person) => find(emailOf(person)),
  "search by a phone, 8 …": (person) => find(`8 9${spaced(person)}`),
  "search by a phone, +7…": (person) => find(`+79${digitsOf(person)}`),
  "search that finds nobody": (person) => find(`ъщ${person}эй`),
  "search by two words that nobody has together": (person) =>
    find(`${officeNameOf(person).split(" ")[0]} ${emailOf(person + 1)}`),
  "search that finds everybody": () => find("bench.example"),
  "the list": () => "/admin/users",
  "the list by last sign-in": () => "/admin/users?sort=last-sign-in",
  "the list of staff": () => "/admin/users?role=staff",
  "the list without password, nobody": () => "/admin/users?password=no",
  "the list with unproven e-mail": () => "/admin/users?mail=unproven",
  "the list without phone, nobody": () => "/admin/users?phone=no",
  "the list of those who came within a month": () => "/admin/users?seen=month",
  "the list of those who came before that, nobody": () => "/admin/users?seen=older",
  "the list, three filters": () => "/admin/users?password=yes&phone=yes&seen=never",
  "a card": (person) => `/admin/users/${accountIdOf(person)}`,
  "the figures of 90 days": () => "/admin/figures?days=90",
};

function find(text: string): string {
  return `/admin/users?q=${encodeURIComponent(text)}`;
}

function digitsOf(person: number): string {
  return String(100_000_000 + person * 7);
}

function spaced(person: number): string {
  return digitsOf(person).replace(/^(..)(...)(..)(..)$/, "$1 $2-$3-$4");
}

async function compare(
  database: string,
  large: number,
  { rounds }: Effort,
  makeDatabase: () => Promise<string | undefined>,
): Promise<Row[]> {
  const start = async (people: number): Promise<Propusk> => {
    const databaseUrl = await makeDatabase();
    const more = databaseUrl === undefined ? {} : { databaseUrl };
    return startPropusk({ cores: "server", people, office: true, ...more });
  };
  const few = await start(small);
  const many = await start(large);
  const cookies = { few: await few.session(0), many: await many.session(0) };
  const rows: Row[] = [];
  for (const [name, addressOf] of Object.entries(pages)) {
    const ours: number[] = [];
    const beside: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < Math.min(rounds, 3); round += 1) {
      const addresses = (people: number) =>
        range(1 + round * asked, asked).map((each) => addressOf((each * 7_919) % people));
      beside.push(...(await timesAt(few, cookies.few, addresses(small))));
      bare.push(...(await timesAt(many, "", Array<string>(asked).fill("/sign-in"))));
      ours.push(...(await timesAt(many, cookies.many, addresses(large))));
    }
    const slow = percentile(ours, 95);
    rows.push({
      figure: `Console, ${large.toLocaleString("en")} accounts, ${database}: ${name}`,
      ours: told(ours),
      beside: `${told(beside)} with ${small.toLocaleString("en")}; /sign-in ${told(bare)}`,
      ratio: slow / percentile(beside, 95),
      goal: atMost(AT_ONCE_MS, slow, "ms"),
    });
  }
  await Promise.all([few.stop(), many.stop()]);
  return rows;
}

/** Milliseconds of each answer, one after the other. */
async function timesAt(propusk: Propusk, cookies: string, addresses: readonly string[]): Promise<number[]> {
  const answers = await applyLoad({
    requests: addresses.map((address) => propusk.page(address, cookies)),
    repeat: false,
    seconds: 120,
    pace: { kind: "closed", connections: 1 },
    port: propusk.server.port,
  });
  successesPerSecond(answers);
  return timesOf(answers, isSuccess);
}

function told(times: readonly number[]): string {
  return `p50 ${percentile(times, 50).toFixed(1)}, p95 ${percentile(times, 95).toFixed(1)} ms`;
}
