import type { Clock } from "../platform/clock.ts";
import { hashSecret, randomSecret } from "../platform/secrets/secrets.ts";
import type { Writer } from "../platform/store/store.ts";
import * as rows from "./rows.ts";
import type { Session } from "./sessions.ts";

/** How old the proof behind a sensitive change may be (OWASP ASVS 7.5.1; five minutes as GitHub's mobile). */
const RECENT_MS = 5 * 60_000;

export type Method = Session["method"];

/** A session that a remembered device revived proves the device, not the person. */
const strength: Record<Method, number> = { remembered: 0, mailbox: 1, phone: 1, social: 1, password: 2 };

/**
 * Whether the person behind the session proved it within five minutes, in a way as strong as the strongest
 * that the account has.
 */
export function recentlyProven(
  session: Pick<Session, "method" | "authenticated_at">,
  strongest: Method,
  now: number,
): boolean {
  const recent = now - session.authenticated_at <= RECENT_MS;
  return recent && session.method !== "remembered" && strength[session.method] >= strength[strongest];
}

/**
 * The person has just proved it again: the session goes on under a new token, and the one before is dead
 * (OWASP ASVS 7.2.4). Undefined when the session ended meanwhile.
 */
export async function renewSession(
  tools: { clock: Clock },
  write: Writer,
  sessionId: string,
  method: Method,
): Promise<string | undefined> {
  const token = randomSecret();
  const renewed = await rows.renewSession(write, sessionId, {
    token_hash: hashSecret(token),
    method,
    authenticated_at: tools.clock.now(),
  });
  return renewed ? token : undefined;
}
