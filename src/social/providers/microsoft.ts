import { type Claims, type Preset, profileOf, text } from "./preset.ts";

/**
 * Microsoft (learn.microsoft.com/entra/identity-platform). Every tenant is an issuer of its own: the metadata
 * of `common` and `organizations` hold a template, which openid-client fills in with the token's `tid` before
 * it compares. `email` is what an administrator there wrote; the optional claim `xms_edov`, a boolean, says
 * that the domain's owner was verified.
 */
export const microsoft: Preset = {
  id: "microsoft",
  issuer: "https://login.microsoftonline.com/common/v2.0",
  scope: "openid email profile",
  authentication: "discovered",
  read({ issuer, claims, connected }) {
    assertTenant(claims, connected.issuer);
    return profileOf(issuer, claims, (of) => of.xms_edov === true);
  },
};

/** The tenant that all personal accounts belong to. */
const PERSONAL = "9188040d-6c67-4c5b-b112-36a304b66dad";
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What stands in for the template has to be a tenant, and one that was meant. */
function assertTenant(claims: Claims | undefined, issuer: string | undefined): void {
  const tenant = text(claims, "tid") ?? "";
  if (!ID.test(tenant)) throw new Error("the token names no tenant");
  const forWork = issuer?.includes("/organizations/") === true;
  if (forWork && tenant === PERSONAL) throw new Error("a personal account where work accounts are asked for");
}
