/** Settings that can be pasted as they stand into what people connect most often. */
import type { Portal } from "../../../portal-registry/portal-registry.ts";

export interface ClientSettings {
  /** A name of its own, alike in every language; undefined: any client. */
  name: string | undefined;
  /** Where it takes the code, as far as that is fixed by the product. */
  redirect: string | undefined;
  text: string;
}

interface Given {
  issuer: string;
  id: string;
  secret: string;
  name: string;
  post: boolean;
  redirect: string;
  home: string;
}

/** For each product, with `secret` standing where the secret goes. */
export function clientSettings(portal: Portal, issuer: string, secret: string): ClientSettings[] {
  const [redirect = ""] = portal.client.redirectUris;
  const given: Given = {
    issuer,
    id: portal.id,
    secret,
    // Names stand within quotes of many languages.
    name: portal.name.replace(/["'\\`$<>]/g, ""),
    post: portal.client.authMethod === "client_secret_post",
    redirect,
    home: redirect === "" ? "https://portal.example" : new URL(redirect).origin,
  };
  return products.map(({ name, redirect: expected, write }) => ({
    name,
    redirect: expected,
    text: write(given),
  }));
}

const products: readonly {
  name: string | undefined;
  redirect: string | undefined;
  write(given: Given): string;
}[] = [
  { name: undefined, redirect: undefined, write: generic },
  { name: "Apache, mod_auth_openidc", redirect: "OIDCRedirectURI", write: apache },
  { name: "Nextcloud, user_oidc", redirect: "/apps/user_oidc/code", write: nextcloud },
  { name: "GitLab", redirect: "/users/auth/openid_connect/callback", write: gitlab },
  { name: "Grafana", redirect: "/login/generic_oauth", write: grafana },
  { name: "Keycloak", redirect: "/realms/REALM/broker/propusk/endpoint", write: keycloak },
  { name: "oauth2-proxy", redirect: "/oauth2/callback", write: oauth2Proxy },
  {
    name: "WordPress, OpenID Connect Generic",
    redirect: "/wp-admin/admin-ajax.php?action=openid-connect-authorize",
    write: wordpress,
  },
];

function generic({ issuer, id, secret, post, redirect }: Given): string {
  return [
    `issuer                  ${issuer}`,
    `discovery               ${issuer}/.well-known/openid-configuration`,
    `client_id               ${id}`,
    `client_secret           ${secret}`,
    `authentication          ${post ? "client_secret_post" : "client_secret_basic"}`,
    `redirect_uri            ${redirect}`,
    "flow                    authorization code, PKCE S256",
    "scope                   openid profile email",
    `authorization_endpoint  ${issuer}/oidc/auth`,
    `token_endpoint          ${issuer}/oidc/token`,
    `userinfo_endpoint       ${issuer}/oidc/userinfo`,
    `jwks_uri                ${issuer}/oidc/jwks`,
    `end_session_endpoint    ${issuer}/oidc/sign-out`,
  ].join("\n");
}

function apache({ issuer, id, secret, post, redirect }: Given): string {
  return `OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${id}
OIDCClientSecret "${secret}"
OIDCProviderTokenEndpointAuth ${post ? "client_secret_post" : "client_secret_basic"}
OIDCResponseType code
OIDCPKCEMethod S256
OIDCScope "openid profile email"
OIDCRedirectURI ${redirect}
OIDCCryptoPassphrase "exec:/usr/bin/openssl rand -base64 32"
OIDCRemoteUserClaim preferred_username

<Location />
  AuthType openid-connect
  Require valid-user
</Location>`;
}

function nextcloud({ issuer, id, secret }: Given): string {
  return `# PKCE is on by itself since user_oidc 6.1; before that, in config.php:
# 'user_oidc' => ['use_pkce' => true]
# Address for news of sign-outs: /apps/user_oidc/backchannel-logout/propusk
occ user_oidc:provider propusk \\
  --clientid="${id}" \\
  --clientsecret="${secret}" \\
  --discoveryuri="${issuer}/.well-known/openid-configuration" \\
  --scope="openid profile email" \\
  --mapping-uid="sub" --mapping-display-name="name" --mapping-email="email"`;
}

function gitlab({ issuer, id, secret, name, post, home }: Given): string {
  return `gitlab_rails['omniauth_providers'] = [{
  name: "openid_connect", label: "${name}",
  args: {
    name: "openid_connect", scope: ["openid", "profile", "email"], response_type: "code",
    issuer: "${issuer}", discovery: true, pkce: true, uid_field: "sub",
    client_auth_method: "${post ? "query" : "basic"}",
    client_options: {
      identifier: "${id}", secret: "${secret}",
      redirect_uri: "${home}/users/auth/openid_connect/callback"
    }
  }
}]`;
}

function grafana({ issuer, id, secret, name }: Given): string {
  return `[auth.generic_oauth]
enabled = true
name = ${name}
client_id = ${id}
client_secret = ${secret}
scopes = openid profile email
auth_url = ${issuer}/oidc/auth
token_url = ${issuer}/oidc/token
api_url = ${issuer}/oidc/userinfo
signout_redirect_url = ${issuer}/oidc/sign-out
use_pkce = true
use_refresh_token = false
login_attribute_path = preferred_username
name_attribute_path = name
email_attribute_path = email`;
}

function keycloak({ issuer, id, secret, name, post }: Given): string {
  return JSON.stringify(
    {
      alias: "propusk",
      displayName: name,
      providerId: "oidc",
      enabled: true,
      config: {
        issuer,
        authorizationUrl: `${issuer}/oidc/auth`,
        tokenUrl: `${issuer}/oidc/token`,
        userInfoUrl: `${issuer}/oidc/userinfo`,
        logoutUrl: `${issuer}/oidc/sign-out`,
        jwksUrl: `${issuer}/oidc/jwks`,
        useJwksUrl: "true",
        validateSignature: "true",
        clientId: id,
        clientSecret: secret,
        clientAuthMethod: post ? "client_secret_post" : "client_secret_basic",
        defaultScope: "openid profile email",
        pkceEnabled: "true",
        pkceMethod: "S256",
        backchannelSupported: "true",
        syncMode: "FORCE",
      },
    },
    null,
    2,
  );
}

function oauth2Proxy({ issuer, id, secret, name, home }: Given): string {
  return `provider = "oidc"
provider_display_name = "${name}"
oidc_issuer_url = "${issuer}"
client_id = "${id}"
client_secret = "${secret}"
redirect_url = "${home}/oauth2/callback"
code_challenge_method = "S256"
scope = "openid profile email groups"
email_domains = ["*"]
cookie_secret = ""  # openssl rand -base64 32 | tr -- '+/' '-_'
cookie_refresh = "5m"
backend_logout_url = "${issuer}/oidc/sign-out?id_token_hint={id_token}"`;
}

/** The plugin sends the secret in the body, and knows PKCE by an addition alone (its issues 208 and 421). */
function wordpress({ issuer, id, secret }: Given): string {
  return `// wp-config.php. PKCE: install the plugin openid-connect-generic-pkce-addon (BeAPI) as well.
// How the portal proves itself: client_secret_post.
define( 'OIDC_CLIENT_ID', '${id}' );
define( 'OIDC_CLIENT_SECRET', '${secret}' );
define( 'OIDC_CLIENT_SCOPE', 'openid profile email' );
define( 'OIDC_ENDPOINT_LOGIN_URL', '${issuer}/oidc/auth' );
define( 'OIDC_ENDPOINT_TOKEN_URL', '${issuer}/oidc/token' );
define( 'OIDC_ENDPOINT_USERINFO_URL', '${issuer}/oidc/userinfo' );
define( 'OIDC_ENDPOINT_LOGOUT_URL', '${issuer}/oidc/sign-out' );`;
}
