import { atLeast, atMost, type Row } from "../report.ts";
import { type Contender, startBetterAuth, startPropusk } from "../rig/contenders.ts";
import { applyLoad, countOf, isSuccess, successesPerSecond, timesOf } from "../rig/load.ts";
import { range } from "../rig/people.ts";
import { type Answers, GAVE_UP } from "../rig/plan.ts";
import type { Effort } from "../rig/rounds.ts";
import { median, percentile } from "../rig/statistics.ts";

const people = 100_000;
const timesPeak = 10;
/** How long somebody waits for a page before leaving. */
const patienceMs = 10_000;
const pagesPerSecond = 10;

interface Storm {
  peak: number;
  goodput: number;
  storm: Answers;
  pages: Answers;
}

/** Ten times as many sign-ins as can be hashed, answered or not, while somebody opens the sign-in page. */
export async function measureOverload({ rounds, seconds, isQuick }: Effort): Promise<Row[]> {
  const stormSeconds = isQuick ? 10 : 20;
  const ours = await startPropusk({ cores: "all", people });
  const storms: Storm[] = [];
  for (let round = 0; round < Math.min(rounds, 3); round += 1) {
    storms.push(await raise(ours, ours.page("/sign-in", ""), round, { seconds, stormSeconds }));
  }
  await ours.stop();
  const peer = await startBetterAuth({ cores: "all", people });
  const peersPage = "GET /api/auth/ok HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const theirs = await raise(peer, peersPage, 0, { seconds, stormSeconds });
  await peer.stop();
  return told(storms, theirs);
}

function told(storms: readonly Storm[], theirs: Storm): Row[] {
  const share = median(storms.map(({ goodput, peak }) => goodput / peak));
  const page = median(storms.map(({ pages }) => pageP95(pages)));
  const shed = storms.flatMap(({ storm }) => timesOf(storm, (status) => status === 503));
  const last = storms.at(-1) ?? theirs;
  return [
    {
      figure: `Sign-ins at ${timesPeak}× the capacity`,
      ours: `${median(storms.map(({ goodput }) => goodput)).toFixed(1)}/s: ${shares(last.storm)}`,
      beside: `${median(storms.map(({ peak }) => peak)).toFixed(1)}/s at its peak`,
      ratio: share,
      goal: atLeast(0.8, share),
    },
    {
      figure: "The sign-in page meanwhile, p95",
      ours: inMs(page),
      beside: `${inMs(pageP95(theirs.pages))} better-auth, an empty answer`,
      goal: atMost(500, page, "ms"),
    },
    {
      figure: "Answers of those turned away, p50 and p95",
      ours: `${inMs(percentile(shed, 50))}, ${inMs(percentile(shed, 95))}`,
      beside: "",
    },
    {
      figure: `better-auth at ${timesPeak}× its capacity`,
      ours: "",
      beside: `${theirs.goodput.toFixed(1)}/s of ${theirs.peak.toFixed(1)}/s: ${shares(theirs.storm)}`,
      ratio: theirs.goodput / theirs.peak,
    },
  ];
}

/** First the peak, with as many at once as it takes; then the storm, each sign-in of another person. */
async function raise(
  contender: Contender,
  page: string,
  round: number,
  { seconds, stormSeconds }: { seconds: number; stormSeconds: number },
): Promise<Storm> {
  const { port } = contender.server;
  const signIns = (first: number, count: number): string[] =>
    range(first, count).map((number) => contender.signIn(number % people, first + number));
  await contender.server.settled();
  const calm = await applyLoad({
    port,
    requests: signIns(0, 1_000),
    repeat: true,
    seconds,
    pace: { kind: "closed", connections: 8 },
  });
  const peak = successesPerSecond(calm);
  const perSecond = Math.round(peak * timesPeak);
  const count = perSecond * (stormSeconds + 1);
  const [storm, pages] = await Promise.all([
    applyLoad({
      port,
      requests: signIns(1_000 + round * count, count),
      repeat: false,
      seconds: stormSeconds,
      pace: { kind: "open", perSecond, patienceMs },
    }),
    applyLoad({
      port,
      requests: [page],
      repeat: true,
      seconds: stormSeconds,
      pace: { kind: "open", perSecond: pagesPerSecond, patienceMs },
    }),
  ]);
  return { peak, goodput: countOf(storm, isSuccess) / storm.seconds, storm, pages };
}

/** A page that nobody waited for counts with the whole patience. */
function pageP95(pages: Answers): number {
  return percentile(
    timesOf(pages, (status) => isSuccess(status) || status === GAVE_UP),
    95,
  );
}

function shares({ sent, byStatus }: Answers): string {
  const answered = [...byStatus].map(([status, { length }]) => {
    const name = status === GAVE_UP ? "left unanswered" : String(status);
    return `${((100 * length) / sent).toFixed(0)} % ${name}`;
  });
  return answered.join(", ");
}

function inMs(ms: number): string {
  return `${ms.toFixed(0)} ms`;
}
