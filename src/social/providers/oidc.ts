import { type Preset, profileOf, text } from "./preset.ts";

/**
 * Any OpenID provider (OpenID Connect Core 1.0): Keycloak, ADFS, Blitz, a gateway to ЕСИА. Providers may tell
 * the e-mail in the ID token or only when asked; wherever it stands, there its proof has to stand, too.
 */
export const oidc: Preset = {
  id: "oidc",
  issuer: "",
  scope: "openid email profile",
  authentication: "discovered",
  async read({ issuer, claims, connected, userinfo }) {
    const told = text(claims, "email") === null ? await userinfo() : claims;
    const profile = profileOf(issuer, told, (of) => connected.trustEmail && of.email_verified === true);
    // Userinfo names no issuer.
    return { ...profile, issuer: text(claims, "iss") ?? issuer };
  },
};
