/** People brought along from elsewhere, at the terminal; the console has its own walk. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { personById } from "../../src/accounts/accounts.ts";
import { bitrixDump, bitrixPeople, brokenTable, inWindows1251 } from "../import-files.ts";
import { journey } from "../journey.ts";
import { anna } from "../people.ts";
import { signedIn, signIn } from "../steps.ts";
import { type Ended, propusk, settingsOf } from "../terminal-child.ts";
import { visitor } from "../walker.ts";
import type { World } from "../world.ts";

async function run(
  world: World,
  file: Buffer,
  ...words: string[]
): Promise<Ended & { counts: Record<string, number> }> {
  const path = join(world.service.tools.settings.dataDir, "file");
  writeFileSync(path, file);
  const ended = await propusk(settingsOf(world), ["import", path, ...words]);
  const counts = [...ended.out.matchAll(/^(\w+): (\d+)$/gm)].map(([, name = "", count]) => [
    name,
    Number(count),
  ]);
  return {
    ...ended,
    counts: Object.fromEntries(counts.filter(([, count]) => count !== 0)) as Record<string, number>,
  };
}

function hashOf(world: World, login: string) {
  return world.service.tools.store.read
    .selectFrom("passwords")
    .innerJoin("identifiers", "identifiers.account_id", "passwords.account_id")
    .select("hash")
    .where("identifiers.key", "=", login)
    .executeTakeFirst();
}

async function personCalled(world: World, login: string) {
  const { read } = world.service.tools.store;
  const row = await read
    .selectFrom("identifiers")
    .select("account_id")
    .where("key", "=", login)
    .executeTakeFirst();
  return personById(read, row?.account_id ?? "");
}

journey(
  "M30: a Bitrix portal comes along with everybody's password, and each hash is ours after a sign-in",
  async (world) => {
    const dump = inWindows1251(bitrixDump);
    const dry = await run(world, dump, "--dry-run");
    const counts = { added: 8, number: 2, skipped: 2 };
    assert.deepEqual([dry.code, dry.err, dry.counts], [0, "", counts]);
    assert.equal(await personCalled(world, "oldest"), undefined, "a dry run changes nothing");

    const done = await run(world, dump);
    assert.deepEqual([done.code, done.err, done.counts], [0, "", counts]);
    assert.match((await hashOf(world, "oldest"))?.hash ?? "", /^\{md5:\}\$argon2id\$/);
    assert.match((await hashOf(world, "newest"))?.hash ?? "", /^\$6\$/);
    const stored = await world.service.tools.store.read.selectFrom("passwords").select("hash").execute();
    assert.ok(
      stored.every(({ hash }) => !/[0-9a-f]{32}$/.test(hash)),
      "no MD5 is stored",
    );

    for (const who of bitrixPeople) {
      const wrong = visitor(world);
      await signIn(wrong, { login: who.login, password: `${who.password}!` });
      assert.notEqual(wrong.page.heading, "Моя страница", who.login);
      await signedIn(world, who);
      assert.match(
        (await hashOf(world, who.login))?.hash ?? "",
        /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/,
        who.login,
      );
      await signedIn(world, who);
    }

    const oldest = await personCalled(world, "oldest");
    assert.equal(oldest?.account.name, "Анна О'Хара");
    assert.deepEqual(
      oldest?.contacts.map(({ key, proven }) => [key, proven]),
      [
        ["oldest@romashka.example", false],
        ["+79169998877", false],
      ],
      "the confirmed number goes before the other; nobody vouched",
    );
    assert.equal((await personCalled(world, "gone"))?.account.status, "dismissed");
    assert.equal((await personCalled(world, "locked"))?.account.status, "blocked");
    assert.equal(await personCalled(world, "bot_7"), undefined);
    assert.equal(await hashOf(world, "petrov"), undefined, "whoever signed in elsewhere brings no password");
    const { read } = world.service.tools.store;
    const shared = await read
      .selectFrom("identifiers")
      .selectAll()
      .where("key", "=", "salted@romashka.example")
      .execute();
    assert.deepEqual(
      shared.map(({ sign_in_key }) => sign_in_key),
      [null, null],
      "a shared mailbox names nobody",
    );

    const again = await run(world, dump);
    assert.deepEqual(
      again.counts,
      { unchanged: 8, number: 2, skipped: 2 },
      "the same file again changes nothing",
    );
    const renamed = await run(world, inWindows1251(bitrixDump.replace("'Орлов'", "'Соколов'")), "--vouch");
    assert.deepEqual(renamed.counts, { updated: 1, unchanged: 7, number: 2, skipped: 2 });
    assert.equal((await personCalled(world, "salted"))?.account.name, "Борис Соколов");
    assert.equal(
      await read.selectFrom("import_parts").select("number").executeTakeFirst(),
      undefined,
      "no file stays",
    );
  },
  { hashesAsInstalled: true },
);

journey("M30: broken rows are told one by one, and the others are taken", async (world) => {
  await world.addPerson(anna);
  const told = await run(world, brokenTable, "--dry-run");
  assert.equal(told.code, 0);
  assert.deepEqual(told.counts, { added: 4, refused: 4 });
  const lines = told.err.trim().split("\n");
  for (const [index, line] of [
    /^line 3: Без Почты: The e-mail is not valid$/,
    /^line 5: .*A quotation mark is opened and never closed$/,
    /^line 6: @Формула: The login cannot be used/,
    /^line 7: Алла Ещё: This person stood higher up in the file already$/,
  ].entries()) {
    assert.match(lines[index] ?? "", line);
  }
  assert.equal(lines.length, 4);
  const done = await run(world, brokenTable);
  assert.deepEqual(done.counts, told.counts);
  assert.equal(
    (await personCalled(world, "boss"))?.account.role,
    "owner",
    "the terminal may do what an owner may",
  );
  assert.ok((await personCalled(world, "alla"))?.contacts.some(({ key }) => key === "+79162223344"));
  assert.equal((await personCalled(world, "yan"))?.contacts.length, 1);
});

journey(
  "contract: propusk import says with its exit code and one line what it did not do",
  async (world) => {
    for (const [file, line] of [
      [Buffer.from("PK\x03\x04", "latin1"), /Excel workbook/],
      [Buffer.alloc(0), /empty/],
      [Buffer.from("Имя;Отдел\nАнна;Сбыт\n"), /no column is a login or an e-mail/],
    ] as const) {
      const ended = await run(world, file);
      assert.deepEqual([ended.code, ended.out], [1, ""]);
      assert.match(ended.err, line);
      assert.equal(ended.err.trim().split("\n").length, 1, ended.err);
    }
    const absent = await propusk(settingsOf(world), ["import", "/nowhere/people.csv"]);
    assert.deepEqual([absent.code, absent.err.trim()], [1, "/nowhere/people.csv: there is no such file"]);
    assert.equal((await propusk(settingsOf(world), ["import"])).code, 2);
    assert.equal((await propusk(settingsOf(world), ["import", "x", "--format", "xls"])).code, 2);
    assert.equal((await propusk(settingsOf(world), ["import", "x", "--language", "de"])).code, 2);
    const left = await world.service.tools.store.read.selectFrom("imports").select("state").execute();
    assert.ok(left.every(({ state }) => state === "failed" || state === "cancelled"));
  },
  { embeddedOnly: true },
);
