/** How single values of settings are read; each refuses with one line that names the setting. */
import { randomBytes } from "node:crypto";
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { isIPv4 } from "node:net";
import { join } from "node:path";

/** The value cannot be used; `message` is one line that names the setting. */
export class SettingRefused extends Error {
  override readonly name = "SettingRefused";
}

/** True for names and addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  return bare === "localhost" || bare === "::1" || (isIPv4(bare) && bare.startsWith("127."));
}

export function keepInboxHere(host: string): void {
  if (isLoopback(host)) return;
  throw new SettingRefused(
    "SMTP_URL is unset: the trial inbox shows every letter to whoever opens it, " +
      `so HOST must be loopback, not ${host}`,
  );
}

export function parsePublicUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new SettingRefused("PUBLIC_URL must be an http or https address, like https://id.company.ru");
  }
  if (url.pathname !== "/" || url.search || url.hash || url.username) {
    throw new SettingRefused("PUBLIC_URL must be an origin only: no path, query or user name");
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw new SettingRefused(
      `PUBLIC_URL must start with https:// unless it is loopback; it names ${url.hostname}`,
    );
  }
  return url.origin;
}

export function parseDatabaseUrl(value: string | undefined): string | undefined {
  if (value !== undefined && !/^postgres(ql)?:\/\//.test(value)) {
    throw new SettingRefused(
      "DATABASE_URL must start with postgres://; leave it unset for the embedded database",
    );
  }
  return value;
}

export function parseSmtpUrl(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || (url.protocol !== "smtp:" && url.protocol !== "smtps:") || !url.hostname) {
    throw new SettingRefused("SMTP_URL must look like smtp://user:pass@host:port or smtps://host");
  }
  return value;
}

/** One address of `SMS_URL`, of several in order of preference. */
export interface SmsRoute {
  /**
   * Key or name and password as user and password, percent-encoded; a plus in the query stands for itself.
   */
  readonly url: URL;
  /** Digits that the number begins with, without the plus; empty: every number. */
  readonly prefixes: readonly string[];
}

/** Where the gateways that are called by name are to be found; another address of theirs may follow an @. */
const gatewayHosts: Readonly<Record<string, string | undefined>> = {
  smsru: "sms.ru",
  smsc: "smsc.ru",
  exolve: "api.exolve.ru",
  twilio: "api.twilio.com",
};
const gatewayKinds = "smsru://, smsc://, exolve://, twilio://, smpp://, smpps://, https:// or http://";

/** The gateways of `SMS_URL`, parted by white space or commas. */
export function parseSmsUrl(value: string | undefined): SmsRoute[] {
  if (value === undefined) return [];
  return value
    .trim()
    .split(/[\s,]+(?=[a-z]+:\/\/)/)
    .map(parseSmsRoute);
}

function parseSmsRoute(text: string): SmsRoute {
  const found = /^([a-z]+):\/\/([^/?#\s]+)([^?#\s]*)(?:\?([^#\s]*))?$/.exec(text);
  const [scheme = "", authority = "", path = "", query = ""] = found?.slice(1) ?? [];
  const host = gatewayHosts[scheme];
  if (!found || (host === undefined && !/^(https?|smpps?)$/.test(scheme))) {
    throw new SettingRefused(`SMS_URL must hold addresses that begin with ${gatewayKinds}`);
  }
  const whole = host === undefined || authority.includes("@") ? authority : `${authority}@${host}`;
  const address = `${scheme}://${whole}${path}${query && `?${query.replaceAll("+", "%2B")}`}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url?.hostname || !isDecodable(authority)) {
    throw new SettingRefused(
      `SMS_URL: the address of ${scheme} cannot be read; check port and percent-encoding`,
    );
  }
  judgeSmsRoute(scheme, url);
  const prefixes = (url.searchParams.get("prefix") ?? "").split(",").filter((prefix) => prefix !== "");
  if (!prefixes.every((prefix) => /^\+?\d{1,7}$/.test(prefix))) {
    throw new SettingRefused("SMS_URL: prefix must look like +7 or +7,+375");
  }
  return { url, prefixes: prefixes.map((prefix) => prefix.replace("+", "")) };
}

/** Whether every percent in it begins a character: URL itself lets others pass. */
function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function judgeSmsRoute(scheme: string, url: URL): void {
  if (scheme === "http" && !isLoopback(url.hostname)) {
    throw new SettingRefused(`SMS_URL must use https:// unless it is loopback; it names ${url.hostname}`);
  }
  const pair = scheme === "twilio" || scheme.startsWith("smpp");
  if (pair && (!url.username || !url.password)) {
    throw new SettingRefused(`SMS_URL: ${scheme} needs a name and a password, parted by a colon`);
  }
  const sender = scheme === "exolve" || scheme === "twilio";
  if (sender && !url.searchParams.get("from")) {
    throw new SettingRefused(`SMS_URL: ${scheme} needs a sender, like ?from=COMPANY`);
  }
}

/** `+7,+375`: how numbers begin. */
export function parseDialPrefixes(name: string, value: string): string[] {
  const prefixes = value.split(",").map((prefix) => prefix.trim());
  if (!prefixes.every((prefix) => /^\+[1-9]\d{0,6}$/.test(prefix))) {
    throw new SettingRefused(`${name} must look like +7 or +7,+375`);
  }
  return prefixes;
}

export function parseMailFrom(value: string): { name: string; address: string } {
  const found = /^\s*(?:"?([^"<>]*?)"?\s*<([^<>\s]+@[^<>\s]+)>|([^<>\s]+@[^<>\s]+))\s*$/.exec(value);
  const address = found?.[2] ?? found?.[3];
  if (!found || !address) throw new SettingRefused("MAIL_FROM must look like Company <no-reply@company.ru>");
  return { name: plainText("MAIL_FROM", found[1] ?? "", 60), address };
}

