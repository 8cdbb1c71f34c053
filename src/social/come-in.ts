/** Whose account an outside account opens, and what an e-mail may add to that. */

import {
  type Account,
  addPerson,
  contactsOf,
  findAccount,
  holdAccount,
  type Identifier,
  isPlainName,
  judgePerson,
  type PersonDraft,
  peopleAtMailbox,
  readIdentifier,
} from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import {
  accountOf,
  type LinkTools,
  linkIdentity,
  noteUse,
  type OutsideAccount,
} from "../identities/identities.ts";
import { type AcceptTools, acceptWithoutPassword } from "../invitations/invitations.ts";
import type { Writer } from "../platform/store/store.ts";
import * as budgets from "../platform/throttle/budgets.ts";
import { settle } from "../platform/throttle/throttle.ts";
import type { PolicyTools } from "../policies/policies.ts";
import { type Entered, type Entering, enter } from "../sign-in/sign-in.ts";
import type { Profile } from "./providers/preset.ts";

export type ComeInOutcome =
  | ({ kind: "signed-in" } & Entered)
  /** Nobody's, as far as this profile proves: whether its e-mail is known here is not told. */
  | { kind: "unknown" }
  /** The profile proves an e-mail that stands here, but not for one confirmed account. */
  | { kind: "known-email" }
  /** The account is blocked, or its owner has left. */
  | { kind: "closed" };

/** Where they come in; the method and the service follow. */
export interface Arriving extends Omit<Entering, "method" | "service" | "remember"> {
  /** Whom leaving for the service was counted for. */
  source: string;
}

/** What the profile proves about a mailbox, made ready outside of the transaction. */
interface Proven {
  identifier: Identifier;
  /** Only where the mailbox's domain opens an account to new people. */
  draft: PersonDraft | undefined;
}

/**
 * Signs in whoever the outside account belongs to; links it first where its own payload proves whose it is.
 */
export async function comeIn(
  tools: LinkTools & PolicyTools,
  arrived: { outside: OutsideAccount; profile: Profile },
  arriving: Arriving,
): Promise<ComeInOutcome> {
  const proven = await provenBy(tools, arrived.profile, arriving);
  const decide = () => tools.store.transact((write) => judge(tools, write, { ...arrived, proven }, arriving));
  return decide().catch(async (error: unknown) => {
    // Of two first sign-ins at once, the later one finds what the earlier one made.
    if (await accountOf(tools.store.read, arrived.outside)) return decide();
    throw error;
  });
}

/** Somebody else linked the outside account at the same moment: nothing of this transaction may stay. */
class LinkedElsewhere extends Error {
  override readonly name = "LinkedElsewhere";
}

export type InvitedOutcome =
  | ({ kind: "signed-in" } & Entered)
  /** The outside account opens another account; nothing was spent. */
  | { kind: "taken" }
  /** The invitation no longer works. */
  | { kind: "gone" };

/**
 * Takes the invitation without a first password: from now on the outside account opens this one. All of it or
 * nothing.
 */
export async function comeInInvited(
  tools: LinkTools & AcceptTools,
  outside: OutsideAccount,
  invitation: { key: string; visit: string; accountId: string },
  arriving: Arriving,
): Promise<InvitedOutcome> {
  const accept = tools.store.transact(async (write): Promise<InvitedOutcome> => {
    const linkedTo = await accountOf(write, outside);
    if (linkedTo !== undefined && linkedTo !== invitation.accountId) return { kind: "taken" };
    const account = await acceptWithoutPassword(tools, write, invitation);
    if (!account) return { kind: "gone" };
    return linkAndBegin(tools, write, { account, outside }, arriving);
  });
  return accept.catch((error: unknown): InvitedOutcome => {
    if (error instanceof LinkedElsewhere) return { kind: "taken" };
    throw error;
  });
}

