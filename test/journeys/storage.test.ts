/** What lies in the database and in the logs opens nothing. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { systemClock } from "../../src/platform/clock.ts";
import { type ServiceProcess, startServiceProcess } from "../faults/service-process.ts";
import { everythingStored, journey } from "../journey.ts";
import { type ReceivedMail, startMailSink } from "../mail-sink.ts";
import { anna, ivan, newPassword, otherPassword } from "../people.ts";
import { ask, choosePassword, lastLetter, signedIn, signIn } from "../steps.ts";
import { propusk } from "../terminal-child.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { Letter, World } from "../world.ts";

/** Whatever opens something: keys of links, strings and every cookie that names or carries a state. */
function bearerSecrets(people: readonly Visitor[], letters: readonly Letter[]): string[] {
  const cookies = people.flatMap((person) => [...person.cookies.values()].map(({ value }) => value));
  const mailed = letters.flatMap(({ link }) => [...new URL(link).searchParams.values()]);
  const secrets = [...cookies, ...mailed, ...mailed.map((text) => text.replaceAll("-", ""))];
  return secrets.filter((secret) => secret.length >= 20);
}

function filesOf(world: World): string {
  const { dataDir, databaseUrl } = world.service.tools.settings;
  if (databaseUrl !== undefined) return "";
  return readdirSync(dataDir)
    .filter((name) => name.startsWith("propusk.db"))
    .map((name) => readFileSync(join(dataDir, name)).toString("latin1"))
    .join("\n");
}

async function holdsNone(world: World, secrets: readonly string[]): Promise<void> {
  const stored = (await everythingStored(world)) + filesOf(world);
  assert.ok(stored.includes("anna"), "the look is at the right place");
  for (const secret of secrets) {
    assert.ok(!stored.includes(secret), `stored in clear: ${secret}`);
    assert.ok(!stored.includes(Buffer.from(secret).toString("latin1")), `stored in clear: ${secret}`);
    assert.ok(!stored.includes(Buffer.from(secret).toString("base64url")), `stored as base64: ${secret}`);
  }
}

journey(
  "ST2: no password, link, code, cookie or key lies in the database, before use and after",
  async (world) => {
    await world.addPerson(anna);
    const waiting = visitor(world);
    await ask(waiting, anna.email);
    const letter = await lastLetter(world, anna.email);
    const remembered = await signedIn(world, anna, { remember: true });
    const secrets = () => [
      ...bearerSecrets([waiting, remembered], [letter]),
      anna.password,
      newPassword,
      ...world.service.tools.settings.secretKeys.flatMap((key) => [
        key.toString("base64url"),
        key.toString("hex"),
      ]),
    ];
    assert.ok(secrets().length >= 8);
    await holdsNone(world, secrets());
    const loose = new RegExp(`(?<![0-9A-Za-z])${letter.code}(?![0-9A-Za-z])`);
    assert.doesNotMatch(await everythingStored(world), loose);

    waiting.fill("Код из письма", letter.code);
    await waiting.press("Продолжить с кодом");
    await choosePassword(waiting, newPassword);
    await signIn(waiting, { ...anna, password: newPassword });
    await holdsNone(world, secrets());
    assert.doesNotMatch(await everythingStored(world), loose);
  },
);

journey(
  "ST2: a control string is not stored either, and a sent letter leaves no data behind",
  async (world) => {
    await world.addPerson(anna);
    const person = visitor(world);
    await person.visit("/recovery");
    person.fill("Логин или e-mail", "anna");
    await person.press("Выслать контрольную строку");
    const letter = await lastLetter(world, anna.email);
    await holdsNone(world, bearerSecrets([person], [letter]));
    const { read } = world.service.tools.store;
    const { state, data } = await read.selectFrom("messages").selectAll().executeTakeFirstOrThrow();
    assert.deepEqual({ state, data }, { state: "sent", data: "{}" });
  },
  { settings: { RECOVERY_STYLE: "control-string" } },
);

journey(
  "ST2: what was typed wrong, now and then a password in the wrong field, is not kept",
  async (world) => {
    await world.addPerson(anna);
    const person = visitor(world);
    await signIn(person, { login: otherPassword, password: "что-нибудь другое" });
    await ask(person, otherPassword);
    await signIn(person, { login: "anna", password: otherPassword });
    await holdsNone(world, [otherPassword, "что-нибудь другое"]);
  },
);

