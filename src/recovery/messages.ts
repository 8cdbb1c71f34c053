import { type Person, peopleAtMailbox, personById } from "../accounts/accounts.ts";
import {
  type Catalogue,
  type Letter,
  type Prepared,
  pageUrl,
  type QueuedMessage,
  withBoundLine,
} from "../delivery/delivery.ts";
import { onlyWayIn, type Service } from "../identities/identities.ts";
import type { Clock } from "../platform/clock.ts";
import { clockTime, timeOrDay } from "../platform/language/times.ts";
import { addressWithPlace, type Places } from "../platform/places/places.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { Reader } from "../platform/store/store.ts";
import { type Way, ways } from "../policies/policies.ts";
import { type Proof, secretOf, showControlString, stateOf, TRIES_PER_CODE } from "../proofs/proofs.ts";
import type { Settings } from "../settings.ts";
import * as rows from "./rows.ts";
import { words } from "./words.ts";

interface LetterTools {
  clock: Clock;
  secrets: Secrets;
  settings: Settings;
  places: Pick<Places, "placeOf">;
}

/**
 * The letters and SMS of this folder. Secrets are derived here, at send time; a dead one is dropped instead.
 */
export function recoveryMessages(tools: LetterTools): Catalogue {
  return {
    recovery: { prepare: (read, message) => recoveryLetter(tools, read, message) },
    "recovery-code": { prepare: (read, message) => codeMessage(tools, read, message) },
    "recovery-blocked": { prepare: (read, message) => blockedLetter(tools, read, message) },
    "recovery-closed": { prepare: (read, message) => closedLetter(tools, read, message) },
    "recovery-several": { prepare: (read, message) => severalLetter(tools, read, message) },
    "login-reminder": { prepare: (read, message) => reminderLetter(tools, read, message) },
  };
}

async function recoveryLetter(tools: LetterTools, read: Reader, message: QueuedMessage): Promise<Prepared> {
  const recovery = await rows.recoveryById(read, String(message.data.recovery));
  const person = await personById(read, message.accountId ?? "");
  if (!recovery || !person) return { kind: "dropped", reason: "the request is gone" };
  const state = await stateOf(tools, read, recovery.link_proof_id);
  if (state.kind !== "live") return { kind: "dropped", reason: await reasonOf(read, state) };
  const secret = secretOf(tools, state.proof);
  if (!secret) return { kind: "dropped", reason: "its key is no longer among the settings" };

  const say = words[message.language].letter;
  const time = (at: number) => timeOrDay(at, recovery.asked_at, tools.settings.timeZone, message.language);
  const until = time(state.proof.expires_at);
  const inBox = recovery.style === "control-string";
  const url = inBox
    ? stringUrl(tools, person.login, secret)
    : `${tools.settings.publicUrl}/recovery/link?key=${secret}`;
  const only = await onlyWayIn(tools.settings, read, person.account.id);
  if (only) return outsideLetter(tools, { message, recovery, person, service: only, url });
  const code = inBox
    ? { label: say.stringLabel, value: showControlString(secret), note: say.stringNote }
    : await codeOf(tools, read, recovery.code_proof_id, message);
  return {
    kind: "letter",
    letter: {
      language: message.language,
      subject: say.subject(
        clockTime(recovery.asked_at, tools.settings.timeZone, message.language),
        recovery.number,
      ),
      requestNumber: recovery.number,
      preheader: say.preheader(until),
      greeting: say.greeting(person.account.name),
      paragraphs: [say.intro(message.portal.name, person.login), say.until(until)],
      strip: { filled: 6 },
      button: { label: say.button, url },
      code,
      facts: facts(
        tools,
        message,
        recovery.asked_at,
        inBox ? [{ label: say.loginLabel, value: person.login }] : [],
      ),
      closing: [say.notYou],
      link: { label: say.link, url },
    },
  };
}

/**
 * For who has no password here: the way in that they have comes first, and the link sets a password if they
 * want one.
 */
