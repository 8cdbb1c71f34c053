import {
  type Account,
  findAccount,
  holdAccount,
  type Identifier,
  personById,
  proveMailbox,
  readIdentifier,
} from "../accounts/accounts.ts";
import { type DeliveryBell, traceAbout, traceSeen } from "../delivery/delivery.ts";
import { unlinkSince } from "../identities/identities.ts";
import {
  changePassword,
  checkPassword,
  type Hashing,
  hashChosen,
  judgeChoice,
  type RefusedJudgement,
} from "../passwords/passwords.ts";
import type { Language } from "../platform/language/language.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { Reader, Store } from "../platform/store/store.ts";
import * as budgets from "../platform/throttle/budgets.ts";
import { type Charge, settle, spend } from "../platform/throttle/throttle.ts";
import { type PolicyTools, policyOf } from "../policies/policies.ts";
import type { Portals } from "../portal-registry/portal-registry.ts";
import {
  findProof,
  type Proof,
  type ProofState,
  readControlString,
  readKey,
  redeemedHere,
  redeemProof,
  stateOf,
} from "../proofs/proofs.ts";
import type { Settings } from "../settings.ts";
import * as rows from "./rows.ts";

export interface FinishTools extends PolicyTools {
  store: Store;
  secrets: Secrets;
  hashing: Hashing;
  deliveryBell: DeliveryBell;
  settings: Settings;
  portals: Portals;
}

/** What a person holds: a link's key, a control string, or a code that was right in this browser. */
export type Key =
  | { form: "link" | "control-string"; secret: string }
  | { form: "code"; secret: string; proofId: string };

/** Why a key no longer opens anything, with what helps the person on. */
export type Outdated =
  | { kind: "superseded"; number: number; at: number }
  | { kind: "expired"; lifetimeMs: number }
  | { kind: "used"; at: number }
  | { kind: "revoked" }
  | { kind: "unknown" };

export type LookOutcome =
  /** `shown`: the contact that the key went to, or the login. */
  | { kind: "live"; account: Account; shown: string; portalId: string | null }
  | {
      kind: "outdated";
      outdated: Outdated;
      accountId: string | null;
      mailbox: string;
      portalId: string | null;
    };

/** What the key opens now. Changes nothing, whoever looks: mail scanners do. */
export async function lookAtKey(tools: FinishTools, key: Key): Promise<LookOutcome> {
  const { read } = tools.store;
  const state = await stateOfKey(tools, read, key);
  const accountId = "proof" in state ? state.proof.account_id : null;
  const person = accountId === null ? undefined : await personById(read, accountId);
  const portalId = "proof" in state ? await rows.portalOfProof(read, state.proof) : null;
  const mailbox = person?.contacts.find((contact) => contact.kind === "email")?.value ?? "";
  if (state.kind === "live" && person) {
    const reached = person.contacts.find((contact) => contact.key === state.proof.sent_to);
    return { kind: "live", account: person.account, shown: reached?.value ?? person.login, portalId };
  }
  return { kind: "outdated", outdated: await explain(read, state), accountId, mailbox, portalId };
}

/**
 * Puts on the trace of its message that a key was fetched (`seen`) or that somebody sent its form
 * (`opened`).
 */
export async function traceKey(tools: FinishTools, key: Key, step: "seen" | "opened"): Promise<void> {
  const state = await stateOfKey(tools, tools.store.read, key);
  if (!("proof" in state) || state.proof.account_id === null) return;
  const asked = await rows.latestWith(tools.store.read, state.proof.id);
  if (asked) await traceSeen(tools, asked.id, step, key.form === "code" ? "code" : "");
}

export interface Finishing {
  key: Key;
  /** Style `control-string`: the login typed beside the string; both have to fit. */
  login: string | null;
  password: string;
  repeated: string;
  /** Names this browser's flow. */
  visit: string;
  source: string;
  address: string;
  device: string;
  language: Language;
}

export type FinishOutcome =
  | { kind: "changed" }
  | { kind: "differs" }
  | { kind: "refused"; judgement: RefusedJudgement }
  /** Style `control-string`: this login and this string do not belong together. */
  | { kind: "wrong-string" }
  | { kind: "outdated"; outdated: Outdated; accountId: string | null }
  | { kind: "throttled"; retryAt: number };

/**
 * Sets the new password. The key is redeemed by one conditional write in the transaction of the change, so of
 * many parallel tries one wins; a refused password leaves the key alive. The same form sent again by the same
 * browser ends in `changed`. Throws `HashingOverloaded` when too many hash at once.
 */