async function provenBy(
  tools: LinkTools & PolicyTools,
  { email, emailProven, name }: Profile,
  { language }: Arriving,
): Promise<Proven | undefined> {
  if (email === null || !emailProven) return undefined;
  const read = await readIdentifier(email);
  if (read.kind !== "understood" || read.identifier.kind !== "email") return undefined;
  const { identifier } = read;
  const [local = "", domain = ""] = identifier.key.split(/@(?=[^@]*$)/);
  if (!tools.settings.social.newPeopleFrom.includes(domain)) return { identifier, draft: undefined };
  const judged = await judgePerson({
    login: identifier.shown,
    name: name !== null && isPlainName(name) ? name : local,
    email: identifier.shown,
    phone: undefined,
    role: "person",
    language,
    contactsProven: true,
  });
  return { identifier, draft: judged.kind === "fine" ? judged.draft : undefined };
}

async function judge(
  tools: LinkTools & PolicyTools,
  write: Writer,
  arrived: { outside: OutsideAccount; proven: Proven | undefined },
  arriving: Arriving,
): Promise<ComeInOutcome> {
  const { outside, proven } = arrived;
  const linkedTo = await accountOf(write, outside);
  if (linkedTo !== undefined) {
    const account = await holdAccount(write, tools.store.kind, linkedTo);
    if (account?.status !== "active") return refuse(tools, write, { ...arriving, accountId: linkedTo });
    return begin(tools, write, { account, outside }, arriving);
  }
  if (!proven) return { kind: "unknown" };
  const { identifier, draft } = proven;
  const found = await findAccount(write, identifier);
  const account = found && (await holdAccount(write, tools.store.kind, found.id));
  if (account) {
    const contacts = await contactsOf(write, account.id);
    if (!contacts.some((contact) => contact.key === identifier.key && contact.proven)) {
      return { kind: "known-email" };
    }
    if (account.status !== "active") return refuse(tools, write, { ...arriving, accountId: account.id });
    return linkAndBegin(tools, write, { account, outside }, arriving);
  }
  if ((await peopleAtMailbox(write, identifier.key)).length > 0) return { kind: "known-email" };
  if (!draft) return { kind: "unknown" };
  const added = await addByProof(tools, write, draft, arriving);
  return added ? linkAndBegin(tools, write, { account: added, outside }, arriving) : { kind: "unknown" };
}

async function addByProof(
  tools: LinkTools & PolicyTools,
  write: Writer,
  draft: PersonDraft,
  { address, device }: Arriving,
): Promise<Account | undefined> {
  const added = await addPerson(tools, write, draft);
  if (added.kind === "taken") return undefined;
  await recordEvent(tools, write, {
    action: "account.added",
    actor: added.id,
    accountId: added.id,
    address,
    detail: { by: "social", role: draft.person.role, device },
  });
  return holdAccount(write, tools.store.kind, added.id);
}

async function linkAndBegin(
  tools: LinkTools & PolicyTools,
  write: Writer,
  whose: { account: Account; outside: OutsideAccount },
  arriving: Arriving,
): Promise<{ kind: "signed-in" } & Entered> {
  const { account, outside } = whose;
  const { address, device, language } = arriving;
  const { kind } = await linkIdentity(tools, write, outside, {
    accountId: account.id,
    actor: account.id,
    language,
    visitor: { address, device },
  });
  if (kind === "taken") throw new LinkedElsewhere("the outside account opens another one");
  return begin(tools, write, whose, arriving);
}

async function begin(
  tools: LinkTools & PolicyTools,
  write: Writer,
  { account, outside }: { account: Account; outside: OutsideAccount },
  arriving: Arriving,
): Promise<{ kind: "signed-in" } & Entered> {
  // The account was entered another way, which ends a streak of wrong passwords; and an office that comes to
  // work through one address is no flood.
  await settle(tools, write, {
    clear: [{ budget: budgets.signInAccount, subject: `account:${account.id}` }],
    giveBack: [{ budget: budgets.socialSource, subject: arriving.source }],
  });
  const entering = { ...arriving, method: "social", service: outside.service, remember: false } as const;
  const entered = await enter(tools, write, account, entering);
  // Not before the notice of a new device, whose veto takes away what was used since.
  await noteUse(tools, write, outside);
  return { kind: "signed-in", ...entered };
}

async function refuse(
  tools: LinkTools & PolicyTools,
  write: Writer,
  { accountId, address, device }: Arriving & { accountId: string },
): Promise<ComeInOutcome> {
  await recordEvent(tools, write, {
    action: "session.refused",
    actor: "anonymous",
    accountId,
    address,
    detail: { method: "social", device },
  });
  return { kind: "closed" };
}
