import { once } from "node:events";
import { join } from "node:path";
import { atLeast, type Row } from "../report.ts";
import { ended, startChild } from "../rig/child.ts";
import { type Contender, type Propusk, startBetterAuth, startPropusk } from "../rig/contenders.ts";
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
  const everybody = range(0, people);
  const browsers = await browsersOf(ours);
  const again = everybody.map((person) => ours.signInAgain(person, person, browsers[person] ?? ""));
  const turns = await takeTurns(rounds, [ours.server, peer.server], {
    bare: () => hashTurn(seconds, hash),
    ours: () => signInTurn(ours, again, seconds),
    peer: () =>
      signInTurn(
        peer,
        everybody.map((person) => peer.signIn(person, person)),
        seconds,
      ),
    // Last, so that its letters have left before the next round.
    fresh: () =>
      signInTurn(
        ours,
        everybody.map((person) => ours.signIn(person, person)),
        seconds,
      ),
  });
  await Promise.all([ours.stop(), peer.stop()]);
  const share = rateRatio(turns.ours, turns.bare);
  const peerShare = rateRatio(turns.peer, turns.bare);
  return [
    {
      figure: "Sign-ins from known browsers, all cores",
      ours: tell(turns.ours),
      beside: `${tell(turns.bare)} bare argon2id hashes`,
      ratio: share,
      goal: atLeast(0.9, share),
    },
    {
      figure: "Sign-ins from new browsers, each with a letter to the owner",
      ours: tell(turns.fresh),
      beside: `${tell(turns.bare)} bare argon2id hashes`,
      ratio: rateRatio(turns.fresh, turns.bare),
    },
    {
      figure: "Sign-ins from known browsers, all cores",
      ours: tell(turns.ours),
      beside: `${tell(turns.peer)} better-auth, ${peerShare.toFixed(2)} of the bare hashes`,
      ratio: rateRatio(turns.ours, turns.peer),
    },
  ];
}

/** One sign-in of each, so that the next is no news to anybody. */
async function browsersOf(ours: Propusk): Promise<string[]> {
  const known: string[] = [];
  for (let first = 0; first < people; first += connections) {
    known.push(...(await Promise.all(range(first, connections).map((person) => ours.knownBrowser(person)))));
  }
  return known;
}

/** Everybody in turn, so that no account and no address is asked for twice at a time. */
function signInTurn(contender: Contender, requests: string[], seconds: number): Promise<Turn> {
  const pace = { kind: "closed", connections } as const;
  return loadTurn(contender.server, { requests, repeat: true, seconds, pace });
}

async function hashTurn(seconds: number, hash: string): Promise<Turn> {
  const child = startChild(bareArgon2, { cores: "all", words: [String(seconds), hash, password] });
  const end = ended(child);
  const [turn] = (await Promise.race([once(child, "message"), end])) as [Turn];
  await end;
  return turn;
}
