import { personById } from "../accounts/accounts.ts";
import { type Catalogue, type Prepared, type QueuedMessage, withBoundLine } from "../delivery/delivery.ts";
import type { Clock } from "../platform/clock.ts";
import { clockTime, dayAndTime, timeOrDay } from "../platform/language/times.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { Reader } from "../platform/store/store.ts";
import { secretOf, stateOf } from "../proofs/proofs.ts";
import type { Settings } from "../settings.ts";
import * as rows from "./rows.ts";
import { words } from "./words.ts";

interface MessageTools {
  clock: Clock;
  secrets: Secrets;
  settings: Settings;
}

/** The messages of a change. Secrets are derived here, at send time; a dead one is dropped instead. */
export function contactMessages(tools: MessageTools): Catalogue {
  return {
    "contact-link": { prepare: (read, message) => linkLetter(tools, read, message) },
    "contact-code": { prepare: (read, message) => codeSms(tools, read, message) },
    "contact-taken": { prepare: (read, message) => takenLetter(tools, read, message) },
  };
}

async function linkLetter(tools: MessageTools, read: Reader, message: QueuedMessage): Promise<Prepared> {
  const person = await personById(read, message.accountId ?? "");
  const found = await liveSecret(tools, read, message);
  if (!person || found.kind === "dropped") return found.kind === "dropped" ? found : gone;
  const say = words[message.language].confirm;
  const { publicUrl } = tools.settings;
  const portalName = message.portal.name;
  const timeZone = person.account.time_zone ?? tools.settings.timeZone;
  const until = timeOrDay(found.expiresAt, found.change.asked_at, timeZone, message.language);
  const url = `${publicUrl}/me/email/link?key=${found.secret}`;
  return {
    kind: "letter",
    letter: {
      language: message.language,
      subject: say.subject(clockTime(message.createdAt, timeZone, message.language), portalName),
      preheader: say.preheader(until),
      greeting: words[message.language].greeting(person.account.name),
      paragraphs: [say.intro(person.login, portalName), say.until(until)],
      strip: { filled: 6 },
      button: { label: say.button, url },
      facts: [
        {
          label: say.when,
          value: `${dayAndTime(message.createdAt, timeZone, message.language)} (${timeZone})`,
        },
        { label: say.device, value: String(message.data.device ?? "—") },
      ],
      closing: [say.notYou],
      link: { label: say.link, url },
    },
  };
}

/** One part: the code alone. */
async function codeSms(tools: MessageTools, read: Reader, message: QueuedMessage): Promise<Prepared> {
  const found = await liveSecret(tools, read, message);
  if (found.kind === "dropped") return found;
  const text = words[message.language].code(found.secret);
  return { kind: "sms", text: withBoundLine(tools.settings, text, found.secret) };
}

/** To whom the contact belongs already. Who tried stays out of it: it may have been a slip of the hand. */
async function takenLetter(tools: MessageTools, read: Reader, message: QueuedMessage): Promise<Prepared> {
  const person = await personById(read, message.accountId ?? "");
  if (!person) return gone;
  const say = words[message.language].taken;
  const kind = message.data.contact === "phone" ? "phone" : "email";
  const { publicUrl } = tools.settings;
  const portalName = message.portal.name;
  const timeZone = person.account.time_zone ?? tools.settings.timeZone;
  const time = dayAndTime(Number(message.data.at), timeZone, message.language);
  return {
    kind: "letter",
    letter: {
      language: message.language,
      subject: say.subject[kind](portalName, time),
      preheader: say.preheader,
      greeting: words[message.language].greeting(person.account.name),
      paragraphs: [say.text[kind](person.login), say.how],
      facts: [{ label: say.when, value: `${time} (${timeZone})` }],
      link: { label: say.link, url: `${publicUrl}/me` },
    },
  };
}

const gone = { kind: "dropped", reason: "the account is gone" } as const;

async function liveSecret(tools: MessageTools, read: Reader, message: QueuedMessage) {
  const change = await rows.changeById(read, String(message.data.change));
  const state = await stateOf(tools, read, change?.proof_id ?? "");
  if (!change || state.kind !== "live")
    return { kind: "dropped", reason: `its proof is ${state.kind}` } as const;
  const secret = secretOf(tools, state.proof);
  if (!secret) return { kind: "dropped", reason: "its key is no longer among the settings" } as const;
  return { kind: "live", change, secret, expiresAt: state.proof.expires_at } as const;
}
