import { startPostgres } from "../../scripts/postgres.ts";
import { atLeast, type Row } from "../report.ts";
import { type Propusk, startPropusk } from "../rig/contenders.ts";
import { emailOf, range } from "../rig/people.ts";
import { type Effort, loadTurn, rateRatio, type Turn, takeTurns, tell } from "../rig/rounds.ts";
import { forgetBudgets } from "../rig/seed.ts";

const small = 1_000;
/** The same number of people takes part in both sizes, spread over all of them. */
const taking = 1_000;

/** Sign-in and recovery with many accounts beside few, on both databases. */
export async function measureFlatness(effort: Effort): Promise<Row[]> {
  const large = effort.isQuick ? 100_000 : 1_000_000;
  const postgres = await startPostgres({ own: true });
  try {
    return [
      ...(await compare("SQLite", large, effort, async () => undefined)),
      ...(await compare("PostgreSQL", large, effort, () => postgres.createDatabase())),
    ];
  } finally {
    await postgres.stop();
  }
}

async function compare(
  database: string,
  large: number,
  { rounds, seconds }: Effort,
  makeDatabase: () => Promise<string | undefined>,
): Promise<Row[]> {
  const start = async (people: number): Promise<Propusk> => {
    const databaseUrl = await makeDatabase();
    return startPropusk({ cores: "server", people, ...(databaseUrl !== undefined && { databaseUrl }) });
  };
  const few = await start(small);
  const many = await start(large);
  const turns = await takeTurns(Math.min(rounds, 3), [few.server, many.server], {
    signInFew: () => signInTurn(few, small, seconds),
    signInMany: () => signInTurn(many, large, seconds),
    recoveryFew: () => recoveryTurn(few, small),
    recoveryMany: () => recoveryTurn(many, large),
  });
  await Promise.all([few.stop(), many.stop()]);
  const row = (what: string, ofMany: Turn[], ofFew: Turn[]): Row => {
    const ratio = rateRatio(ofMany, ofFew);
    return {
      figure: `${what} with ${large.toLocaleString("en")} accounts, ${database}, one core`,
      ours: tell(ofMany),
      beside: `${tell(ofFew)} with ${small.toLocaleString("en")}`,
      ratio,
      goal: atLeast(0.9, ratio),
    };
  };
  return [
    row("Sign-ins", turns.signInMany, turns.signInFew),
    row("Recovery requests", turns.recoveryMany, turns.recoveryFew),
  ];
}

function participants(people: number): number[] {
  return range(0, taking).map((number) => number * (people / taking));
}

function signInTurn(propusk: Propusk, people: number, seconds: number): Promise<Turn> {
  return loadTurn(propusk.server, {
    requests: participants(people).map((person) => propusk.signIn(person, person)),
    repeat: true,
    seconds,
    pace: { kind: "closed", connections: 4 },
  });
}

/** Each of them once, as fast as it goes. */
async function recoveryTurn(propusk: Propusk, people: number): Promise<Turn> {
  await forgetBudgets(propusk.place);
  return loadTurn(propusk.server, {
    requests: participants(people).map((person) => propusk.askForRecovery(emailOf(person), person)),
    repeat: false,
    seconds: 60,
    pace: { kind: "closed", connections: 16 },
  });
}