export function plainText(name: string, value: string, most: number): string {
  const text = value.normalize("NFC").trim();
  if (/[\p{Cc}\p{Cf}]/u.test(text)) throw new SettingRefused(`${name} must not hold control characters`);
  if ([...text].length > most) throw new SettingRefused(`${name} is longer than ${most} characters`);
  return text;
}

export function wholeNumber(name: string, value: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) {
    throw new SettingRefused(`${name} must be a whole number from ${least} to ${most}`);
  }
  return number;
}

/** From the most talkative to none. */
export const logLevels = ["trace", "debug", "info", "warn", "error", "silent"] as const;

export function oneOf<const T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((item) => item === value);
  if (!found) throw new SettingRefused(`${name} must be one of: ${allowed.join(", ")}`);
  return found;
}

export function duration(name: string, value: string, least: string, most: string): number {
  const parsed = milliseconds(value);
  const lowest = milliseconds(least) ?? 0;
  const highest = milliseconds(most) ?? 0;
  if (parsed === undefined || parsed < lowest || parsed > highest) {
    throw new SettingRefused(`${name} must be a duration from ${least} to ${most}, like 90s, 15m, 24h or 7d`);
  }
  return parsed;
}

function milliseconds(value: string): number | undefined {
  const found = /^(\d{1,6})(s|m|h|d)$/.exec(value);
  const unit = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[found?.[2] ?? ""];
  return found && unit ? Number(found[1]) * unit : undefined;
}

export function parseTimeZone(value: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    throw new SettingRefused("TIME_ZONE must be an IANA name, like Europe/Moscow");
  }
}

/** The root keys, of the setting or of the file that is made once. Throws for one that can be guessed. */
export function parseSecretKeys(
  value: string | undefined,
  databaseUrl: string | undefined,
  dataDir: string,
): Buffer[] {
  if (value === undefined && databaseUrl) {
    throw new SettingRefused(
      "SECRET_KEY is required with PostgreSQL, the same for all instances: " +
        "openssl rand -base64 32 | tr '+/' '-_'",
    );
  }
  return (value ?? keyOfFile(join(dataDir, "secret.key"))).split(",").map((text) => {
    const bytes = /^[A-Za-z0-9_-]+={0,2}$/.test(text.trim())
      ? Buffer.from(text.trim(), "base64url")
      : Buffer.alloc(0);
    if (bytes.length < 32) throw new SettingRefused("SECRET_KEY must be 32 or more bytes in base64url");
    if (new Set(bytes).size < 12 || looksWritten(text))
      throw new SettingRefused("SECRET_KEY is a sample or repeats itself: make a random one");
    return bytes;
  });
}

/** Words of samples, or one piece again and again; a random key meets this once in ten million. */
function looksWritten(text: string): boolean {
  return (
    /change|secret|sample|example|default|replace|password/i.test(text) || /^(.{4,21})\1/.test(text.trim())
  );
}

/** So that an unusable folder is told as what it is, before anything is opened in it. */
export function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.W_OK);
  } catch {
    throw new SettingRefused(`DATA_DIR: cannot write in ${dataDir}`);
  }
}

function keyOfFile(file: string): string {
  try {
    writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as { code?: unknown }).code !== "EEXIST") {
      throw new SettingRefused(`DATA_DIR: cannot write ${file}`);
    }
  }
  return readFileSync(file, "utf8").trim();
}
