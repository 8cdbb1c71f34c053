import type { AdapterPayload } from "oidc-provider";
import type { Portal } from "../../portal-registry/portal-registry.ts";

/** The library wants something in the place of the secret, of which only a hash is kept; see `secretFits`. */
const KEPT_AS_A_HASH = "kept as a hash";

/** The portal as the library reads a client; undefined for the installation itself, which is none. */
export function clientMetadata(portal: Portal | undefined): AdapterPayload | undefined {
  if (!portal || portal.client.redirectUris.length === 0) return undefined;
  const { client } = portal;
  const isPublic = client.authMethod === "none";
  return {
    client_id: portal.id,
    client_name: portal.name,
    token_endpoint_auth_method: client.authMethod,
    ...(!isPublic && { client_secret: KEPT_AS_A_HASH }),
    // Only programs on a person's own machine keep no secret and may take any port of loopback (RFC 8252).
    application_type: isPublic && client.redirectUris.every(isThisMachine) ? "native" : "web",
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    redirect_uris: [...client.redirectUris],
    post_logout_redirect_uris: [...client.postLogoutRedirectUris],
    require_auth_time: true,
    ...(client.backchannelLogoutUri !== null && {
      backchannel_logout_uri: client.backchannelLogoutUri,
      backchannel_logout_session_required: true,
    }),
  };
}

function isThisMachine(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
}
