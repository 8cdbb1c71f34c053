/**
 * Starts the service: settings, store, tools, app, listener; then the delivery worker. Ends in order on
 * SIGTERM.
 */
import "./needs-node.mjs";
import { flushCompileCache } from "node:module";

const { SettingRefused } = await import("./settings.ts");
const { DatabaseRefused, StoreUnavailable } = await import("./platform/store/store.ts");
const { startService } = await import("./start.ts");

try {
  const service = await startService(process.env);
  // The last resort: one request's accident outside of its own handling must not end everybody's.
  process.on("uncaughtException", (err, origin) =>
    service.tools.log.fatal({ event: "uncaught", origin, err }),
  );
  // Now rather than at the end: a process that is killed would leave the next start as slow as this one.
  flushCompileCache();
  let stopping = false;
  // One press of Ctrl-C may arrive twice, from the terminal and from npm: the second must not cut the stop
  // short.
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    service.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
} catch (error) {
  const told = [SettingRefused, DatabaseRefused, StoreUnavailable].some((kind) => error instanceof kind);
  if (!told) throw error;
  console.error((error as Error).message);
  process.exit(1);
}
