/** What went wrong with a service, told apart by what people are told about it. */
import { Faulty, OutOfReach, Refused } from "./requests.ts";

export type Fault =
  /** Nothing came within the limit. */
  | "silent"
  /** No connection: the name is not found, nobody listens, the line broke, its certificate does not hold. */
  | "unreachable"
  /** It answered by a fault of its own, or by something that is no answer. */
  | "faulty"
  /** It said no. */
  | "refused"
  /** Its answer does not hold: signature, issuer, audience, times, nonce, subject. */
  | "unproven";

/** openid-client's codes and Node's; whatever names none of them is an answer that does not hold. */
const codes: readonly [fault: Fault, codes: RegExp][] = [
  ["silent", /^(OAUTH_TIMEOUT|OAUTH_ABORT|ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/],
  ["faulty", /^OAUTH_(RESPONSE_IS_NOT_CONFORM|RESPONSE_IS_NOT_JSON|PARSE_ERROR)$/],
  ["refused", /^OAUTH_(RESPONSE_BODY_ERROR|AUTHORIZATION_RESPONSE_ERROR|WWW_AUTHENTICATE_CHALLENGE)$/],
  ["unreachable", /^(E[A-Z_]+|UND_ERR_.*|ERR_TLS.*|ERR_SSL.*|.*CERT.*|UNABLE_TO_.*)$/],
];

/** What the standard lets a provider say when the fault is its own (OAuth 2.0, 4.1.2.1). */
const itsOwn = new Set(["server_error", "temporarily_unavailable"]);

export function faultOf(error: unknown): Fault {
  const chain = causesOf(error);
  const said = chain.map(faultHere).filter((fault) => fault !== undefined);
  // A connection that was given up is both: time tells more.
  return said.includes("silent") ? "silent" : (said[0] ?? "unproven");
}

function faultHere(error: Error): Fault | undefined {
  if (error instanceof OutOfReach) return "silent";
  if (error instanceof Faulty) return "faulty";
  if (error instanceof Refused) return "refused";
  if (error.name === "TimeoutError" || error.name === "AbortError") return "silent";
  const { code, error: theirs } = error as { code?: unknown; error?: unknown };
  if (typeof theirs === "string" && itsOwn.has(theirs)) return "faulty";
  if (typeof code === "string") return codes.find(([, known]) => known.test(code))?.[0];
  return error.message === "fetch failed" || error.message === "terminated" ? "unreachable" : undefined;
}

const DEEPEST = 5;

/** The error and what it came of, outermost first. */
export function causesOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && chain.length < DEEPEST; at = at.cause) chain.push(at);
  return chain;
}
