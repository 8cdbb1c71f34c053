/** Adding people, and changing who they are and whether they may come in. */
import {
  type AddOutcome,
  addPerson,
  contactsOf,
  editPerson,
  type JudgedPerson,
  judgePerson,
  personById,
  type Role,
  reviveMailbox,
  type Status,
  setRole,
  setStatus,
} from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import type { SmsGuardTools } from "../delivery/delivery.ts";
import { admitInvitation, type InviteTools, invite } from "../invitations/invitations.ts";
import { type NoticeTools, notifyOwner } from "../notifications/notifications.ts";
import type { Clock } from "../platform/clock.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { Store, Writer } from "../platform/store/store.ts";
import * as budgets from "../platform/throttle/budgets.ts";
import { settle } from "../platform/throttle/throttle.ts";
import { endAllSessions, type VisitTools } from "../sessions/sessions.ts";
import { type Acted, type Actor, act } from "./acting.ts";
import { mayGive } from "./rights.ts";

interface Tools extends VisitTools {
  clock: Clock;
  store: Store;
  secrets: Secrets;
}

/** What changes a status: from where to where, and by what name. */
const moves = {
  block: { right: "block", from: ["active"], to: "blocked", action: "account.blocked" },
  unblock: { right: "block", from: ["blocked"], to: "active", action: "account.unblocked" },
  dismiss: { right: "dismiss", from: ["active", "blocked"], to: "dismissed", action: "account.dismissed" },
  restore: { right: "dismiss", from: ["dismissed"], to: "active", action: "account.restored" },
} as const satisfies Record<string, { from: readonly Status[]; to: Status; right: string; action: string }>;

export type Move = keyof typeof moves;

/** Which moves make sense for an account of this status. */
export function movesFrom(status: Status): Move[] {
  const names = Object.keys(moves) as Move[];
  return names.filter((name) => (moves[name].from as readonly Status[]).includes(status));
}

/**
 * Closes or opens an account: sessions end, proofs die, and with opening the counted tries are forgotten.
 * `unchanged`: somebody did it before, or it is in a state that this does not fit.
 */
export function move(
  tools: Tools,
  actor: Actor,
  accountId: string,
  wish: { move: Move; reason: string },
): Promise<Acted<{ kind: "unchanged" }>> {
  const { right, to, action } = moves[wish.move];
  const detail = wish.reason === "" ? {} : { reason: wish.reason };
  return act<{ kind: "unchanged" }>(
    tools,
    actor,
    accountId,
    { right, action, detail },
    async (write, target) => {
      if (!movesFrom(target.status).includes(wish.move)) return { kind: "unchanged" };
      await setStatus(tools, write, accountId, to);
      await endAllSessions(tools, write, accountId);
      if (to === "active") await forgetTries(tools, write, accountId);
      return { kind: "done" };
    },
  );
}

async function forgetTries(tools: Tools, write: Writer, accountId: string): Promise<void> {
  const subject = `account:${accountId}`;
  await settle(tools, write, {
    clear: [
      { budget: budgets.signInAccount, subject },
      { budget: budgets.signInKnownDevice, subject },
      { budget: budgets.codesInARow, subject: accountId },
      { budget: budgets.codeAccount, subject: accountId },
    ],
  });
}

/** Gives another role, from the account's next request on. Nobody makes an equal, but owners do. */
export function giveRole(tools: Tools, actor: Actor, accountId: string, role: Role): Promise<Acted> {
  const change = { right: "give-role", action: "account.role-changed", detail: { role } } as const;
  return act(tools, actor, accountId, change, async (write, target, now) => {
    if (!mayGive(now, role)) return { kind: "absent" } as never;
    if (target.role !== role) await setRole(tools, write, accountId, role);
    return { kind: "done" };
  });
}

