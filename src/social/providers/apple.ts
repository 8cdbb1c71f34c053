import { sign } from "node:crypto";
import type { ClientAuth } from "openid-client";
import type { Clock } from "../../platform/clock.ts";
import type { ConnectedService } from "../../social-settings.ts";
import { type Preset, profileOf } from "./preset.ts";

/**
 * Apple (developer.apple.com/documentation/signinwithapplerestapi): answers by a form, names the person only
 * the first time and only there, and wants a secret that is signed anew. An e-mail may be a relay of Apple's.
 */
export const apple: Preset = {
  id: "apple",
  issuer: "https://appleid.apple.com",
  scope: "openid name email",
  authentication: signedSecret,
  postsBack: true,
  leave: () => ({ response_mode: "form_post" }),
  read: ({ issuer, claims }) => profileOf(issuer, claims, (of) => of.email_verified === true),
};

/** Apple takes up to six months; five minutes need no calendar. */
const SECRET_SECONDS = 300;

function signedSecret({ clientId, signer }: ConnectedService, clock: Clock): ClientAuth {
  return (server, _client, body) => {
    if (!signer) throw new Error("Apple is connected without a key");
    body.set("client_id", clientId);
    const now = Math.floor(clock.now() / 1_000);
    const claims = {
      iss: signer.teamId,
      iat: now,
      exp: now + SECRET_SECONDS,
      aud: server.issuer,
      sub: clientId,
    };
    const text = [{ alg: "ES256", kid: signer.keyId }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    const signature = sign("sha256", Buffer.from(text), { key: signer.key, dsaEncoding: "ieee-p1363" });
    body.set("client_secret", `${text}.${signature.toString("base64url")}`);
  };
}
