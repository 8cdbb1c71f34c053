import { randomInt } from "node:crypto";
import type { Identifier } from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import { type DeliveryBell, putMessage } from "../delivery/delivery.ts";
import type { Clock } from "../platform/clock.ts";
import type { Language } from "../platform/language/language.ts";
import { newId } from "../platform/secrets/ids.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { Reader, Store, Writer } from "../platform/store/store.ts";
import * as budgets from "../platform/throttle/budgets.ts";
import { type Charge, spend } from "../platform/throttle/throttle.ts";
import {
  issueProof,
  liveProof,
  type Proof,
  stateOf,
  supersedeProof,
  TRIES_PER_CODE,
} from "../proofs/proofs.ts";
import type { Settings } from "../settings.ts";
import { type Recipient, recipientOf, recipientOfAccount } from "./recipient.ts";
import * as rows from "./rows.ts";

export interface AskTools {
  clock: Clock;
  store: Store;
  secrets: Secrets;
  deliveryBell: DeliveryBell;
  settings: Settings;
}

export interface Asking {
  source: string;
  address: string;
  device: string;
  language: Language;
  /** Accounts that signed in from this browser lately: they are not held up by strangers' requests. */
  knownAccounts: readonly string[];
  /** The earlier request of this browser, whose code a repeat carries on. */
  earlier: string | null;
}

export type AskOutcome =
  | { kind: "asked"; recoveryId: string; number: number; at: number; readyAt: number }
  | { kind: "throttled"; retryAt: number };

/**
 * Asks for a way back in. The outcome is the same for every identifier, and so is the work: who it belongs to
 * is told only by the letter. `readyAt` is when the next request will be taken.
 */
export async function askForRecovery(
  tools: AskTools,
  identifier: Identifier,
  asking: Asking,
): Promise<AskOutcome> {
  const recipient = await recipientOf(tools.store.read, identifier);
  return ask(tools, recipient, `typed:${identifier.key}`, asking);
}

/** Asks anew for the account of an outdated link: whoever holds the link has had its letter. */
export async function askForAccount(tools: AskTools, accountId: string, asking: Asking): Promise<AskOutcome> {
  return ask(tools, await recipientOfAccount(tools.store.read, accountId), `renew:${accountId}`, asking);
}

async function ask(
  tools: AskTools,
  recipient: Recipient,
  typed: string,
  asking: Asking,
): Promise<AskOutcome> {
  const account = "account" in recipient ? recipient.account : null;
  const known = account !== null && asking.knownAccounts.includes(account.id);
  const visible = known ? `known:${account.id}` : typed;
  const silent = known ? `known:${account.id}` : `account:${account?.id ?? typed}`;
  const charges: Charge[] = [
    { budget: budgets.recoverySource, subject: asking.source },
    { budget: budgets.recoveryLetters, subject: visible },
    { budget: budgets.recoveryLettersOfAccount, subject: silent },
  ];
  const verdict = await spend(tools, charges);
  const capped = verdict.kind === "limited" && verdict.budget === budgets.recoveryLettersOfAccount.name;
  if (verdict.kind === "limited" && !capped) return { kind: "throttled", retryAt: verdict.retryAt };

  const at = tools.clock.now();
  const recovery = await tools.store.transact((write) =>
    begin(tools, write, capped ? { kind: "nobody" } : recipient, asking, {
      capped,
      accountId: account?.id ?? null,
    }),
  );
  return { kind: "asked", recoveryId: recovery.id, number: recovery.number, at, readyAt: at + 60_000 };
}

