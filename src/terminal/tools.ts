/** What every command works with, and how it says that it cannot. */
import { createDeliveryBell } from "../delivery/delivery.ts";
import { createHashing } from "../passwords/passwords.ts";
import { systemClock } from "../platform/clock.ts";
import { openSecrets } from "../platform/secrets/secrets.ts";
import { migrate, type OpenStore, openStore } from "../platform/store/open.ts";
import { openPolicies } from "../policies/policies.ts";
import { openPortals } from "../portal-registry/portal-registry.ts";
import { readSettings, type Settings } from "../settings.ts";

/** Asked for in a wrong way: exit 2 with the usage. */
export class UsageMistake extends Error {}

/** Asked for rightly, but not possible: exit 1 with this one line. */
export class Refused extends Error {}

export interface Options {
  login?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  name?: string | undefined;
  role?: string | undefined;
  unconfirmed?: boolean | undefined;
  "password-stdin"?: boolean | undefined;
  json?: boolean | undefined;
  redirect?: string[] | undefined;
  "after-sign-out"?: string[] | undefined;
  "sign-out-call"?: string | undefined;
  home?: string | undefined;
  foreign?: boolean | undefined;
  public?: boolean | undefined;
  "at-once"?: boolean | undefined;
  "dry-run"?: boolean | undefined;
  format?: string | undefined;
  encoding?: string | undefined;
  match?: string | undefined;
  vouch?: boolean | undefined;
  invite?: boolean | undefined;
  language?: string | undefined;
  all?: boolean | undefined;
}

export type TerminalTools = Awaited<ReturnType<typeof toolsFor>>;

/** A terminal has no worker: what it puts into the outbox is sent by the running service. */
async function toolsFor(settings: Settings, store: OpenStore) {
  return {
    clock: systemClock,
    store,
    settings,
    portals: await openPortals({ store, settings }),
    secrets: openSecrets(settings.secretKeys),
    hashing: createHashing({ parallel: settings.hashThreads }),
    policies: await openPolicies({ store, settings }),
    deliveryBell: createDeliveryBell(),
    // Only an SMS can be held back, and the terminal asks for letters.
    alarms: new Map<string, number>(),
    log: {
      warn: () => {},
      error: (fields: { err?: unknown }) => console.error(String(fields.err)),
    },
  };
}

export async function withStore(run: (store: OpenStore, settings: Settings) => Promise<void>): Promise<void> {
  const settings = readSettings(process.env);
  const store = openStore(settings);
  try {
    await run(store, settings);
  } finally {
    await store.close();
  }
}

export function withTools(run: (tools: TerminalTools) => Promise<void>): Promise<void> {
  return withStore(async (store, settings) => {
    await migrate(store);
    await run(await toolsFor(settings, store));
  });
}
