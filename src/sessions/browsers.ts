/**
 * The browsers that an account was entered from. A known one has limits of its own there, and entering from
 * it is no news to the owner.
 */
import type { Clock } from "../platform/clock.ts";
import { newId } from "../platform/secrets/ids.ts";
import type { Store, Writer } from "../platform/store/store.ts";
import { KNOWN_MS } from "./lifetimes.ts";
import * as rows from "./rows.ts";

export interface KnownBrowser {
  id: string;
  accountId: string;
}

/** Those of the given browsers that are known still; whatever else is asked for is left out. */
export async function stillKnown(
  tools: { clock: Clock; store: Store },
  ids: readonly string[],
): Promise<KnownBrowser[]> {
  const found = await rows.browsersByIds(tools.store.read, ids, tools.clock.now());
  return found.map(({ id, account_id: accountId }) => ({ id, accountId }));
}

/**
 * From now on the browser is known for the account, in the transaction of the sign-in. `fresh`: it was not
 * before, so the account gets a new row.
 */
export async function meetBrowser(
  tools: { clock: Clock },
  write: Writer,
  met: { accountId: string; id: string | null; visitor: { address: string; agent: string } },
): Promise<{ id: string; fresh: boolean }> {
  const { accountId, visitor } = met;
  const now = tools.clock.now();
  const times = { created_at: now, seen_at: now, expires_at: now + KNOWN_MS };
  const row = (id: string) => ({ id, account_id: accountId, ...times, ...visitor });
  if (met.id !== null && (await rows.renewBrowser(write, row(met.id), now)))
    return { id: met.id, fresh: false };
  const id = newId();
  await rows.insertBrowser(write, row(id));
  return { id, fresh: true };
}
