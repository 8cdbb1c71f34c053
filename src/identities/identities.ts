/** Which outside accounts open which of ours: linked, used, taken away, and never the last way in. */
import { holdAccount } from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import { type NoticeTools, notifyOwner } from "../notifications/notifications.ts";
import { passwordChangedAt } from "../passwords/passwords.ts";
import type { Clock } from "../platform/clock.ts";
import type { Language } from "../platform/language/language.ts";
import { newId } from "../platform/secrets/ids.ts";
import type { Reader, Store, Writer } from "../platform/store/store.ts";
import type { Settings } from "../settings.ts";
import { alike, type Names, type Service, type ServiceId, services } from "./catalogue.ts";
import * as rows from "./rows.ts";

export { type Names, type Service, type ServiceId, services } from "./catalogue.ts";

/** Who somebody is at an outside service. Issuer and subject decide; the rest is for eyes. */
export interface OutsideAccount {
  service: ServiceId;
  issuer: string;
  subject: string;
  /** The e-mail or name there. */
  shown: string;
}

/** One that is linked to an account of ours. */
export interface Identity {
  id: string;
  service: Service;
  shown: string;
  linkedAt: number;
  usedAt: number;
  /** False while its service is not offered: then it opens nothing. */
  works: boolean;
}

export interface LinkTools extends NoticeTools {
  store: Store;
}

/** Who does it and from where, for notice and audit. */
export interface Linking {
  accountId: string;
  actor: string;
  language: Language;
  visitor: { address: string; device: string };
}

/** The services that people may come in through here, in the order of their buttons. */
export function offeredServices({ social }: Pick<Settings, "social">): Service[] {
  return services.flatMap((service) => {
    const connected = social.connected.find(({ id }) => id === service.id);
    if (!connected || (service.owner === "foreign" && !social.foreign)) return [];
    return [{ ...service, name: connected.name === undefined ? service.name : alike(connected.name) }];
  });
}

/** The offered service of this name; undefined when there is none. */
export function offeredService(settings: Pick<Settings, "social">, id: string): Service | undefined {
  return offeredServices(settings).find((service) => service.id === id);
}

/** The same for a service that is linked somewhere, offered or not. */
function serviceNamed(settings: Pick<Settings, "social">, id: string): Service | undefined {
  return offeredService(settings, id) ?? services.find((service) => service.id === id);
}

/** A button that leads out: a service, or a door of it. */
export interface WayOut {
  service: ServiceId;
  door: string | undefined;
  name: Names;
  forgotAt: string | undefined;
}

/** Every button that the sign-in page shows. */
export function waysOut(settings: Pick<Settings, "social">): WayOut[] {
  return offeredServices(settings).flatMap(({ id, name, forgotAt, doors = [] }) => [
    { service: id, door: undefined, name, forgotAt },
    ...doors.map((door) => ({ service: id, door: door.id, name: door.name, forgotAt: door.forgotAt })),
  ]);
}

/** The account of ours that this outside account opens; undefined when none. */
export async function accountOf(read: Reader, outside: OutsideAccount): Promise<string | undefined> {
  return (await rows.identityBySubject(read, outside.issuer, outside.subject))?.account_id;
}

/** The outside accounts of this account, last used first. */
export async function identitiesOf(
  settings: Pick<Settings, "social">,
  read: Reader,
  accountId: string,
): Promise<Identity[]> {
  return (await rows.identitiesOf(read, accountId)).flatMap((row) => {
    const offered = offeredService(settings, row.service);
    const service = serviceNamed(settings, row.service);
    const { id, shown, linked_at: linkedAt, used_at: usedAt } = row;
    return service ? [{ id, service, shown, linkedAt, usedAt, works: offered !== undefined }] : [];
  });
}

/**
 * The service that somebody without a password of ours comes in through, the last used one; undefined for
 * whoever has a password or nothing at all.
 */
export async function onlyWayIn(
  settings: Pick<Settings, "social">,
  read: Reader,
  accountId: string,
): Promise<Service | undefined> {
  if ((await passwordChangedAt(read, accountId)) !== undefined) return undefined;
  return (await identitiesOf(settings, read, accountId)).find(({ works }) => works)?.service;
}

