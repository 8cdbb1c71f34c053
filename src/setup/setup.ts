/**
 * The first administrator, by a one-time link that only the operator's terminal shows. No default account
 * exists.
 */

import { judgePerson, ownerExists, type Person } from "../accounts/accounts.ts";
import { addWithPassword, type Choice, type Hashing, judgeChoice } from "../passwords/passwords.ts";
import type { Language } from "../platform/language/language.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { Store, Writer } from "../platform/store/store.ts";
import { type PolicyTools, policyOf } from "../policies/policies.ts";
import type { Portals } from "../portal-registry/portal-registry.ts";
import {
  findProof,
  issueProof,
  liveUnowned,
  type Proof,
  readKey,
  redeemProof,
  secretOf,
  supersedeUnowned,
} from "../proofs/proofs.ts";
import type { Settings } from "../settings.ts";

export interface SetupTools extends PolicyTools {
  portals: Portals;
  store: Store;
  secrets: Secrets;
  hashing: Hashing;
  settings: Settings;
}

const PURPOSE = "setup";
const LIFETIME_MS = 24 * 3_600_000;

type LinkTools = Pick<SetupTools, "clock" | "store" | "secrets" | "settings">;

/** A new link of 24 hours, ending the earlier ones; undefined when an owner exists. */
export function makeSetupLink(tools: LinkTools): Promise<string | undefined> {
  return tools.store.transact(async (write) =>
    (await ownerExists(write)) ? undefined : linkOf(tools, await issueSetupProof(tools, write)),
  );
}

/**
 * The link that was made last while it is good, else a new one: of several instances that start one after the
 * other, each prints a link that works. Undefined when an owner exists.
 */
export function currentSetupLink(tools: LinkTools): Promise<string | undefined> {
  return tools.store.transact(async (write) => {
    if (await ownerExists(write)) return undefined;
    const current = await liveUnowned(tools, write, PURPOSE);
    return linkOf(tools, current ?? (await issueSetupProof(tools, write)));
  });
}

async function issueSetupProof(tools: LinkTools, write: Writer): Promise<Proof> {
  const wish = { purpose: PURPOSE, form: "link" as const, account: null, flowId: null, sentTo: "" };
  const proof = await issueProof(tools, write, { ...wish, lifetimeMs: LIFETIME_MS });
  await supersedeUnowned(tools, write, proof);
  return proof;
}

function linkOf(tools: LinkTools, proof: Proof): string {
  return `${tools.settings.publicUrl}/setup?key=${secretOf(tools, proof) ?? ""}`;
}

export type SetupState = "open" | "gone" | "done";

/** Whether this key opens the set-up now. Changes nothing. */
export async function setupState(tools: SetupTools, key: string): Promise<SetupState> {
  if (await ownerExists(tools.store.read)) return "done";
  return (await liveProofOf(tools, key)) ? "open" : "gone";
}

export interface FirstAdministrator {
  key: string;
  name: string;
  login: string;
  email: string;
  password: string;
  repeated: string;
  language: Language;
  address: string;
}

export type SetupOutcome =
  | { kind: "created" }
  | { kind: "closed" }
  | { kind: "refused"; field: "login" | "email" | "phone" | "name" }
  | { kind: "taken"; field: "login" | "email" | "phone" }
  | { kind: "choice"; choice: Exclude<Choice, { kind: "fine" }> };

/**
 * Creates the owner; of many parallel tries with one link exactly one is `created`. A refusal keeps the link.
 */
export async function setUp(tools: SetupTools, wish: FirstAdministrator): Promise<SetupOutcome> {
  const proof = await liveProofOf(tools, wish.key);
  if (!proof) return { kind: "closed" };
  const { name, login, email, language } = wish;
  const judged = await judgePerson({
    name,
    login,
    email,
    phone: undefined,
    role: "owner",
    language,
    contactsProven: true,
  });
  if (judged.kind === "refused") return judged;
  const contacts: Person["contacts"] = [{ kind: "email", value: email, key: email, proven: true }];
  const rules = policyOf(tools, { role: "owner", policy_groups: "" });
  const choice = judgeChoice(rules, wish, { name, login, contacts }, tools.portals.defaultPortal().name);
  if (choice.kind !== "fine") return { kind: "choice", choice };

  const hash = await tools.hashing.hash(wish.password);
  const wanted = { draft: judged.draft, hash, actor: "anonymous", by: "set-up link", address: wish.address };
  try {
    return await tools.store.transact(async (write): Promise<SetupOutcome> => {
      if (await ownerExists(write)) return { kind: "closed" };
      const added = await addWithPassword(tools, write, wanted);
      if (added.kind === "taken") return added;
      // Last, so that a refusal keeps the link; thrown, so that a lost race keeps nothing.
      if (await redeemProof(tools, write, { proof, secret: wish.key, visit: wish.key }))
        return { kind: "created" };
      throw new LinkLost();
    });
  } catch (error) {
    if (error instanceof LinkLost) return { kind: "closed" };
    throw error;
  }
}

class LinkLost extends Error {}

async function liveProofOf(tools: SetupTools, key: string) {
  const secret = readKey(key);
  if (!secret) return undefined;
  const state = await findProof(tools, tools.store.read, { purpose: PURPOSE, form: "link", secret });
  return state.kind === "live" ? state.proof : undefined;
}
