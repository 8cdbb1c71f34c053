/** Settings of the mail that comes in: where it is taken, and which addresses lead to us. */
import { createSecureContext } from "node:tls";
import { isLoopback, SettingRefused } from "./setting-values.ts";

export interface IntakeSettings {
  /** Where mail is taken; undefined: this instance takes none. */
  listen: { protocol: "lmtp" | "smtp"; host: string; port: number } | undefined;
  /** Domain of the addresses that lead to us, in lower case; undefined: nobody can write to us. */
  domain: string | undefined;
  /** Certificate and key in one PEM. */
  certificate: string | undefined;
}

type Read = (name: string) => string | undefined;

export const intakeDefinitions = [
  {
    name: "INTAKE_LISTEN",
    byDefault: "unset: takes no mail",
    meaning:
      "`lmtp://127.0.0.1:2424` or `smtp://0.0.0.0:2525`: takes reports of failed delivery and answers " +
      "to the desk. Beyond loopback only SMTP, with INTAKE_CERTIFICATE",
  },
  {
    name: "INTAKE_DOMAIN",
    byDefault: "unset",
    meaning: "Domain whose mail is led to INTAKE_LISTEN: `in.id.company.ru`. Letters then return to it",
  },
  {
    name: "INTAKE_CERTIFICATE",
    byDefault: "unset",
    meaning: "Certificate and key in one PEM, best by `_FILE`: mail from outside comes by STARTTLS alone",
    secret: true as const,
  },
];

/** Throws `SettingRefused`. */
export function readIntake(read: Read): IntakeSettings {
  const listen = parseListen(read("INTAKE_LISTEN"));
  const domain = parseDomain(read("INTAKE_DOMAIN"));
  const certificate = parseCertificate(read("INTAKE_CERTIFICATE"));
  if (listen && !domain) {
    throw new SettingRefused("INTAKE_DOMAIN is required with INTAKE_LISTEN: whose mail comes in");
  }
  if (listen && !isLoopback(listen.host)) {
    if (listen.protocol === "lmtp") {
      throw new SettingRefused(`INTAKE_LISTEN: LMTP is for loopback alone, not for ${listen.host}`);
    }
    if (!certificate) {
      throw new SettingRefused(
        `INTAKE_CERTIFICATE is required: INTAKE_LISTEN names ${listen.host}, and mail from outside must ` +
          "not come as plain text",
      );
    }
  }
  return { listen, domain, certificate };
}

function parseListen(value: string | undefined): IntakeSettings["listen"] {
  if (value === undefined) return undefined;
  const found = /^(lmtp|smtp):\/\/(\[[0-9a-f:.]+\]|[a-z0-9.-]+):(\d{1,5})\/?$/i.exec(value);
  const port = Number(found?.[3]);
  if (!found?.[2] || port > 65_535) {
    throw new SettingRefused("INTAKE_LISTEN must look like lmtp://127.0.0.1:2424 or smtp://0.0.0.0:2525");
  }
  const protocol = found[1]?.toLowerCase() === "lmtp" ? "lmtp" : "smtp";
  return { protocol, host: found[2].replace(/^\[|\]$/g, "").toLowerCase(), port };
}

/** Our part before the sign is up to 64 octets, and an address at most 254 in all. */
const MAX_DOMAIN = 180;

function parseDomain(value: string | undefined): string | undefined {
  const domain = value?.toLowerCase();
  const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  const fits = domain === undefined || new RegExp(`^${label}(?:\\.${label})*$`).test(domain);
  if (!fits || (domain?.length ?? 0) > MAX_DOMAIN) {
    throw new SettingRefused("INTAKE_DOMAIN must be a domain alone, like in.id.company.ru");
  }
  return domain;
}

function parseCertificate(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  try {
    createSecureContext({ cert: value, key: value });
    return value;
  } catch {
    throw new SettingRefused("INTAKE_CERTIFICATE must hold a certificate and its key, both as PEM");
  }
}
