import assert from "node:assert/strict";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { mmdb, somePlaces } from "../../../test/mmdb.ts";
import { addressWithPlace, openPlaces } from "./places.ts";

const folder = mkdtempSync(join(tmpdir(), "propusk-places-"));
after(() => rmSync(folder, { recursive: true }));
const placesFile = join(folder, "city.mmdb");
const told: object[] = [];
const log = { warn: (fields: object) => void told.push(fields) };
const opened = (file: Buffer | string) => {
  writeFileSync(placesFile, file);
  return openPlaces({ settings: { placesFile }, log });
};

test("a look finds city, else region, and country in the page's language, else in English", async () => {
  const places = await opened(mmdb(somePlaces));
  const of = (address: string) => [places.placeOf(address, "ru"), places.placeOf(address, "en")];
  assert.deepEqual(of("93.184.216.34"), ["Казань, Россия", "Kazan, Russia"]);
  assert.deepEqual(of("81.2.69.160"), ["Англия, Великобритания", "England, United Kingdom"]);
  assert.deepEqual(of("89.160.20.112"), ["Sweden", "Sweden"]);
  assert.deepEqual(of("2a02:6b8:0:1::feed:ff"), ["Москва, Россия", "Moscow, Russia"]);
  const [odd = ""] = of("216.160.83.56");
  assert.match(odd, /^Miltonx{54}$/, "control characters and length are cut");
  const shown = addressWithPlace(places, "93.184.216.34", "ru");
  assert.equal(shown, "93.184.216.34 · примерно Казань, Россия");
  places.close();
});

test("one's own networks, unknown addresses and what is none are nowhere", async () => {
  const places = await opened(mmdb(somePlaces));
  for (const address of [
    "10.1.2.3",
    "127.0.0.1",
    "::1",
    "fe80::1",
    "fd00::1",
    "8.8.8.8",
    "2001:db8::1",
    "",
    "—",
  ]) {
    assert.equal(places.placeOf(address, "ru"), undefined, address);
    assert.equal(addressWithPlace(places, address, "ru"), address);
  }
  places.close();
});

test("without a file nobody is anywhere; a wrong file is refused with its name and the reason", async () => {
  const none = await openPlaces({ settings: { placesFile: undefined }, log });
  assert.equal(none.placeOf("93.184.216.34", "ru"), undefined);
  const whole = mmdb(somePlaces);
  for (const [file, reason] of [
    ["nonsense", /^SettingRefused: PLACES_FILE is no whole MaxMind DB file: .*city\.mmdb$/],
    [whole.subarray(0, whole.length / 2), /is no whole MaxMind DB file/],
    [mmdb({ "93.184.216.0/24": { autonomous_system_number: 7 } }, "GeoLite2-ASN"), /not GeoLite2-ASN/],
  ] as const) {
    await assert.rejects(opened(Buffer.from(file)), reason);
  }
  rmSync(placesFile);
  await assert.rejects(openPlaces({ settings: { placesFile }, log }), /PLACES_FILE cannot be read/);
});

test("a replaced file is taken up, and a broken one is told and leaves the old one", async () => {
  const places = await opened(mmdb(somePlaces));
  const replace = (file: Buffer) => {
    writeFileSync(join(folder, "next"), file);
    renameSync(join(folder, "next"), placesFile);
    return places.refresh();
  };
  await places.refresh();
  await replace(Buffer.from("half a file"));
  assert.deepEqual(told, [{ event: "places_file", reason: "is no whole MaxMind DB file" }]);
  assert.equal(places.placeOf("93.184.216.34", "en"), "Kazan, Russia");
  await replace(mmdb({ "93.184.216.0/24": { country: { names: { en: "Elsewhere" } } } }));
  assert.equal(places.placeOf("93.184.216.34", "en"), "Elsewhere");
  places.close();
});
