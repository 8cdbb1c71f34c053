import { type Preset, profileOf } from "./preset.ts";

/**
 * Microsoft (learn.microsoft.com/entra/identity-platform). Every tenant is an issuer of its own. `email` is
 * what an administrator there wrote; the optional claim `xms_edov` says that the domain's owner was verified.
 */
export const microsoft: Preset = {
  id: "microsoft",
  issuer: "https://login.microsoftonline.com/common/v2.0",
  scope: "openid email profile",
  authentication: "discovered",
  read: ({ issuer, claims }) => profileOf(issuer, claims, (of) => of.xms_edov === true),
};
