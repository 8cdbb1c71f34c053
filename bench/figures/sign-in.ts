import { once } from "node:events";
import { join } from "node:path";
import { atLeast, type Row } from "../report.ts";
import { ended, startChild } from "../rig/child.ts";
import { type Contender, startBetterAuth, startPropusk } from "../rig/contenders.ts";
import { hashOfPassword, password, range } from "../rig/people.ts";
import { type Effort, loadTurn, rateRatio, type Turn, takeTurns, tell } from "../rig/rounds.ts";

const bareArgon2 = join(import.meta.dirname, "../peers/bare-argon2.ts");
const people = 1_000;
/** Enough to keep every core hashing, too few to be turned away. */
const connections = 8;

/** Sign-ins beside bare hashes of the same parameters, all of them on all cores. */
export async function measureSignIn({ rounds, seconds }: Effort): Promise<Row[]> {
  const hash = await hashOfPassword();
  const ours = await startPropusk({ cores: "all", people });
  const peer = await startBetterAuth({ cores: "all", people });
  const turns = await takeTurns(rounds, [ours.server, peer.server], {
    bare: () => hashTurn(seconds, hash),
    ours: () => signInTurn(ours, seconds),
    peer: () => signInTurn(peer, seconds),
  });
  await Promise.all([ours.stop(), peer.stop()]);
  const share = rateRatio(turns.ours, turns.bare);
  const peerShare = rateRatio(turns.peer, turns.bare);
  return [
    {
      figure: "Sign-ins, all cores",
      ours: tell(turns.ours),
      beside: `${tell(turns.bare)} bare argon2id hashes`,
      ratio: share,
      goal: atLeast(0.9, share),
    },
    {
      figure: "Sign-ins, all cores",
      ours: tell(turns.ours),
      beside: `${tell(turns.peer)} better-auth, ${peerShare.toFixed(2)} of the bare hashes`,
      ratio: rateRatio(turns.ours, turns.peer),
    },
  ];
}

/** Everybody in turn, so that no account and no address is asked for twice at a time. */
function signInTurn(contender: Contender, seconds: number): Promise<Turn> {
  return loadTurn(contender.server, {
    requests: range(0, people).map((person) => contender.signIn(person, person)),
    repeat: true,
    seconds,
    pace: { kind: "closed", connections },
  });
}

async function hashTurn(seconds: number, hash: string): Promise<Turn> {
  const child = startChild(bareArgon2, { cores: "all", words: [String(seconds), hash, password] });
  const end = ended(child);
  const [turn] = (await Promise.race([once(child, "message"), end])) as [Turn];
  await end;
  return turn;
}
