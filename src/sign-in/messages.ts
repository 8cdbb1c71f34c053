import { type Person, personById } from "../accounts/accounts.ts";
import {
  type Catalogue,
  type Letter,
  type Prepared,
  type QueuedMessage,
  withBoundLine,
} from "../delivery/delivery.ts";
import type { Clock } from "../platform/clock.ts";
import { clockTime } from "../platform/language/times.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { Reader } from "../platform/store/store.ts";
import { type Proof, secretOf, stateOf } from "../proofs/proofs.ts";
import type { Settings } from "../settings.ts";
import { words } from "./words.ts";

interface MessageTools {
  clock: Clock;
  secrets: Secrets;
  settings: Settings;
}

/** The letters and SMS of this folder. */
export function signInMessages(tools: MessageTools): Catalogue {
  return { "proof-code": { prepare: (read, message) => codeMessage(tools, read, message) } };
}

/** Six digits for who proves once more that it is the owner; an SMS has the code alone. */
async function codeMessage(tools: MessageTools, read: Reader, message: QueuedMessage): Promise<Prepared> {
  const person = await personById(read, message.accountId ?? "");
  const state = await stateOf(tools, read, String(message.data.proof));
  if (!person || state.kind !== "live") return { kind: "dropped", reason: `its code is ${state.kind}` };
  const value = secretOf(tools, state.proof);
  if (!value) return { kind: "dropped", reason: "its key is no longer among the settings" };
  if (message.channel === "sms") {
    const text = words[message.language].proofSms(value);
    return { kind: "sms", text: withBoundLine(tools.settings, text, value) };
  }
  return { kind: "letter", letter: codeLetter(tools, message, person, state.proof, value) };
}

/** No button, since the code belongs to the open page. */
function codeLetter(
  tools: MessageTools,
  message: QueuedMessage,
  { login, account }: Person,
  proof: Proof,
  value: string,
): Letter {
  const say = words[message.language].proofLetter;
  const timeZone = account.time_zone ?? tools.settings.timeZone;
  const time = (at: number) => clockTime(at, timeZone, message.language);
  return {
    language: message.language,
    subject: say.subject(time(message.createdAt), message.portal.name),
    preheader: say.preheader(time(proof.expires_at)),
    greeting: say.greeting(account.name),
    paragraphs: [say.intro(login)],
    code: { label: say.label, value, note: say.note(time(proof.expires_at)) },
    facts: [{ label: say.device, value: String(message.data.device ?? "—") }],
    closing: [say.notYou],
  };
}
