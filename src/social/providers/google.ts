import { type Claims, type Preset, profileOf, text } from "./preset.ts";

/**
 * Google (developers.google.com/identity/openid-connect). `email_verified` says for a mailbox elsewhere only
 * that it was proven once; Google runs those of gmail.com and of the domains that it names in `hd`.
 */
export const google: Preset = {
  id: "google",
  issuer: "https://accounts.google.com",
  scope: "openid email profile",
  authentication: "discovered",
  read: ({ issuer, claims }) => profileOf(issuer, claims, runsTheMailbox),
};

function runsTheMailbox(claims: Claims): boolean {
  const own = text(claims, "hd") !== null || text(claims, "email")?.toLowerCase().endsWith("@gmail.com");
  return claims.email_verified === true && own === true;
}
