import { performance } from "node:perf_hooks";

/** From this share of its time on, a process has no time to spare. */
const BUSY = 0.9;
const LOOK_EVERY_MS = 100;

/** Tells whether the event loop of this process was busy all the time of late. */
export function watchEventLoop(): () => boolean {
  let looked = performance.eventLoopUtilization();
  let isBusy = false;
  return () => {
    const now = performance.eventLoopUtilization();
    const since = performance.eventLoopUtilization(now, looked);
    if (since.active + since.idle >= LOOK_EVERY_MS) {
      isBusy = since.utilization >= BUSY;
      looked = now;
    }
    return isBusy;
  };
}
