import { personById } from "../accounts/accounts.ts";
import type { Catalogue, Prepared, QueuedMessage } from "../delivery/delivery.ts";
import type { Clock } from "../platform/clock.ts";
import { clockTime } from "../platform/language/times.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { Reader } from "../platform/store/store.ts";
import { secretOf, stateOf } from "../proofs/proofs.ts";
import type { Settings } from "../settings.ts";
import { words } from "./words.ts";

interface MessageTools {
  clock: Clock;
  secrets: Secrets;
  settings: Settings;
}

/** The letters of this folder. */
export function signInMessages(tools: MessageTools): Catalogue {
  return { "proof-code": { prepare: (read, message) => codeLetter(tools, read, message) } };
}

/**
 * Six digits for who proves once more that it is the owner; no button, since they belong to the open page.
 */
async function codeLetter(tools: MessageTools, read: Reader, message: QueuedMessage): Promise<Prepared> {
  const person = await personById(read, message.accountId ?? "");
  const state = await stateOf(tools, read, String(message.data.proof));
  if (!person || state.kind !== "live") return { kind: "dropped", reason: `its code is ${state.kind}` };
  const value = secretOf(tools, state.proof);
  if (!value) return { kind: "dropped", reason: "its key is no longer among the settings" };
  const say = words[message.language].proofLetter;
  const timeZone = person.account.time_zone ?? tools.settings.timeZone;
  const time = (at: number) => clockTime(at, timeZone, message.language);
  return {
    kind: "letter",
    letter: {
      language: message.language,
      subject: say.subject(time(message.createdAt), tools.settings.portalName),
      preheader: say.preheader(time(state.proof.expires_at)),
      greeting: say.greeting(person.account.name),
      paragraphs: [say.intro(person.login)],
      code: { label: say.label, value, note: say.note(time(state.proof.expires_at)) },
      facts: [{ label: say.device, value: String(message.data.device ?? "—") }],
      closing: [say.notYou],
    },
  };
}
