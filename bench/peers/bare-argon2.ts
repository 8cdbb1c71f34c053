/**
 * The physical limit of signing in: comparing one password with one hash, over and over, as many at once as
 * the machine has cores. Words: seconds, PHC string, password. Tells its parent the turn.
 */
import { availableParallelism } from "node:os";
import { verify } from "@node-rs/argon2";
import type { Turn } from "../rig/rounds.ts";

const WARM_UP_MS = 300;

const [seconds = "1", hash = "", password = ""] = process.argv.slice(2);

async function compareUntil(end: number): Promise<number> {
  let count = 0;
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      while (performance.now() < end) {
        if (!(await verify(hash, password))) throw new Error("the password does not fit its hash");
        if (performance.now() < end) count += 1;
      }
    }),
  );
  return count;
}

await compareUntil(performance.now() + WARM_UP_MS);
const cpuBefore = process.cpuUsage();
const count = await compareUntil(performance.now() + Number(seconds) * 1000);
const { user, system } = process.cpuUsage(cpuBefore);
const turn: Turn = { perSecond: count / Number(seconds), cpuMsEach: (user + system) / 1000 / count };
process.send?.(turn, () => process.exit(0));
