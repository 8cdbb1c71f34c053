/** The operator's commands, as processes of their own beside the running service. */
import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { journey } from "../journey.ts";
import { anna, newPassword } from "../people.ts";
import { choosePassword, lastLetter, signedIn } from "../steps.ts";
import { type Ended, propusk, settingsOf } from "../terminal-child.ts";
import { visitor } from "../walker.ts";
import type { World } from "../world.ts";

const add = ["person", "add", "--login", "anna", "--email", anna.email, "--password-stdin"];

function done(ended: Ended): string {
  assert.deepEqual({ code: ended.code, err: ended.err }, { code: 0, err: "" });
  return ended.out.trim();
}

/** Refused with one clear line that a person can act on. */
function refused(ended: Ended, line: RegExp): void {
  assert.equal(ended.code, 1, ended.err);
  assert.equal(ended.out, "");
  assert.match(ended.err.trimEnd(), line);
  assert.equal(ended.err.trimEnd().split("\n").length, 1, ended.err);
}

function terminal(world: World): (words: string[], input?: string) => Promise<Ended> {
  return (words, input) => propusk(settingsOf(world), words, input);
}

journey(
  "contract: person add takes the password from stdin, prints the id, and the person can come in",
  async (world) => {
    const run = terminal(world);
    const id = done(
      await run([...add, "--name", "Анна Петрова", "--phone", "8 916 123-45-67"], `${anna.password}\n`),
    );
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    const person = await signedIn(world, { login: "+7 916 123 45 67", password: anna.password });
    assert.match(person.page.text, /Анна Петрова/);

    const list = done(await run(["person", "list"])).split("\n");
    assert.equal(list.length, 1);
    assert.deepEqual(list[0]?.split("\t"), [id, "anna", "Анна Петрова", anna.email, "person", "active"]);
    const [row] = done(await run(["person", "list", "--json"])).split("\n");
    assert.equal((JSON.parse(row ?? "") as { id: string }).id, id);
    for (const who of ["anna", "ANNA", anna.email, "+79161234567", id]) {
      const shown = JSON.parse(done(await run(["person", "show", who, "--json"]))) as Record<string, unknown>;
      assert.equal(shown.id, id, who);
      assert.equal(shown.phone, "+79161234567");
      assert.ok(!("hash" in shown) && !JSON.stringify(shown).includes("argon2"));
    }
  },
);

journey(
  "contract: what cannot be done is refused with one line and exit 1, and nothing is changed",
  async (world) => {
    const run = terminal(world);
    done(await run(add, anna.password));
    refused(await run(add, anna.password), /--login|--email/);
    const other = [
      "person",
      "add",
      "--login",
      "olga",
      "--email",
      "olga@romashka.example",
      "--password-stdin",
    ];
    refused(await run(other, "короткий"), /^password: Too short: 12/);
    refused(await run(other, ""), /^password: nothing came on stdin/);
    refused(await run(other, "я".repeat(300)), /^password: Too long/);
    refused(
      await run(
        ["person", "add", "--login", "o l", "--email", "o@example.org", "--password-stdin"],
        newPassword,
      ),
      /--login/,
    );
    refused(
      await run(["person", "add", "--login", "olga", "--email", "olga", "--password-stdin"], newPassword),
      /--email/,
    );
    refused(await run(["person", "show", "nobody"]), /^nobody is called nobody$/);
    refused(await run(["person", "recover", "nobody"]), /^nobody is called nobody$/);
    assert.equal(done(await run(["person", "list"])).split("\n").length, 1);
  },
);

journey(
  "contract: what is asked for in a wrong way ends with 2 and the usage",
  async (world) => {
    const run = terminal(world);
    const wrong = [
      [],
      ["persons"],
      ["person"],
      ["person", "show"],
      ["person", "show", "anna", "ivan"],
      ["person", "list", "--login", "anna"],
      ["person", "add", "--login", "anna", "--email", anna.email],
      ["person", "add", "--login", "anna", "--email", anna.email, "--password", "x"],
      ["person", "add", "--login", "anna", "--email", anna.email, "--password-stdin", "--role", "god"],
      ["seed", "--force"],
    ];
    for (const words of wrong) {
      const ended = await run(words);
      assert.equal(ended.code, 2, words.join(" "));
      assert.match(ended.err, /usage:/, words.join(" "));
      assert.equal(ended.out, "");
    }
  },
  { embeddedOnly: true },
);

journey(
  "contract: person recover starts a recovery whose letter the running service sends",
  async (world) => {
    const run = terminal(world);
    done(await run(add, anna.password));
    const said = done(await run(["person", "recover", "anna"]));
    const number = /^request No\. (\d{3}): the running service sends the letter$/.exec(said)?.[1];
    assert.ok(number, said);
    const letter = await lastLetter(world, anna.email);
    assert.match(letter.subject, new RegExp(`№ ${number}`));
    assert.ok(!said.includes("http"), "the terminal sees no link");
    const person = visitor(world);
    await person.visit(letter.link);
    await choosePassword(person, newPassword);
    assert.equal(person.page.heading, "Пароль был успешно изменен");

    const shown = done(await run(["person", "show", "anna"]));
    assert.match(shown, /recovery -> anna@romashka\.example: sent/);
    assert.match(shown, /password-changed -> anna@romashka\.example/);
    refused(
      await run(["person", "recover", "anna"]),
      /^too many letters lately; the next one is possible at \d{4}-/,
    );
  },
);

