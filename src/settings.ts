/**
 * Every setting: its default, limits and unit. A wrong or unsafe value stops the start with one line that
 * names it.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type DeskSettings, deskDefinitions, readDesk } from "./desk-settings.ts";
import { type IntakeSettings, intakeDefinitions, readIntake } from "./intake-settings.ts";
import { type PortalCallSettings, portalDefinitions, readPortalCalls } from "./portal-settings.ts";
import {
  duration,
  keepInboxHere,
  logLevels,
  makeFolder,
  oneOf,
  parseDatabaseUrl,
  parseDialPrefixes,
  parseMailFrom,
  parsePublicUrl,
  parseSecretKeys,
  parseSmsUrl,
  parseSmtpUrl,
  parseTimeZone,
  plainText,
  SettingRefused,
  type SmsRoute,
  wholeNumber,
} from "./setting-values.ts";
import { namesOf, readSocial, type SocialSettings, socialDefinitions } from "./social-settings.ts";

export { SettingRefused, type SmsRoute } from "./setting-values.ts";

export interface Settings {
  host: string;
  port: number;
  /** Origin of every link we write; no trailing slash. */
  publicUrl: string;
  dataDir: string;
  databaseUrl: string | undefined;
  /** The first key makes; the others only open what they made before. */
  secretKeys: Buffer[];
  smtpUrl: string | undefined;
  mailFrom: { name: string; address: string };
  /** The gateways in order of preference; and whether an SMS can be sent at all: also to the trial inbox. */
  smsRoutes: readonly SmsRoute[];
  smsReady: boolean;
  /** How numbers begin that an SMS may go to, with the plus; and how many a day over the whole service. */
  smsCountries: readonly string[];
  smsDayLimit: number;
  /** Whether a code's SMS ends with the line by which phones fill it in on our site alone. */
  smsBoundLine: boolean;
  portalName: string;
  adminContact: string | undefined;
  recoveryStyle: "passport" | "control-string";
  recoveryLinkLifetimeMs: number;
  recoveryCodeLifetimeMs: number;
  recoveryReissueAfterMs: number;
  social: SocialSettings;
  intake: IntakeSettings;
  desk: DeskSettings;
  portalCalls: PortalCallSettings;
  timeZone: string;
  placesFile: string | undefined;
  trustedProxyHops: number;
  managementPort: number | undefined;
  logLevel: string;
  hashThreads: number | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

interface Definition {
  name: string;
  /** How the default reads in the documentation. */
  byDefault: string;
  meaning: string;
  secret?: true;
}

