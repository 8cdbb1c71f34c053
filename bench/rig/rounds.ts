/** Contenders take turns, so that a slow minute of the machine meets all of them. */
import { applyLoad, successesPerSecond } from "./load.ts";
import type { Answers, Plan } from "./plan.ts";
import type { Server } from "./server.ts";
import { median } from "./statistics.ts";

/** One measured turn. */
export interface Turn {
  perSecond: number;
  /** Processor time of the server for one answer; steadier than the rate on a machine with other work. */
  cpuMsEach: number;
}

export type Turns = readonly Turn[];

/** How long to measure: `rounds` turns of `seconds` for each contender. */
export interface Effort {
  rounds: number;
  seconds: number;
  isQuick: boolean;
}

/**
 * Lets every contender take `rounds` turns, A B C, C B A, …, after one round that does not count. Before each
 * turn the servers come to rest, so that nobody pays for the turn before.
 */
export async function takeTurns<Name extends string>(
  rounds: number,
  servers: readonly Server[],
  contenders: Readonly<Record<Name, () => Promise<Turn>>>,
): Promise<Record<Name, Turn[]>> {
  const names = Object.keys(contenders) as Name[];
  const turns = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Turn[]>;
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      await Promise.all(servers.map((server) => server.settled()));
      const turn = await contenders[name]();
      if (round > 0) turns[name].push(turn);
    }
  }
  return turns;
}

/**
 * A turn of successes alone; anything else throws. `onSent` hears how many requests are spent. The load stays
 * awake where it has a core of its own.
 */
export async function loadTurn(
  server: Server,
  plan: Omit<Plan, "port" | "awake">,
  onSent: (answers: Answers) => void = () => {},
): Promise<Turn> {
  const cpuBefore = server.cpuMs();
  const answers = await applyLoad({ ...plan, port: server.port, awake: server.cores === "server" });
  const cpuMs = server.cpuMs() - cpuBefore;
  onSent(answers);
  return { perSecond: successesPerSecond(answers), cpuMsEach: cpuMs / answers.sent };
}

export function medianRate(turns: Turns): number {
  return median(turns.map((turn) => turn.perSecond));
}

export function medianCpuMs(turns: Turns): number {
  return median(turns.map((turn) => turn.cpuMsEach));
}

/** Median of the ratios of turns in the same round. */
export function rateRatio(ours: Turns, theirs: Turns): number {
  return median(ours.map((turn, round) => turn.perSecond / (theirs[round]?.perSecond ?? Number.NaN)));
}

/** "8,270/s (121 µs)": the rate, and the processor time of one. */
export function tell(turns: Turns): string {
  const rate = medianRate(turns);
  const cpuMs = medianCpuMs(turns);
  const cpu = cpuMs < 1 ? `${Math.round(cpuMs * 1000)} µs` : `${cpuMs.toFixed(1)} ms`;
  return `${rate < 1000 ? rate.toFixed(1) : Math.round(rate).toLocaleString("en")}/s (${cpu})`;
}