journey("contract: setup-link prints a link until there is an owner, then says what helps", async (world) => {
  const run = terminal(world);
  const link = done(await run(["setup-link"]));
  assert.ok(link.startsWith(`${world.url}/setup?key=`), link);
  const person = visitor(world);
  await person.visit(link);
  person.fill("Имя", "Борис Орлов");
  person.fill("Логин", "boris");
  person.fill("E-mail", "boris@romashka.example");
  person.fill("Пароль", newPassword);
  person.fill("Подтверждение пароля", newPassword);
  await person.press("Создать администратора");
  assert.equal(person.page.heading, "Администратор создан");
  refused(await run(["setup-link"]), /^an owner exists already; .* propusk person recover WHO$/);
});

journey(
  "contract: seed adds the demo people once, and refuses where others could reach them",
  async (world) => {
    const run = terminal(world);
    const said = done(await run(["seed"]));
    const [, login = "", password = ""] = /^added (\S+) <\S+> password: (.*)$/m.exec(said) ?? [];
    await signedIn(world, { login, password });
    const again = done(await run(["seed"]));
    assert.ok(
      again.split("\n").every((line) => line.startsWith("kept ")),
      again,
    );
    const open = { ...settingsOf(world), PUBLIC_URL: "https://id.romashka.example" };
    refused(
      await propusk(open, ["seed"]),
      /^the demo people have known passwords: only for a loopback trial$/,
    );
  },
);

journey(
  "contract: migrate says that nothing is to be done; audit verify finds the record whole, or broken",
  async (world) => {
    const run = terminal(world);
    assert.equal(done(await run(["migrate"])), "nothing to do");
    done(await run(add, anna.password));
    await signedIn(world, anna);
    const events = /^whole: (\d+) events$/.exec(done(await run(["audit", "verify"])))?.[1];
    assert.ok(Number(events) >= 2);

    const { store } = world.service.tools;
    const set = (actor: string) =>
      store.transact((write) =>
        write.updateTable("audit_events").set({ actor }).where("seq", "=", 2).execute(),
      );
    const before = await store.read
      .selectFrom("audit_events")
      .select("actor")
      .where("seq", "=", 2)
      .executeTakeFirst();
    await set("somebody else");
    refused(await run(["audit", "verify"]), /^the record is broken at event 2: /);
    await set(before?.actor ?? "");
    done(await run(["audit", "verify"]));
  },
);

journey(
  "contract: settings shows what is in force and where it comes from, secrets masked",
  async (world) => {
    const { dataDir } = world.service.tools.settings;
    const file = join(dataDir, "smtp-url");
    writeFileSync(file, "smtp://anna:hunter2-hunter2@mail.example:587\n");
    const { SMTP_URL: _, ...own } = settingsOf(world);
    const settings: Record<string, string> = {
      ...own,
      SMTP_URL_FILE: file,
      RECOVERY_STYLE: "control-string",
    };
    for (const words of [["settings"], ["settings", "--json"]]) {
      const said = done(await propusk(settings, words));
      assert.ok(!said.includes("hunter2") && !said.includes(settings.SECRET_KEY ?? "?"), said);
      assert.ok(!said.includes("postgres:"), said);
      assert.match(said, /SMTP_URL_FILE/);
      assert.match(said, /control-string/);
      assert.match(said, /RECOVERY_LINK_LIFETIME[\s\S]{0,40}60m/);
    }
    refused(
      await propusk({ ...settings, RECOVERY_LINK_LIFETIME: "1s" }, ["settings"]),
      /^RECOVERY_LINK_LIFETIME must be a duration from 5m to 24h/,
    );
  },
  { embeddedOnly: true },
);

journey(
  "contract: a database that is not there is one line and exit 1",
  async (world) => {
    const gone = { ...settingsOf(world), DATABASE_URL: "postgres://nobody@localhost/none?host=/nonexistent" };
    const ended = await propusk(gone, ["person", "list"]);
    assert.equal(ended.code, 1);
    assert.equal(ended.err.trim().split("\n").length, 1, ended.err);
    assert.ok(!/\bat .*:\d+/.test(ended.err));
  },
  { embeddedOnly: true },
);

journey(
  "ST2: the key that an embedded installation makes for itself is its owner's alone, and stays",
  async (world) => {
    const { dataDir } = world.service.tools.settings;
    const settings = { DATA_DIR: join(dataDir, "fresh") };
    done(await propusk(settings, ["migrate"]));
    const file = join(settings.DATA_DIR, "secret.key");
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const key = readFileSync(file, "utf8");
    assert.match(key, /^[\w-]{43}\n$/);
    done(await propusk(settings, ["migrate"]));
    assert.equal(readFileSync(file, "utf8"), key);
  },
  { embeddedOnly: true },
);
