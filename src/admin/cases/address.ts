/** What the queue shows, as it stands in its address. */
import type { Secrets } from "../../platform/secrets/secrets.ts";
import {
  type CaseState,
  NEVER_DUE,
  type QueueFilter,
  type QueuePlace,
  seenStates,
} from "../../support/support.ts";

export interface QueueAddress {
  state: CaseState | "open";
  handler: "any" | "mine" | "none";
  overdue: boolean;
  /** A number, a login or a contact, as it was typed: then the rest does not count. */
  find: string;
}

const LONGEST_FIND = 320;

const PLACE = "place in the queue of cases";
const DAY_MS = 86_400_000;

export function readQueue(asked: (name: string) => string | undefined): QueueAddress {
  return {
    state: seenStates.find((state) => state === asked("state")) ?? "open",
    handler: (["mine", "none"] as const).find((each) => each === asked("handler")) ?? "any",
    overdue: (asked("overdue") ?? "") !== "",
    find: (asked("find") ?? "").trim().slice(0, LONGEST_FIND),
  };
}

export function queueAddress({ state, handler, overdue }: QueueAddress, from?: string): string {
  const query = new URLSearchParams();
  if (state !== "open") query.set("state", state);
  if (handler !== "any") query.set("handler", handler);
  if (overdue) query.set("overdue", "on");
  if (from) query.set("from", from);
  return query.size === 0 ? "/admin/cases" : `/admin/cases?${query}`;
}

export function filterOf(
  { state, handler, overdue }: QueueAddress,
  viewer: string,
  now: number,
): QueueFilter {
  const whose = handler === "mine" ? { id: viewer } : handler;
  return { state, handler: whose, overdueAt: overdue ? now : null, viewer };
}

export function placeAfter({ due_at: due, number }: { due_at: number | null; number: number }): QueuePlace {
  return { due: due ?? NEVER_DUE, number };
}

/** Sealed together with the list that it belongs to: nobody can make one up. */
export function sealPlace(tools: { secrets: Secrets }, asked: QueueAddress, place: QueuePlace, now: number) {
  return tools.secrets.seal(PLACE, [queueAddress(asked), place], now + DAY_MS);
}

export function openPlace(
  tools: { secrets: Secrets },
  asked: QueueAddress,
  sealed: string | undefined,
  now: number,
): QueuePlace | undefined {
  const opened = sealed === undefined ? undefined : tools.secrets.open(PLACE, sealed, now);
  const [address, place] = (opened ?? []) as [string?, QueuePlace?];
  return address === queueAddress(asked) ? place : undefined;
}
