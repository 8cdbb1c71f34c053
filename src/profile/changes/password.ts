import { holdAccount, type Person } from "../../accounts/accounts.ts";
import {
  type Choice,
  cameFromForm,
  changePassword,
  hashChosen,
  judgeChoice,
  passwordChangedAt,
  tooYoungUntil,
} from "../../passwords/passwords.ts";
import type { Language } from "../../platform/language/language.ts";
import { policyOf } from "../../policies/policies.ts";
import { recentlyProven, type Session, type StartedSession } from "../../sessions/sessions.ts";
import { type ProvingAgain, provePassword, settleProof } from "../../sign-in/sign-in.ts";
import type { ProfileTools } from "../tools.ts";

export interface OwnChange {
  session: Session;
  person: Person;
  attempt: ProvingAgain;
  /** What stands in the field of the present password. */
  current: string;
  password: string;
  repeated: string;
  /** Names the form, so that it is known again when it is sent twice. */
  form: string;
  agent: string;
  language: Language;
}

export type OwnChangeOutcome =
  | { kind: "changed"; first: boolean; session: StartedSession }
  /** This very form changed it already: sent twice, or the answer was lost. */
  | { kind: "done" }
  | { kind: "choice"; choice: Exclude<Choice, { kind: "fine" }> }
  | { kind: "same" | "missing" | "wrong" }
  /** The policy lets it be changed only later; recovery is open meanwhile. */
  | { kind: "too-young"; until: number }
  | { kind: "throttled"; retryAt: number }
  /** Without a password and without a recent proof of another kind. */
  | { kind: "unproven" }
  /** The account changed meanwhile, and this session ended with it. */
  | { kind: "overtaken" };

/**
 * «Сменить пароль»: the present one is wanted always, however fresh the sign-in, and its wrong tries count as
 * at sign-in. Who has none sets the first one within five minutes of a proof. All sessions end; the one that
 * did it goes on anew. Throws `HashingOverloaded` when the pool is full.
 */
export async function changeOwnPassword(tools: ProfileTools, change: OwnChange): Promise<OwnChangeOutcome> {
  tools.hashing.assertRoom();
  const { session, person, attempt, current, password } = change;
  const { read } = tools.store;
  const changedAt = await passwordChangedAt(read, person.account.id);
  const first = changedAt === undefined;
  if (first && !recentlyProven(session, "mailbox", tools.clock.now())) return { kind: "unproven" };
  if (!first && current === "") return { kind: "missing" };
  const names = { ...person, name: person.account.name };
  const rules = policyOf(tools, person.account);
  const choice = judgeChoice(rules, change, names, tools.portals.defaultPortal().name);
  if (choice.kind !== "fine") return { kind: "choice", choice };
  if (await cameFromForm(read, person.account.id, change.form)) return doneAlready(tools, change);
  const until = tooYoungUntil(tools, person.account, changedAt);
  if (until !== undefined) return { kind: "too-young", until };
  if (!first && current.normalize("NFC") === password.normalize("NFC")) return { kind: "same" };
  const proof = first
    ? ({ kind: "right", generation: person.account.generation, charges: [] } as const)
    : await provePassword(tools, attempt, current);
  // Pressed twice, the other press may have changed it since the look above.
  const overtaken = () => cameFromForm(read, person.account.id, change.form);
  if (proof.kind === "wrong" && (await overtaken())) return doneAlready(tools, change);
  if (proof.kind !== "right") return proof;
  const hashed = await hashChosen(tools, { accountId: person.account.id, password, rules });
  if (hashed.kind === "refused") {
    await tools.store.transact((write) => settleProof(tools, write, proof));
    return (await overtaken()) ? doneAlready(tools, change) : { kind: "choice", choice: hashed };
  }
  return commit(tools, change, { proof, first, hash: hashed.hash });
}

/** This very form set the password: whoever sends it again has to know what it set. */
async function doneAlready(tools: ProfileTools, { attempt, password }: OwnChange): Promise<OwnChangeOutcome> {
  const again = await provePassword(tools, attempt, password);
  if (again.kind !== "right") return again;
  await tools.store.transact((write) => settleProof(tools, write, again));
  return { kind: "done" };
}

function commit(
  tools: ProfileTools,
  { session, person, attempt, form, agent, language }: OwnChange,
  proven: { proof: Parameters<typeof settleProof>[2]; first: boolean; hash: string },
): Promise<OwnChangeOutcome> {
  const { proof, first, hash } = proven;
  const { id: accountId } = person.account;
  const { address, device } = attempt;
  return tools.store.transact(async (write): Promise<OwnChangeOutcome> => {
    const account = await holdAccount(write, tools.store.kind, accountId);
    if (account?.generation !== proof.generation || account.status !== "active") return { kind: "overtaken" };
    await settleProof(tools, write, proof);
    const started = await changePassword(tools, write, {
      accountId,
      hash,
      how: "profile",
      actor: accountId,
      language,
      visitor: { address, device },
      form,
      stay: {
        visitor: { address, agent },
        remember: session.device_id !== null,
        browserId: session.browser_id,
      },
    });
    return started ? { kind: "changed", first, session: started } : { kind: "overtaken" };
  });
}
