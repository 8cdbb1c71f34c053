/** How many messages may be on their way to the operator at once, and when to be slower. */
import { restAfter } from "./smpp-link.ts";

/** Submits without an answer at most. Operators commonly allow 10. */
export const WINDOW = 10;

/** Pauses double from the first to the longest, as long as nothing is taken in between. */
export class SmppPlaces {
  readonly #pauses: { readonly firstRestMs: number; readonly longestRestMs: number };
  readonly #queue: (() => void)[] = [];
  #taken = 0;
  #allowed = WINDOW;
  #refusals = 0;
  #pause: NodeJS.Timeout | undefined;

  constructor(pauses: { readonly firstRestMs: number; readonly longestRestMs: number }) {
    this.#pauses = pauses;
  }

  get paused(): boolean {
    return this.#pause !== undefined;
  }

  /** True when a place became free before the signal aborted; it must be given back then. */
  take(until: AbortSignal): Promise<boolean> {
    if (until.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const giveUp = () => {
        this.#queue.splice(this.#queue.indexOf(enter), 1);
        resolve(false);
      };
      const enter = () => {
        until.removeEventListener("abort", giveUp);
        resolve(true);
      };
      until.addEventListener("abort", giveUp, { once: true });
      this.#queue.push(enter);
      this.#serve();
    });
  }

  giveBack(): void {
    this.#taken -= 1;
    this.#serve();
  }

  /** The operator said that we are too fast: nothing starts for a while, and then one message at a time. */
  slowDown(): void {
    // The answers of one burst are one refusal.
    if (this.paused) return;
    this.#refusals += 1;
    this.#allowed = 1;
    const resume = () => {
      this.#pause = undefined;
      this.#serve();
    };
    this.#pause = setTimeout(resume, restAfter(this.#refusals, this.#pauses));
  }

  /** The operator took one: pauses are short again, and one more message may be on its way. */
  speedUp(): void {
    this.#refusals = 0;
    this.#allowed = Math.min(WINDOW, this.#allowed + 1);
    this.#serve();
  }

  close(): void {
    clearTimeout(this.#pause);
  }

  #serve(): void {
    while (!this.paused && this.#taken < this.#allowed) {
      const next = this.#queue.shift();
      if (!next) return;
      this.#taken += 1;
      next();
    }
  }
}
