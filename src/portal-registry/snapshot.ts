/** The portals in memory: every request asks for one, and they change a few times a year. */
import type { Store } from "../platform/store/store.ts";
import { type Portal, type PortalSettings, readPortal } from "./portal.ts";
import * as rows from "./rows.ts";

export interface Portals {
  /** One that is in use; undefined for any other id. */
  portal(id: string): Portal | undefined;
  /** The installation itself. */
  defaultPortal(): Portal;
  /** All that are in use, the default one first, then by name. */
  all(): readonly Portal[];
  /** Grows with every change that was read: for what is made of portals and kept. */
  version(): number;
  /** Reads again what has changed since; after that everything committed before the call is seen. */
  refresh(): Promise<void>;
  /** Looks for changes of others from now on, until `close`. A database that is away changes nothing. */
  watch(): void;
  close(): void;
}

/** How long a change made by another instance or the terminal may stay unseen. */
const LOOK_EVERY_MS = 2_000;

export async function openPortals(tools: { store: Store; settings: PortalSettings }): Promise<Portals> {
  let version = -1;
  let list: readonly Portal[] = [];
  let byId = new Map<string, Portal>();
  let looking: NodeJS.Timeout | undefined;
  let reading: Promise<void> = Promise.resolve();

  const read = async () => {
    // The number first: what is changed between the two is read now, and once more next time.
    const number = await rows.changeNumber(tools.store.read);
    if (number === version) return;
    const [first, ...others] = await rows.livePortals(tools.store.read);
    if (!first?.is_default) throw new Error("the default portal has lost its row");
    const byDefault = readPortal(tools.settings, first);
    list = [byDefault, ...others.map((row) => readPortal(tools.settings, row, byDefault))];
    byId = new Map(list.map((portal) => [portal.id, portal]));
    version = number;
  };
  const portals: Portals = {
    portal: (id) => byId.get(id),
    defaultPortal: () => list[0] as Portal,
    all: () => list,
    version: () => version,
    refresh() {
      reading = reading.then(read, read);
      return reading;
    },
    watch() {
      looking ??= setInterval(() => void portals.refresh().catch(() => {}), LOOK_EVERY_MS).unref();
    },
    close() {
      clearInterval(looking);
      looking = undefined;
    },
  };
  await portals.refresh();
  return portals;
}