journey(
  "ST1: passwords are argon2id at the OWASP floor, each with its own salt",
  async (world) => {
    await world.addPerson(anna);
    await world.addPerson({ ...ivan, password: anna.password });
    const { read } = world.service.tools.store;
    const rows = await read.selectFrom("passwords").select("hash").execute();
    assert.equal(rows.length, 2);
    for (const { hash } of rows)
      assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22,}\$[\w+/]{43}$/);
    assert.notEqual(rows[0]?.hash, rows[1]?.hash);
  },
  { hashesAsInstalled: true },
);

journey("ST2: the embedded database and its key are for their owner's eyes", async (world) => {
  const { dataDir, databaseUrl } = world.service.tools.settings;
  if (databaseUrl !== undefined) return;
  for (const name of readdirSync(dataDir)) {
    assert.equal(statSync(join(dataDir, name)).mode & 0o007, 0, name);
  }
});

test("ST3, ST4: the log at its most talkative tells no secret, each line one JSON object", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "propusk-logs-"));
  const mail = await startMailSink();
  let service: ServiceProcess | undefined;
  const settings = { DATA_DIR: dataDir, SMTP_URL: mail.url, LOG_LEVEL: "trace", PORT: "0" };
  try {
    const added = await propusk(
      settings,
      [
        "person",
        "add",
        "--login",
        "anna",
        "--email",
        anna.email,
        "--phone",
        "+79161234567",
        "--password-stdin",
      ],
      anna.password,
    );
    assert.equal(added.code, 0, added.err);
    service = await startServiceProcess(settings);
    const person = visitor(
      { url: service.origin, clock: systemClock },
      {
        headers: { "User-Agent": 'evil {"event":"forged"}' },
      },
    );
    await signIn(person, { login: "+7 916 123-45-67", password: otherPassword });
    await signIn(person, anna, { remember: true });
    await person.press("Выйти");
    await ask(person, anna.email);
    const letter = await firstLetter(() => mail.to(anna.email));
    const link = new URL(/https?:\/\/\S+\/recovery\/link\?key=\S+/.exec(letter.parsed.text ?? "")?.[0] ?? "");
    const code = /(?<!\d)\d{6}(?!\d)/.exec(letter.parsed.text ?? "")?.[0] ?? "";
    person.fill("Код из письма", code);
    await person.press("Продолжить с кодом");
    await person.visit(`${link.pathname}${link.search}`);
    await choosePassword(person, "короткий");
    await choosePassword(person, newPassword);
    await signIn(person, { ...anna, password: newPassword });
    await person.raw("/%0d%0a%7b%22event%22:%22forged%22%7d");
    await person.raw("/%1b[31m");
    await person.raw("/sign-in", {
      method: "POST",
      headers: { Origin: service.origin },
      body: "password=a&password=b",
    });
    assert.equal((await service.stop()).code, 0);

    const said = service.said();
    assert.match(said, /"event":"request"/);
    const secrets = [
      ...[...person.cookies.values()].map(({ value }) => value),
      ...person.answers.flatMap((answer) => (answer.headers["set-cookie"] ?? []).map(cookieValue)),
      link.searchParams.get("key") ?? "",
      anna.password,
      newPassword,
      otherPassword,
      "79161234567",
      "916 123-45-67",
    ];
    for (const secret of secrets.filter((each) => each.length > 8)) {
      assert.ok(
        !said.includes(secret) && !said.includes(encodeURIComponent(secret)),
        `in the log: ${secret}`,
      );
    }
    assert.doesNotMatch(said, new RegExp(`(?<![0-9A-Za-z.-])${code}(?![0-9A-Za-z-])`));
    assert.ok(!said.includes("\u001b"));
    for (const line of said.trim().split("\n")) {
      if (/^(Propusk:|Trial inbox|Create the first)/.test(line)) continue;
      const entry = JSON.parse(line) as { event?: string };
      assert.notEqual(entry.event, "forged");
    }
  } finally {
    await service?.kill();
    await mail.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

async function firstLetter(look: () => readonly ReceivedMail[]): Promise<ReceivedMail> {
  for (let turn = 0; turn < 500; turn += 1) {
    const [letter] = look();
    if (letter) return letter;
    await pause(20);
  }
  throw new Error("no letter came within ten seconds");
}

function cookieValue(line: string): string {
  return line.slice(line.indexOf("=") + 1).split(";")[0] ?? "";
}
