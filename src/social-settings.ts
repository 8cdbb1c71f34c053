/** The settings of outside services: which are connected, and what each needs beside its two names. */
import { createPrivateKey, createSecretKey, type KeyObject } from "node:crypto";
import { createSecureContext } from "node:tls";
import { isLoopback, oneOf, plainText, SettingRefused } from "./setting-values.ts";

/** In the order in which they are offered. */
export const serviceIds = [
  "yandex",
  "vk",
  "sber",
  "tid",
  "oidc",
  "google",
  "apple",
  "microsoft",
  "github",
  "telegram",
] as const;

export type ServiceId = (typeof serviceIds)[number];

/** One connected service. */
export interface ConnectedService {
  readonly id: ServiceId;
  readonly clientId: string;
  /** Apple: the private key that signs the secret. */
  readonly secret: string;
  /**
   * Another issuer than the usual one; for services without discovery another origin of all their addresses.
   */
  readonly issuer: string | undefined;
  /** Сбер ID: certificate and key in one PEM, for mutual TLS. */
  readonly certificate: string | undefined;
  /** Apple: whose key it is, and which. */
  readonly signer: { readonly teamId: string; readonly keyId: string; readonly key: KeyObject } | undefined;
  /** What stands on its button, where the service has no name of its own. */
  readonly name: string | undefined;
  /** Its `email_verified` counts. */
  readonly trustEmail: boolean;
}

export interface SocialSettings {
  readonly connected: readonly ConnectedService[];
  /** False leaves out the services whose owner is foreign. */
  readonly foreign: boolean;
  /** Mail domains whose people get an account at their first sign-in; empty: nobody does. */
  readonly newPeopleFrom: readonly string[];
}

const anyId = serviceIds.map((id) => id.toUpperCase()).join(" ");

/** `<ID>` stands for one of the services. */
export const socialDefinitions = [
  {
    name: "SOCIAL_<ID>_CLIENT_ID",
    byDefault: "unset",
    meaning: `Sign-in through an outside service, with the next one; \`<ID>\`: ${anyId}`,
  },
  {
    name: "SOCIAL_<ID>_SECRET",
    byDefault: "unset",
    meaning: "Its secret; for `APPLE` the private key (PEM), which also needs the two below",
    secret: true,
  },
  {
    name: "SOCIAL_<ID>_ISSUER",
    byDefault: "the service's own",
    meaning: "Another issuer: required for `OIDC`, the tenant for `MICROSOFT`. Plain http only for loopback",
  },
  { name: "SOCIAL_OIDC_NAME", byDefault: "SSO", meaning: "What stands on the button of `OIDC`" },
  {
    name: "SOCIAL_OIDC_TRUST_EMAIL",
    byDefault: "off",
    meaning: "`on`: its `email_verified` counts as a proof of the mailbox",
  },
  {
    name: "SOCIAL_SBER_CERTIFICATE",
    byDefault: "unset",
    meaning: "Certificate and key for Сбер ID in one PEM; best by `_FILE`",
    secret: true,
  },
  { name: "SOCIAL_APPLE_TEAM_ID", byDefault: "unset", meaning: "The team that the key belongs to" },
  { name: "SOCIAL_APPLE_KEY_ID", byDefault: "unset", meaning: "The key's id" },
  {
    name: "SOCIAL_FOREIGN",
    byDefault: "on",
    meaning: "`off` leaves out the services of foreign owners, whatever is set (149-FZ)",
  },
  {
    name: "SOCIAL_NEW_PEOPLE",
    byDefault: "off",
    meaning:
      "`off`, or mail domains whose people get an account at their first sign-in: `company.ru,branch.ru`",
  },
] as const;

type Read = (name: string) => string | undefined;

/** A setting of every service stands for as many names as there are services. */
export function namesOf(name: string): string[] {
  return name.includes("<ID>") ? serviceIds.map((id) => name.replace("<ID>", id.toUpperCase())) : [name];
}

