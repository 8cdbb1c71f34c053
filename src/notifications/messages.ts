import { personById } from "../accounts/accounts.ts";
import type { Catalogue } from "../delivery/delivery.ts";
import { dayAndTime } from "../platform/language/times.ts";
import { words } from "./words.ts";

/** The letters of this folder, for the catalogue. */
export function notificationMessages(options: {
  publicUrl: string;
  portalName: string;
  timeZone: string;
}): Catalogue {
  return {
    "password-changed": {
      async prepare(read, message) {
        const person = await personById(read, message.accountId ?? "");
        if (!person) return { kind: "dropped", reason: "the account is gone" };
        const say = words[message.language];
        const time = dayAndTime(Number(message.data.at), options.timeZone, message.language);
        const url = `${options.publicUrl}/recovery`;
        return {
          kind: "letter",
          letter: {
            language: message.language,
            subject: say.passwordChanged.subject(options.portalName, time),
            preheader: say.passwordChanged.preheader,
            greeting: say.greeting(person.account.name),
            paragraphs: say.passwordChanged.paragraphs(person.login),
            strip: { filled: 12 },
            facts: [
              { label: say.when, value: `${time} (${options.timeZone})` },
              { label: say.device, value: String(message.data.device ?? "—") },
              { label: say.address, value: String(message.data.address ?? "—") },
            ],
            closing: [say.notYou],
            button: { label: say.recoverButton, url },
            link: { label: say.recoverLink, url },
          },
        };
      },
    },
  };
}
