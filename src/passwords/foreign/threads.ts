/** The one thread for SHA-crypt, begun when the first such hash is compared and ended when it has no work. */
import { Worker } from "node:worker_threads";
import type { ShaCryptWork } from "./sha-crypt-thread.ts";

export type ShaCrypt = (work: ShaCryptWork) => Promise<string>;

const REST_MS = 30_000;

/** One piece of work at a time, in the order of the calls. */
export function createShaCrypt(): ShaCrypt {
  let thread: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let rest: NodeJS.Timeout | undefined;

  const end = () => {
    void thread?.terminate();
    thread = undefined;
  };
  const run = (work: ShaCryptWork) =>
    new Promise<string>((resolve, reject) => {
      clearTimeout(rest);
      thread ??= new Worker(new URL("sha-crypt-thread.ts", import.meta.url));
      const busy = thread;
      const leave = () => {
        busy.off("message", made);
        busy.off("error", failed);
        busy.unref();
      };
      const made = (text: string) => {
        leave();
        rest = setTimeout(end, REST_MS).unref();
        resolve(text);
      };
      const failed = (fault: unknown) => {
        leave();
        thread = undefined;
        reject(fault);
      };
      busy.ref();
      busy.on("message", made);
      busy.on("error", failed);
      busy.postMessage(work, []);
    });
  return (work) => {
    const mine = last.then(() => run(work));
    last = mine.catch(() => {});
    return mine;
  };
}
