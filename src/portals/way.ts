/** A portal's request on its way through our pages (the library's interaction). */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { InteractionResults } from "oidc-provider";
import type { Engine } from "./engine/engine.ts";
import { scopes } from "./engine/people.ts";
import type { PromptName } from "./engine/policy.ts";

export interface Way {
  /** The portal's id. */
  readonly client: string;
  /** What has to be asked for. */
  readonly prompt: PromptName;
  readonly reasons: readonly string[];
  /** When it was first asked for: an older proof does not do. */
  readonly startedAt: number;
  readonly loginHint: string | undefined;
  readonly maxAge: number | undefined;
  readonly scopes: readonly string[];
  /** Notes what the person did; where the browser goes on. */
  finish(result: InteractionResults): Promise<string>;
}

/** Undefined when it is over, or belongs to another browser: its cookie has to come along. */
export async function wayOf(
  engine: Engine,
  exchange: { incoming: IncomingMessage; outgoing: ServerResponse },
): Promise<Way | undefined> {
  const provider = await engine.provider();
  const { SessionNotFound } = await engine.errors();
  const found = await provider.interactionDetails(exchange.incoming, exchange.outgoing).catch((error) => {
    if (error instanceof SessionNotFound) return undefined;
    throw error;
  });
  if (!found) return undefined;
  const { params, prompt } = found;
  const { details } = prompt;
  const asked = typeof params.scope === "string" ? params.scope.split(" ") : [];
  return {
    client: String(params.client_id),
    prompt: prompt.name as PromptName,
    reasons: prompt.reasons,
    startedAt: Number(details.startedAt ?? 0),
    loginHint: typeof details.login_hint === "string" ? details.login_hint.slice(0, 320) : undefined,
    maxAge: params.max_age === undefined ? undefined : Number(params.max_age),
    scopes: scopes.filter((scope) => asked.includes(scope)),
    async finish(result) {
      found.result = { ...found.lastSubmission, ...result };
      await found.persist();
      return found.returnTo;
    },
  };
}
