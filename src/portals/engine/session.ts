/** Our own session is the sign-in that the protocol library works with; it keeps none of its own. */
import type { IncomingMessage } from "node:http";
import type { KoaContextWithOIDC, default as Provider } from "oidc-provider";
import type { Session as OwnSession } from "../../sessions/sessions.ts";

/** How a person proved who they are, in the words of RFC 8176 and of OpenID Connect Core 2. */
export interface Proven {
  /** `0`: a remembered device, which proves no person; `1`: one factor. */
  acr: "0" | "1";
  amr: string[];
}

export const acrValues = ["1", "0"] as const;

const methods: Record<OwnSession["method"], string[]> = {
  password: ["pwd"],
  mailbox: ["otp"],
  phone: ["otp", "sms"],
  // RFC 8176 has no word for somebody else's sign-in.
  social: ["fed"],
  remembered: ["rba"],
};

export function provenBy(session: Pick<OwnSession, "method">): Proven {
  return { acr: session.method === "remembered" ? "0" : "1", amr: methods[session.method] };
}

/** What the result of a sign-in page says of it. */
export function loginOf(session: OwnSession) {
  const ts = Math.floor(session.authenticated_at / 1_000);
  return { accountId: session.account_id, ts, remember: false, ...provenBy(session) };
}

/**
 * From now on every request of the provider finds the session that `sessionOf` knows for it. The object is
 * new to the library and can never be touched, so it neither saves it nor sets a cookie for it.
 */
export function lendSessions(
  provider: Provider,
  sessionOf: (request: IncomingMessage) => OwnSession | undefined,
): void {
  const Session = provider.Session as unknown as {
    new (): Record<string, unknown>;
    get(ctx: KoaContextWithOIDC): Promise<object>;
  };
  Session.get = async (ctx) => {
    const known = sessionOf(ctx.req);
    const session = new Session();
    if (known) {
      const { accountId, ts, acr, amr } = loginOf(known);
      Object.assign(session, { uid: known.id, accountId, loginTs: ts, acr, amr, authorizations: {} });
    }
    Object.defineProperty(session, "touched", { value: false, writable: false, configurable: false });
    return session;
  };
}
