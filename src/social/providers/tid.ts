import { joined, type Preset, requiredId, text } from "./preset.ts";

/**
 * Т‑ID (developer.tbank.ru/products/scenarios/TID): OAuth 2, the token by Basic, the profile by a form that
 * names client and secret once more. People may untick what they give, so everything but `sub` can be
 * missing.
 */
export const tid: Preset = {
  id: "tid",
  issuer: "https://id.tbank.ru",
  addresses: { authorize: "https://id.tbank.ru/auth/authorize", token: "https://id.tbank.ru/auth/token" },
  scope: "profile",
  authentication: "basic",
  async read({ issuer, accessToken, connected, ask }) {
    const profile = await ask("https://id.tbank.ru/userinfo/userinfo", {
      headers: { authorization: `Bearer ${accessToken}` },
      form: { client_id: connected.clientId, client_secret: connected.secret },
    });
    return {
      issuer,
      subject: requiredId(profile, "sub"),
      email: text(profile, "email"),
      emailProven: false,
      name: text(profile, "name") ?? joined(text(profile, "given_name"), text(profile, "family_name")),
    };
  },
};
