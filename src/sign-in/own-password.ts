/** The password that takes the place of a one-time one, or of one that is due: without it nothing opens. */
import { holdAccount, noteSignIn, personById } from "../accounts/accounts.ts";
import {
  type Choice,
  changePassword,
  type DueChange,
  hashChosen,
  judgeChoice,
} from "../passwords/passwords.ts";
import type { Language } from "../platform/language/language.ts";
import { policyOf } from "../policies/policies.ts";
import { type KnownBrowser, meetBrowser, type StartedSession } from "../sessions/sessions.ts";
import type { SignInTools } from "./sign-in.ts";

/** Whoever typed the right password, and for which state of the account it was right. */
export interface Ticket {
  accountId: string;
  generation: number;
  why: "one-time" | DueChange;
  /** «Не выходить на этом устройстве», ticked at the sign-in that it takes the place of. */
  remember: boolean;
  /** The browser, where the account knows it. */
  browserId: string | null;
}

/** A password that has to be replaced is not replaced by itself. */
export const LEAST_HISTORY = 1;

/** How long the page waits for the choice, as after a right code. */
export const TICKET_LIFETIME_MS = 15 * 60_000;

export interface OwnChoice {
  password: string;
  repeated: string;
  address: string;
  agent: string;
  device: string;
  portalId: string;
  language: Language;
}

export type OwnPasswordOutcome =
  | { kind: "signed-in"; session: StartedSession; browser: KnownBrowser }
  | { kind: "choice"; choice: Exclude<Choice, { kind: "fine" }> }
  /** Too late, used already, or the account changed meanwhile. */
  | { kind: "gone" };

/** Whose choice it is; undefined when the ticket no longer holds. */
export async function ticketHolder(tools: SignInTools, ticket: Ticket) {
  const person = await personById(tools.store.read, ticket.accountId);
  const holds = person?.account.status === "active" && person.account.generation === ticket.generation;
  return holds ? person : undefined;
}

/** Sets the chosen password and begins the session that the one-time password did not get. */
export async function chooseOwnPassword(
  tools: SignInTools,
  ticket: Ticket,
  wish: OwnChoice,
): Promise<OwnPasswordOutcome> {
  const person = await ticketHolder(tools, ticket);
  if (!person) return { kind: "gone" };
  tools.hashing.assertRoom();
  const rules = policyOf(tools, person.account);
  const names = { ...person, name: person.account.name };
  const choice = judgeChoice(rules, wish, names, tools.portals.defaultPortal().name);
  if (choice.kind !== "fine") return { kind: "choice", choice };
  const { accountId } = ticket;
  const wanted = { accountId, password: wish.password, rules, least: LEAST_HISTORY };
  const hashed = await hashChosen(tools, wanted);
  if (hashed.kind === "refused") return { kind: "choice", choice: hashed };
  const { hash } = hashed;
  return tools.store.transact(async (write): Promise<OwnPasswordOutcome> => {
    const now = await holdAccount(write, tools.store.kind, accountId);
    if (now?.generation !== ticket.generation || now.status !== "active") return { kind: "gone" };
    const visitor = { address: wish.address, agent: wish.agent };
    const browser = await meetBrowser(tools, write, { accountId, id: ticket.browserId, visitor });
    await noteSignIn(write, accountId, tools.clock.now());
    const session = await changePassword(tools, write, {
      accountId,
      hash,
      how: "first-own",
      actor: accountId,
      language: now.language ?? wish.language,
      visitor: { address: wish.address, device: wish.device, portalId: wish.portalId },
      stay: { visitor, remember: ticket.remember, browserId: browser.id },
    });
    if (!session) throw new Error("a session was wished for");
    return { kind: "signed-in", session, browser: { id: browser.id, accountId } };
  });
}
