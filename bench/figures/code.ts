import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openSecrets } from "../../src/platform/secrets/secrets.ts";
import { openStore } from "../../src/platform/store/open.ts";
import { secretOf } from "../../src/proofs/proofs.ts";
import type { Row } from "../report.ts";
import { type Propusk, startPropusk } from "../rig/contenders.ts";
import { range } from "../rig/people.ts";
import { type Effort, loadTurn, type Turn, takeTurns, tell } from "../rig/rounds.ts";
import { accountIdOf, type Place } from "../rig/seed.ts";

/** People in one turn. */
const taking = 1_000;
const connections = 16;

/** Right codes, each in the browser that asked for its letter; asking is not part of the time. */
export async function measureCode({ rounds, isQuick }: Effort): Promise<Row[]> {
  const count = isQuick ? taking / 4 : taking;
  const ours = await startPropusk({ cores: "server", people: count * (rounds + 1) });
  let used = 0;
  const turns = await takeTurns(rounds, [ours.server], {
    async ours(): Promise<Turn> {
      const people = range(used, count);
      used += count;
      const requests = await typedCodes(ours, people);
      await ours.server.settled();
      const pace = { kind: "closed", connections } as const;
      return loadTurn(ours.server, { requests, repeat: false, seconds: 60, pace });
    },
  });
  await ours.stop();
  return [{ figure: "Codes of letters judged, one core", ours: tell(turns.ours), beside: "" }];
}

/** The forms in which these people type the code that they have just asked for. */
async function typedCodes(ours: Propusk, people: readonly number[]): Promise<string[]> {
  const began = Date.now();
  const waiting = [...people];
  const cookies = new Map<number, string>();
  const ask = async (): Promise<void> => {
    for (let person = waiting.pop(); person !== undefined; person = waiting.pop()) {
      cookies.set(person, await ours.asking(person, person));
    }
  };
  await Promise.all(Array.from({ length: connections }, ask));
  const codes = await codesSince(ours.place, began);
  return people.map((person) => {
    const code = codes.get(accountIdOf(person));
    if (code === undefined) throw new Error(`person ${person} was sent no code`);
    return ours.typeCode(code, cookies.get(person) ?? "", person);
  });
}

/** What their letters say, by account: made anew from the service's own key, as the sender does. */
async function codesSince({ dataDir, databaseUrl }: Place, began: number): Promise<Map<string, string>> {
  const key = readFileSync(join(dataDir, "secret.key"), "utf8").trim();
  const secrets = openSecrets([Buffer.from(key, "base64url")]);
  const store = openStore({ dataDir, databaseUrl });
  try {
    const proofs = await store.read
      .selectFrom("proofs")
      .innerJoin("recoveries", "recoveries.code_proof_id", "proofs.id")
      .selectAll("proofs")
      .where("recoveries.asked_at", ">=", began)
      .execute();
    return new Map(proofs.map((proof) => [proof.account_id ?? "", secretOf({ secrets }, proof) ?? ""]));
  } finally {
    await store.close();
  }
}
