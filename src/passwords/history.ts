/** Passwords that an account had before and may not take again. */
import type { Store } from "../platform/store/store.ts";
import type { Hashing } from "./hashing.ts";
import type { PasswordRules } from "./policy.ts";
import * as rows from "./rows.ts";

export type ChosenHash =
  | { kind: "hashed"; hash: string }
  | { kind: "refused"; judgement: { kind: "used-before"; count: number } };

/**
 * Hashes a chosen password, unless it is one of the last that the policy remembers; `least`: of so many in
 * any case. Each comparison is one hash in the bounded pool, one after another, so that a long history takes
 * no more of it at once than a sign-in. Throws `HashingOverloaded` when the pool is full.
 */
export async function hashChosen(
  tools: { hashing: Hashing; store: Store },
  wish: { accountId: string; password: string; rules: PasswordRules; least?: number },
): Promise<ChosenHash> {
  const { accountId, password, rules, least = 0 } = wish;
  const count = Math.max(rules.passwordHistory, least);
  for (const kept of await rows.lastHashes(tools.store.read, accountId, count)) {
    const verdict = await tools.hashing.verify(kept, password);
    if (verdict.kind === "matches") return { kind: "refused", judgement: { kind: "used-before", count } };
  }
  return { kind: "hashed", hash: await tools.hashing.hash(password) };
}
