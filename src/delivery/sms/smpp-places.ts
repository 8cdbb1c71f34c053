/** How many messages may be on their way to the operator at once, and when to be slower. */
import { restAfter } from "./smpp-link.ts";

/** Submits without an answer at most. Operators commonly allow 10. */
export const WINDOW = 10;

export interface SmppPlaces {
  /** True when a place became free before the signal aborted; it must be given back then. */
  take(until: AbortSignal): Promise<boolean>;
  giveBack(): void;
  /** The operator said that we are too fast: nothing starts for a while, and then one message at a time. */
  slowDown(): void;
  /** The operator took one: the pauses begin from the shortest again, and one more may go at once. */
  speedUp(): void;
  /** Why a message waits, for the trace. */
  readonly paused: boolean;
  close(): void;
}

/** Pauses double from the first to the longest, as long as nothing is taken in between. */
export function createPlaces(pauses: {
  readonly firstRestMs: number;
  readonly longestRestMs: number;
}): SmppPlaces {
  const queue: (() => void)[] = [];
  let taken = 0;
  let allowed = WINDOW;
  let refusals = 0;
  let pause: NodeJS.Timeout | undefined;

  const serve = () => {
    while (pause === undefined && taken < allowed) {
      const next = queue.shift();
      if (!next) return;
      taken += 1;
      next();
    }
  };

  return {
    take(until) {
      return new Promise((resolve) => {
        const giveUp = () => {
          queue.splice(queue.indexOf(enter), 1);
          resolve(false);
        };
        const enter = () => {
          until.removeEventListener("abort", giveUp);
          resolve(true);
        };
        if (until.aborted) return resolve(false);
        until.addEventListener("abort", giveUp, { once: true });
        queue.push(enter);
        serve();
      });
    },
    giveBack() {
      taken -= 1;
      serve();
    },
    slowDown() {
      // The answers of one burst are one refusal.
      if (pause !== undefined) return;
      refusals += 1;
      allowed = 1;
      pause = setTimeout(
        () => {
          pause = undefined;
          serve();
        },
        restAfter(refusals, pauses),
      );
    },
    speedUp() {
      refusals = 0;
      allowed = Math.min(WINDOW, allowed + 1);
      serve();
    },
    get paused() {
      return pause !== undefined;
    },
    close() {
      clearTimeout(pause);
    },
  };
}
