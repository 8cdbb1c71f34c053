/**
 * One-time links, codes and control strings of every purpose. A proof is made for an account at a generation
 * and dies by use, by a newer one, by time, or when the account's generation grows (password or contact
 * changed). A proof at `UNBOUND` outlives those changes: the way to undo them must.
 */
import type { Clock } from "../platform/clock.ts";
import { newId } from "../platform/secrets/ids.ts";
import { equalSecrets, randomSecret, type Secrets } from "../platform/secrets/secrets.ts";
import type { Reader, Store, Writer } from "../platform/store/store.ts";
import { deriveSecret, hashOf } from "./forms.ts";
import * as rows from "./rows.ts";

export { type CodeTools, enterCode } from "./enter-code.ts";
export { readCode, readControlString, readKey, showControlString } from "./forms.ts";
export { purgeProofs, UNBOUND } from "./rows.ts";

export type Proof = rows.ProofRow;
type Form = Proof["form"];

/**
 * Wrong codes that one code survives (NIST SP 800-63B-4 asks for throttling; Kratos and ASVS 6.6.3: five).
 */
export const TRIES_PER_CODE = 5;

/** How long a right code leaves for choosing the new password. */
const AFTER_RIGHT_CODE_MS = 15 * 60_000;

export interface NewProof {
  purpose: string;
  form: Form;
  /** null makes a shadow: a row of the same cost that nothing can redeem. */
  account: { id: string; generation: number } | null;
  flowId: string | null;
  /** Canonical contact that the secret goes to; "" when it is printed or never sent. */
  sentTo: string;
  lifetimeMs: number;
}

/** Issues a proof and returns it; the secret is not in it (see `secretOf`). */
export async function issueProof(
  tools: { clock: Clock; secrets: Secrets },
  write: Writer,
  wish: NewProof,
): Promise<Proof> {
  const id = newId();
  const now = tools.clock.now();
  const { purpose, form, account, flowId, sentTo, lifetimeMs } = wish;
  const keyId = tools.secrets.keyId;
  // The id is not secret, and need not be: without the root key nothing follows from it.
  const secret = deriveSecret(tools, { id, purpose, form, keyId }) ?? randomSecret();
  const proof: Proof = {
    id,
    purpose,
    form,
    account_id: account?.id ?? null,
    flow_id: flowId,
    sent_to: sentTo,
    generation: account?.generation ?? 0,
    secret_hash: hashOf(tools, form, id, account || purpose === "setup" ? secret : randomSecret(), keyId),
    key_id: keyId,
    tries: 0,
    created_at: now,
    expires_at: now + lifetimeMs,
    redeemed_at: null,
    redeemed_by: null,
    superseded_at: null,
    superseded_by: null,
  };
  await rows.insertProof(write, proof);
  return proof;
}

/** The secret of a proof, made anew; undefined when its key was removed from the settings. */
export function secretOf(tools: { secrets: Secrets }, proof: Proof): string | undefined {
  return deriveSecret(tools, { ...proof, keyId: proof.key_id });
}

export type ProofState =
  | { kind: "live"; proof: Proof & { account_id: string | null } }
  | { kind: "superseded"; proof: Proof; by: string }
  | { kind: "redeemed"; proof: Proof; at: number }
  | { kind: "expired"; proof: Proof }
  /** The account changed since: another proof was used, a contact changed, or it was blocked. */
  | { kind: "revoked"; proof: Proof }
  | { kind: "unknown" };

/** What has become of the proof behind a link's key or a control string. Changes nothing. */
export async function findProof(
  tools: { clock: Clock; secrets: Secrets },
  read: Reader,
  wanted: { purpose: string; form: "link" | "control-string"; secret: string },
): Promise<ProofState> {
  const found = await rows.proofByHash(read, hashOf(tools, wanted.form, "", wanted.secret, ""));
  if (!found || found.purpose !== wanted.purpose || found.form !== wanted.form) return { kind: "unknown" };
  return judge(found, tools.clock.now());
}

/** What has become of a proof; for the sender, which drops a secret that died while it waited. */
export async function stateOf(tools: { clock: Clock }, read: Reader, id: string): Promise<ProofState> {
  const found = await rows.proofById(read, id);
  return found ? judge(found, tools.clock.now()) : { kind: "unknown" };
}

function judge(proof: rows.ProofWithAccount, now: number): ProofState {
  if (proof.redeemed_at !== null) return { kind: "redeemed", proof, at: proof.redeemed_at };
  if (proof.superseded_at !== null) return { kind: "superseded", proof, by: proof.superseded_by ?? "" };
  const current =
    proof.account_id === null ||
    ([rows.UNBOUND, proof.account_generation].includes(proof.generation) &&
      proof.account_status === "active");
  if (!current) return { kind: "revoked", proof };
  if (proof.expires_at <= now) return { kind: "expired", proof };
  return { kind: "live", proof };
}

