/** A letter for those who look after mail: the same headers, and nothing in it that opens anything. */
import type { Reader } from "../../platform/store/store.ts";
import type { Catalogue, PortalLooks, QueuedMessage } from "../catalogue.ts";
import type { Letter } from "../letter.ts";
import { composeLetter } from "../mail.ts";
import type { MessageTrace } from "./trace.ts";

export interface SafeLetterTools {
  readonly read: Reader;
  readonly catalogue: Catalogue;
  readonly portals: PortalLooks;
  /** The one address that every letter comes from. */
  readonly mailFrom: string;
  readonly publicUrl: string;
}

/** `stub`: the words for a letter that cannot be written once more, because what it spoke of is over. */
export async function letterWithoutSecrets(
  tools: SafeLetterTools,
  trace: MessageTrace,
  stub: { subject: string; paragraphs: readonly string[] },
): Promise<Buffer> {
  const { id, kind, channel, accountId, to, language, createdAt, about } = trace;
  const data = about === null ? {} : { recovery: about, proof: about, change: about };
  const portal = tools.portals.portal(trace.portalId ?? "") ?? tools.portals.defaultPortal();
  const message = { id, kind, channel, accountId, to, language, data, createdAt, portal };
  const written = await rewritten(tools, message);
  const letter = written ?? { language, ...stub, preheader: "", greeting: "" };
  const { name, senderName, hue } = portal;
  const sender = { from: { name: senderName, address: tools.mailFrom }, portalName: name, hue };
  const { mime } = await composeLetter(message, blanked(letter, tools.publicUrl), sender);
  return mime;
}

async function rewritten(tools: SafeLetterTools, message: QueuedMessage): Promise<Letter | undefined> {
  const template = Object.hasOwn(tools.catalogue, message.kind) ? tools.catalogue[message.kind] : undefined;
  // Without its data only what is named by one thing can be written again.
  if (!template || Object.keys(message.data).length === 0) return undefined;
  try {
    const prepared = await template.prepare(tools.read, message);
    return prepared.kind === "letter" ? prepared.letter : undefined;
  } catch {
    return undefined;
  }
}

const HIDDEN = "••••••";

/** Every link leads to the front door, and every code is dots, wherever they stand. */
function blanked(letter: Letter, publicUrl: string): Letter {
  const { code } = letter;
  const clean = (text: string): string => {
    const plain = code ? text.replaceAll(code.value, HIDDEN) : text;
    return plain.replace(/https?:\/\/[^\s<>"]+/g, `${publicUrl}/`);
  };
  const walk = <T>(value: T): T => {
    if (typeof value === "string") return clean(value) as T;
    if (Array.isArray(value)) return value.map((item) => walk(item)) as T;
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item)])) as T;
    }
    return value;
  };
  return walk(letter);
}
