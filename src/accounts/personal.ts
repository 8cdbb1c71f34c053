/** What a person says of themselves: plain text, choices, and a photo. */
import type { Clock } from "../platform/clock.ts";
import type { Language } from "../platform/language/language.ts";
import { hashSecret } from "../platform/secrets/secrets.ts";
import type { Reader, Writer } from "../platform/store/store.ts";
import { isPlainName } from "./plain-name.ts";
import * as rows from "./rows.ts";

export interface PersonalData {
  name: string;
  /** "" = not given. */
  position: string;
  department: string;
  /** null: as the device of the moment. */
  language: Language | null;
  /** IANA name; null: the installation's. */
  timeZone: string | null;
}

/** Every zone that this platform can tell the time of, by its IANA name. */
export const timeZones: readonly string[] = Intl.supportedValuesOf("timeZone");

/** The fields that are unusable: none, when the data may be kept. */
export function judgePersonalData(data: PersonalData): ("name" | "position" | "department" | "timeZone")[] {
  const { name, timeZone } = data;
  const wrong: ReturnType<typeof judgePersonalData> = isPlainName(name) ? [] : ["name"];
  for (const field of ["position", "department"] as const) {
    if (data[field].trim() !== "" && !isPlainName(data[field])) wrong.push(field);
  }
  if (timeZone !== null && !timeZones.includes(timeZone)) wrong.push("timeZone");
  return wrong;
}

/** Keeps data that `judgePersonalData` found usable. */
export async function keepPersonalData(
  tools: { clock: Clock },
  write: Writer,
  accountId: string,
  data: PersonalData,
): Promise<void> {
  const text = (typed: string) => typed.normalize("NFC").trim();
  const change = {
    name: text(data.name),
    position: text(data.position) || null,
    department: text(data.department) || null,
    language: data.language,
    time_zone: data.timeZone,
  };
  await rows.changeAccount(write, accountId, change, tools.clock.now());
}

/** Keeps the picture in the place of the one before; `null` takes it away. */
export async function keepPhoto(
  tools: { clock: Clock },
  write: Writer,
  accountId: string,
  bytes: Uint8Array | null,
): Promise<void> {
  // Names the content, so that a browser may keep it for good; 128 bits are enough for that.
  const photo = bytes && hashSecret(Buffer.from(bytes).toString("latin1")).slice(0, 32);
  await rows.deletePhoto(write, accountId);
  if (bytes && photo) await rows.insertPhoto(write, { account_id: accountId, hash: photo, bytes });
  await rows.changeAccount(write, accountId, { photo }, tools.clock.now());
}

/** The picture of this name, whoever shows it. */
export async function photoNamed(read: Reader, hash: string): Promise<Uint8Array | undefined> {
  return (await rows.photoByHash(read, hash))?.bytes;
}
