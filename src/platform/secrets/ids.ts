import { randomUUIDv7 } from "node:crypto";

/** A new row id: UUIDv7, ordered by time, so indexes grow at their end. Says nothing and opens nothing. */
export function newId(): string {
  return randomUUIDv7();
}