/** The documentation of the settings: `propusk settings` and the README's table are made from it. */
export const definitions: readonly Definition[] = [
  { name: "HOST", byDefault: "127.0.0.1", meaning: "Address to listen on" },
  { name: "PORT", byDefault: "3000", meaning: "Port to listen on" },
  {
    name: "PUBLIC_URL",
    byDefault: "http://localhost:PORT",
    meaning: "Origin that people open; the only source of links. Plain http only for loopback",
  },
  {
    name: "DATA_DIR",
    byDefault: "./data",
    meaning: "Folder of the embedded database and of the made secret key",
  },
  {
    name: "DATABASE_URL",
    byDefault: "unset",
    meaning: "`postgres://…` switches to PostgreSQL 15+",
    secret: true,
  },
  {
    name: "SECRET_KEY",
    byDefault: "made once in DATA_DIR/secret.key",
    meaning:
      "Root key, 32+ bytes in base64url; older keys after a comma still open. Required with PostgreSQL",
    secret: true,
  },
  {
    name: "SMTP_URL",
    byDefault: "unset: trial inbox at /inbox",
    meaning: "`smtp://user:pass@host:port` or `smtps://…`",
    secret: true,
  },
  {
    name: "MAIL_FROM",
    byDefault: "Пропуск <no-reply@localhost>",
    meaning: "The one fixed sender of every letter",
  },
  {
    name: "SMS_URL",
    byDefault: "unset: trial inbox, or no SMS where SMTP_URL is set",
    meaning:
      "`smsru://KEY`, `smsc://LOGIN:PASSWORD`, `exolve://KEY?from=NAME`, `twilio://SID:TOKEN?from=NUM`, " +
      "`smpp://ID:PASSWORD@host:port` or `https://…`; several are tried in order, " +
      "`?prefix=+7,+375` keeps one to these numbers",
    secret: true,
  },
  {
    name: "SMS_COUNTRIES",
    byDefault: "+7",
    meaning: "Beginnings of the numbers that SMS may go to: `+7,+375`. Elsewhere a phone leads to the letter",
  },
  { name: "SMS_DAY_LIMIT", byDefault: "1000", meaning: "SMS a day in all, so that nobody can run up a bill" },
  {
    name: "SMS_BOUND_LINE",
    byDefault: "on",
    meaning:
      "`on` ends an SMS with `@host #code`, by which phones fill it in; `off` where an operator refuses it",
  },
  { name: "PORTAL_NAME", byDefault: "the name in MAIL_FROM", meaning: "Name in headers, titles and letters" },
  {
    name: "ADMIN_CONTACT",
    byDefault: "unset",
    meaning:
      "Whom to ask when the login is forgotten or the account blocked; " +
      "shown to everybody (up to 200 characters)",
  },
  {
    name: "RECOVERY_STYLE",
    byDefault: "passport",
    meaning: "`passport` (link and code) or `control-string` (login and «контрольная строка»)",
  },
  {
    name: "RECOVERY_LINK_LIFETIME",
    byDefault: "60m",
    meaning: "How long a link or control string works: 5m to 24h",
  },
  { name: "RECOVERY_CODE_LIFETIME", byDefault: "10m", meaning: "How long a six-digit code works: 1m to 10m" },
  {
    name: "RECOVERY_REISSUE_AFTER",
    byDefault: "10m",
    meaning: "A repeat within this time sends the same link again; later a new one replaces it: 0s to 24h",
  },
  ...intakeDefinitions,
  ...socialDefinitions,
  ...deskDefinitions,
  ...portalDefinitions,
  {
    name: "TIME_ZONE",
    byDefault: "Europe/Moscow",
    meaning: "IANA zone of the times in letters and on pages",
  },
  {
    name: "PLACES_FILE",
    byDefault: "unset: no places",
    meaning: "Local database of cities (GeoLite2-City, DB-IP; .mmdb): addresses are shown with a rough place",
  },
  {
    name: "TRUSTED_PROXY_HOPS",
    byDefault: "0",
    meaning: "How many right-most X-Forwarded-For hops are ours",
  },
  {
    name: "MANAGEMENT_PORT",
    byDefault: "unset",
    meaning: "Second listener on loopback with /health/live, /health/ready and /metrics",
  },
  {
    name: "LOG_LEVEL",
    byDefault: "info",
    meaning: "JSON lines on stdout: trace, debug, info, warn, error, silent",
  },
  {
    name: "HASH_THREADS",
    byDefault: "one more than cores, 3 at most",
    meaning: "Password hashes worked on at once; each takes 19 MiB",
  },
];

/**
 * Reads and judges the environment; makes the secret key file of an embedded installation. Throws
 * `SettingRefused`.
 */
