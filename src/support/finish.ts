/** After the wait: the one-time link to the confirmed address, and the new password that it sets. */
import { type Account, holdAccount, type Person, personById } from "../accounts/accounts.ts";
import { replaceMailbox } from "../contacts/contacts.ts";
import {
  changePassword,
  type Hashing,
  hashChosen,
  judgeChoice,
  type RefusedJudgement,
} from "../passwords/passwords.ts";
import type { Language } from "../platform/language/language.ts";
import type { Writer } from "../platform/store/store.ts";
import * as budgets from "../platform/throttle/budgets.ts";
import { settle, spend } from "../platform/throttle/throttle.ts";
import { policyOf } from "../policies/policies.ts";
import type { Portals } from "../portal-registry/portal-registry.ts";
import {
  findProof,
  issueProof,
  type Proof,
  readKey,
  redeemedHere,
  redeemProof,
  stateOf,
  supersedeProof,
} from "../proofs/proofs.ts";
import { stopIfDisturbed } from "./approval.ts";
import * as rows from "./rows.ts";
import { tell } from "./staff.ts";
import { moveCase, type SupportTools } from "./tools.ts";

const PURPOSE = "case";
/** NIST SP 800-63B-4, 4.2.1: at most 24 hours by e-mail. The applicant's page sends another. */
const LINK_LIFETIME_MS = 24 * 3_600_000;

/** Makes the link and puts its letter into the outbox, in the transaction that ends the wait. */
export async function sendLink(
  tools: SupportTools,
  write: Writer,
  found: rows.CaseRow,
  account: Account,
): Promise<void> {
  const older = await stateOf(tools, write, found.link_proof_id ?? "");
  const proof = await issueProof(tools, write, {
    purpose: PURPOSE,
    form: "link",
    account: { id: account.id, generation: account.generation },
    flowId: found.id,
    sentTo: found.answer_key,
    lifetimeMs: LINK_LIFETIME_MS,
  });
  if (older.kind === "live") await supersedeProof(tools, write, older.proof, proof);
  await rows.setCase(write, found.id, { link_proof_id: proof.id, moved_at: tools.clock.now() });
  await tell(tools, write, found, "case-link");
}

/** The applicant asks for the link once more: a new one, and the earlier one ends. */
export async function sendLinkAgain(
  tools: SupportTools,
  caseId: string,
): Promise<{ kind: "sent" } | { kind: "over" } | { kind: "throttled"; retryAt: number }> {
  const limited = await spend(tools, [{ budget: budgets.deskLetters, subject: `link ${caseId}` }]);
  if (limited.kind === "limited") return { kind: "throttled", retryAt: limited.retryAt };
  return tools.store.transact(async (write) => {
    const before = await rows.caseById(write, caseId);
    const account = await holdAccount(write, tools.store.kind, before?.account_id ?? "");
    const found = await rows.caseById(write, caseId);
    if (!account || found?.state !== "released") return { kind: "over" };
    if (await stopIfDisturbed(tools, write, found, account)) return { kind: "over" };
    await sendLink(tools, write, found, account);
    return { kind: "sent" };
  });
}

export type LinkLook =
  | /** `answer`: the address that takes the place of the e-mail; undefined: that stays. */
  { kind: "live"; person: Person; answer: string | undefined }
  | { kind: "done" }
  /** A newer letter, too old, vetoed, or none of ours; the applicant's page says what goes on. */
  | { kind: "over" };

/** What the link would do now. Changes nothing, whoever looks: mail scanners do. */
export async function lookAtCaseLink(tools: SupportTools, typed: string): Promise<LinkLook> {
  const behind = await behindLink(tools, typed);
  if (!behind) return { kind: "over" };
  if (behind.found.state === "done") return { kind: "done" };
  const person = await personById(tools.store.read, behind.accountId);
  if (!behind.live || behind.found.state !== "released" || !person) return { kind: "over" };
  const answer = behind.found.replaces_email === 1 ? behind.found.answer_to : undefined;
  return { kind: "live", person, answer };
}

interface Behind {
  proof: Proof;
  secret: string;
  found: rows.CaseRow;
  accountId: string;
  live: boolean;
}

async function behindLink(tools: SupportTools, typed: string): Promise<Behind | undefined> {
  const secret = readKey(typed);
  if (!secret) return undefined;
  const { read } = tools.store;
  const state = await findProof(tools, read, { purpose: PURPOSE, form: "link", secret });
  if (!("proof" in state) || state.proof.account_id === null) return undefined;
  const { proof } = state;
  const found = await rows.caseByLink(read, proof.id, state.proof.account_id);
  return found && { proof, secret, found, accountId: state.proof.account_id, live: state.kind === "live" };
}

