import { randomInt } from "node:crypto";
import type { Identifier } from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import { admitSmsAfter, type DeliveryBell, putMessage, type SmsGuardTools } from "../delivery/delivery.ts";
import type { Language } from "../platform/language/language.ts";
import { newId } from "../platform/secrets/ids.ts";
import type { Reader, Writer } from "../platform/store/store.ts";
import * as budgets from "../platform/throttle/budgets.ts";
import { spendWithin } from "../platform/throttle/throttle.ts";
import { allowsWay, type PolicyTools, policyOf, policyOfEveryone } from "../policies/policies.ts";
import type { Portal, Portals } from "../portal-registry/portal-registry.ts";
import {
  issueProof,
  liveProofs,
  type Proof,
  stateOf,
  supersedeProof,
  TRIES_PER_CODE,
} from "../proofs/proofs.ts";
import type { Settings } from "../settings.ts";
import { messageFor } from "./envelope.ts";
import { type Channel, type Recipient, recipientOf, recipientOfAccount, type Wished } from "./recipient.ts";
import * as rows from "./rows.ts";

export interface AskTools extends SmsGuardTools, PolicyTools {
  deliveryBell: DeliveryBell;
  settings: Settings;
  portals: Portals;
}

export interface Asking {
  channel: Channel;
  source: string;
  address: string;
  device: string;
  language: Language;
  /** Accounts that signed in from this browser lately: they are not held up by strangers' requests. */
  knownAccounts: readonly string[];
  /** Where the request is made. */
  portal: Pick<Portal, "id" | "style">;
  /** An administrator asks for somebody, to whom the ways of their policy may be closed. */
  byAdministrator?: boolean;
  /** The earlier request of this browser, whose code a repeat carries on. */
  earlier: string | null;
}

export type AskOutcome =
  | { kind: "asked"; channel: Channel; recoveryId: string; number: number; at: number; readyAt: number }
  | { kind: "throttled"; retryAt: number };

/**
 * Asks for a way back in. The outcome is the same for every identifier, and so is the work: who it belongs to
 * is told only by the message. `readyAt` is when the next request will be taken.
 */
export async function askForRecovery(
  tools: AskTools,
  identifier: Identifier,
  asking: Asking,
): Promise<AskOutcome> {
  const find = (read: Reader) => recipientOf(read, identifier, wished(tools, asking));
  return ask(tools, { find, name: identifier.key, subject: `typed:${identifier.key}` }, asking);
}

/** Asks anew for the account of an outdated link: whoever holds the link has had its letter. */
export async function askForAccount(tools: AskTools, accountId: string, asking: Asking): Promise<AskOutcome> {
  const find = (read: Reader) => recipientOfAccount(read, accountId, wished(tools, asking));
  return ask(tools, { find, name: accountId, subject: `renew:${accountId}` }, asking);
}

function wished(tools: PolicyTools, { channel, portal, byAdministrator = false }: Asking): Wished {
  const byLetter = portal.style === "passport" ? "letter" : "control-string";
  const way = channel === "sms" ? "sms" : byLetter;
  return { channel, allows: (account) => byAdministrator || allowsWay(tools, account, way) };
}

interface Typed {
  find(read: Reader): Promise<Recipient>;
  name: string;
  /** What the limits that are told count for. */
  subject: string;
}

/**
 * Each SMS costs money, so it is counted beforehand. A letter is counted in the commit that makes it, and
 * with that everything it needs is looked up there.
 */
async function ask(tools: AskTools, typed: Typed, asking: Asking): Promise<AskOutcome> {
  const sms = asking.channel === "sms" ? await smsLeave(tools, typed, asking) : null;
  return tools.store.transact(async (write): Promise<AskOutcome> => {
    const recipient = sms?.recipient ?? (await typed.find(write));
    const leave = sms?.leave ?? (await letterLeave(tools, write, { recipient, typed, asking }));
    if (leave.kind === "throttled") return leave;
    const at = tools.clock.now();
    const held = leave.kind === "held";
    const { id: recoveryId, number, channel } = await begin(tools, write, { recipient, held }, asking);
    return { kind: "asked", channel, recoveryId, number, at, readyAt: at + 60_000 };
  });
}

/**
 * `throttled` is told: it hangs on what the asker did alone. `held` is not, since it hangs on who exists: the
 * page goes on, and no message leaves.
 */
type Leave = { kind: "admitted" | "held" } | { kind: "throttled"; retryAt: number };

interface LeaveWish {
  recipient: Recipient;
  typed: Typed;
  asking: Asking;
}

/** Who is counted for what the asker is told, and whether that is somebody known to the browser. */
function counted({ recipient, typed, asking }: LeaveWish) {
  const account = "account" in recipient ? recipient.account : null;
  const known = account !== null && asking.knownAccounts.includes(account.id);
  return { account, known, visible: known ? `known:${account.id}` : typed.subject };
}

async function smsLeave(tools: AskTools, typed: Typed, asking: Asking) {
  const recipient = await typed.find(tools.store.read);
  const { known, visible } = counted({ recipient, typed, asking });
  const person = recipient.kind === "person" ? recipient : null;
  const charges = [
    { budget: budgets.recoverySource, subject: asking.source },
    { budget: budgets.smsSends, subject: visible },
  ];
  const leave: Leave = await admitSmsAfter(tools, charges, {
    to: person?.to ?? typed.name,
    accountId: person?.account.id ?? null,
    source: asking.source,
    knownBrowser: known,
  });
  return { recipient, leave };
}

