/** How a case begins: the form, and the letter that proves the address for answers. */
import { findAccount, type Identifier } from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import { putMessage } from "../delivery/delivery.ts";
import { newId } from "../platform/secrets/ids.ts";
import { hashSecret } from "../platform/secrets/secrets.ts";
import type { Writer } from "../platform/store/store.ts";
import * as budgets from "../platform/throttle/budgets.ts";
import { spend } from "../platform/throttle/throttle.ts";
import { afterWorkingTime } from "./hours.ts";
import { CODE_LIFETIME_MS, keyOf } from "./keys.ts";
import * as rows from "./rows.ts";
import { type Doer, moveCase, type SupportTools, type Visitor } from "./tools.ts";

/** What stands in the form, judged already. */
export interface CaseForm {
  /** Whom it is about, understood, and as it was typed. */
  identifier: Identifier;
  typed: string;
  answer: { value: string; key: string };
  story: string;
  hasPhone: boolean;
}

export type OpenOutcome =
  | { kind: "opened"; id: string; number: number }
  | { kind: "throttled"; retryAt: number; field: "login" | "answer" | "" };

/**
 * Opens a case and sends the letter that proves the address for answers. The outcome, the work and what is
 * kept are the same whomever it is about, also for nobody. Staff see it once the address is proved.
 */
export async function openCase(
  tools: SupportTools,
  form: CaseForm,
  by: Visitor & { signedIn: string | null },
): Promise<OpenOutcome> {
  const limited = await spend(tools, [
    { budget: budgets.deskSource, subject: by.source },
    { budget: budgets.deskPerson, subject: form.identifier.key },
    { budget: budgets.deskAnswer, subject: form.answer.key },
  ]);
  if (limited.kind === "limited") {
    const field =
      limited.budget === budgets.deskPerson.name
        ? "login"
        : limited.budget === budgets.deskAnswer.name
          ? "answer"
          : "";
    return { kind: "throttled", retryAt: limited.retryAt, field };
  }
  const account = await findAccount(tools.store.read, form.identifier);
  return tools.store.transact(async (write) => {
    const id = newId();
    const now = tools.clock.now();
    const keyId = tools.secrets.keyId;
    const number = await rows.takeNumber(write);
    await rows.insertCase(write, {
      ...blank,
      id,
      number,
      account_id: account?.id ?? null,
      typed: form.typed,
      answer_to: form.answer.value,
      answer_key: form.answer.key,
      story: form.story,
      language: by.language,
      has_phone: form.hasPhone ? 1 : 0,
      address: by.address,
      device: by.device,
      opened_by: by.signedIn,
      opened_at: now,
      moved_at: now,
      key_hash: hashSecret(keyOf(tools, id, keyId) ?? ""),
      key_id: keyId,
      code_until: now + CODE_LIFETIME_MS,
      signed_in_at: account?.signed_in_at ?? null,
    });
    await sendKey(tools, write, { id, to: form.answer.value, language: by.language });
    await recordEvent(tools, write, {
      action: "case.opened",
      actor: by.signedIn ?? "anonymous",
      accountId: account?.id ?? null,
      address: by.address,
      detail: { number, device: by.device },
    });
    return { kind: "opened", id, number };
  });
}

const blank = {
  state: "unconfirmed",
  version: 1,
  code_round: 1,
  code_tries: 0,
  phone_proof_id: null,
  confirmed_at: null,
  due_at: null,
  handler_id: null,
  earlier_handler_id: null,
  generation: null,
  replaces_email: 0,
  approved_by: null,
  approved_at: null,
  remind_at: null,
  release_at: null,
  veto_proof_id: null,
  link_proof_id: null,
  appealed: 0,
  reason: "",
  decided_at: null,
} as const satisfies Partial<rows.CaseRow>;

/** The letter with the link to the applicant's page and six digits for the browser that asked. */
function sendKey(
  tools: SupportTools,
  write: Writer,
  { id, to, language }: { id: string; to: string; language: Visitor["language"] },
): Promise<string> {
  return putMessage(tools, write, {
    kind: "case-key",
    channel: "email",
    accountId: null,
    to,
    language,
    data: { case: id },
  });
}

export type KeyOutcome = { kind: "sent"; id: string | null } | { kind: "throttled"; retryAt: number };

/**
 * Sends the letter once more with other digits, for who knows number and address of the case. Whether they
 * fit is told by the letter alone. `id`: the case that the digits are for; null when there is none.
 */
export async function sendKeyAgain(
  tools: SupportTools,
  asked: { number: number; answerKey: string },
  by: Visitor,
): Promise<KeyOutcome> {
  const limited = await spend(tools, [
    { budget: budgets.deskLetters, subject: `${asked.number} ${asked.answerKey}` },
    { budget: budgets.recoverySource, subject: by.source },
  ]);
  if (limited.kind === "limited") return { kind: "throttled", retryAt: limited.retryAt };
  const found = await rows.caseByNumber(tools.store.read, asked.number);
  const fits = found?.answer_key === asked.answerKey && found.state !== "expired" ? found : undefined;
  await tools.store.transact(async (write) => {
    const id = fits?.id ?? "";
    await rows.setCase(write, id, {
      code_round: (fits?.code_round ?? 0) + 1,
      code_tries: 0,
      code_until: tools.clock.now() + CODE_LIFETIME_MS,
    });
    const to = fits?.answer_to ?? "";
    await sendKey(tools, write, { id, to, language: fits?.language ?? by.language });
  });
  return { kind: "sent", id: fits?.id ?? null };
}

/** The address for answers is proved: from now on staff see the case, and an answer is promised. */
export async function confirmCase(
  tools: SupportTools,
  found: rows.CaseRow,
  by: Doer,
): Promise<{ kind: "confirmed" } | { kind: "over" }> {
  if (found.state === "expired") return { kind: "over" };
  if (found.state !== "unconfirmed") return { kind: "confirmed" };
  return tools.store.transact(async (write) => {
    const now = tools.clock.now();
    const set = { confirmed_at: now, due_at: promisedAt(tools, now) };
    const moved = await moveCase(tools, write, found, { move: "confirm", by, set });
    if (moved) {
      await putMessage(tools, write, {
        kind: "case-accepted",
        channel: "email",
        accountId: null,
        to: found.answer_to,
        language: found.language,
        data: { case: found.id },
      });
      return { kind: "confirmed" };
    }
    const other = await rows.caseById(write, found.id);
    return { kind: other && other.state !== "expired" ? "confirmed" : "over" };
  });
}

/** Until when the desk promises to answer what came just now. */
export function promisedAt({ settings }: Pick<SupportTools, "settings">, now: number): number {
  return afterWorkingTime(now, settings.desk.answerWithinMs, settings.desk.hours, settings.timeZone);
}
