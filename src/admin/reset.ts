/** The ways in that staff may start: none of them lets staff in. */

import { randomInt } from "node:crypto";
import { accountById, type Contact, contactsOf, personById } from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import type { SmsGuardTools } from "../delivery/delivery.ts";
import {
  admitInvitation,
  type InvitedBy,
  type InviteTools,
  invite,
  phoneOf,
} from "../invitations/invitations.ts";
import type { NoticeTools } from "../notifications/notifications.ts";
import { changePassword, type Hashing, passwordChangedAt } from "../passwords/passwords.ts";
import type { Store } from "../platform/store/store.ts";
import { deviceName } from "../platform/web/device.ts";
import type { PolicyTools } from "../policies/policies.ts";
import { type AskTools, askForAccount } from "../recovery/recovery.ts";
import { endDevice, endDevices } from "../sessions/sessions.ts";
import { type Acted, type Actor, act } from "./acting.ts";
import { may } from "./rights.ts";

export type LinkOutcome =
  | { kind: "sent"; number: number; mailbox: Contact }
  | { kind: "absent" }
  | { kind: "closed" }
  | { kind: "no-mailbox" }
  /** Letters came back from every mailbox that there is. */
  | { kind: "returned" }
  /** The person had as many letters as anybody may get. */
  | { kind: "throttled"; retryAt: number };

/**
 * Sends the letter that the person could ask for themselves, to a stored mailbox. `device` stands in the
 * letter as the place where it was asked for. A person's own letters and those of staff count together.
 */
export async function sendLink(
  tools: AskTools,
  actor: Actor,
  accountId: string,
  device: string,
): Promise<LinkOutcome> {
  const { read } = tools.store;
  const account = await accountById(read, accountId);
  if (!account || !may(actor, "send-link", account)) return { kind: "absent" };
  if (account.status !== "active") return { kind: "closed" };
  const mailboxes = (await contactsOf(read, accountId)).filter((contact) => contact.kind === "email");
  const working = mailboxes.filter((contact) => !contact.bounced);
  const mailbox = working.find((contact) => contact.proven) ?? working[0];
  if (!mailbox) return { kind: mailboxes.length > 0 ? "returned" : "no-mailbox" };
  const outcome = await askForAccount(tools, accountId, {
    source: `console ${accountId}`,
    channel: "email",
    address: "—",
    device,
    language: account.language ?? actor.language,
    knownAccounts: [accountId],
    // The desk keeps to what the person could do; an administrator answers for more.
    byAdministrator: actor.role !== "desk",
    earlier: null,
    portal: tools.portals.defaultPortal(),
  });
  if (outcome.kind === "throttled") return outcome;
  await tools.store.transact((write) =>
    recordEvent(tools, write, {
      action: "recovery.sent",
      actor: actor.id,
      accountId,
      address: actor.address,
      detail: { number: outcome.number, device: actor.device },
    }),
  );
  return { kind: "sent", number: outcome.number, mailbox };
}

/** Signs the person out everywhere; whoever knows the password may come back. */
export function endSessionsOf(
  tools: NoticeTools & { store: Store },
  actor: Actor,
  accountId: string,
): Promise<Acted> {
  const change = { right: "end-sessions", action: "sessions.ended" } as const;
  return act(tools, actor, accountId, change, async (write) => {
    await endDevices(tools, write, accountId, null);
    return { kind: "done" };
  });
}

/** Signs one device out; «unchanged» when the account has no such device, whoever else may have it. */
export function endDeviceOf(
  tools: NoticeTools & { store: Store },
  actor: Actor,
  accountId: string,
  deviceId: string,
): Promise<Acted<{ kind: "unchanged" }>> {
  const change = { right: "end-sessions", action: "device.ended" } as const;
  return act<{ kind: "unchanged" }>(tools, actor, accountId, change, async (write) => {
    const ended = await endDevice(tools, write, accountId, deviceId);
    if (!ended) return { kind: "unchanged" };
    return { kind: "done", detail: { ended: deviceName(ended.agent) } };
  });
}

/**
 * How long a one-time password waits for its person (NIST SP 800-63B-4 asks for a short life of its kind).
 */
export const ONE_TIME_PASSWORD_MS = 24 * 3_600_000;

/** Letters and digits that are told apart on paper: 16 of 31 carry 79 bits. */
const ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

export type OneTimePassword = { kind: "made"; password: string } | { kind: "absent" } | { kind: "closed" };

/**
 * Replaces the password by one that the service makes, shown once to the one who asked for it: for a person
 * who stands there. It opens only the page where its owner chooses another, for 24 hours.
 */
export async function giveOneTimePassword(
  tools: NoticeTools & PolicyTools & { store: Store; hashing: Hashing },
  actor: Actor,
  accountId: string,
): Promise<OneTimePassword> {
  const account = await accountById(tools.store.read, accountId);
  if (!account || !may(actor, "one-time-password", account)) return { kind: "absent" };
  tools.hashing.assertRoom();
  const password = madePassword();
  const hash = await tools.hashing.hash(password);
  const change = { right: "one-time-password", action: "password.issued" } as const;
  const acted = await act<{ kind: "closed" }>(tools, actor, accountId, change, async (write, target) => {
    if (target.status !== "active") return { kind: "closed" };
    await changePassword(tools, write, {
      accountId,
      hash,
      how: "one-time",
      onceUntil: tools.clock.now() + ONE_TIME_PASSWORD_MS,
      actor: actor.id,
      language: target.language ?? actor.language,
      visitor: { address: actor.address, device: actor.device },
    });
    return { kind: "done" };
  });
  return acted.kind === "done" ? { kind: "made", password } : acted;
}

function madePassword(): string {
  const group = () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}

export type InviteRefusal = { kind: "no-mailbox" | "no-phone" | "sms-held" | "closed" | "unchanged" };

/**
 * Sends the invitation, once more: the earlier one ends. Whoever has a password needs none. By SMS the
 * caps of all SMS hold, and whoever presses is told.
 */
export async function inviteAgain(
  tools: InviteTools & SmsGuardTools,
  actor: Actor,
  accountId: string,
  by: InvitedBy,
): Promise<Acted<InviteRefusal>> {
  const person = await personById(tools.store.read, accountId);
  if (!person || !may(actor, "invite", person.account)) return { kind: "absent" };
  const phone = phoneOf(person);
  if (by === "sms" && phone && person.account.status === "active") {
    const admitted = await admitInvitation(tools, phone.key);
    if (admitted.kind === "held") return { kind: "sms-held" };
  }
  const change = { right: "invite", action: "invitation.sent", detail: { channel: by } } as const;
  return act<InviteRefusal>(tools, actor, accountId, change, async (write, target) => {
    if (target.status !== "active") return { kind: "closed" };
    if ((await passwordChangedAt(write, accountId)) !== undefined) return { kind: "unchanged" };
    const language = target.language ?? actor.language;
    const sent = await invite(tools, write, { accountId, language, by });
    return sent.kind === "sent" ? { kind: "done" } : sent;
  });
}
