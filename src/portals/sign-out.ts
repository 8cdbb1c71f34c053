/** A portal asks for its person's sign-out (OpenID Connect RP-Initiated Logout 1.0). */
import type { KoaContextWithOIDC } from "oidc-provider";
import type { Session } from "../sessions/sessions.ts";

/** What the portal asked for, as the library has checked it. */
export interface SignOutWish {
  /** The portal's id, if it said who it is. */
  portal: string | undefined;
  /** A registered address, with the portal's `state`; else our own page. */
  goTo: string;
  /** The portal showed an ID token of the very person who is signed in, so nothing has to be asked. */
  proven: boolean;
}

export const SIGNED_OUT_PAGE = "/sign-in?signed_out";

export function signOutWish({ oidc }: KoaContextWithOIDC, session: Session | undefined): SignOutWish {
  const { params = {}, client, entities } = oidc;
  const { post_logout_redirect_uri: address, state } = params;
  const hint = (entities as { IdTokenHint?: { payload: { sub?: string } } }).IdTokenHint;
  return {
    portal: client?.clientId,
    goTo: typeof address === "string" ? withState(address, state) : SIGNED_OUT_PAGE,
    proven: hint !== undefined && hint.payload.sub === session?.account_id,
  };
}

function withState(address: string, state: unknown): string {
  const url = new URL(address);
  if (typeof state === "string") url.searchParams.set("state", state);
  return url.href;
}
