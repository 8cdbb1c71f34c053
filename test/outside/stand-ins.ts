/**
 * Stand-ins for services that speak plain OAuth 2, each written from the service's own documentation
 * (README.md here). A request that the documentation would refuse is refused.
 */
import type { PeerAnswer, PeerRequest } from "../http-peer.ts";

export interface StandIn {
  /** Answers requests of the token and profile addresses. */
  answer(request: PeerRequest): PeerAnswer;
  /** What comes back beside code and state. */
  readonly answerParameters?: Readonly<Record<string, string>>;
}

/** The client that every stand-in knows, and the only code and token. */
export const known = { clientId: "propusk", secret: "shared", code: "a-code", token: "a-token" };

/** yandex.ru/dev/id/doc: token by form, profile by the scheme `OAuth`. */
export const yandex: StandIn = {
  answer: routed({
    "/token": (request) =>
      granted(request) && request.fields.client_secret === known.secret
        ? json({ access_token: known.token, token_type: "bearer", expires_in: 31_536_000 })
        : denied("invalid_grant"),
    "/info": ({ headers, fields }) =>
      headers.authorization === `OAuth ${known.token}` && fields.format === "json"
        ? json({ id: "1000034426", login: "anna", default_email: "anna@romashka.example", real_name: "Анна" })
        : { status: 401 },
  }),
};

/**
 * id.vk.com/about/business/go/docs: `device_id` goes round, the ID token is unusable, the profile is a form.
 */
export const vk: StandIn = {
  answerParameters: { device_id: "a-device", type: "code_v2", expires_in: "600" },
  answer: routed({
    "/oauth2/auth": (request) =>
      granted(request) && request.fields.device_id === "a-device" && request.fields.state
        ? json({
            access_token: known.token,
            refresh_token: "r",
            id_token: "no.jwt",
            user_id: 7,
            expires_in: 3_600,
          })
        : denied("invalid_request"),
    "/oauth2/user_info": ({ method, fields }) =>
      method === "POST" && fields.access_token === known.token && fields.client_id === known.clientId
        ? json({
            user: {
              user_id: "1234567",
              first_name: "Анна",
              last_name: "Петрова",
              email: "anna@romashka.example",
            },
          })
        : denied("invalid_token"),
  }),
};

/** docs.github.com: JSON only when asked for, refusals with status 200, mailboxes in a list of their own. */
export const github: StandIn = {
  answer: routed({
    "/login/oauth/access_token": (request) => {
      if (!request.headers.accept?.includes("application/json"))
        return { status: 200, body: "access_token=x" };
      return granted(request) && request.fields.client_secret === known.secret
        ? json({ access_token: known.token, token_type: "bearer", scope: "read:user,user:email" })
        : json({ error: "bad_verification_code" });
    },
    "/user": ({ headers }) =>
      bears(headers) && headers["user-agent"]
        ? json({ id: 583231, login: "octocat", name: null })
        : { status: 403 },
    "/user/emails": ({ headers }) =>
      bears(headers)
        ? json([
            { email: "old@example.org", verified: true, primary: false },
            { email: "anna@romashka.example", verified: true, primary: true },
          ])
        : { status: 401 },
  }),
};

/** developer.tbank.ru: token by Basic, profile by a form that names client and secret. */
export const tid: StandIn = {
  answer: routed({
    "/auth/token": (request) => {
      const basic = Buffer.from(`${known.clientId}:${known.secret}`).toString("base64");
      const named = request.headers.authorization === `Basic ${basic}`;
      return named && request.fields.code === known.code
        ? json({ access_token: known.token, token_type: "Bearer", expires_in: 1_800 })
        : denied("invalid_client");
    },
    "/userinfo/userinfo": ({ headers, fields }) =>
      bears(headers) && fields.client_id === known.clientId && fields.client_secret === known.secret
        ? json({ sub: "7a1f0c", name: "Анна Петрова" })
        : { status: 401 },
  }),
};

/** developers.sber.ru: numbers of requests, an ID token that only GOST could check. */
export const sber: StandIn = {
  answer: routed({
    "/ru/prod/tokens/v2/oidc": (request) =>
      granted(request) &&
      request.fields.scope === "openid name email" &&
      /^[0-9A-F]{32}$/.test(String(request.headers.rquid))
        ? json({ access_token: known.token, token_type: "Bearer", expires_in: 60, id_token: gostToken })
        : denied("invalid_request"),
    "/ru/prod/sberbankid/v2.1/userinfo": ({ headers }) =>
      bears(headers) && /^[0-9A-F]{32}$/.test(String(headers["x-introspect-rquid"]))
        ? json({
            sub: "sber-anna",
            aud: known.clientId,
            given_name: "Анна",
            family_name: "Петрова",
            email: "anna@romashka.example",
          })
        : { status: 401 },
  }),
};

const gostToken = `${Buffer.from('{"alg":"gost34-10.2012"}').toString("base64url")}.e30.AA`;

function routed(places: Record<string, (request: PeerRequest) => PeerAnswer>): StandIn["answer"] {
  return (request) => places[request.path.split("?")[0] ?? ""]?.(request) ?? { status: 404 };
}

/** The one code, with a verifier, for our client. */
function granted({ method, fields }: PeerRequest): boolean {
  return (
    method === "POST" &&
    fields.grant_type === "authorization_code" &&
    fields.code === known.code &&
    fields.client_id === known.clientId &&
    (fields.code_verifier?.length ?? 0) >= 43 &&
    fields.redirect_uri?.includes("/social/") === true
  );
}

function bears(headers: PeerRequest["headers"]): boolean {
  return headers.authorization === `Bearer ${known.token}`;
}

function json(value: unknown): PeerAnswer {
  return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}

function denied(error: string): PeerAnswer {
  return { status: 400, headers: { "content-type": "application/json" }, body: JSON.stringify({ error }) };
}
