/** How one service is spoken to: all that differs between them stands in its preset. */
import type { ClientAuth } from "openid-client";
import type { ServiceId } from "../../identities/identities.ts";
import type { Clock } from "../../platform/clock.ts";
import type { ConnectedService } from "../../social-settings.ts";

/** Who somebody is, as a service told it. */
export interface Profile {
  issuer: string;
  subject: string;
  email: string | null;
  /** The document that names the e-mail proves it, and its issuer is to be believed there. */
  emailProven: boolean;
  name: string | null;
}

/** A JSON object that came from outside: nothing in it is what it should be until looked at. */
export type Claims = Readonly<Record<string, unknown>>;

/** What a preset makes a profile of. */
export interface Given {
  /** Whom the answers come from, as identities are kept. */
  issuer: string;
  connected: ConnectedService;
  accessToken: string;
  /** Of the ID token, all of it checked; undefined where the service gives none that can be. */
  claims: Claims | undefined;
  /** OpenID's userinfo, whose `sub` is that of the ID token. */
  userinfo(): Promise<Claims>;
  /** Asks one of the service's own addresses and gives its JSON: an object, or a list as `list`. */
  ask(
    address: string,
    request?: { headers?: Record<string, string>; form?: Record<string, string> },
  ): Promise<Claims>;
}

/** What the authorization request is about. */
export interface Leaving {
  /** With `link` the account there will open one of ours for good. */
  purpose: "sign-in" | "link";
  /** One of the service's doors, when its button was pressed. */
  door: string | undefined;
}

export interface Preset {
  readonly id: ServiceId;
  readonly issuer: string;
  /** Of plain OAuth 2; without them the service is an OpenID provider that is discovered at its issuer. */
  readonly addresses?: { readonly authorize: string; readonly token: string };
  readonly scope: string;
  /** How the token is asked for; `discovered`: as the provider's metadata wish. */
  readonly authentication:
    | "body"
    | "basic"
    | "none"
    | "discovered"
    | ((connected: ConnectedService, clock: Clock) => ClientAuth);
  /** The answer comes as a form from the service's own site. */
  readonly postsBack?: true;
  /** More for the authorization request. */
  leave?(leaving: Leaving): Record<string, string>;
  /** The answer as the standard wants it. */
  unwrap?(answer: URLSearchParams): URLSearchParams;
  /** More for the token request, out of the answer. */
  exchange?(answer: URLSearchParams): Record<string, string>;
  /** Headers of every request of ours. */
  headers?(): Record<string, string>;
  /** The token answer as the standard wants it. */
  mend?(token: Claims): Claims;
  read(given: Given): Promise<Profile> | Profile;
}

/** The claim when it is a text with something in it. */
export function text(claims: Claims | undefined, name: string): string | null {
  const value = claims?.[name];
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

/** An id, whether a number or a text. Throws when there is none: then nobody can be told apart. */
export function requiredId(claims: Claims | undefined, name: string): string {
  const value = claims?.[name];
  const id = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : text(claims, name);
  if (id === null || id.length > 255) throw new Error(`the profile has no usable ${name}`);
  return id;
}

/** First and last name as one; null when both are missing. */
export function joined(...parts: (string | null)[]): string | null {
  return parts.filter((part) => part !== null).join(" ") || null;
}

/** The JSON object in a text that came from outside; undefined for anything else. */
export function jsonObject(json: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}

/** An object of the profile; empty when it is none. */
export function inner(claims: Claims, name: string): Claims {
  const value = claims[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Claims) : {};
}

/**
 * The profile that an OpenID provider's own claims tell. E-mail and proof come out of this one document.
 */
export function profileOf(
  issuer: string,
  claims: Claims | undefined,
  emailProven: (claims: Claims) => boolean,
): Profile {
  return {
    issuer: text(claims, "iss") ?? issuer,
    subject: requiredId(claims, "sub"),
    email: text(claims, "email"),
    emailProven: claims !== undefined && text(claims, "email") !== null && emailProven(claims),
    name: text(claims, "name") ?? joined(text(claims, "given_name"), text(claims, "family_name")),
  };
}
