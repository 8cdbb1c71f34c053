/**
 * Where about an address is, from a database on this machine (`PLACES_FILE`, the MaxMind DB format). For eyes
 * only: nothing is decided by it, nothing of it is stored, and nobody outside is asked.
 */
import { readFile, stat } from "node:fs/promises";
import { BlockList, isIP } from "node:net";
import type { CityResponse, Reader } from "maxmind";
import { SettingRefused, type Settings } from "../../settings.ts";
import type { Language } from "../language/language.ts";
import { words } from "./words.ts";

export interface Places {
  /** City, else region, and country in this language; undefined for what the database does not know. */
  placeOf(address: string, language: Language): string | undefined;
  /** Looks whether the file was replaced and reads it then; one that cannot be used leaves the old one. */
  refresh(): Promise<void>;
  close(): void;
}

/** What is told of a file that cannot be used. */
interface Log {
  warn(fields: object): void;
}

/** GeoLite2-City has 65 MB; the whole file stands in memory. */
const MOST_BYTES = 256 * 1024 * 1024;
const LOOK_AGAIN_MS = 60_000;
/** As much as a page could stand. */
const LONGEST_NAME = 60;

const nowhere: Places = { placeOf: () => undefined, refresh: async () => {}, close: () => {} };

/**
 * Opens the database of the settings; without one nobody is anywhere. Throws `SettingRefused` when it cannot
 * be used. From then on the file is looked at every minute.
 */
export async function openPlaces(tools: {
  settings: Pick<Settings, "placesFile">;
  log: Log;
}): Promise<Places> {
  const path = tools.settings.placesFile;
  if (path === undefined) return nowhere;
  const kept = await open(path).catch((error: unknown) => {
    throw new SettingRefused(`PLACES_FILE ${reasonOf(error)}: ${path}`);
  });

  async function refresh(): Promise<void> {
    try {
      if ((await versionOf(path ?? "")) === kept.version) return;
      Object.assign(kept, await open(path ?? ""));
    } catch (error) {
      tools.log.warn({ event: "places_file", reason: reasonOf(error) });
    }
  }
  const inner = innerNetworks();
  const looking = setInterval(() => void refresh(), LOOK_AGAIN_MS).unref();
  return {
    placeOf(address, language) {
      const version = isIP(address);
      if (version === 0 || inner.check(address, version === 4 ? "ipv4" : "ipv6")) return undefined;
      return look(kept.reader, address, language);
    },
    refresh,
    close: () => clearInterval(looking),
  };
}

/**
 * The address as pages and letters show it, with the place behind it where one is known: «93.184.216.34 ·
 * примерно Казань, Россия».
 */
export function addressWithPlace(
  places: Pick<Places, "placeOf">,
  address: string,
  language: Language,
): string {
  const place = places.placeOf(address, language);
  return place === undefined ? address : `${address} · ${words[language].roughly(place)}`;
}

interface Kept {
  reader: Reader<CityResponse>;
  /** Names this very state of the file. */
  version: string;
}

class Unusable extends Error {
  override readonly name = "Unusable";
}

async function open(path: string): Promise<Kept> {
  const version = await versionOf(path);
  const { Reader } = await import("maxmind");
  const file = await readFile(path);
  let reader: Reader<CityResponse>;
  try {
    reader = new Reader<CityResponse>(file, { cache: nothing });
    reader.get("192.0.2.1");
  } catch {
    throw new Unusable("is no whole MaxMind DB file");
  }
  const { databaseType } = reader.metadata;
  if (!/city|country/i.test(databaseType)) {
    throw new Unusable(`has to be a database of cities or countries, not ${plain(databaseType)}`);
  }
  return { reader, version };
}

/** A page shows a handful of addresses, and a look costs microseconds: nothing is kept of it. */
const nothing = { get: () => undefined, set: () => {} };

async function versionOf(path: string): Promise<string> {
  const { size, mtimeMs, ino } = await stat(path);
  if (size > MOST_BYTES) throw new Unusable(`is larger than ${MOST_BYTES / 1_048_576} MiB`);
  return `${ino} ${size} ${mtimeMs}`;
}

/** Networks that are nowhere: one's own, the machine's, a provider's inside (RFC 1918, 4193, 4291, 6598). */
function innerNetworks(): BlockList {
  const inner = new BlockList();
  inner.addSubnet("0.0.0.0", 8);
  inner.addSubnet("10.0.0.0", 8);
  inner.addSubnet("100.64.0.0", 10);
  inner.addSubnet("127.0.0.0", 8);
  inner.addSubnet("169.254.0.0", 16);
  inner.addSubnet("172.16.0.0", 12);
  inner.addSubnet("192.168.0.0", 16);
  inner.addSubnet("::", 127, "ipv6");
  inner.addSubnet("fc00::", 7, "ipv6");
  inner.addSubnet("fe80::", 10, "ipv6");
  return inner;
}

function look(reader: Reader<CityResponse>, address: string, language: Language): string | undefined {
  // A file of IPv4 alone would throw.
  if (isIP(address) === 6 && reader.metadata.ipVersion === 4) return undefined;
  let found: CityResponse | null;
  try {
    found = reader.get(address);
  } catch {
    return undefined;
  }
  const narrow = nameOf(found?.city, language) ?? nameOf(found?.subdivisions?.[0], language);
  const country = nameOf(found?.country, language);
  const told = [narrow, narrow === country ? undefined : country].filter((name) => name !== undefined);
  return told.length > 0 ? told.join(", ") : undefined;
}

/** In this language, else in English; nothing in the file is what it should be until looked at. */
function nameOf(record: unknown, language: Language): string | undefined {
  const names = (record as { names?: Record<string, unknown> } | undefined)?.names;
  const name = names?.[language] ?? names?.en;
  return typeof name === "string" && plain(name) !== "" ? plain(name) : undefined;
}

function plain(name: string): string {
  return name
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .trim()
    .slice(0, LONGEST_NAME);
}

function reasonOf(error: unknown): string {
  return error instanceof Unusable ? error.message : "cannot be read";
}