function outsideLetter(
  tools: LetterTools,
  {
    message,
    recovery,
    person,
    service,
    url,
  }: {
    message: QueuedMessage;
    recovery: rows.RecoveryRow;
    person: Person;
    service: Service;
    url: string;
  },
): Prepared {
  const { letter: all } = words[message.language];
  const say = all.outside;
  const { timeZone } = tools.settings;
  const { forgotAt } = service;
  const name = service.name[message.language];
  const time = clockTime(recovery.asked_at, timeZone, message.language);
  return {
    kind: "letter",
    letter: {
      language: message.language,
      subject: say.subject(name, time, recovery.number),
      requestNumber: recovery.number,
      preheader: say.preheader(name),
      greeting: all.greeting(person.account.name),
      paragraphs: [
        say.intro(message.portal.name, person.login, name),
        forgotAt ? say.forgotAt(name, new URL(forgotAt).host) : say.forgot(name),
      ],
      strip: { filled: 6 },
      button: { label: say.button(name), url: pageUrl(message, tools.settings, `/social/${service.id}`) },
      facts: facts(tools, message, recovery.asked_at, []),
      closing: [say.notYou],
      link: { label: say.setPassword, url },
    },
  };
}

function stringUrl(tools: LetterTools, login: string, secret: string): string {
  const query = new URLSearchParams({ login, string: showControlString(secret) });
  return `${tools.settings.publicUrl}/recovery/string?${query}`;
}

async function codeOf(
  tools: LetterTools,
  read: Reader,
  proofId: string | null,
  message: QueuedMessage,
): Promise<Letter["code"]> {
  const state = await stateOf(tools, read, proofId ?? "");
  const value = state.kind === "live" ? secretOf(tools, state.proof) : undefined;
  if (state.kind !== "live" || !value) return undefined;
  const say = words[message.language].letter;
  const until = clockTime(state.proof.expires_at, tools.settings.timeZone, message.language);
  return { label: say.codeLabel, value, note: say.codeNote(until) };
}

/** The code alone: no link, no name, no portal. */
async function codeMessage(tools: LetterTools, read: Reader, message: QueuedMessage): Promise<Prepared> {
  const recovery = await rows.recoveryById(read, String(message.data.recovery));
  const state = await stateOf(tools, read, recovery?.code_proof_id ?? "");
  if (state.kind !== "live") return { kind: "dropped", reason: `its code is ${state.kind}` };
  if (state.proof.tries >= TRIES_PER_CODE) return { kind: "dropped", reason: "its code has no tries left" };
  const code = secretOf(tools, state.proof);
  if (!code) return { kind: "dropped", reason: "its key is no longer among the settings" };
  const text = words[message.language].message(code);
  return { kind: "sms", text: withBoundLine(tools.settings, text, code) };
}

async function reasonOf(read: Reader, state: { kind: string; by?: string; proof?: Proof }): Promise<string> {
  if (state.kind !== "superseded") return `its link is ${state.kind}`;
  const newer = await rows.latestWithLink(read, state.by ?? "");
  return newer ? `superseded by request No. ${newer.number}` : "superseded";
}

async function blockedLetter(tools: LetterTools, read: Reader, message: QueuedMessage): Promise<Prepared> {
  const recovery = await rows.recoveryById(read, String(message.data.recovery));
  const person = await personById(read, message.accountId ?? "");
  if (!recovery || !person || person.account.status === "active")
    return { kind: "dropped", reason: "no longer blocked" };
  const { letter: say, start } = words[message.language];
  const { adminContact } = message.portal;
  const time = clockTime(recovery.asked_at, tools.settings.timeZone, message.language);
  return {
    kind: "letter",
    letter: {
      language: message.language,
      subject: say.blocked.subject(time, recovery.number),
      requestNumber: recovery.number,
      preheader: say.blocked.preheader,
      greeting: say.greeting(person.account.name),
      paragraphs: [
        say.blocked.text(person.login),
        adminContact ? say.blocked.how(adminContact) : say.blocked.howUnknown,
      ],
      strip: { filled: 5, brokenAt: 6 },
      facts: facts(tools, message, recovery.asked_at, []),
      link: { label: `${start.noMailboxLink}:`, url: `${tools.settings.publicUrl}/help/no-mailbox` },
    },
  };
}

