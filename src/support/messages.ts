import { personById } from "../accounts/accounts.ts";
import {
  type Catalogue,
  type Letter,
  type Prepared,
  type QueuedMessage,
  withBoundLine,
} from "../delivery/delivery.ts";
import { briefTime, clockTime, dayAndTime, timeOrDay } from "../platform/language/times.ts";
import { addressWithPlace, type Places } from "../platform/places/places.ts";
import type { Reader } from "../platform/store/store.ts";
import { secretOf, stateOf } from "../proofs/proofs.ts";
import { evidenceById } from "./evidence/evidence.ts";
import { codeOf, keyOf } from "./keys.ts";
import { words } from "./letters/words.ts";
import { replyAddress } from "./reply-address.ts";
import * as rows from "./rows.ts";
import { entryById } from "./thread/rows.ts";
import type { SupportTools } from "./tools.ts";

type LetterTools = Pick<SupportTools, "clock" | "secrets" | "settings"> & { places: Pick<Places, "placeOf"> };

/** What a letter to the applicant consists of beside what all of them share. */
type Part = Pick<Letter, "preheader" | "paragraphs"> & Partial<Letter> & { what: string };

type Making = (
  tools: LetterTools,
  read: Reader,
  found: rows.CaseRow,
  message: QueuedMessage,
) => Promise<Part | string> | Part | string;

/** The letters and SMS of the desk. Secrets are derived here, at send time; a dead one is dropped instead. */
export function supportMessages(tools: LetterTools): Catalogue {
  const toApplicant = Object.entries(applicantLetters).map(([kind, make]) => [
    kind,
    { prepare: (read: Reader, message: QueuedMessage) => applicantLetter(tools, read, message, make) },
  ]);
  return {
    ...Object.fromEntries(toApplicant),
    "case-code": { prepare: (read, message) => codeSms(tools, read, message) },
    "case-warning": { prepare: (read, message) => warning(tools, read, message) },
    "case-vouch": { prepare: (read, message) => vouchLetter(tools, read, message) },
  };
}

/** By kind; a text in the place of a letter is why it is not worth sending any more. */
const applicantLetters: Readonly<Record<string, Making>> = {
  "case-key": keyLetter,
  "case-accepted": (tools, _read, found, message) => {
    const say = words[message.language];
    const due = timeIn(tools, found.due_at ?? message.createdAt, message);
    return {
      what: say.accepted.what,
      preheader: say.accepted.preheader(due),
      paragraphs: [say.accepted.text(due), say.accepted.next, replyHint(tools, found, message)],
      strip: { filled: 3 },
      closing: [say.accepted.never],
    };
  },
  "case-reply": async (tools, read, found, message) => {
    const say = words[message.language].answer;
    const entry = await entryById(read, String(message.data.entry));
    if (!entry) return "the answer is gone";
    const lines = entry.text.split("\n").filter((line) => line.trim() !== "");
    return {
      what: say.what,
      preheader: say.preheader,
      paragraphs: [say.lead, ...lines],
      closing: [replyHint(tools, found, message)],
    };
  },
  "case-approved": (tools, _read, found, message) => {
    if (found.state !== "waiting") return "no longer waiting";
    const say = words[message.language].approved;
    const at = timeIn(tools, found.release_at ?? 0, message);
    return {
      what: say.what,
      preheader: say.preheader(at),
      paragraphs: [say.text(at), say.know],
      strip: { filled: 6 },
    };
  },
  "case-link": linkLetter,
  "case-refused": (_tools, _read, found, message) => {
    if (found.state !== "refused") return "no longer refused";
    const say = words[message.language].refused;
    return {
      what: say.what,
      preheader: say.preheader,
      paragraphs: [say.text, ...found.reason.split("\n").filter((line) => line.trim() !== "")],
      strip: { filled: 5, brokenAt: 6 },
      closing: [found.appealed ? say.final : say.appeal],
    };
  },
  "case-stopped": (_tools, _read, found, message) => {
    const say = words[message.language].stopped;
    const reason = say.reasons[found.reason as keyof typeof say.reasons];
    return {
      what: say.what,
      preheader: say.preheader,
      paragraphs: [reason ?? say.preheader, say.how],
      strip: { filled: 5, brokenAt: 6 },
    };
  },
  "case-silent": (tools, _read, _found, message) => {
    const say = words[message.language];
    const url = `${tools.settings.publicUrl}/support`;
    return {
      what: say.silent.what,
      preheader: say.silent.preheader,
      paragraphs: [say.silent.text],
      button: { label: say.silent.button, url },
      link: { label: say.link, url },
    };
  },
};