async function letterLeave(tools: AskTools, write: Writer, wish: LeaveWish): Promise<Leave> {
  const { account, known, visible } = counted(wish);
  const silent = known ? visible : `account:${account?.id ?? wish.typed.subject}`;
  const verdict = await spendWithin(tools, write, [
    { budget: budgets.recoverySource, subject: wish.asking.source },
    { budget: budgets.recoveryLetters, subject: visible },
    { budget: budgets.recoveryLettersOfAccount, subject: silent },
  ]);
  if (verdict.kind === "allowed") return { kind: "admitted" };
  return verdict.budget === budgets.recoveryLettersOfAccount.name
    ? { kind: "held" }
    : { kind: "throttled", retryAt: verdict.retryAt };
}

async function begin(
  tools: AskTools,
  write: Writer,
  { recipient, held }: { recipient: Recipient; held: boolean },
  asking: Asking,
): Promise<rows.RecoveryRow> {
  const { channel } = asking;
  const id = newId();
  const person = recipient.kind === "person" ? recipient : null;
  const wish = { person, held };
  const { portal } = asking;
  const link = channel === "email" ? await linkFor(tools, write, wish, portal) : null;
  const coded = channel === "sms" || portal.style === "passport";
  const code = coded ? await codeFor(tools, write, { ...wish, flowId: id }, asking) : null;
  const recovery: rows.RecoveryRow = {
    id,
    number: randomInt(100, 1_000),
    account_id: code?.account_id ?? link?.account_id ?? null,
    style: portal.style,
    channel,
    language: asking.language,
    asked_at: tools.clock.now(),
    link_proof_id: link?.id ?? "",
    code_proof_id: code?.id ?? null,
    finished_at: null,
    portal_id: portal.id,
  };
  await rows.insertRecovery(write, recovery);
  const message = messageFor(held ? { kind: "nobody" } : recipient, asking);
  await putMessage(tools, write, {
    ...message,
    portalId: portal.id,
    about: id,
    number: recovery.number,
    data: {
      recovery: id,
      address: asking.address,
      device: asking.device,
      ...(recipient.kind === "several" && { mailbox: recipient.key }),
      ...(recipient.kind === "closed" && { ways: policyOf(tools, recipient.account).recoveryWays }),
    },
    giveUpAfterMs: worthMs(tools, message.channel === "sms" && code ? code : link),
  });
  await recordEvent(tools, write, {
    action: "recovery.asked",
    actor: "anonymous",
    accountId: "account" in recipient ? recipient.account.id : null,
    address: asking.address,
    detail: {
      number: recovery.number,
      channel,
      result: held ? "capped" : recipient.kind,
      device: asking.device,
    },
  });
  return recovery;
}

/** How long the message is worth sending: as long as what it brings works. */
function worthMs(tools: AskTools, proof: Proof | null): number {
  return proof ? proof.expires_at - tools.clock.now() : policyOfEveryone(tools).linkMinutes * 60_000;
}

/** Whoever is held back gets the proofs of nobody: no message brings them, so none may work. */
interface ProofWish {
  person: Extract<Recipient, { kind: "person" }> | null;
  held: boolean;
}

function newProof({ person, held }: ProofWish) {
  const { id, generation } = person?.account ?? { id: "", generation: 0 };
  const mine = person !== null && !held;
  return {
    purpose: "recovery",
    account: mine ? { id, generation } : null,
    sentTo: mine ? person.key : "",
  };
}

/**
 * The same link again while it is young; else a new one, which takes the place of the old. So it does with an
 * old one of the other style, from another portal; a young one lives on: a repeat ends nobody's link.
 */
async function linkFor(
  tools: AskTools,
  write: Writer,
  wish: ProofWish,
  { style }: Pick<Portal, "style">,
): Promise<Proof> {
  const { recoveryReissueAfterMs } = tools.settings;
  const policy = wish.person ? policyOf(tools, wish.person.account) : policyOfEveryone(tools);
  const [form, otherForm] =
    style === "passport" ? (["link", "control-string"] as const) : (["control-string", "link"] as const);
  const proof = newProof(wish);
  const account = proof.account ?? { id: "", generation: 0 };
  const isYoung = ({ created_at: at }: Proof) => tools.clock.now() - at < recoveryReissueAfterMs;
  const [older, other] = await liveProofs(tools, write, {
    account,
    purpose: proof.purpose,
    forms: [form, otherForm],
  });
  if (older && isYoung(older)) return older;
  const newer = await issueProof(tools, write, {
    ...proof,
    form,
    flowId: null,
    lifetimeMs: policy.linkMinutes * 60_000,
  });
  if (older) await supersedeProof(tools, write, older, newer);
  if (other && !isYoung(other)) await supersedeProof(tools, write, other, newer);
  return newer;
}

/**
 * The code of this browser's earlier request by the same way, while it lives and has tries left, so that a
 * late message is never a wrong one. How many codes that makes in a day is limited by the account's own
 * budget of tries.
 */
async function codeFor(
  tools: AskTools,
  write: Writer,
  wish: ProofWish & { flowId: string },
  asking: Asking,
): Promise<Proof> {
  const proof = newProof(wish);
  const holders = [wish.person?.account.id ?? null, proof.account?.id ?? null];
  const earlier = await earlierCode(tools, write, asking);
  if (earlier && holders.includes(earlier.account_id)) return earlier;
  return issueProof(tools, write, {
    ...proof,
    form: "code",
    flowId: wish.flowId,
    lifetimeMs: tools.settings.recoveryCodeLifetimeMs,
  });
}

async function earlierCode(tools: AskTools, read: Reader, asking: Asking): Promise<Proof | undefined> {
  if (asking.earlier === null) return undefined;
  const earlier = await rows.recoveryById(read, asking.earlier);
  const state = await stateOf(tools, read, earlier?.code_proof_id ?? "");
  return earlier?.channel === asking.channel && state.kind === "live" && state.proof.tries < TRIES_PER_CODE
    ? state.proof
    : undefined;
}
