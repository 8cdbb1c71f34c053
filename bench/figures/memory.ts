import { setTimeout as sleep } from "node:timers/promises";
import { atMost, type Row } from "../report.ts";
import { type Contender, startBareHttp, startBetterAuth, startPropusk } from "../rig/contenders.ts";
import { applyLoad } from "../rig/load.ts";
import { range } from "../rig/people.ts";
import type { Effort } from "../rig/rounds.ts";
import { median } from "../rig/statistics.ts";

const people = 1_000;
/** What a process that just answered keeps only for a moment is not counted as idle. */
const restMs = 3_000;

interface Sizes {
  idleMib: number;
  peakMib: number;
}

/** Memory at rest and under sign-ins, and the time from the start of the process to its first answer. */
export async function measureMemory({ rounds, seconds }: Effort): Promise<Row[]> {
  const ours = await startPropusk({ cores: "all", people });
  const coldMs = ours.server.firstAnswerMs;
  const starts: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await ours.restart();
    starts.push(ours.server.firstAnswerMs);
  }
  const sizes = await sizesOf(ours, seconds);
  await ours.stop();
  const peer = await startBetterAuth({ cores: "all", people });
  const peerSizes = await sizesOf(peer, seconds);
  const peerStart = peer.server.firstAnswerMs;
  await peer.stop();
  const bare = await startBareHttp("all");
  await sleep(restMs);
  const bareMib = bare.memory().nowMib;
  const bareStart = bare.firstAnswerMs;
  await bare.stop();
  const firstMs = median(starts);
  return [
    {
      figure: "Memory at rest (RSS)",
      ours: inMib(sizes.idleMib),
      beside: `${inMib(bareMib)} bare node:http, ${inMib(peerSizes.idleMib)} better-auth`,
      goal: atMost(110, sizes.idleMib, "MiB"),
    },
    {
      figure: "Peak memory under sign-ins (RSS)",
      ours: inMib(sizes.peakMib),
      beside: `${inMib(peerSizes.peakMib)} better-auth`,
      goal: atMost(200, sizes.peakMib, "MiB"),
    },
    {
      figure: "Start to first answer, compile cache warm",
      ours: `${Math.round(firstMs)} ms (${Math.round(coldMs)} ms the first time here)`,
      beside: `${Math.round(bareStart)} ms bare node:http, ${Math.round(peerStart)} ms better-auth`,
      goal: atMost(1_000, firstMs, "ms"),
    },
  ];
}

async function sizesOf(contender: Contender, seconds: number): Promise<Sizes> {
  await sleep(restMs);
  const idleMib = contender.server.memory().nowMib;
  await applyLoad({
    port: contender.server.port,
    requests: range(0, people).map((person) => contender.signIn(person, person)),
    repeat: true,
    seconds: 2 * seconds,
    pace: { kind: "closed", connections: 64 },
  });
  return { idleMib, peakMib: contender.server.memory().peakMib };
}

function inMib(mib: number): string {
  return `${Math.round(mib)} MiB`;
}
