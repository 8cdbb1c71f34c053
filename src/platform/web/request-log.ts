import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { WebContext } from "./context.ts";

/**
 * One line per change or refusal; what was asked is told by its path alone, never by its query or its fields.
 */
export function logged(log: Logger) {
  return async (c: WebContext, next: () => Promise<void>): Promise<void> => {
    const began = performance.now();
    const requestId = randomUUID();
    c.set("requestId", requestId);
    await next();
    const { method, path } = c.req;
    const level = levelOf(c.res.status, method);
    if (!log.isLevelEnabled(level)) return;
    const ms = Math.round(performance.now() - began);
    log[level]({
      event: "request",
      request_id: requestId,
      method,
      path: path.slice(0, 200),
      status: c.res.status,
      ms,
    });
  };
}

/** A 503 is told where it arises; one line for each of thousands turned away would be one more load. */
function levelOf(status: number, method: string): "error" | "info" | "debug" {
  if (status === 503) return "debug";
  if (status >= 500) return "error";
  return status >= 400 || method !== "GET" ? "info" : "debug";
}
