import type { Sightings } from "../figures/figures.ts";
import { waitingTime } from "../platform/language/times.ts";
import type { WebContext } from "../platform/web/context.ts";
import type { Cookies } from "../platform/web/cookies.ts";
import type { FieldProblem } from "../platform/web/fields.ts";
import type { Html } from "../platform/web/view.ts";
import type { PageFacts } from "./pages.ts";
import type { AskTools, Channel, FinishTools } from "./recovery.ts";
import { words } from "./words.ts";

export type RecoveryTools = AskTools & FinishTools & { cookies: Cookies; sightings: Sightings };

/** What every handler of this folder works with. */
export interface Counter {
  tools: RecoveryTools;
  facts: PageFacts;
}

/**
 * 429 with the same page, the time to wait in words beside the field and in `Retry-After`. `field` "" means
 * the page as a whole; `sent` says what may have come already and works.
 */
export function tooMany(
  c: WebContext,
  retryAt: number,
  problem: { field: string; sent?: Channel },
  draw: (problem: FieldProblem) => Html,
): Response | Promise<Response> {
  const { language, now } = c.get("view");
  const waitMs = Math.max(1_000, retryAt - now);
  c.header("Retry-After", String(Math.ceil(waitMs / 1_000)));
  const say = words[language].problems;
  const wait = say.throttled(waitingTime(waitMs, language));
  const text = problem.sent ? `${wait} ${say.throttledLive[problem.sent]}` : wait;
  return c.html(draw({ field: problem.field, text }), 429);
}