function replyHint(tools: LetterTools, found: rows.CaseRow, { language }: QueuedMessage): string {
  return replyAddress(tools, found.number) ? words[language].replyByMail : words[language].reply;
}

function timeIn({ settings }: LetterTools, at: number, { createdAt, language }: QueuedMessage): string {
  return timeOrDay(at, createdAt, settings.timeZone, language);
}

/** In one thread with all others of the case, with the way to its page, and to answer by letter. */
async function applicantLetter(
  tools: LetterTools,
  read: Reader,
  message: QueuedMessage,
  make: Making,
): Promise<Prepared> {
  const found = await rows.caseById(read, String(message.data.case));
  if (!found) return { kind: "dropped", reason: "the case is gone" };
  const key = keyOf(tools, found.id, found.key_id);
  if (!key) return { kind: "dropped", reason: "its key is no longer among the settings" };
  const made = await make(tools, read, found, message);
  if (typeof made === "string") return { kind: "dropped", reason: made };
  const say = words[message.language];
  const url = `${tools.settings.publicUrl}/support/link?key=${key}`;
  const { what, ...part } = made;
  return {
    kind: "letter",
    letter: {
      language: message.language,
      subject: say.subject(found.number, what),
      requestNumber: found.number,
      greeting: say.greeting,
      button: { label: say.page, url },
      link: { label: say.link, url },
      thread: { root: `case-${found.number}`, replyTo: replyAddress(tools, found.number) },
      ...part,
    },
  };
}

function keyLetter(
  tools: LetterTools,
  _read: Reader,
  found: rows.CaseRow,
  message: QueuedMessage,
): Part | string {
  if (found.state === "expired") return "the case has expired";
  const say = words[message.language];
  const { portalName, timeZone } = tools.settings;
  const first = found.state === "unconfirmed";
  const until = clockTime(found.code_until, timeZone, message.language);
  const value = found.code_until > tools.clock.now() ? codeOf(tools, found) : undefined;
  const url = `${tools.settings.publicUrl}/support/link?key=${keyOf(tools, found.id, found.key_id)}`;
  return {
    what: first ? say.key.what : say.key.whatOpen,
    preheader: first ? say.key.preheader : say.key.preheaderOpen,
    paragraphs: [first ? say.key.text(portalName) : say.key.textOpen(portalName)],
    strip: { filled: 2 },
    button: { label: first ? say.key.button : say.page, url },
    code:
      value === undefined
        ? undefined
        : { label: first ? say.key.code : say.key.codeOpen, value, note: say.key.codeNote(until) },
    facts: [
      {
        label: say.when,
        value: `${timeOrDay(found.opened_at, 0, timeZone, message.language)} (${timeZone})`,
      },
      { label: say.device, value: found.device },
      { label: say.address, value: addressWithPlace(tools.places, found.address || "—", message.language) },
    ],
    closing: [first ? say.key.notYou : say.key.notYouOpen],
  };
}

async function linkLetter(
  tools: LetterTools,
  read: Reader,
  found: rows.CaseRow,
  message: QueuedMessage,
): Promise<Part | string> {
  const state = await stateOf(tools, read, found.link_proof_id ?? "");
  const secret = state.kind === "live" ? secretOf(tools, state.proof) : undefined;
  const person = await personById(read, found.account_id ?? "");
  if (state.kind !== "live" || !secret || !person || found.state !== "released")
    return `its link is ${state.kind}`;
  const say = words[message.language];
  const until = timeIn(tools, state.proof.expires_at, message);
  const url = `${tools.settings.publicUrl}/support/password/link?key=${secret}`;
  return {
    what: say.done.what,
    preheader: say.done.preheader(until),
    paragraphs: [
      say.done.text(person.login, message.portal.name),
      ...(found.replaces_email ? [say.done.email] : []),
      say.done.factors,
      say.done.until(until),
    ],
    strip: { filled: 9 },
    button: { label: say.done.button, url },
    link: { label: say.link, url },
  };
}

