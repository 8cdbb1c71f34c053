/** What the owner of an account is told, whatever they do: it cannot be switched off. */
import { type Account, accountById, type Contact, contactsOf } from "../accounts/accounts.ts";
import { type DeliveryBell, NOTICE_GIVE_UP_AFTER_MS, putMessage } from "../delivery/delivery.ts";
import type { Clock } from "../platform/clock.ts";
import type { Language } from "../platform/language/language.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { Writer } from "../platform/store/store.ts";
import { issueProof, UNBOUND } from "../proofs/proofs.ts";
import type { Settings } from "../settings.ts";
import { maskContact } from "./mask.ts";

/** How long «Это не я» works (OWASP Forgot Password Cheat Sheet asks for a way; a week covers a holiday). */
const VETO_LIFETIME_MS = 7 * 86_400_000;

/** Told by SMS as well: what changes the ways in. The others would only cost money. */
const bySms: readonly NoticeKind[] = ["password-changed", "email-changed", "phone-changed", "vetoed"];

export type NoticeKind =
  | "password-changed"
  | "email-changed"
  | "phone-changed"
  | "new-device"
  /** A remembered device showed a token that had been turned over: somebody has a copy. */
  | "device-copied"
  | "identity-linked"
  | "identity-unlinked"
  /** A portal of somebody else may know something of the person; or no longer. */
  | "portal-allowed"
  | "portal-withdrawn"
  /** «Это не я» was pressed. */
  | "vetoed";

export interface Notice {
  accountId: string;
  kind: NoticeKind;
  /** For who has not chosen one. */
  language: Language;
  visitor: { address: string; device: string; portalId?: string };
  /** With `email-changed` and `phone-changed`: what was there and what is there now; null: nothing. */
  change?: { was: Contact | null; now: Contact | null };
  /** Staff did it for the person: no press takes it back, and whoever objects is told to ask them. */
  byStaff?: true;
  /** With `identity-…` and `portal-…`: the name of the outside service or portal, in each language. */
  service?: Readonly<Record<Language, string>>;
}

export interface NoticeTools {
  clock: Clock;
  secrets: Secrets;
  settings: Settings;
  deliveryBell: DeliveryBell;
}

/**
 * Puts the notice into the outbox for every proven contact of the account, in the transaction of the change;
 * after a change of contact also for the one that was proven before. All but the contact that has just come
 * in get one shared veto link, good for seven days; none where staff did it.
 */
export async function notifyOwner(tools: NoticeTools, write: Writer, notice: Notice): Promise<void> {
  const account = await accountById(write, notice.accountId);
  if (!account) return;
  const { was = null, now = null } = notice.change ?? {};
  const current = await contactsOf(write, account.id);
  const told = [...current.filter((contact) => contact.key !== was?.key), ...(was ? [was] : [])]
    .filter((contact) => contact.proven)
    .filter((contact) => contact.kind === "email" || goesBySms(tools.settings, notice.kind, contact));
  const older = told.filter((contact) => contact.key !== now?.key);
  const withVeto = notice.kind !== "vetoed" && !notice.byStaff && older.length > 0;
  const veto = withVeto ? await vetoFor(tools, write, account) : null;
  for (const contact of told) {
    await putMessage(tools, write, {
      kind: notice.kind,
      channel: contact.kind === "email" ? "email" : "sms",
      accountId: account.id,
      to: contact.kind === "email" ? contact.value : contact.key,
      language: account.language ?? notice.language,
      portalId: notice.visitor.portalId,
      data: {
        at: tools.clock.now(),
        address: notice.visitor.address,
        device: notice.visitor.device,
        veto: older.includes(contact) ? veto : null,
        was: was && maskContact(was),
        now: now && maskContact(now),
        byStaff: notice.byStaff ? 1 : 0,
        service: notice.service?.[account.language ?? notice.language] ?? null,
      },
      giveUpAfterMs: NOTICE_GIVE_UP_AFTER_MS,
    });
  }
}

/**
 * The countries of the guard against pumping hold here too; its counts do not, since nobody is left untold.
 */
function goesBySms(settings: Settings, kind: NoticeKind, { key }: Contact): boolean {
  const { smsReady, smsCountries } = settings;
  return smsReady && bySms.includes(kind) && smsCountries.some((prefix) => key.startsWith(prefix));
}

/** One for all letters of the event: pressed in any of them, it is done. */
async function vetoFor(tools: NoticeTools, write: Writer, account: Account): Promise<string> {
  const proof = await issueProof(tools, write, {
    purpose: "veto",
    form: "link",
    account: { id: account.id, generation: UNBOUND },
    flowId: null,
    sentTo: "",
    lifetimeMs: VETO_LIFETIME_MS,
  });
  return proof.id;
}
