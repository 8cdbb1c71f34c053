/** How a feature says what its messages contain. `app.ts` collects the templates of all features. */
import type { Language } from "../platform/language/language.ts";
import type { Reader } from "../platform/store/store.ts";
import type { Portal } from "../portal-registry/portal-registry.ts";
import type { Letter } from "./letter.ts";

/** What a message shows of a portal. */
export type PortalLook = Pick<
  Portal,
  "id" | "isDefault" | "name" | "senderName" | "hue" | "style" | "adminContact"
>;

/** Where the portal of a message is found; `Portals` of the registry is one. */
export interface PortalLooks {
  portal(id: string): PortalLook | undefined;
  defaultPortal(): PortalLook;
}

/** By which way a message leaves: a letter, an SMS, or a call to a portal. */
export type Channel = "email" | "sms" | "portal";

/** A message waiting in the outbox, as its template sees it. */
export interface QueuedMessage {
  readonly id: string;
  readonly kind: string;
  readonly channel: Channel;
  readonly accountId: string | null;
  readonly to: string;
  readonly language: Language;
  readonly data: MessageData;
  readonly createdAt: number;
  /** Whose name and look it carries. */
  readonly portal: PortalLook;
}

/** What a template needs to find its way; never a secret, because the database and its backups keep it. */
export type MessageData = Readonly<Record<string, string | number | null>>;

export type Prepared =
  | { readonly kind: "letter"; readonly letter: Letter }
  | { readonly kind: "sms"; readonly text: string }
  /** A form that is posted to the portal's own address. */
  | { readonly kind: "call"; readonly url: string; readonly form: Readonly<Record<string, string>> }
  /** Not worth sending any more: its secret is superseded, used or too old. */
  | { readonly kind: "dropped"; readonly reason: string };

export interface MessageTemplate {
  /**
   * Writes the message down at the moment of sending, deriving its secrets. It may run again for a later
   * attempt. A throw counts as "not now": the message is tried again and nothing else waits for it.
   */
  prepare(read: Reader, message: QueuedMessage): Promise<Prepared>;
}

/** An address of a page for the letter's reader, which looks like the letter's portal in any browser. */
export function pageUrl(
  { portal }: Pick<QueuedMessage, "portal">,
  { publicUrl }: { publicUrl: string },
  path: string,
): string {
  return `${publicUrl}${path}${portal.isDefault ? "" : `?portal=${portal.id}`}`;
}

/** Templates by `kind`. */
export type Catalogue = Readonly<Record<string, MessageTemplate>>;
