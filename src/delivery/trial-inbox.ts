/** Where messages go on a machine without SMTP and SMS: a list in memory, for trying the product out. */
import type { Clock } from "../platform/clock.ts";
import type { PersonalParcel, Transport } from "./transport.ts";

/** How many messages are kept; older ones are forgotten. */
const KEPT = 200;

export interface TrialMessage {
  readonly arrivedAt: number;
  readonly parcel: PersonalParcel;
}

export interface TrialInbox {
  /** Takes letters and SMS alike. */
  readonly transport: Transport;
  /** Newest first. */
  list(): readonly TrialMessage[];
  find(id: string): TrialMessage | undefined;
}

export function createTrialInbox(tools: { clock: Clock }): TrialInbox {
  const messages: TrialMessage[] = [];
  return {
    transport: {
      name: "inbox",
      async send(parcel) {
        if (parcel.channel === "portal") return { kind: "refused", answer: "not a message to a person" };
        messages.unshift({ arrivedAt: tools.clock.now(), parcel });
        messages.splice(KEPT);
        return { kind: "accepted", answer: "trial inbox" };
      },
      async close() {},
    },
    list: () => messages,
    find: (id) => messages.find((message) => message.parcel.id === id),
  };
}
