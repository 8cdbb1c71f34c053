import { atLeast, type Row } from "../report.ts";
import { startBareHttp, startBetterAuth, startPropusk } from "../rig/contenders.ts";
import { requestText } from "../rig/load.ts";
import { range } from "../rig/people.ts";
import { type Effort, loadTurn, rateRatio, type Turn, takeTurns, tell } from "../rig/rounds.ts";
import type { Server } from "../rig/server.ts";

const people = 100;
const connections = 16;

/** Questions of signed-in people, beside what node:http alone can answer, each server on one core. */
export async function measureSessionCheck({ rounds, seconds }: Effort): Promise<Row[]> {
  const ours = await startPropusk({ cores: "server", people });
  const peer = await startBetterAuth({ cores: "server", people });
  const bare = await startBareHttp("server");
  const ourSessions = await Promise.all(range(0, people / 2).map((person) => ours.session(person)));
  const peerSessions = await Promise.all(range(0, people / 2).map((person) => peer.session(person)));
  const ask = (server: Server, requests: readonly string[]) => (): Promise<Turn> =>
    loadTurn(server, { requests, repeat: true, seconds, pace: { kind: "closed", connections } });
  const turns = await takeTurns(rounds, [ours.server, peer.server, bare], {
    bare: ask(bare, [requestText("GET /", {})]),
    check: ask(ours.server, ourSessions.map(ours.checkSession)),
    peer: ask(peer.server, peerSessions.map(peer.checkSession)),
    page: ask(
      ours.server,
      ourSessions.map((cookies) => ours.page("/me", cookies)),
    ),
  });
  await Promise.all([ours.stop(), peer.stop(), bare.stop()]);
  const ofBare = rateRatio(turns.check, turns.bare);
  const timesPeer = rateRatio(turns.check, turns.peer);
  const bareTold = `${tell(turns.bare)} bare node:http`;
  const peerTold = `${tell(turns.peer)} better-auth get-session`;
  return [
    {
      figure: "Session checks (JSON), one core",
      ours: tell(turns.check),
      beside: bareTold,
      ratio: ofBare,
      goal: atLeast(0.3, ofBare),
    },
    {
      figure: "Session checks (JSON), one core",
      ours: tell(turns.check),
      beside: peerTold,
      ratio: timesPeer,
      goal: atLeast(5, timesPeer),
    },
    {
      figure: "Own page «Моя страница», one core",
      ours: tell(turns.page),
      beside: bareTold,
      ratio: rateRatio(turns.page, turns.bare),
    },
    {
      figure: "Own page «Моя страница», one core",
      ours: tell(turns.page),
      beside: `${peerTold} (it has no page)`,
      ratio: rateRatio(turns.page, turns.peer),
    },
  ];
}