export interface Finishing {
  key: string;
  password: string;
  repeated: string;
  /** Names this browser's flow, so that a form sent twice ends in "done". */
  visit: string;
  source: string;
  address: string;
  device: string;
  language: Language;
}

export type FinishOutcome =
  /** `email`: whether the confirmed address took the place of the old one; somebody may have it by now. */
  | { kind: "changed"; login: string; email: "replaced" | "kept" | "taken" }
  | { kind: "differs" }
  | { kind: "refused"; judgement: RefusedJudgement }
  | { kind: "over" }
  | { kind: "throttled"; retryAt: number };

/**
 * Sets the new password and, only where it was approved so, puts the confirmed address in the place of the
 * e-mail. One transaction: of this, a veto and a sign-in at the same moment one wins.
 * Throws `HashingOverloaded` when too many hash at once.
 */
export async function finishCase(
  tools: SupportTools & { hashing: Hashing; portals: Portals },
  finishing: Finishing,
): Promise<FinishOutcome> {
  tools.hashing.assertRoom();
  const limited = await spend(tools, [
    { budget: budgets.linkSource, subject: finishing.source },
    { budget: budgets.linkTries, subject: finishing.key },
  ]);
  if (limited.kind === "limited") return { kind: "throttled", retryAt: limited.retryAt };
  const behind = await behindLink(tools, finishing.key);
  if (!behind) return { kind: "over" };
  const person = await personById(tools.store.read, behind.accountId);
  if (!person) return { kind: "over" };
  if (!behind.live) return afterwards(tools, behind, person, finishing);
  const names = { ...person, name: person.account.name };
  const rules = policyOf(tools, person.account);
  const choice = judgeChoice(rules, finishing, names, tools.portals.defaultPortal().name);
  if (choice.kind !== "fine") return choice;
  const wanted = { accountId: behind.accountId, password: finishing.password, rules };
  const hashed = await hashChosen(tools, wanted);
  if (hashed.kind === "refused") return hashed;
  const { hash } = hashed;
  const email = await tools.store.transact((write) => commit(tools, write, behind, { hash, finishing }));
  return email === undefined
    ? afterwards(tools, behind, person, finishing)
    : { kind: "changed", login: (await personById(tools.store.read, behind.accountId))?.login ?? "", email };
}

/** The same form by the same browser ended in "done" before. */
async function afterwards(
  tools: SupportTools,
  { proof }: Behind,
  person: Person,
  { visit }: Finishing,
): Promise<FinishOutcome> {
  const state = await stateOf(tools, tools.store.read, proof.id);
  const mine = state.kind === "redeemed" && redeemedHere(tools, state.proof, visit);
  return mine ? { kind: "changed", login: person.login, email: "kept" } : { kind: "over" };
}

async function commit(
  tools: SupportTools,
  write: Writer,
  behind: Behind,
  { hash, finishing }: { hash: string; finishing: Finishing },
): Promise<"replaced" | "kept" | "taken" | undefined> {
  const account = await holdAccount(write, tools.store.kind, behind.accountId);
  const found = await rows.caseById(write, behind.found.id);
  if (!account || found?.state !== "released" || found.link_proof_id !== behind.proof.id) return undefined;
  if (await stopIfDisturbed(tools, write, found, account)) return undefined;
  const { proof, secret } = behind;
  if (!(await redeemProof(tools, write, { proof, secret, visit: finishing.visit }))) return undefined;
  const by = { address: finishing.address, device: finishing.device };
  const language = account.language ?? finishing.language;
  const mailbox = { value: found.answer_to, key: found.answer_key };
  const placed =
    found.replaces_email === 1 &&
    (await replaceMailbox(tools, write, account.id, mailbox, { ...by, language }));
  const email = found.replaces_email === 0 ? "kept" : placed ? "replaced" : "taken";
  await settle(tools, write, {
    clear: [{ budget: budgets.signInAccount, subject: `account:${account.id}` }],
  });
  await changePassword(tools, write, {
    accountId: account.id,
    hash,
    how: "desk",
    actor: account.id,
    language,
    visitor: by,
  });
  await moveCase(tools, write, found, {
    move: "finish",
    by: { actor: account.id, ...by },
    detail: { email },
  });
  return email;
}
