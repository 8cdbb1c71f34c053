import { noteDelivery } from "../figures/figures.ts";
import type { Writer } from "../platform/store/store.ts";
import type { Outcome } from "./attempt.ts";
import type { Channel } from "./catalogue.ts";
import type { MessageRow } from "./rows.ts";
import type { Transport } from "./transport.ts";
import type { Verdict } from "./verdict.ts";

/** What this process counts of its messages since the start, for `/metrics`. No address is ever a label. */
export interface DeliveryFigures {
  count(figure: DeliveryFigure, ...labels: readonly string[]): void;
  list(figure: DeliveryFigure): readonly { readonly labels: readonly string[]; readonly count: number }[];
}

export type DeliveryFigure =
  /** Channel, connector, result: each time somebody was asked to carry a message. */
  | "attempts"
  /** Gateway, status: each report about an SMS that changed what we know. */
  | "reports"
  /** Class: each letter that came back, or was refused. */
  | "bounces";

export function createDeliveryFigures(): DeliveryFigures {
  const counts = new Map<DeliveryFigure, Map<string, { labels: readonly string[]; count: number }>>();
  return {
    count(figure, ...labels) {
      const own = counts.get(figure) ?? new Map<string, { labels: readonly string[]; count: number }>();
      counts.set(figure, own);
      const key = labels.join(" ");
      own.set(key, { labels, count: (own.get(key)?.count ?? 0) + 1 });
    },
    list: (figure) => [...(counts.get(figure)?.values() ?? [])],
  };
}

/** Counts each connector that an attempt asked; a message that never got so far counts nowhere. */
export function countTries(
  figures: DeliveryFigures,
  channel: Channel,
  transport: Transport | null,
  outcome: Outcome,
): void {
  switch (outcome.kind) {
    case "dropped":
    case "failed":
    case "unwritten":
      return;
    case "accepted":
    case "refused":
    case "later":
    case "unknown":
    case "unreachable": {
      const { declined = [], gateway = null } = outcome.route ?? {};
      for (const one of declined) figures.count("attempts", channel, one.gateway, one.kind);
      figures.count("attempts", channel, gateway ?? transport?.name ?? "", outcome.kind);
    }
  }
}

/** Notes for the console how a message ended; one that was dropped says nothing of the other side. */
export async function noteEnd(
  write: Writer,
  row: MessageRow,
  { outcome, verdict, now }: { outcome: Outcome; verdict: Verdict; now: number },
): Promise<void> {
  if (verdict.kind !== "over" || verdict.state === "dropped") return;
  const route = "route" in outcome ? outcome.route : undefined;
  await noteDelivery(write, {
    channel: row.channel,
    to: row.sent_to,
    gateway: route?.gateway ?? route?.declined.at(-1)?.gateway ?? "",
    result: verdict.state === "sent" ? "accepted" : "failed",
    at: now,
    message: { kind: row.kind, accountId: row.account_id, createdAt: row.created_at },
  });
}