async function codeSms(tools: LetterTools, read: Reader, message: QueuedMessage): Promise<Prepared> {
  const state = await stateOf(tools, read, String(message.data.proof));
  const code = state.kind === "live" ? secretOf(tools, state.proof) : undefined;
  if (!code) return { kind: "dropped", reason: `its code is ${state.kind}` };
  return { kind: "sms", text: withBoundLine(tools.settings, words[message.language].code(code), code) };
}

/** To every known contact of the account, each with the veto. */
async function warning(tools: LetterTools, read: Reader, message: QueuedMessage): Promise<Prepared> {
  const found = await rows.caseById(read, String(message.data.case));
  const person = await personById(read, message.accountId ?? "");
  const state = await stateOf(tools, read, found?.veto_proof_id ?? "");
  const secret = "proof" in state ? secretOf(tools, state.proof) : undefined;
  const isOn = found?.state === "waiting" || found?.state === "released";
  if (!found || !person || !secret || !isOn) return { kind: "dropped", reason: "the case has ended" };
  const say = words[message.language];
  const { portalName, publicUrl } = tools.settings;
  const timeZone = person.account.time_zone ?? tools.settings.timeZone;
  const url = `${publicUrl}/support/veto/link?key=${secret}`;
  const release = found.release_at ?? 0;
  if (message.channel === "sms") {
    const text = say.warning.sms(portalName, briefTime(release, timeZone, message.language), url);
    return { kind: "sms", text };
  }
  const at = dayAndTime(release, timeZone, message.language);
  const time = clockTime(message.createdAt, timeZone, message.language);
  return {
    kind: "letter",
    letter: {
      language: message.language,
      subject: say.warning.subject(portalName, time),
      requestNumber: found.number,
      preheader: say.warning.preheader(at),
      greeting: say.greetingName(person.account.name),
      paragraphs: [
        ...(message.data.again ? [say.warning.again] : []),
        say.warning.text(person.login, portalName),
        say.warning.deadline(at, found.answer_to),
        ...(found.replaces_email ? [say.warning.email(found.answer_to)] : []),
        say.warning.notYou,
      ],
      button: { label: say.warning.button, url },
      facts: [
        { label: say.number, value: String(found.number) },
        {
          label: say.when,
          value: `${dayAndTime(found.opened_at, timeZone, message.language)} (${timeZone})`,
        },
        { label: say.device, value: found.device },
        { label: say.address, value: addressWithPlace(tools.places, found.address || "—", message.language) },
      ],
      closing: [say.warning.you],
      link: { label: say.link, url },
    },
  };
}

async function vouchLetter(tools: LetterTools, read: Reader, message: QueuedMessage): Promise<Prepared> {
  const found = await rows.caseById(read, String(message.data.case));
  const evidence = await evidenceById(read, String(message.data.evidence));
  const person = await personById(read, found?.account_id ?? "");
  const colleague = await personById(read, message.accountId ?? "");
  if (!found || !person || !colleague || evidence?.state !== "asked")
    return { kind: "dropped", reason: "nobody asks any more" };
  const say = words[message.language];
  const { portalName, publicUrl } = tools.settings;
  const url = `${publicUrl}/support/vouch/${evidence.id}`;
  const { name } = person.account;
  return {
    kind: "letter",
    letter: {
      language: message.language,
      subject: say.vouch.subject(name, portalName),
      requestNumber: found.number,
      preheader: say.vouch.preheader,
      greeting: say.greetingName(colleague.account.name),
      paragraphs: [say.vouch.text(name, found.number), say.vouch.before, say.vouch.sign],
      button: { label: say.vouch.button, url },
      link: { label: say.link, url },
    },
  };
}
