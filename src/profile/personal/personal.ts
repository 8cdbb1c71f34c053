/** A person's own data and photo, changed by themselves. */
import { keepPersonalData, keepPhoto, type Person, type PersonalData } from "../../accounts/accounts.ts";
import { recordEvent } from "../../audit/audit.ts";
import type { Clock } from "../../platform/clock.ts";
import type { PictureMaker, PictureOutcome } from "../../platform/pictures/pictures.ts";
import type { Secrets } from "../../platform/secrets/secrets.ts";
import type { Store, Writer } from "../../platform/store/store.ts";
import * as budgets from "../../platform/throttle/budgets.ts";
import { spend } from "../../platform/throttle/throttle.ts";

export interface PersonalTools {
  clock: Clock;
  store: Store;
  secrets: Secrets;
  makePhoto: PictureMaker;
}

/** Where a change comes from, as the audit tells it. */
interface Visitor {
  address: string;
  device: string;
}

/** As it is stored, for the form. */
export function personalDataOf({ account }: Person): PersonalData {
  const { name, position, department, language, time_zone: timeZone } = account;
  return { name, position: position ?? "", department: department ?? "", language, timeZone };
}

/** Keeps data that `judgePersonalData` found usable. */
export async function changePersonalData(
  tools: { clock: Clock; store: Store },
  accountId: string,
  data: PersonalData,
  visitor: Visitor,
): Promise<void> {
  await tools.store.transact(async (write) => {
    await keepPersonalData(tools, write, accountId, data);
    await record(tools, write, "profile.changed", accountId, visitor);
  });
}

export type PhotoChange =
  | { kind: "changed" }
  | Exclude<PictureOutcome, { kind: "made" }>
  | { kind: "throttled"; retryAt: number };

/** Makes the photo anew and keeps it. The try is counted first: making one is work, even of a bad file. */
export async function changePhoto(
  tools: PersonalTools,
  accountId: string,
  sent: Uint8Array,
  visitor: Visitor,
): Promise<PhotoChange> {
  const limited = await spend(tools, [{ budget: budgets.photos, subject: `account:${accountId}` }]);
  if (limited.kind === "limited") return { kind: "throttled", retryAt: limited.retryAt };
  const photo = await tools.makePhoto(sent);
  if (photo.kind !== "made") return photo;
  await tools.store.transact(async (write) => {
    await keepPhoto(tools, write, accountId, photo.bytes);
    await record(tools, write, "photo.changed", accountId, visitor);
  });
  return { kind: "changed" };
}

export async function removePhoto(
  tools: { clock: Clock; store: Store },
  accountId: string,
  visitor: Visitor,
): Promise<void> {
  await tools.store.transact(async (write) => {
    await keepPhoto(tools, write, accountId, null);
    await record(tools, write, "photo.removed", accountId, visitor);
  });
}

function record(
  tools: { clock: Clock },
  write: Writer,
  action: string,
  accountId: string,
  { address, device }: Visitor,
): Promise<void> {
  return recordEvent(tools, write, { action, actor: accountId, accountId, address, detail: { device } });
}