/** It was used to come in, in the transaction of the sign-in; `shown` as the service tells it by now. */
export async function noteUse(
  tools: { clock: Clock },
  write: Writer,
  { issuer, subject, shown }: OutsideAccount,
): Promise<void> {
  const row = await rows.identityBySubject(write, issuer, subject);
  if (row) await rows.noteUse(write, row.id, shown, tools.clock.now());
}

/** `taken`: it opens another account. Linking once more what is linked changes nothing. */
export type LinkOutcome = { kind: "linked" } | { kind: "taken" };

/** Links the outside account, in the caller's transaction; the owner is told. */
export async function linkIdentity(
  tools: LinkTools,
  write: Writer,
  outside: OutsideAccount,
  linking: Linking,
): Promise<LinkOutcome> {
  const now = tools.clock.now();
  const { service, issuer, subject, shown } = outside;
  const { accountId } = linking;
  const id = newId();
  const fresh = await rows.insertIdentity(write, {
    id,
    account_id: accountId,
    service,
    issuer,
    subject,
    shown,
    linked_at: now,
    used_at: now,
  });
  if (!fresh) {
    const there = await rows.identityBySubject(write, issuer, subject);
    return there?.account_id === accountId ? { kind: "linked" } : { kind: "taken" };
  }
  await tell(tools, write, { ...linking, kind: "identity-linked", service });
  // Not before the notice, whose veto takes away what was used since.
  await rows.noteUse(write, id, shown, tools.clock.now());
  return { kind: "linked" };
}

/** `last`: nothing else would open the account. `unknown`: it has no such link, or no longer. */
export type UnlinkOutcome = { kind: "unlinked"; service: Service } | { kind: "last" } | { kind: "unknown" };

/** Takes a link away, unless the account would be left without a way in; the owner is told. */
export function unlinkIdentity(tools: LinkTools, id: string, linking: Linking): Promise<UnlinkOutcome> {
  return tools.store.transact(async (write): Promise<UnlinkOutcome> => {
    const { accountId } = linking;
    // Two that are taken away at the same moment must not both count the other as what remains.
    await holdAccount(write, tools.store.kind, accountId);
    const all = await identitiesOf(tools.settings, write, accountId);
    const wanted = all.find((identity) => identity.id === id);
    if (!wanted) return { kind: "unknown" };
    const others = all.some((identity) => identity.id !== id && identity.works);
    if (!others && (await passwordChangedAt(write, accountId)) === undefined) return { kind: "last" };
    await rows.deleteIdentity(write, id);
    await tell(tools, write, { ...linking, kind: "identity-unlinked", service: wanted.service.id });
    return { kind: "unlinked", service: wanted.service };
  });
}

/** The names of the services that were linked or used to come in at this moment or later. */
export async function usedSince(
  settings: Pick<Settings, "social">,
  read: Reader,
  accountId: string,
  since: number,
): Promise<Names[]> {
  const used = await rows.usedSince(read, accountId, since);
  return used.map((id) => serviceNamed(settings, id)?.name ?? alike(id));
}

/**
 * Takes away what was linked or used to come in at this moment or later, in the caller's transaction, which
 * tells the owner: a stranger may come in that way again.
 */
export function unlinkSince(write: Writer, accountId: string, since: number): Promise<void> {
  return rows.deleteUsedSince(write, accountId, since);
}

async function tell(
  tools: LinkTools,
  write: Writer,
  event: Linking & { kind: "identity-linked" | "identity-unlinked"; service: ServiceId },
): Promise<void> {
  const { accountId, actor, language, visitor, kind, service } = event;
  const name = serviceNamed(tools.settings, service)?.name;
  await notifyOwner(tools, write, { accountId, kind, language, visitor, ...(name && { service: name }) });
  await recordEvent(tools, write, {
    action: kind === "identity-linked" ? "identity.linked" : "identity.unlinked",
    actor,
    accountId,
    address: visitor.address,
    detail: { service, device: visitor.device },
  });
}
