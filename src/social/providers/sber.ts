import { randomBytes } from "node:crypto";
import { joined, type Preset, requiredId, text } from "./preset.ts";

const SCOPE = "openid name email";

/**
 * Сбер ID (developers.sber.ru/docs/ru/sberid): token and profile over mutual TLS, each request with a number
 * of its own. The ID token is signed by GOST R 34.10, which nothing here can check, so it is left aside and
 * the profile is asked for directly.
 */
export const sber: Preset = {
  id: "sber",
  issuer: "https://id.sber.ru",
  addresses: {
    authorize: "https://id.sber.ru/CSAFront/oidc/authorize.do",
    token: "https://oauth.sber.ru/ru/prod/tokens/v2/oidc",
  },
  scope: SCOPE,
  authentication: "body",
  // Private customers, not companies.
  leave: () => ({ nonce: requestNumber(), client_type: "PRIVATE" }),
  exchange: () => ({ scope: SCOPE }),
  headers: () => ({ rquid: requestNumber(), "x-introspect-rquid": requestNumber() }),
  mend: ({ id_token: _unusable, ...token }) => token,
  async read({ issuer, accessToken, connected, ask }) {
    const profile = await ask("https://oauth.sber.ru/ru/prod/sberbankid/v2.1/userinfo", {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    // The one thing that says for whom it was made, since the ID token is not read.
    if (profile.aud !== undefined && profile.aud !== connected.clientId)
      throw new Error("the profile was made for another client");
    return {
      issuer,
      subject: requiredId(profile, "sub"),
      email: text(profile, "email"),
      emailProven: false,
      name: joined(text(profile, "given_name"), text(profile, "family_name")),
    };
  },
};

/** 32 hexadecimal digits. */
function requestNumber(): string {
  return randomBytes(16).toString("hex").toUpperCase();
}
