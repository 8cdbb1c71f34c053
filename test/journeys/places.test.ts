/** A rough place beside an address, wherever a person or staff read one; from a file on this machine. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { journey } from "../journey.ts";
import { mmdb, somePlaces } from "../mmdb.ts";
import { anna } from "../people.ts";
import { ask, lastLetter, signedIn } from "../steps.ts";
import { visitor } from "../walker.ts";

const folder = mkdtempSync(join(tmpdir(), "propusk-places-"));
const PLACES_FILE = join(folder, "city.mmdb");
writeFileSync(PLACES_FILE, mmdb(somePlaces));
after(() => rmSync(folder, { recursive: true }));

const olga = {
  login: "olga",
  name: "Ольга Орлова",
  role: "owner",
  password: "тихая лодка под звёздами",
} as const;
const kazan = "93.184.216.34";
const shown = `${kazan} · примерно Казань, Россия`;

journey(
  "SE5: devices, history, letters of a new device and of recovery, and the card say about where it was",
  async (world) => {
    const id = await world.addPerson(anna);
    await world.addPerson(olga);
    await signedIn(world, anna, { address: "10.20.30.40" });
    const person = await signedIn(world, anna, { address: kazan });
    const letter = await lastLetter(world, anna.email);
    assert.match(letter.subject, /^Вход с нового устройства/);
    assert.ok(letter.text.includes(shown), letter.text);

    await person.visit("/me/sessions");
    assert.ok(person.page.text.includes(shown));
    assert.match(person.page.text, /Адрес в сети: 10\.20\.30\.40(?! ·)/);
    await person.visit("/me/history");
    assert.ok(person.page.text.includes(shown));
    await person.visit("/me/sessions?lang=en");
    assert.ok(person.page.text.includes(`${kazan} · about Kazan, Russia`));

    const asking = visitor(world, { address: "2a02:6b8::7" });
    await ask(asking, anna.email);
    const recovery = await lastLetter(world, anna.email);
    assert.ok(recovery.text.includes("2a02:6b8::7 · примерно Москва, Россия"), recovery.text);

    const staff = await signedIn(world, olga, { address: "89.160.20.112" });
    for (const part of ["sessions", "history"]) {
      await staff.visit(`/admin/users/${id}/${part}`);
      assert.ok(staff.page.text.includes(shown), part);
    }
    await staff.visit("/admin/audit");
    assert.ok(staff.page.text.includes("89.160.20.112 · примерно Sweden"));
  },
  { settings: { TRUSTED_PROXY_HOPS: "1", PLACES_FILE } },
);
