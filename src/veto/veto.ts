/** «Это не я»: one press that closes an account to whoever changed it, and leads its owner back in. */
import { holdAccount, personById, raiseGeneration } from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import { type ContactTools, type Undone, undoChanges, whatWouldBeUndone } from "../contacts/contacts.ts";
import { type Names, unlinkSince, usedSince } from "../identities/identities.ts";
import { notifyOwner } from "../notifications/notifications.ts";
import { removePassword } from "../passwords/passwords.ts";
import type { Language } from "../platform/language/language.ts";
import type { Reader } from "../platform/store/store.ts";
import type { Portals } from "../portal-registry/portal-registry.ts";
import { endProofsSince, findProof, type ProofState, readKey, redeemProof } from "../proofs/proofs.ts";
import { allowedSince, endDevices, withdrawSince } from "../sessions/sessions.ts";

export type VetoTools = ContactTools & { portals: Portals };

export type VetoLook =
  /**
   * `at`: when what the letter spoke of happened. `undone`: what a press would put back, newest first.
   * `unlinked`: the outside services that a press would unlink. `withdrawn`: the portals that it would take
   * back what was allowed to them.
   */
  | { kind: "live"; login: string; at: number; undone: Undone[]; unlinked: Names[]; withdrawn: string[] }
  | { kind: "done"; at: number; mailbox: string | undefined }
  /** Too old, ended by the veto of something earlier, or none of ours. */
  | { kind: "over" };

/** What the link of a notice would do now. Changes nothing, whoever looks: mail scanners do. */
export async function lookAtVeto(tools: VetoTools, typed: string): Promise<VetoLook> {
  const { read } = tools.store;
  const state = await stateOfKey(tools, read, typed);
  if (state.kind === "redeemed") {
    return { kind: "done", at: state.at, mailbox: await wayBack(read, state.proof.account_id) };
  }
  const person = state.kind === "live" && (await personById(read, state.proof.account_id ?? ""));
  if (state.kind !== "live" || !person) return { kind: "over" };
  const { created_at: at } = state.proof;
  const undone = await whatWouldBeUndone(read, person.account.id, at);
  const unlinked = await usedSince(tools.settings, read, person.account.id, at);
  const allowed = await allowedSince(read, person.account.id, at);
  const withdrawn = allowed.flatMap((id) => tools.portals.portal(id)?.name ?? []);
  return { kind: "live", login: person.login, at, undone, unlinked, withdrawn };
}

export interface Pressing {
  address: string;
  device: string;
  language: Language;
}

/** `mailbox`: the older contact by which its owner recovers. */
export type VetoOutcome = { kind: "done"; mailbox: string | undefined } | { kind: "over" };

/**
 * Ends all sessions and remembered devices, puts contacts back to where they were before the event, unlinks
 * outside accounts that were linked or used since, takes back what portals were allowed since, ends all other
 * links and codes, and removes the password, since the one in force may be the stranger's. One transaction;
 * pressed again, in any letter of the event, it is done already.
 */
export async function pressVeto(tools: VetoTools, typed: string, by: Pressing): Promise<VetoOutcome> {
  const { read } = tools.store;
  const state = await stateOfKey(tools, read, typed);
  const accountId = "proof" in state ? state.proof.account_id : null;
  if (accountId === null) return { kind: "over" };
  if (state.kind === "live") {
    const { proof } = state;
    await tools.store.transact(async (write) => {
      const account = await holdAccount(write, tools.store.kind, accountId);
      const wanted = { proof, secret: typed, visit: proof.id };
      if (!account || !(await redeemProof(tools, write, wanted))) return;
      const since = proof.created_at;
      const undone = await undoChanges(tools, write, accountId, since);
      await unlinkSince(write, accountId, since);
      await withdrawSince(write, accountId, since);
      // Younger letters may lie in a mailbox that the stranger had put in.
      await endProofsSince(tools, write, { accountId, purpose: "veto", since });
      await raiseGeneration(write, accountId, tools.clock.now());
      await endDevices(tools, write, accountId, null);
      await removePassword(write, accountId);
      const { address, device, language } = by;
      await notifyOwner(tools, write, { accountId, kind: "vetoed", language, visitor: { address, device } });
      await recordEvent(tools, write, {
        action: "veto.pressed",
        actor: "anonymous",
        accountId,
        address,
        detail: { device, ...undone },
      });
    });
  }
  const look = await lookAtVeto(tools, typed);
  return look.kind === "done" ? { kind: "done", mailbox: look.mailbox } : { kind: "over" };
}

async function wayBack(read: Reader, accountId: string | null): Promise<string | undefined> {
  const contacts = (await personById(read, accountId ?? ""))?.contacts ?? [];
  return (contacts.find(({ kind, proven }) => kind === "email" && proven) ?? contacts[0])?.value;
}

async function stateOfKey(tools: VetoTools, read: Reader, typed: string): Promise<ProofState> {
  const secret = readKey(typed);
  return secret ? findProof(tools, read, { purpose: "veto", form: "link", secret }) : { kind: "unknown" };
}
