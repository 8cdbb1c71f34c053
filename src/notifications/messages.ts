import { type Person, personById } from "../accounts/accounts.ts";
import {
  type Catalogue,
  type Letter,
  type Prepared,
  pageUrl,
  type QueuedMessage,
} from "../delivery/delivery.ts";
import type { Clock } from "../platform/clock.ts";
import { briefTime, dayAndTime } from "../platform/language/times.ts";
import { addressWithPlace, type Places } from "../platform/places/places.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { Reader } from "../platform/store/store.ts";
import { secretOf, stateOf } from "../proofs/proofs.ts";
import type { Settings } from "../settings.ts";
import type { NoticeKind } from "./notifications.ts";
import { words } from "./words.ts";

interface NoticeTools {
  clock: Clock;
  secrets: Secrets;
  settings: Settings;
  places: Pick<Places, "placeOf">;
}

/** The letters and SMS of this folder, for the catalogue. */
export function notificationMessages(tools: NoticeTools): Catalogue {
  const kinds = Object.keys(words.ru.kinds) as NoticeKind[];
  return Object.fromEntries(
    kinds.map((kind) => [
      kind,
      {
        async prepare(read: Reader, message: QueuedMessage): Promise<Prepared> {
          const person = await personById(read, message.accountId ?? "");
          if (!person) return { kind: "dropped", reason: "the account is gone" };
          if (message.channel === "sms") return { kind: "sms", text: smsText(tools, kind, message, person) };
          return { kind: "letter", letter: await noticeLetter(tools, read, { kind, message, person }) };
        },
      },
    ]),
  );
}

async function noticeLetter(
  tools: NoticeTools,
  read: Reader,
  { kind, message, person }: { kind: NoticeKind; message: QueuedMessage; person: Person },
): Promise<Letter> {
  const say = words[message.language];
  const timeZone = timeZoneFor(tools, person);
  const time = dayAndTime(Number(message.data.at), timeZone, message.language);
  const told = say.kinds[kind];
  const change = changeOf(message);
  return {
    language: message.language,
    subject: say.subject(told.what(change), message.portal.name, time),
    preheader: told.preheader,
    greeting: say.greeting(person.account.name),
    paragraphs: told.paragraphs(person.login, change),
    ...(kind === "password-changed" && { strip: { filled: 12 } }),
    facts: [{ label: say.when, value: `${time} (${timeZone})` }, ...whoDidIt(tools, message)],
    ...(await wayOut(tools, read, message, timeZone)),
  };
}

/** From where it was done; the place where staff sit would tell an owner nothing. */
function whoDidIt(
  { places }: NoticeTools,
  { language, data: { byStaff, device, address } }: QueuedMessage,
): NonNullable<Letter["facts"]> {
  const say = words[language];
  if (byStaff) return [{ label: say.who, value: say.staff }];
  return [
    { label: say.device, value: String(device ?? "—") },
    { label: say.address, value: addressWithPlace(places, String(address ?? "—"), language) },
  ];
}

/**
 * The veto while it works; else recovery. Whoever has just come in as a contact gets neither, and whoever is
 * told of what staff did is told to ask them.
 */
async function wayOut(
  tools: NoticeTools,
  read: Reader,
  message: QueuedMessage,
  timeZone: string,
): Promise<Pick<Letter, "closing" | "button" | "link">> {
  const say = words[message.language];
  const { publicUrl } = tools.settings;
  const { adminContact } = message.portal;
  if (message.data.byStaff) return { closing: [say.byStaff(adminContact)] };
  if (message.data.veto === null && message.kind !== "vetoed") return { closing: [say.newContact] };
  const state = await stateOf(tools, read, String(message.data.veto ?? ""));
  const secret = state.kind === "live" ? secretOf(tools, state.proof) : undefined;
  if (state.kind !== "live" || !secret) {
    const url = pageUrl(message, tools.settings, "/recovery");
    return {
      closing: message.kind === "vetoed" ? [] : [say.recoverText],
      button: { label: say.recover, url },
      link: { label: say.recoverLink, url },
    };
  }
  const url = `${publicUrl}/veto/link?key=${secret}`;
  return {
    closing: [say.vetoText(dayAndTime(state.proof.expires_at, timeZone, message.language))],
    button: { label: say.veto, url },
    link: { label: say.vetoLink, url },
  };
}

/** One or two parts, no link and no code: a text that comes unasked must not teach to press. */
function smsText(tools: NoticeTools, kind: NoticeKind, message: QueuedMessage, person: Person): string {
  const say = words[message.language];
  const { publicUrl } = tools.settings;
  const timeZone = timeZoneFor(tools, person);
  const time = briefTime(Number(message.data.at), timeZone, message.language);
  const { host } = new URL(publicUrl);
  const forgot = message.portal.style === "control-string" ? say.forgotBox : say.forgot;
  if (kind === "vetoed") return say.smsVetoed(time, host, forgot);
  const what = say.kinds[kind].what(changeOf(message));
  return message.data.byStaff ? say.smsByStaff(what, time, host) : say.sms(what, time, host, forgot);
}

function changeOf({ data: { was, now, service } }: QueuedMessage) {
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  return { was: text(was), now: text(now), service: text(service) ?? "" };
}

/** A person's own time zone comes before the installation's. */
function timeZoneFor({ settings }: NoticeTools, { account }: Person): string {
  return account.time_zone ?? settings.timeZone;
}
