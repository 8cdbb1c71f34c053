/** What every way in ends with, once somebody has been judged: the one place where a session begins. */
import { type Account, noteSignIn } from "../accounts/accounts.ts";
import { eventsOf, recordEvent } from "../audit/audit.ts";
import { type NoticeTools, notifyOwner } from "../notifications/notifications.ts";
import type { Language } from "../platform/language/language.ts";
import type { Writer } from "../platform/store/store.ts";
import type { PolicyTools } from "../policies/policies.ts";
import { type KnownBrowser, meetBrowser, type StartedSession, startSession } from "../sessions/sessions.ts";
import { browserOf } from "./password-try.ts";

/** Where somebody comes in, and how. */
export interface Entering {
  method: "password" | "social";
  /** Through which outside service; only with `social`. */
  service?: string;
  remember: boolean;
  address: string;
  agent: string;
  device: string;
  /** The portal that one is on the way to; the letter about a new device looks like it. */
  portalId: string;
  /** For which accounts this browser is known, and as which of theirs. */
  knownBrowsers: readonly KnownBrowser[];
  /** Of the page, for a person who never chose one. */
  language: Language;
}

export interface Entered {
  session: StartedSession;
  browser: KnownBrowser;
}

/**
 * Begins the session, in the transaction that holds the account and has judged that it may begin. The browser
 * is known from now on; the owner is told when it was not before.
 */
export async function enter(
  tools: NoticeTools & PolicyTools,
  write: Writer,
  account: Account,
  entering: Entering,
): Promise<Entered> {
  const { id: accountId } = account;
  const { address, agent, device, remember, method, service } = entering;
  const visitor = { address, agent };
  const known = browserOf(entering, account);
  const browser = await meetBrowser(tools, write, { accountId, id: known?.id ?? null, visitor });
  const wish = { account, visitor, remember, browserId: browser.id, method };
  const session = await startSession(tools, write, wish);
  if (browser.fresh) await tellOfNewDevice(tools, write, entering, account);
  await noteSignIn(write, accountId, tools.clock.now());
  await recordEvent(tools, write, {
    action: "session.started",
    actor: accountId,
    accountId,
    address,
    detail: {
      method,
      device,
      ...(service !== undefined && { service }),
      ...(browser.fresh && account.signed_in_at !== null && { newDevice: 1 }),
    },
  });
  return { session, browser: { id: browser.id, accountId } };
}

/** How long after the letter on a change of password the same device is no news. */
const TOLD_OF_MS = 3_600_000;
/** Among how many events of the account that change is looked for. */
const LOOKED_THROUGH = 20;

/**
 * «Вход с нового устройства», but neither at the first sign-in of all nor when the letter on the change of
 * the password, which names device and address alike, has only just gone out.
 */
async function tellOfNewDevice(
  tools: NoticeTools,
  write: Writer,
  { address, device, language, portalId }: Entering,
  account: Account,
): Promise<void> {
  if (account.signed_in_at === null) return;
  const since = tools.clock.now() - TOLD_OF_MS;
  const lately = await eventsOf(write, account.id, { since, most: LOOKED_THROUGH });
  const told = lately.some(
    (event) =>
      event.action === "password.changed" && event.address === address && event.detail.device === device,
  );
  if (told) return;
  await notifyOwner(tools, write, {
    accountId: account.id,
    kind: "new-device",
    language: account.language ?? language,
    visitor: { address, device, portalId },
  });
}
