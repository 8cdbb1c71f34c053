/** The OpenID Connect engine: one account opens every portal. The protocol itself is in engine/. */
import type { Clock } from "../platform/clock.ts";
import type { Store } from "../platform/store/store.ts";
import * as rows from "./rows.ts";

export {
  createKeyRing,
  type KeyRing,
  type KeyTools,
  type Rotation,
  rotateKeys,
  tendKeys,
} from "./keys/keys.ts";

const BATCH = 1_000;

/** Removes codes, tokens and ways that have run out, in small transactions. */
export async function purgeTokens(tools: { clock: Clock; store: Store }): Promise<void> {
  const now = tools.clock.now();
  let gone: number;
  do {
    gone = await tools.store.transact((write) => rows.purgeTokens(write, now, BATCH));
  } while (gone === BATCH);
}
