/**
 * The policies of all groups, kept in memory: what holds for an account is reckoned from its row alone, so
 * that a sign-in or a session costs no look more than without groups.
 */
import type { Reader, Store } from "../platform/store/store.ts";
import type { Settings } from "../settings.ts";
import { isPossible, type ParameterName, type PolicyValues, parameterNames, presets } from "./parameters.ts";
import * as rows from "./rows.ts";

/** «Все», which everybody belongs to; its row is made by the migration. */
export const EVERYONE = "00000000-0000-0000-0000-000000000000";

export interface Group {
  id: string;
  name: string;
  description: string;
  /** What it sets itself; of «Все» every parameter. */
  values: Partial<PolicyValues>;
  /** How many of all accounts belong to it, from 0 to 1. */
  share: number;
}

export interface Book {
  version: number;
  groups: ReadonlyMap<string, Group>;
  everyone: PolicyValues;
}

export interface Policies {
  /** What held at the last look; at most a poll old, and never older than this instance's own changes. */
  readonly book: Book;
  /** Looks now. After every change of groups, before it is answered. */
  refresh(): Promise<void>;
  /** Looks every two seconds whether another instance changed something. */
  poll(): void;
  stop(): void;
}

const POLL_MS = 2_000;

/** Reads the policies in force. The installation's settings are what «Все» says until it says otherwise. */
export async function openPolicies(tools: {
  store: Store;
  settings: Pick<Settings, "recoveryLinkLifetimeMs">;
}): Promise<Policies> {
  const { store, settings } = tools;
  let book = await readBook(store.read, settings);
  let timer: NodeJS.Timeout | undefined;
  const refresh = async () => {
    const read = await readBook(store.read, settings);
    if (read.version >= book.version) book = read;
  };
  const look = async () => {
    try {
      if ((await rows.version(store.read)) !== book.version) await refresh();
    } catch {
      // The database does not answer, and says so to everybody else: what held goes on holding.
    }
  };
  return {
    get book() {
      return book;
    },
    refresh,
    poll() {
      timer = setInterval(() => void look(), POLL_MS).unref();
    },
    stop() {
      clearInterval(timer);
    },
  };
}

async function readBook(read: Reader, settings: Pick<Settings, "recoveryLinkLifetimeMs">): Promise<Book> {
  // The version first: what changes between the two looks is read again at the next poll.
  const version = await rows.version(read);
  const kept = await rows.allGroups(read);
  const all = kept.length > 1 ? await rows.countAccounts(read) : 0;
  const groups = new Map<string, Group>();
  for (const { id, name, description, parameters, members } of kept) {
    const values = readValues(parameters);
    groups.set(id, { id, name, description, values, share: all === 0 ? 0 : Number(members) / all });
  }
  const everyone: PolicyValues = {
    ...presets.standard,
    linkMinutes: Math.round(settings.recoveryLinkLifetimeMs / 60_000),
    ...groups.get(EVERYONE)?.values,
  };
  return { version, groups, everyone };
}

/** What is stored, less what a newer or older release may have meant by it. */
export function readValues(json: string): Partial<PolicyValues> {
  const kept = JSON.parse(json) as Record<string, unknown>;
  const pairs = parameterNames.flatMap((name): [ParameterName, number][] => {
    const value = kept[name];
    return typeof value === "number" && isPossible(name, value) ? [[name, value]] : [];
  });
  return Object.fromEntries(pairs);
}
