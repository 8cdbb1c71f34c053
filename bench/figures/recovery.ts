import { atLeast, type Row, within } from "../report.ts";
import { type Contender, startBetterAuth, startPropusk } from "../rig/contenders.ts";
import { applyLoad, isSuccess, successesPerSecond, timesOf } from "../rig/load.ts";
import { emailOf, range, strangersEmail } from "../rig/people.ts";
import { type Effort, loadTurn, rateRatio, type Turn, takeTurns, tell } from "../rig/rounds.ts";
import { median, rankAuc } from "../rig/statistics.ts";

const connections = 16;
/** More than anybody answers: requests are made ahead, and nobody is asked for twice. */
const mostPerSecond = 8_000;
const pairs = 200;
const warmUpPairs = 50;
/** Lets the letter of one request leave before the next is timed. */
const pauseMs = 15;

/** Requests for a letter, each for another person from another address, kept on disk before the answer. */
export async function measureRecovery({ rounds, seconds, isQuick }: Effort): Promise<Row[]> {
  const people = isQuick ? 30_000 : 150_000;
  const ours = await startPropusk({ cores: "server", people });
  const peer = await startBetterAuth({ cores: "server", people });
  const servers = [ours.server, peer.server];
  const asker = { ours: askers(ours, people), peer: askers(peer, people) };
  const turns = await takeTurns(rounds, servers, {
    ours: () => asker.ours.known(seconds),
    peer: () => asker.peer.known(seconds),
    oursUnknown: () => asker.ours.unknown(seconds),
    peerUnknown: () => asker.peer.unknown(seconds),
  });
  const aucs = { ours: [] as number[], peer: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    await Promise.all(servers.map((server) => server.settled()));
    aucs.ours.push(await asker.ours.auc());
    aucs.peer.push(await asker.peer.auc());
  }
  await Promise.all([ours.stop(), peer.stop()]);
  return told(turns, { ours: median(aucs.ours), peer: median(aucs.peer) });
}

type Kinds = "ours" | "peer" | "oursUnknown" | "peerUnknown";

function told(turns: Record<Kinds, Turn[]>, auc: { ours: number; peer: number }): Row[] {
  const known = rateRatio(turns.ours, turns.peer);
  return [
    {
      figure: "Recovery requests for known people, one core, letters yielding",
      ours: tell(turns.ours),
      beside: `${tell(turns.peer)} better-auth, no letters`,
      ratio: known,
      goal: atLeast(3, known),
    },
    {
      figure: "Recovery requests for unknown people, one core",
      ours: tell(turns.oursUnknown),
      beside: `${tell(turns.peerUnknown)} better-auth, which keeps nothing`,
      ratio: rateRatio(turns.oursUnknown, turns.peerUnknown),
    },
    {
      figure: `Known or unknown, told by time: rank AUC over ${pairs} pairs`,
      ours: auc.ours.toFixed(3),
      beside: `${auc.peer.toFixed(3)} better-auth`,
      goal: within(0.45, 0.55, auc.ours),
    },
  ];
}

/** What one contender is asked, with the people and addresses used so far. */
function askers(contender: Contender, people: number) {
  const used = { known: 0, unknown: 0, addresses: 0 };
  const emailsOf = { known: emailOf, unknown: strangersEmail };
  const next = (kind: "known" | "unknown", ahead: number): string =>
    contender.askForRecovery(emailsOf[kind](used[kind] + ahead), used.addresses + ahead);

  const turn = (kind: "known" | "unknown", seconds: number): Promise<Turn> => {
    const left = kind === "known" ? people - used.known : Number.POSITIVE_INFINITY;
    const count = Math.min(left, seconds * mostPerSecond);
    return loadTurn(
      contender.server,
      {
        requests: range(0, count).map((ahead) => next(kind, ahead)),
        repeat: false,
        seconds,
        pace: { kind: "closed", connections },
      },
      ({ sent }) => {
        used[kind] += sent;
        used.addresses += sent;
      },
    );
  };

  const take = (kind: "known" | "unknown"): string => {
    const request = next(kind, 0);
    used[kind] += 1;
    used.addresses += 1;
    return request;
  };

  /** One request at a time; within each pair a coin says who is first. */
  const auc = async (): Promise<number> => {
    const order = range(0, pairs + warmUpPairs).flatMap(() =>
      Math.random() < 0.5 ? (["known", "unknown"] as const) : (["unknown", "known"] as const),
    );
    const answers = await applyLoad({
      port: contender.server.port,
      requests: order.map(take),
      repeat: false,
      seconds: 600,
      pace: { kind: "closed", connections: 1, pauseMs },
    });
    successesPerSecond(answers);
    const times = timesOf(answers, isSuccess);
    const timesFor = (kind: "known" | "unknown"): number[] =>
      times.filter((_, place) => place >= 2 * warmUpPairs && order[place] === kind);
    return rankAuc(timesFor("known"), timesFor("unknown"));
  };

  return {
    known: (seconds: number) => turn("known", seconds),
    unknown: (seconds: number) => turn("unknown", seconds),
    auc,
  };
}
