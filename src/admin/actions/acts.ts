/** What may be done with a person by one press, and how it ended. */
import type { Acted, Actor } from "../acting.ts";
import type { AdminTools } from "../handling.ts";
import { type Move, move, reviveMailboxes } from "../people.ts";
import { endSessionsOf, type InviteRefusal, inviteAgain, sendLink } from "../reset.ts";
import type { Right } from "../rights.ts";

export const rightFor = {
  link: "send-link",
  sessions: "end-sessions",
  password: "one-time-password",
  invite: "invite",
  "invite-sms": "invite",
  revive: "edit",
  block: "block",
  unblock: "block",
  dismiss: "dismiss",
  restore: "dismiss",
} as const satisfies Record<string, Right>;

/** `password` ends in a page of its own. */
export type Act = keyof typeof rightFor;
export type PlainAct = Exclude<Act, "password">;

/** What may be done with many at once. */
export const manyActs = ["link", "sessions", "block", "unblock"] as const satisfies readonly PlainAct[];

export function readAct(text: string | undefined): Act | undefined {
  return (Object.keys(rightFor) as Act[]).find((act) => act === text);
}

/** What cannot be taken back by itself is asked for the reason. */
export function takesReason(act: Act): act is Move {
  return act === "block" || act === "unblock" || act === "dismiss" || act === "restore";
}

export type ActEnd = Acted<InviteRefusal | { kind: "returned" } | { kind: "throttled"; retryAt: number }>;

/** Does it. `askedFrom` stands in the letter with the link as the place where it was asked for. */
export async function perform(
  tools: AdminTools,
  actor: Actor,
  accountId: string,
  wish: { act: PlainAct; reason: string; askedFrom: string },
): Promise<ActEnd> {
  switch (wish.act) {
    case "link": {
      const outcome = await sendLink(tools, actor, accountId, wish.askedFrom);
      return outcome.kind === "sent" ? { kind: "done" } : outcome;
    }
    case "sessions":
      return endSessionsOf(tools, actor, accountId);
    case "invite":
      return inviteAgain(tools, actor, accountId, "email");
    case "revive":
      return reviveMailboxes(tools, actor, accountId);
    case "invite-sms":
      return inviteAgain(tools, actor, accountId, "sms");
    case "block":
    case "unblock":
    case "dismiss":
    case "restore":
      return move(tools, actor, accountId, { move: wish.act, reason: wish.reason });
  }
}