export function readSettings(environment: Environment): Settings {
  const read = reader(environment);
  const port = wholeNumber("PORT", read("PORT") ?? "3000", 0, 65_535);
  const host = read("HOST") ?? "127.0.0.1";
  const publicUrl = parsePublicUrl(read("PUBLIC_URL") ?? `http://localhost:${port}`);
  const databaseUrl = parseDatabaseUrl(read("DATABASE_URL"));
  const dataDir = resolve(read("DATA_DIR") ?? "./data");
  if (!databaseUrl) makeFolder(dataDir);
  const smtpUrl = parseSmtpUrl(read("SMTP_URL"));
  const mailFrom = parseMailFrom(read("MAIL_FROM") ?? "Пропуск <no-reply@localhost>");
  if (!smtpUrl) keepInboxHere(host);
  const management = read("MANAGEMENT_PORT");
  const threads = read("HASH_THREADS");
  const places = read("PLACES_FILE");
  return {
    host,
    port,
    publicUrl,
    dataDir,
    databaseUrl,
    secretKeys: parseSecretKeys(read("SECRET_KEY"), databaseUrl, dataDir),
    smtpUrl,
    mailFrom,
    ...readSms(read, smtpUrl),
    portalName: plainText("PORTAL_NAME", read("PORTAL_NAME") ?? mailFrom.name, 60) || mailFrom.address,
    adminContact: plainText("ADMIN_CONTACT", read("ADMIN_CONTACT") ?? "", 200) || undefined,
    ...readRecovery(read),
    social: readSocial(read),
    intake: readIntake(read),
    desk: readDesk(read),
    portalCalls: readPortalCalls(read, publicUrl),
    timeZone: parseTimeZone(read("TIME_ZONE") ?? "Europe/Moscow"),
    placesFile: places === undefined ? undefined : resolve(places),
    trustedProxyHops: wholeNumber("TRUSTED_PROXY_HOPS", read("TRUSTED_PROXY_HOPS") ?? "0", 0, 10),
    managementPort:
      management === undefined ? undefined : wholeNumber("MANAGEMENT_PORT", management, 0, 65_535),
    logLevel: oneOf("LOG_LEVEL", read("LOG_LEVEL") ?? "info", logLevels),
    hashThreads: threads === undefined ? undefined : wholeNumber("HASH_THREADS", threads, 1, 64),
  };
}

type Read = (name: string) => string | undefined;

function readSms(read: Read, smtpUrl: string | undefined) {
  const smsRoutes = parseSmsUrl(read("SMS_URL"));
  return {
    smsRoutes,
    smsReady: smsRoutes.length > 0 || smtpUrl === undefined,
    smsCountries: parseDialPrefixes("SMS_COUNTRIES", read("SMS_COUNTRIES") ?? "+7"),
    smsDayLimit: wholeNumber("SMS_DAY_LIMIT", read("SMS_DAY_LIMIT") ?? "1000", 1, 1_000_000),
    smsBoundLine: oneOf("SMS_BOUND_LINE", read("SMS_BOUND_LINE") ?? "on", ["on", "off"]) === "on",
  };
}

function readRecovery(read: Read) {
  const time = (name: string, byDefault: string, least: string, most: string) =>
    duration(name, read(name) ?? byDefault, least, most);
  return {
    recoveryStyle: oneOf("RECOVERY_STYLE", read("RECOVERY_STYLE") ?? "passport", [
      "passport",
      "control-string",
    ]),
    recoveryLinkLifetimeMs: time("RECOVERY_LINK_LIFETIME", "60m", "5m", "24h"),
    recoveryCodeLifetimeMs: time("RECOVERY_CODE_LIFETIME", "10m", "1m", "10m"),
    recoveryReissueAfterMs: time("RECOVERY_REISSUE_AFTER", "10m", "0s", "24h"),
  };
}

/** The effective settings for a person's eyes: origin of each, secrets masked. */
export function describeSettings(
  environment: Environment,
): { name: string; value: string; origin: string }[] {
  const read = reader(environment);
  return definitions.flatMap(({ name: pattern, byDefault, secret }) => {
    const given = namesOf(pattern).flatMap((name) => {
      const value = read(name);
      if (value === undefined) return [];
      const origin = environment[name] === undefined ? `${name}_FILE` : "environment";
      return [{ name, value: secret ? "••••••" : value, origin }];
    });
    return given.length > 0 ? given : [{ name: pattern, value: byDefault, origin: "default" }];
  });
}

function reader(environment: Environment): Read {
  return (name) => {
    const direct = environment[name];
    const file = environment[`${name}_FILE`];
    if (direct !== undefined && direct !== "") return direct;
    if (file === undefined || file === "") return undefined;
    try {
      return readFileSync(file, "utf8").trim() || undefined;
    } catch {
      throw new SettingRefused(`${name}_FILE: cannot read the file it names`);
    }
  };
}