/** Letters go to their mailboxes again, which came back from there. */
export function reviveMailboxes(
  tools: Tools,
  actor: Actor,
  accountId: string,
): Promise<Acted<{ kind: "unchanged" }>> {
  const change = { right: "edit", action: "mailbox.revived" } as const;
  return act<{ kind: "unchanged" }>(tools, actor, accountId, change, async (write) => {
    const bounced = (await contactsOf(write, accountId)).filter((contact) => contact.bounced);
    for (const { key } of bounced) await reviveMailbox(write, key);
    return bounced.length > 0 ? { kind: "done" } : { kind: "unchanged" };
  });
}

/** What staff type about a person; an empty e-mail or phone is none. */
export interface PersonForm {
  name: string;
  login: string;
  email: string;
  phone: string;
}

type Refused = Extract<JudgedPerson, { kind: "refused" }> | Extract<AddOutcome, { kind: "taken" }>;

/**
 * Adds a person without a password. The contacts wait for their first proof: whoever types them does not hold
 * them. With an invitation, a letter leads to the choice of a password, or an SMS where there is no mailbox.
 */
export async function addFromConsole(
  tools: Tools & InviteTools & SmsGuardTools,
  actor: Actor,
  wish: PersonForm & { role: Role; invited: boolean },
): Promise<{ kind: "added"; id: string } | { kind: "absent" | "no-contact" | "sms-held" } | Refused> {
  if (wish.invited && wish.email === "" && wish.phone === "") return { kind: "no-contact" };
  const judged = await judge(wish, wish.role);
  if (judged.kind === "refused") return judged;
  const phone = judged.draft.identifiers.find(({ kind }) => kind === "phone");
  const by = wish.email === "" && phone ? "sms" : "email";
  if (wish.invited && by === "sms" && phone) {
    const admitted = await admitInvitation(tools, phone.key);
    if (admitted.kind === "held") return { kind: "sms-held" };
  }
  return tools.store.transact(async (write) => {
    const self = await personById(write, actor.id);
    if (self?.account.status !== "active" || !mayGive(self.account, wish.role)) return { kind: "absent" };
    const added = await addPerson(tools, write, judged.draft);
    if (added.kind === "taken") return added;
    if (wish.invited) await invite(tools, write, { accountId: added.id, language: actor.language, by });
    await recordEvent(tools, write, {
      action: "account.added",
      actor: actor.id,
      accountId: added.id,
      address: actor.address,
      detail: { by: "console", role: wish.role, invited: wish.invited ? 1 : 0, device: actor.device },
    });
    return added;
  });
}

/**
 * Corrects name, login and contacts. What is new waits for its first proof; the proven contacts, also one
 * that goes, are told. No «Это не я» takes it back: staff may be at it because a mailbox fell into foreign
 * hands. Sessions go on.
 */
export async function editFromConsole(
  tools: Tools & NoticeTools,
  actor: Actor,
  accountId: string,
  form: PersonForm,
): Promise<Acted<Refused>> {
  const judged = await judge(form, "person");
  if (judged.kind === "refused") return judged;
  const change = { right: "edit", action: "account.edited" } as const;
  return act<Refused>(tools, actor, accountId, change, async (write, target) => {
    const outcome = await editPerson(tools, write, accountId, judged.draft);
    if (outcome.kind === "taken") return outcome;
    const { address, device } = actor;
    for (const { kind, was, now } of outcome.contacts) {
      await notifyOwner(tools, write, {
        accountId,
        kind: kind === "email" ? "email-changed" : "phone-changed",
        language: target.language ?? actor.language,
        visitor: { address, device },
        change: { was, now },
        byStaff: true,
      });
    }
    return { kind: "done" };
  });
}

function judge({ name, login, email, phone }: PersonForm, role: Role): Promise<JudgedPerson> {
  return judgePerson({
    name,
    login,
    email: email === "" ? undefined : email,
    phone: phone === "" ? undefined : phone,
    role,
    language: null,
    contactsProven: false,
  });
}