/** For whom a policy has closed the way that was asked for: which ways are open, and who else helps. */
async function closedLetter(tools: LetterTools, read: Reader, message: QueuedMessage): Promise<Prepared> {
  const recovery = await rows.recoveryById(read, String(message.data.recovery));
  const person = await personById(read, message.accountId ?? "");
  if (!recovery || !person) return { kind: "dropped", reason: "the request is gone" };
  const { letter: say, start } = words[message.language];
  const { adminContact } = message.portal;
  const time = clockTime(recovery.asked_at, tools.settings.timeZone, message.language);
  const open = Number(message.data.ways ?? 0);
  const named = (Object.keys(ways) as Way[]).filter((way) => (open & ways[way]) !== 0);
  const hasDesk = named.includes("desk");
  return {
    kind: "letter",
    letter: {
      language: message.language,
      subject: say.closed.subject(time, recovery.number),
      requestNumber: recovery.number,
      preheader: say.closed.preheader,
      greeting: say.greeting(person.account.name),
      paragraphs: [
        say.closed.text(person.login),
        ...(named.length > 0 ? [say.closed.open(named.map((way) => say.closed.ways[way]).join(", "))] : []),
        ...(hasDesk ? [] : [adminContact ? say.blocked.how(adminContact) : say.blocked.howUnknown]),
      ],
      strip: { filled: 5, brokenAt: 6 },
      facts: facts(tools, message, recovery.asked_at, []),
      closing: [say.notYou],
      link: {
        label: `${start.noMailboxLink}:`,
        url: `${tools.settings.publicUrl}${hasDesk ? "/support" : "/help/no-mailbox"}`,
      },
    },
  };
}

async function severalLetter(tools: LetterTools, read: Reader, message: QueuedMessage): Promise<Prepared> {
  const recovery = await rows.recoveryById(read, String(message.data.recovery));
  if (!recovery) return { kind: "dropped", reason: "the request is gone" };
  const { letter: say } = words[message.language];
  const time = clockTime(recovery.asked_at, tools.settings.timeZone, message.language);
  const url = pageUrl(message, tools.settings, "/recovery");
  return {
    kind: "letter",
    letter: {
      language: message.language,
      subject: say.several.subject(time, recovery.number),
      requestNumber: recovery.number,
      preheader: say.several.preheader,
      greeting: say.greetingNobody,
      paragraphs: [
        say.several.text,
        ...(await loginsAt(read, String(message.data.mailbox))),
        say.several.how,
      ],
      strip: { filled: 3 },
      button: { label: say.several.button, url },
      facts: facts(tools, message, recovery.asked_at, []),
      closing: [say.notYou],
      link: { label: say.link, url },
    },
  };
}

async function reminderLetter(tools: LetterTools, read: Reader, message: QueuedMessage): Promise<Prepared> {
  const { letter: say } = words[message.language];
  const { timeZone } = tools.settings;
  const portalName = message.portal.name;
  const logins = await loginsAt(read, String(message.data.mailbox));
  if (logins.length === 0) return { kind: "dropped", reason: "the mailbox belongs to nobody any more" };
  const url = pageUrl(message, tools.settings, "/sign-in");
  return {
    kind: "letter",
    letter: {
      language: message.language,
      subject: say.reminder.subject(portalName, clockTime(message.createdAt, timeZone, message.language)),
      preheader: say.reminder.preheader,
      greeting: say.greetingNobody,
      paragraphs: [say.reminder.text(portalName), ...logins],
      button: { label: say.reminder.button, url },
      facts: facts(tools, message, message.createdAt, []),
      closing: [say.reminder.notYou],
      link: { label: say.link, url },
    },
  };
}

async function loginsAt(read: Reader, mailbox: string): Promise<string[]> {
  const people = await peopleAtMailbox(read, mailbox);
  return people.map((person) => `— ${person.login}`);
}

function facts(
  tools: LetterTools,
  message: QueuedMessage,
  at: number,
  first: { label: string; value: string }[],
) {
  const say = words[message.language].letter;
  const { timeZone } = tools.settings;
  const address = addressWithPlace(tools.places, String(message.data.address ?? "—"), message.language);
  return [
    ...first,
    { label: say.when, value: `${timeOrDay(at, 0, timeZone, message.language)} (${timeZone})` },
    { label: say.device, value: String(message.data.device ?? "—") },
    { label: say.address, value: address },
  ];
}