async function begin(
  tools: AskTools,
  write: Writer,
  recipient: Recipient,
  asking: Asking,
  told: { capped: boolean; accountId: string | null },
): Promise<rows.RecoveryRow> {
  const { settings } = tools;
  const person = recipient.kind === "person" ? recipient : null;
  const id = newId();
  const account = person && { id: person.account.id, generation: person.account.generation };
  const wish = { purpose: "recovery", account, sentTo: person?.key ?? "" };
  const link = await linkFor(tools, write, wish);
  const code =
    settings.recoveryStyle === "passport"
      ? await codeFor(tools, write, { ...wish, flowId: id }, asking)
      : null;
  const recovery: rows.RecoveryRow = {
    id,
    number: randomInt(100, 1_000),
    account_id: person?.account.id ?? null,
    style: settings.recoveryStyle,
    language: asking.language,
    asked_at: tools.clock.now(),
    link_proof_id: link.id,
    code_proof_id: code?.id ?? null,
    finished_at: null,
  };
  await rows.insertRecovery(write, recovery);
  await putMessage(tools, write, {
    ...letterFor(recipient, asking.language),
    channel: "email",
    data: {
      recovery: id,
      address: asking.address,
      device: asking.device,
      ...(recipient.kind === "several" && { mailbox: recipient.key }),
    },
    giveUpAfterMs: settings.recoveryLinkLifetimeMs,
  });
  await recordEvent(tools, write, {
    action: "recovery.asked",
    actor: "anonymous",
    accountId: told.accountId,
    address: asking.address,
    detail: {
      number: recovery.number,
      result: told.capped ? "capped" : recipient.kind,
      device: asking.device,
    },
  });
  return recovery;
}

type ProofWish = { purpose: string; account: { id: string; generation: number } | null; sentTo: string };

/** The same link again while it is young; else a new one, which takes the place of the old. */
async function linkFor(tools: AskTools, write: Writer, wish: ProofWish): Promise<Proof> {
  const { recoveryReissueAfterMs, recoveryLinkLifetimeMs, recoveryStyle } = tools.settings;
  const form = recoveryStyle === "passport" ? "link" : "control-string";
  const account = wish.account ?? { id: "", generation: 0 };
  const older = await liveProof(tools, write, { account, purpose: wish.purpose, form });
  if (older && tools.clock.now() - older.created_at < recoveryReissueAfterMs) return older;
  const newer = await issueProof(tools, write, {
    ...wish,
    form,
    flowId: null,
    lifetimeMs: recoveryLinkLifetimeMs,
  });
  if (older) await supersedeProof(tools, write, older, newer);
  return newer;
}

/**
 * The code of this browser's earlier request while it lives and has tries left, so that a late letter is
 * never a wrong one. How many codes that makes in a day is limited by the account's own budget of tries.
 */
async function codeFor(
  tools: AskTools,
  write: Writer,
  wish: ProofWish & { flowId: string },
  asking: Asking,
): Promise<Proof> {
  const earlier = await earlierCode(tools, write, asking.earlier);
  if (earlier && earlier.account_id === (wish.account?.id ?? null)) return earlier;
  return issueProof(tools, write, {
    ...wish,
    form: "code",
    lifetimeMs: tools.settings.recoveryCodeLifetimeMs,
  });
}

async function earlierCode(
  tools: AskTools,
  read: Reader,
  recoveryId: string | null,
): Promise<Proof | undefined> {
  if (recoveryId === null) return undefined;
  const earlier = await rows.recoveryById(read, recoveryId);
  const state = await stateOf(tools, read, earlier?.code_proof_id ?? "");
  return state.kind === "live" && state.proof.tries < TRIES_PER_CODE ? state.proof : undefined;
}

function letterFor(recipient: Recipient, asked: Language) {
  switch (recipient.kind) {
    case "person":
      return toPerson("recovery", recipient, asked);
    case "blocked":
      return toPerson("recovery-blocked", recipient, asked);
    case "several":
      return { kind: "recovery-several", accountId: null, to: recipient.mailbox, language: asked };
    case "no-mailbox":
    case "nobody":
      return { kind: "recovery", accountId: null, to: "", language: asked };
  }
}

function toPerson(
  kind: string,
  { account, mailbox }: Extract<Recipient, { mailbox: string; account: object }>,
  asked: Language,
) {
  return { kind, accountId: account.id, to: mailbox, language: account.language ?? asked };
}
