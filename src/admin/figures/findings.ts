/** What a chart says, in one sentence. */
import { services } from "../../identities/identities.ts";
import type { View } from "../../platform/web/view.ts";
import type { Chart, Figures } from "./shown.ts";
import * as shown from "./shown.ts";
import { howLong, words } from "./words.ts";

type Asked = Pick<View, "language" | "now">;

const findings: Record<Chart, (view: Asked, figures: Figures) => string> = {
  signIns,
  funnel,
  time,
  outdated,
  mail: (view, figures) => carried(view, "mail", figures),
  sms: (view, figures) => carried(view, "sms", figures),
  cases,
  decisions,
  staff,
};

export function findingOf(view: Asked, chart: Chart, figures: Figures): string {
  return findings[chart](view, figures);
}

function cases({ language, now }: Asked, { queue }: Figures): string {
  const say = words[language].cases;
  if (!queue || queue.oldestAt === undefined) return say.empty;
  return say.found(queue.open, howLong(now - queue.oldestAt, language));
}

function decisions({ language }: Asked, { now }: Figures): string {
  const say = words[language].decisions;
  const { half, nine } = shown.decisions(now);
  if (half === undefined || nine === undefined) return say.empty;
  return say.found(howLong(half, language), howLong(nine, language));
}

function staff({ language }: Asked, { now }: Figures): string {
  const say = words[language].staff;
  const count = shown.sum(now, "staff");
  return count === 0 ? say.empty : say.found(count);
}

/** An outside service by its name, everything else as the words have it. */
export function nameOfWayIn({ language }: Asked, method: string): string {
  const service = services.find(({ id }) => id === method);
  const names: Readonly<Record<string, string>> = words[language].signIns.methods;
  return names[method] ?? (service?.name[language] || method.toUpperCase());
}

function signIns({ language }: Asked, { now }: Figures): string {
  const say = words[language].signIns;
  const { done, refused } = shown.tried(now);
  if (done + refused === 0) return say.empty;
  return refused === 0 ? say.allDone : say.lost(refused / (done + refused));
}

function funnel({ language }: Asked, { now }: Figures): string {
  const say = words[language].funnel;
  const whole = shown.wholeFunnel(now);
  const asked = whole[0] ?? 0;
  const lost = asked - (whole.at(-1) ?? 0);
  if (asked === 0) return say.empty;
  return lost === 0 ? say.allDone : say.lost(lost / asked);
}

function time({ language }: Asked, { now }: Figures): string {
  const say = words[language].time;
  const { half, nine } = shown.times(now);
  if (half === undefined || nine === undefined) return say.empty;
  return say.found(howLong(half, language), howLong(nine, language));
}

function outdated({ language }: Asked, { now }: Figures): string {
  const say = words[language].outdated;
  const { causes, count, share } = shown.outdated(now);
  const [most] = causes.toSorted((one, other) => other.count - one.count);
  return count === 0 || !most ? say.empty : say.found(share, say.because[most.cause]);
}

/** The worst of those that had enough to speak of; where nothing has, of all. */
function carried({ language }: Asked, chart: "mail" | "sms", { now }: Figures): string {
  const { [chart]: say, others } = words[language];
  const rows = shown.carried(now, chart);
  const { sent, lost } = shown.allCarried(rows);
  if (sent === 0) return say.empty;
  if (lost === 0) return say.allDone;
  const losing = rows.filter((row) => row.lost > 0 && row.sent > 0);
  const many = losing.filter((row) => row.sent >= ENOUGH);
  const [worst] = (many.length > 0 ? many : losing).toSorted(
    (one, other) => other.lost / other.sent - one.lost / one.sent,
  );
  return worst ? say.lost(worst.about ?? others, worst.lost / worst.sent) : say.allDone;
}

/** Below this number a share says little. */
const ENOUGH = 10;