/** The newest proof of this kind that is still good now, for sending it again. */
export async function liveProof(
  tools: { clock: Clock },
  read: Reader,
  { form, ...wanted }: { account: { id: string; generation: number }; purpose: string; form: Form },
): Promise<Proof | undefined> {
  return (await liveProofs(tools, read, { ...wanted, forms: [form] }))[0];
}

/** The same for several forms by one look: one proof or undefined for each, in their order. */
export async function liveProofs(
  tools: { clock: Clock },
  read: Reader,
  wanted: { account: { id: string; generation: number }; purpose: string; forms: readonly Form[] },
): Promise<(Proof | undefined)[]> {
  const { account, purpose, forms } = wanted;
  const now = tools.clock.now();
  const open = await rows.openProofs(read, account.id, purpose, forms);
  return forms.map((form) => {
    const newest = open.find((proof) => proof.form === form);
    return newest && newest.generation === account.generation && newest.expires_at > now ? newest : undefined;
  });
}

/** The older one is told from now on that the newer one took its place. */
export function supersedeProof(
  tools: { clock: Clock },
  write: Writer,
  older: Proof,
  newer: Proof,
): Promise<void> {
  return rows.supersede(write, older.id, newer.id, tools.clock.now());
}

/** The newest link of this purpose that belongs to no account and is still good. */
export function liveUnowned(
  tools: { clock: Clock },
  read: Reader,
  purpose: string,
): Promise<Proof | undefined> {
  return rows.newestUnowned(read, purpose, tools.clock.now());
}

/** Ends the account's open proofs of this purpose that were issued at `since` or later. */
export function endProofsSince(
  tools: { clock: Clock },
  write: Writer,
  wanted: { accountId: string; purpose: string; since: number },
): Promise<void> {
  return rows.endSince(write, wanted, tools.clock.now());
}

/** All other open proofs of this purpose that belong to no account give way to the newer one. */
export function supersedeUnowned(tools: { clock: Clock }, write: Writer, newer: Proof): Promise<void> {
  return rows.supersedeUnowned(write, newer.purpose, newer.id, tools.clock.now());
}

export type CodeOutcome =
  | { kind: "right"; proof: Proof }
  | { kind: "wrong"; triesLeft: number }
  /** Out of tries, out of time, or ended by something newer: only another code helps. */
  | { kind: "dead"; because: "tries" | "time" };

/**
 * Judges a typed code. The try is committed before the compare, so that no crash and no parallel request
 * gives a sixth one (NIST SP 800-63B-4, 3.2.2). A right code then stays good for 15 minutes to choose a
 * password.
 */
export async function checkCode(
  tools: { clock: Clock; secrets: Secrets; store: Store },
  proofId: string,
  typed: string,
): Promise<CodeOutcome> {
  const now = tools.clock.now();
  const counted = await tools.store.transact((write) => rows.countTry(write, proofId, TRIES_PER_CODE, now));
  const state = await stateOf(tools, tools.store.read, proofId);
  if (counted === undefined) {
    const outOfTries = state.kind === "live" && state.proof.tries >= TRIES_PER_CODE;
    return { kind: "dead", because: outOfTries ? "tries" : "time" };
  }
  if (state.kind !== "live") return { kind: "dead", because: "time" };
  const { proof } = state;
  const right = equalSecrets(hashOf(tools, "code", proof.id, typed, proof.key_id), proof.secret_hash);
  if (!right || proof.account_id === null) return { kind: "wrong", triesLeft: TRIES_PER_CODE - counted };
  await tools.store.transact((write) => rows.keepUntil(write, proof.id, now + AFTER_RIGHT_CODE_MS));
  return { kind: "right", proof };
}

/**
 * Redeems a proof by one conditional write: exactly one caller gets true. Whatever the proof allows belongs
 * into the same transaction. `visit` names the browser, so that its repeated form can be told from a second
 * use.
 */
export function redeemProof(
  tools: { clock: Clock; secrets: Secrets },
  write: Writer,
  wanted: { proof: Proof; secret: string; visit: string },
): Promise<boolean> {
  const { proof, secret, visit } = wanted;
  const secretHash = hashOf(tools, proof.form, proof.id, secret, proof.key_id);
  const redeemedBy = tools.secrets.fingerprint("visit", visit);
  return rows.redeem(write, { id: proof.id, secretHash, redeemedBy }, tools.clock.now());
}

/** True when this very browser redeemed the proof: its answer was lost, or the button was pressed twice. */
export function redeemedHere(tools: { secrets: Secrets }, proof: Proof, visit: string): boolean {
  return (
    proof.redeemed_by !== null && equalSecrets(proof.redeemed_by, tools.secrets.fingerprint("visit", visit))
  );
}
