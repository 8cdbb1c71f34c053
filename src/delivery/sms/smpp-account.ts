/** What `smpp://ID:PASSWORD@host:port?from=…&system_type=…` says. */
import { isIP } from "node:net";
import { SettingRefused } from "../../settings.ts";

/** Who or what sends, as a submit_sm names it. TON and NPI are those of SMPP 3.4, 5.2.5 and 5.2.6. */
export interface SmppAddress {
  readonly ton: number;
  readonly npi: number;
  readonly address: string;
}

export interface SmppAccount {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte, and the certificate is checked. */
  readonly secure: boolean;
  readonly systemId: string;
  readonly password: string;
  readonly systemType: string;
  readonly from: SmppAddress;
}

/** SMPP 3.4 names no port for TLS; 3550 is what operators took. */
const PORT = "2775";
const TLS_PORT = "3550";

/** Throws `SettingRefused` when a part cannot stand in SMPP at all. Name and password are percent-decoded. */
export function readSmppUrl(url: URL): SmppAccount {
  const secure = url.protocol === "smpps:";
  const account = {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port || (secure ? TLS_PORT : PORT)),
    secure,
    systemId: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    systemType: url.searchParams.get("system_type") ?? "",
    from: readSender(url.searchParams.get("from") ?? ""),
  };
  const texts = [account.systemId, account.password, account.systemType];
  if (!texts.every((text) => /^[\x20-\x7e]*$/.test(text))) {
    throw new SettingRefused("SMS_URL: name, password and system_type of smpp are Latin letters and digits");
  }
  return account;
}

/** A name for the TLS handshake: an address has none. */
export function serverName({ host }: SmppAccount): { servername?: string } {
  return isIP(host) === 0 ? { servername: host } : {};
}

/**
 * Types as operators agree on them: up to 8 digits are a short code, longer ones a number with its country,
 * anything else a name of up to 11 characters (3GPP TS 23.040, 9.1.2.5). None: the operator puts its own.
 */
function readSender(from: string): SmppAddress {
  if (from === "") return { ton: 0, npi: 0, address: "" };
  if (/^\d{3,8}$/.test(from)) return { ton: 3, npi: 0, address: from };
  if (/^\+?\d{9,15}$/.test(from)) return { ton: 1, npi: 1, address: from.replace("+", "") };
  if (/^[\x20-\x7e]{1,11}$/.test(from) && !/^\+?\d+$/.test(from)) {
    return { ton: 5, npi: 0, address: from };
  }
  throw new SettingRefused("SMS_URL: from of smpp is a name of up to 11 Latin characters, or a number");
}