export async function finishRecovery(tools: FinishTools, finishing: Finishing): Promise<FinishOutcome> {
  tools.hashing.assertRoom();
  const limited = await spend(tools, [
    { budget: budgets.linkSource, subject: finishing.source },
    { budget: budgets.linkTries, subject: secretOfKey(finishing.key) ?? finishing.key.secret },
    ...(finishing.login === null ? [] : [loginFromSource(finishing.login, finishing.source)]),
  ]);
  if (limited.kind === "limited") return { kind: "throttled", retryAt: limited.retryAt };

  const { read } = tools.store;
  const state = await stateOfKey(tools, read, finishing.key);
  if (!(await fitsLogin(read, state, finishing.login))) return { kind: "wrong-string" };
  if (state.kind !== "live" || state.proof.account_id === null) return afterwards(tools, state, finishing);

  const person = await personById(read, state.proof.account_id);
  if (!person) return { kind: "outdated", outdated: { kind: "unknown" }, accountId: null };
  const names = { ...person, name: person.account.name };
  const rules = policyOf(tools, person.account);
  const choice = judgeChoice(rules, finishing, names, tools.portals.defaultPortal().name);
  if (choice.kind === "differs") return choice;
  if (choice.kind === "refused") return choice;

  const wanted = { accountId: person.account.id, password: finishing.password, rules };
  const hashed = await hashChosen(tools, wanted);
  if (hashed.kind === "refused") {
    // Pressed twice, the other press may just have set this very password.
    const after = await stateOfKey(tools, read, finishing.key);
    return after.kind === "live" ? hashed : afterwards(tools, after, finishing);
  }
  const won = await commit(tools, state.proof, person.account, hashed.hash, finishing);
  if (!won) return afterwards(tools, await stateOfKey(tools, read, finishing.key), finishing);
  return { kind: "changed" };
}

/** With the source in it: a stranger typing nonsense for a login must not close its owner's door. */
function loginFromSource(login: string, source: string): Charge {
  return { budget: budgets.controlStringTries, subject: `${login} from ${source}` };
}

async function commit(
  tools: FinishTools,
  proof: Proof,
  account: Account,
  hash: string,
  finishing: Finishing,
): Promise<boolean> {
  return tools.store.transact(async (write) => {
    // Link and code of one account may come at the same moment: the later has to see what the first did.
    await holdAccount(write, tools.store.kind, account.id);
    const wanted = { proof, secret: secretOfKey(finishing.key) ?? "", visit: finishing.visit };
    if (!(await redeemProof(tools, write, wanted))) return false;
    const now = tools.clock.now();
    const portalId = await rows.portalOfProof(write, proof);
    await settle(tools, write, {
      clear: [{ budget: budgets.signInAccount, subject: `account:${account.id}` }],
    });
    await rows.finishRecoveries(write, proof.id, now);
    const asked = await rows.latestWith(write, proof.id);
    if (asked) await traceAbout(tools, write, asked.id, "used");
    const first = proof.sent_to !== "" && (await proveMailbox(write, account.id, proof.sent_to, now));
    // Whoever had the account before its mailbox was proven may have left a way in (USENIX Security 2022).
    if (first) await unlinkSince(write, account.id, 0);
    await changePassword(tools, write, {
      accountId: account.id,
      hash,
      how: "recovery",
      actor: account.id,
      language: account.language ?? finishing.language,
      visitor: {
        address: finishing.address,
        device: finishing.device,
        ...(portalId !== null && { portalId }),
      },
    });
    return true;
  });
}

/** The key is dead. If this very form did it, that is success; else the person is told why. */
async function afterwards(
  tools: FinishTools,
  state: ProofState,
  finishing: Finishing,
): Promise<FinishOutcome> {
  const accountId = "proof" in state ? state.proof.account_id : null;
  if (state.kind === "redeemed" && redeemedHere(tools, state.proof, finishing.visit)) {
    const check = await checkPassword(tools, accountId, finishing.password);
    if (check.kind === "matches") return { kind: "changed" };
  }
  return { kind: "outdated", outdated: await explain(tools.store.read, state), accountId };
}

async function stateOfKey(tools: FinishTools, read: Reader, key: Key): Promise<ProofState> {
  if (key.form === "code") return stateOf(tools, read, key.proofId);
  const secret = secretOfKey(key);
  if (!secret) return { kind: "unknown" };
  return findProof(tools, read, { purpose: "recovery", form: key.form, secret });
}

/** The secret as it was made, however it was typed; undefined when it cannot be one. */
function secretOfKey(key: Key): string | undefined {
  switch (key.form) {
    case "code":
      return key.secret;
    case "link":
      return readKey(key.secret);
    case "control-string":
      return readControlString(key.secret);
  }
}

/** A wrong pair says nothing about either half, so an unknown string and a foreign login end alike. */
async function fitsLogin(read: Reader, state: ProofState, login: string | null): Promise<boolean> {
  if (login === null) return true;
  const typed = await readIdentifier(login);
  const identifier: Identifier =
    typed.kind === "understood" ? typed.identifier : { kind: "login", key: "", shown: "" };
  const account = await findAccount(read, identifier);
  return "proof" in state && account !== undefined && state.proof.account_id === account.id;
}

async function explain(read: Reader, state: ProofState): Promise<Outdated> {
  switch (state.kind) {
    case "superseded": {
      const newer = await rows.latestWithLink(read, state.by);
      return newer ? { kind: "superseded", number: newer.number, at: newer.asked_at } : { kind: "revoked" };
    }
    case "expired":
      return { kind: "expired", lifetimeMs: state.proof.expires_at - state.proof.created_at };
    case "redeemed":
      return { kind: "used", at: state.at };
    case "revoked":
      return { kind: "revoked" };
    case "live":
    case "unknown":
      return { kind: "unknown" };
  }
}