/** Reads and judges them. Throws `SettingRefused`. */
export function readSocial(read: Read): SocialSettings {
  return {
    connected: serviceIds.flatMap((id) => readService(read, id)),
    foreign: oneOf("SOCIAL_FOREIGN", read("SOCIAL_FOREIGN") ?? "on", ["on", "off"]) === "on",
    newPeopleFrom: readDomains(read("SOCIAL_NEW_PEOPLE") ?? "off"),
  };
}

function readService(read: Read, id: ServiceId): ConnectedService[] {
  const prefix = `SOCIAL_${id.toUpperCase()}`;
  const clientId = read(`${prefix}_CLIENT_ID`);
  const secret = read(`${prefix}_SECRET`);
  if (clientId === undefined && secret === undefined) return [];
  if (clientId === undefined) throw new SettingRefused(`${prefix}_CLIENT_ID is missing beside its secret`);
  if (secret === undefined) throw new SettingRefused(`${prefix}_SECRET is missing beside its client id`);
  const issuer = readIssuer(`${prefix}_ISSUER`, read(`${prefix}_ISSUER`));
  if (id === "oidc" && !issuer)
    throw new SettingRefused("SOCIAL_OIDC_ISSUER is required: who says who it is");
  return [
    {
      id,
      clientId,
      secret,
      issuer,
      certificate: id === "sber" ? readCertificate(read("SOCIAL_SBER_CERTIFICATE")) : undefined,
      signer: id === "apple" ? readSigner(read, secret) : undefined,
      name: id === "oidc" ? plainText("SOCIAL_OIDC_NAME", read("SOCIAL_OIDC_NAME") ?? "SSO", 30) : undefined,
      trustEmail:
        id === "oidc" &&
        oneOf("SOCIAL_OIDC_TRUST_EMAIL", read("SOCIAL_OIDC_TRUST_EMAIL") ?? "off", ["on", "off"]) === "on",
    },
  ];
}

function readIssuer(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username) {
    throw new SettingRefused(
      `${name} must be an http or https address without query, like https://sso.company.ru`,
    );
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw new SettingRefused(
      `${name} must start with https:// unless it is loopback; it names ${url.hostname}`,
    );
  }
  return value;
}

function readCertificate(value: string | undefined): string {
  if (value === undefined) {
    throw new SettingRefused("SOCIAL_SBER_CERTIFICATE is required: Сбер ID answers to mutual TLS alone");
  }
  try {
    createSecureContext({ cert: value, key: value });
  } catch {
    throw new SettingRefused("SOCIAL_SBER_CERTIFICATE must hold a certificate and its key, both as PEM");
  }
  return value;
}

function readSigner(read: Read, secret: string): NonNullable<ConnectedService["signer"]> {
  const teamId = read("SOCIAL_APPLE_TEAM_ID");
  const keyId = read("SOCIAL_APPLE_KEY_ID");
  if (!teamId || !keyId)
    throw new SettingRefused("SOCIAL_APPLE_TEAM_ID and SOCIAL_APPLE_KEY_ID are required");
  const key = asKey(secret);
  if (key.asymmetricKeyDetails?.namedCurve !== "prime256v1") {
    throw new SettingRefused("SOCIAL_APPLE_SECRET must be the private key of Apple (P-256, PEM)");
  }
  return { teamId, keyId, key };
}

/** Anything that is no key becomes one without a curve, which the caller refuses. */
function asKey(text: string): KeyObject {
  try {
    return createPrivateKey(text.replaceAll("\\n", "\n"));
  } catch {
    return createSecretKey(Buffer.from("x"));
  }
}

function readDomains(value: string): string[] {
  if (value === "off") return [];
  const domains = value.split(",").map((domain) => domain.trim().toLowerCase());
  if (!domains.every((domain) => /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(domain))) {
    throw new SettingRefused("SOCIAL_NEW_PEOPLE must be off, or mail domains like company.ru,branch.ru");
  }
  return domains;
}
