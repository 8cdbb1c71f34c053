/** Whether a portal may be kept as it is wished: texts, colours and, above all, addresses. */
import type { Channel, Portal } from "./portal.ts";

/**
 * What administrators decide about a portal. null: as in the default portal, and there as in the settings.
 */
export interface PortalWish {
  name: string | null;
  homeUrl: string | null;
  hue: number | null;
  style: Portal["style"] | null;
  button: Portal["button"] | null;
  channels: readonly Channel[] | null;
  remindsLogin: boolean | null;
  adminContact: string | null;
  senderName: string | null;
  access: Portal["access"];
  isForeign: boolean;
  redirectUris: readonly string[];
  postLogoutRedirectUris: readonly string[];
  backchannelLogoutUri: string | null;
  initiateLoginUri: string | null;
  authMethod: Portal["client"]["authMethod"];
}

export type AddressFault =
  /** No whole address: the beginning, the host or everything is missing. */
  | "not-an-address"
  /** Neither https nor http. */
  | "scheme"
  /** http beyond this machine. */
  | "not-https"
  /** A star: each address is registered for itself. */
  | "wildcard"
  | "fragment"
  /** A name or password before the host. */
  | "user"
  /** Browsers would write it in another way, which `instead` holds. */
  | "spelling"
  | "too-long";

export interface PortalFault {
  field: keyof PortalWish;
  kind: AddressFault | "missing" | "too-long" | "not-plain" | "too-many" | "none-left" | "range";
  /** The one of several that is meant, as it was given. */
  value?: string;
  /** How it should be written. */
  instead?: string;
}

const MOST_ADDRESSES = 20;
const LONGEST_ADDRESS = 1_000;
const LONGEST_NAME = 60;
const LONGEST_CONTACT = 200;

/**
 * Judges an address that people, codes or reports are sent to. It is compared character by character later,
 * so it has to be written as browsers write it; a bare origin may do without its slash.
 */
export function judgeAddress(text: string): { kind: AddressFault; instead?: string } | undefined {
  if (text.length > LONGEST_ADDRESS) return { kind: "too-long" };
  if (text.includes("*")) return { kind: "wildcard" };
  if (!/^[a-z][a-z\d+.-]*:/i.test(text) || !URL.canParse(text)) return { kind: "not-an-address" };
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return { kind: "scheme" };
  if (!/^https?:\/\/[^/]/i.test(text)) return { kind: "not-an-address" };
  if (url.protocol === "http:" && !isThisMachine(url.hostname)) return { kind: "not-https" };
  if (text.includes("#")) return { kind: "fragment" };
  if (url.username || url.password) return { kind: "user" };
  return url.href === text || url.href === `${text}/` ? undefined : { kind: "spelling", instead: url.href };
}

function isThisMachine(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}

/** Everything that speaks against the wish; empty: it may be kept. */
export function judgePortal(wish: PortalWish, isDefault: boolean): PortalFault[] {
  return [...judgeTexts(wish, isDefault), ...judgeLook(wish), ...judgeAddresses(wish, isDefault)];
}

function judgeTexts(wish: PortalWish, isDefault: boolean): PortalFault[] {
  const faults: PortalFault[] = [];
  if (wish.name === null && !isDefault) faults.push({ field: "name", kind: "missing" });
  const longest = { name: LONGEST_NAME, senderName: LONGEST_NAME, adminContact: LONGEST_CONTACT } as const;
  for (const field of ["name", "senderName", "adminContact"] as const) {
    const text = wish[field];
    if (text === null) continue;
    if ([...text].length > longest[field]) faults.push({ field, kind: "too-long" });
    else if (!isPlain(text) || (field === "name" && /:\/\/|www\./i.test(text))) {
      faults.push({ field, kind: "not-plain" });
    }
  }
  return faults;
}

/** Names stand in subjects and in From: no line ends, no marks that turn the direction of what follows. */
function isPlain(text: string): boolean {
  return text.trim() !== "" && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text);
}

function judgeLook({ hue, channels }: PortalWish): PortalFault[] {
  const faults: PortalFault[] = [];
  if (hue !== null && !(Number.isInteger(hue) && hue >= 0 && hue < 360)) {
    faults.push({ field: "hue", kind: "range" });
  }
  if (channels && !channels.includes("letter") && !channels.includes("sms")) {
    faults.push({ field: "channels", kind: "none-left" });
  }
  return faults;
}

function judgeAddresses(wish: PortalWish, isDefault: boolean): PortalFault[] {
  const faults: PortalFault[] = [];
  if (wish.redirectUris.length === 0 && !isDefault) faults.push({ field: "redirectUris", kind: "missing" });
  for (const field of ["redirectUris", "postLogoutRedirectUris"] as const) {
    if (wish[field].length > MOST_ADDRESSES) faults.push({ field, kind: "too-many" });
    for (const value of wish[field].slice(0, MOST_ADDRESSES)) {
      const found = judgeAddress(value);
      if (found) faults.push({ field, value, ...found });
    }
  }
  for (const field of ["homeUrl", "backchannelLogoutUri", "initiateLoginUri"] as const) {
    const value = wish[field];
    const found = value === null ? undefined : judgeAddress(value);
    if (found) faults.push({ field, value: value ?? "", ...found });
  }
  return faults;
}
