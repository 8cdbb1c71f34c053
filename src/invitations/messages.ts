import { personById } from "../accounts/accounts.ts";
import type { Catalogue } from "../delivery/delivery.ts";
import type { Clock } from "../platform/clock.ts";
import { dayAndTime } from "../platform/language/times.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import { secretOf, stateOf } from "../proofs/proofs.ts";
import type { Settings } from "../settings.ts";
import { words } from "./words.ts";

/** The letter and the SMS of this folder, for the catalogue. */
export function invitationMessages(tools: { clock: Clock; secrets: Secrets; settings: Settings }): Catalogue {
  const { publicUrl, timeZone } = tools.settings;
  return {
    "invitation-sms": {
      async prepare(read, message) {
        const state = await stateOf(tools, read, String(message.data.proof));
        if (state.kind !== "live") return { kind: "dropped", reason: `its link is ${state.kind}` };
        const secret = secretOf(tools, state.proof);
        if (!secret) return { kind: "dropped", reason: "its key is no longer among the settings" };
        // As short as it can be: Cyrillic SMS are paid for by 67 characters.
        const url = `${publicUrl}/i?k=${secret}`;
        return { kind: "sms", text: words[message.language].sms(message.portal.name, url) };
      },
    },
    invitation: {
      async prepare(read, message) {
        const person = await personById(read, message.accountId ?? "");
        const state = await stateOf(tools, read, String(message.data.proof));
        if (!person || state.kind !== "live") return { kind: "dropped", reason: `its link is ${state.kind}` };
        const secret = secretOf(tools, state.proof);
        if (!secret) return { kind: "dropped", reason: "its key is no longer among the settings" };
        const say = words[message.language].letter;
        const portalName = message.portal.name;
        const url = `${publicUrl}/invitation?key=${secret}`;
        const until = dayAndTime(state.proof.expires_at, timeZone, message.language);
        return {
          kind: "letter",
          letter: {
            language: message.language,
            subject: say.subject(portalName),
            preheader: say.preheader(until),
            greeting: say.greeting(person.account.name),
            paragraphs: [say.intro(portalName), say.until(until)],
            strip: { filled: 6 },
            button: { label: say.button, url },
            facts: [{ label: say.login, value: person.login }],
            closing: [say.notYou],
            link: { label: say.link, url },
          },
        };
      },
    },
  };
}
