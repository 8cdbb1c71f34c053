/** What a recovery link is worth: once, for its time, to whoever holds it, and to nobody who only looks. */
import assert from "node:assert/strict";
import { block, journey } from "../journey.ts";
import { anna, ivan, newPassword, otherPassword } from "../people.ts";
import { ask, choosePassword, isSignedIn, lastLetter, letterFor, signedIn, signIn } from "../steps.ts";
import { send, visitor } from "../walker.ts";

journey("RL1: no way through the pages sets a password without the delivered secret", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world);
  await ask(person, anna.email);
  await lastLetter(world, anna.email);
  const form = { "Content-Type": "application/x-www-form-urlencoded" };
  const token =
    person.page.formOf("Продолжить с кодом").fields.find(([name]) => name === "form_token")?.[1] ?? "";
  const choice = { form_token: token, password: newPassword, confirmation: newPassword };
  const tries = [
    choice,
    { ...choice, key: "", secret: "", account: anna.email },
    { ...choice, login: "anna", control_string: "" },
    { ...choice, login: "anna", control_string: "0".repeat(24) },
  ];
  for (const fields of tries) {
    for (const address of ["/recovery/password", "/recovery/string"]) {
      const answer = await person.raw(address, {
        method: "POST",
        headers: form,
        body: new URLSearchParams(fields).toString(),
      });
      assert.ok(answer.status === 410 || answer.status === 422, `${address}: ${answer.status}`);
    }
  }
  for (const key of ["", "x", "A".repeat(43), `${"A".repeat(42)}'`, "А".repeat(43)]) {
    await person.visit(`/recovery/link?key=${encodeURIComponent(key)}`);
    assert.equal(person.page.status, 410);
    assert.match(person.page.text, /Ссылка скопирована не целиком или очень старая/);
  }
  await signedIn(world, anna);
});

journey("RL2: links are built from PUBLIC_URL, whatever the request says about its host", async (world) => {
  await world.addPerson(anna);
  const headers = {
    Host: "evil.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    Forwarded: "host=evil.example;proto=https",
    "X-Original-URL": "//evil.example",
  };
  const person = visitor(world, { headers });
  await ask(person, anna.email);
  const letter = await lastLetter(world, anna.email);
  assert.ok(!letter.mail.raw.includes("evil.example"));
  assert.ok(letter.link.startsWith(`${world.url}/recovery/link?key=`), letter.link);
  for (const answer of person.answers) {
    assert.ok(!answer.body.includes("evil.example"), answer.path);
    assert.ok(!(answer.headers.location ?? "").includes("evil.example"), answer.path);
  }
});

journey(
  "RL3: the letter goes to the stored address, never to a look-alike that was typed",
  async (world) => {
    await world.addPerson({ ...anna, email: "mike@example.org" });
    const typed = [
      "mıke@example.org",
      "MİKE@example.org",
      "mike@ｅxample.org",
      "mike@example.org,evil@evil.example",
      "mike@example.org evil@evil.example",
      "mike@example.org\r\nBcc: evil@evil.example",
      "<mike@example.org>",
      '"mike@example.org"@evil.example',
      "mike@example.org@evil.example",
      "mike%example.org@evil.example",
    ];
    for (const [index, text] of typed.entries()) {
      const person = visitor(world, { address: `203.0.113.${index + 1}` });
      await ask(person, text);
      assert.ok([200, 422].includes(person.page.status), `${text}: ${person.page.status}`);
    }
    world.clock.forward({ hours: 2 });
    await ask(visitor(world, { address: "203.0.113.99" }), "MIKE@EXAMPLE.ORG");
    await lastLetter(world, "mike@example.org");
    for (const mail of world.mail.received) assert.deepEqual(mail.envelope.to, ["mike@example.org"]);
  },
  { settings: { TRUSTED_PROXY_HOPS: "1" } },
);

journey("RL6, decision 2: GET, HEAD and OPTIONS never spend a link", async (world) => {
  await world.addPerson(anna);
  const letter = await letterFor(world, anna.email);
  for (let round = 0; round < 3; round += 1) {
    for (const method of ["GET", "HEAD", "OPTIONS"]) {
      const scanner = visitor(world, { headers: { "User-Agent": "MailScanner/1.0" } });
      const opened = await scanner.raw(letter.link, { method });
      if (opened.headers.location) await scanner.raw(opened.headers.location, { method });
      await scanner.raw("/recovery/password?password=x&confirmation=x", { method });
    }
  }
  const person = visitor(world);
  await person.visit(letter.link);
  await choosePassword(person, newPassword);
  assert.equal(person.page.heading, "Пароль был успешно изменен");
});

journey("RL7, M5: a refused password keeps the link, says so and keeps what was typed", async (world) => {
  await world.addPerson(anna);
  const letter = await letterFor(world, anna.email);
  const person = visitor(world);
  await person.visit(letter.link);
  const refused = [
    ["короткий", /^Слишком короткий: нужно 12 символов/],
    ["я".repeat(257), /^Слишком длинный: поместится 256 символов/],
    ["qwertyuiop123", /утечках и словарях/],
    ["Анна Петрова", /Пароль нельзя составлять из имени/],
  ] as const;
  for (const [password, problem] of refused) {
    await choosePassword(person, password);
    assert.equal(person.page.status, 422);
    assert.match(person.page.problem("Новый пароль"), problem);
    assert.match(person.page.text, /Ссылка по-прежнему действует: введите другой пароль/);
    assert.equal(person.page.value("Аккаунт"), anna.email);
  }
  // A stale form of another tab does not spend it either.
  const { body = "", ...form } = person.formFor("Сменить пароль");
  const forged = String(body).replace(/form_token=[^&]*/, "form_token=stale");
  assert.equal((await person.raw(form.address, { ...form, body: forged })).status, 403);
  const elsewhere = visitor(world);
  await elsewhere.visit(letter.link);
  await choosePassword(elsewhere, newPassword);
  assert.equal(elsewhere.page.heading, "Пароль был успешно изменен");
});

journey("RL8: a change by link ends every code, a change by code ends the link", async (world) => {
  await world.addPerson(anna);
  const asking = visitor(world);
  await ask(asking, anna.email);
  const letter = await lastLetter(world, anna.email);
  const person = visitor(world);
  await person.visit(letter.link);
  await choosePassword(person, newPassword);
  assert.equal(person.page.path, "/recovery/done");
  asking.fill("Код из письма", letter.code);
  await asking.press("Продолжить с кодом");
  assert.equal(asking.page.status, 422);
  assert.match(asking.page.problem("Код из письма"), /Код устарел/);

  world.clock.forward({ hours: 1 });
  await ask(asking, anna.email);
  const next = await lastLetter(world, anna.email);
  asking.fill("Код из письма", next.code);
  await asking.press("Продолжить с кодом");
  await choosePassword(asking, otherPassword);
  assert.equal(asking.page.path, "/recovery/done");
  await person.visit(next.link);
  assert.equal(person.page.status, 410);
  assert.match(person.page.text, /После этого письма пароль или данные аккаунта изменились/);
});

journey("RL9: a link works one second before its end and not one second after", async (world) => {
  await world.addPerson(anna);
  world.clock.standStill();
  const asked = world.clock.now();
  const letter = await letterFor(world, anna.email);
  const early = visitor(world);
  world.clock.moveTo(asked + 59 * 60_000 + 59_000);
  await early.visit(letter.link);
  assert.equal(early.page.status, 200);
  world.clock.moveTo(asked + 60 * 60_000 + 1_000);
  await choosePassword(early, newPassword);
  assert.equal(early.page.status, 410);
  const late = visitor(world);
  await late.visit(letter.link);
  assert.equal(late.page.status, 410);
  assert.match(late.page.text, /Ссылка работала 60 минут и больше не действует/);
  await late.press("Отправить новое письмо");
  const fresh = await lastLetter(world, anna.email);
  await late.visit(fresh.link);
  await choosePassword(late, newPassword);
  assert.equal(late.page.heading, "Пароль был успешно изменен");
});

journey(
  "RL10, decision 6: success ends all sessions and remembered devices on every instance",
  async (world) => {
    await world.addPerson(anna);
    await world.addPerson(ivan);
    const two = await world.another();
    const here = await signedIn(world, anna);
    const there = await signedIn(world, anna, { at: two.url, remember: true });
    const neighbour = await signedIn(world, ivan);
    assert.equal(await isSignedIn(there), true);
    const letter = await letterFor(world, anna.email);
    const person = visitor(world, { at: two.url });
    await person.visit(letter.link);
    await choosePassword(person, newPassword);
    assert.equal(person.page.path, "/recovery/done");
    assert.equal(await isSignedIn(here), false);
    assert.equal(await isSignedIn(there), false, "the remembered device revived itself");
    assert.equal(await isSignedIn(neighbour), true);
  },
);

for (const status of ["blocked", "dismissed"] as const) {
  journey(
    `RL12, decision 4: a ${status} account gains nothing, and only its letter says why`,
    async (world) => {
      const id = await world.addPerson(anna);
      const letter = await letterFor(world, anna.email);
      await block(world, id, status);
      const person = visitor(world);
      await person.visit(letter.link);
      assert.equal(person.page.status, 410);
      world.clock.forward({ minutes: 2 });
      await ask(person, anna.email);
      assert.equal(person.page.heading, "Проверьте почту");
      const told = await lastLetter(world, anna.email);
      assert.match(told.subject, /^Вход закрыт — запрос от/);
      assert.match(told.text, /закрыт администратором/);
      assert.ok(!told.text.includes("/recovery/link"), "a closed account gets no link");
      assert.equal(told.code, "");
    },
  );
}

journey("RL13: the key leaves the address at once and reaches no page, referrer or title", async (world) => {
  await world.addPerson(anna);
  const letter = await letterFor(world, anna.email);
  const key = new URL(letter.link).searchParams.get("key") ?? "";
  assert.match(key, /^[A-Za-z0-9_-]{43}$/);
  const person = visitor(world);
  await person.visit(letter.link);
  const [first, ...rest] = person.answers;
  assert.equal(first?.status, 303);
  assert.equal(first?.headers.location, "/recovery/password");
  assert.equal(first?.headers["referrer-policy"], "same-origin");
  await choosePassword(person, "короткий");
  await choosePassword(person, newPassword);
  for (const answer of [first, ...rest, ...person.answers]) {
    assert.ok(answer && !answer.body.includes(key) && !(answer.headers.location ?? "").includes(key));
  }
  for (const { value } of person.cookies.values()) assert.ok(!value.includes(key));
});

journey(
  "RL14, decision 1: a stranger's requests neither kill nor prolong my link",
  async (world) => {
    await world.addPerson(anna);
    world.clock.standStill();
    const asked = world.clock.now();
    const letter = await letterFor(world, anna.email, { address: "198.51.100.1" });
    // Ten times within the hour, in every spelling, as fast as the limits let.
    for (let minute = 0; minute < 10; minute += 1) {
      const stranger = visitor(world, { address: `203.0.113.${minute + 1}` });
      await ask(stranger, ["anna", anna.email, "+79161234567"][minute % 3] ?? "");
      world.clock.forward({ seconds: 59 });
    }
    const person = visitor(world);
    await person.visit(letter.link);
    assert.equal(person.page.status, 200, "repeats within ten minutes send the same link");
    world.clock.moveTo(asked + 60 * 60_000 + 1_000);
    await choosePassword(person, newPassword);
    assert.equal(person.page.status, 410, "no repeat made it live longer");
  },
  { settings: { TRUSTED_PROXY_HOPS: "1" } },
);

journey("RL15: every proven mailbox hears of the change, unproven ones do not", async (world) => {
  const id = await world.addPerson(anna);
  await addMailbox(world, id, "anna.home@example.org", world.clock.now());
  await addMailbox(world, id, "typo@example.org", null);
  const person = visitor(world);
  await person.visit((await letterFor(world, anna.email)).link);
  await choosePassword(person, newPassword);
  for (const mailbox of [anna.email, "anna.home@example.org"]) {
    const notices = (await world.messagesTo(mailbox)).filter((each) =>
      each.subject.startsWith("Пароль изменён"),
    );
    assert.equal(notices.length, 1, mailbox);
    assert.match(notices[0]?.text ?? "", /Устройство[\s\S]*Адрес в сети[\s\S]*Не вы\?/);
    assert.ok(notices[0]?.link.startsWith(`${world.url}/veto/link?key=`));
  }
  assert.equal((await world.messagesTo("typo@example.org")).length, 0);
});

journey(
  "RL5: of parallel redemptions over two instances exactly one wins",
  async (world) => {
    await world.addPerson(anna);
    const two = await world.another();
    for (let round = 0; round < 3; round += 1) {
      const letter = await letterFor(world, anna.email, { address: `198.51.100.${round}` });
      const crowd = await Promise.all(
        Array.from({ length: 32 }, async (_, index) => {
          const person = visitor(world, {
            at: index % 2 === 0 ? world.url : two.url,
            address: `203.0.${round}.${index + 1}`,
          });
          await person.visit(letter.link);
          const password = `${newPassword} ${round} ${index}`;
          person.fill("Новый пароль", password);
          person.fill("Подтверждение нового пароля", password);
          return { person, password };
        }),
      );
      const answers = await Promise.all(crowd.map(({ person }) => person.press("Сменить пароль")));
      const winners = crowd.filter((_, index) => answers[index]?.path === "/recovery/done");
      assert.equal(winners.length, 1);
      // 503: sixteen hashes at once may be more than a busy machine takes; it changes nothing.
      for (const page of answers) {
        assert.ok(page.path === "/recovery/done" || [410, 429, 503].includes(page.status), `${page.status}`);
      }
      const winner = winners[0];
      assert.ok(winner);
      await signedIn(world, { ...anna, password: winner.password }, { address: `198.51.100.${round}` });
      world.clock.forward({ hours: 3 });
    }
  },
  { settings: { TRUSTED_PROXY_HOPS: "1" } },
);

journey(
  "RL5, RL8: link and code of one account at the same moment change the password once",
  async (world) => {
    await world.addPerson(anna);
    const two = await world.another();
    for (let round = 0; round < 4; round += 1) {
      const byCode = visitor(world);
      await ask(byCode, anna.email);
      const letter = (await world.messagesTo(anna.email)).findLast((each) => each.code !== "");
      assert.ok(letter);
      byCode.fill("Код из письма", letter.code);
      await byCode.press("Продолжить с кодом");
      const byLink = visitor(world, { at: two.url });
      await byLink.visit(letter.link);
      await Promise.all([
        choosePassword(byCode, `${newPassword} ${round}`),
        choosePassword(byLink, `${otherPassword} ${round}`),
      ]);
      const done = [byCode, byLink].filter((person) => person.page.path === "/recovery/done");
      assert.equal(done.length, 1, `round ${round}`);
      world.clock.forward({ hours: 2 });
    }
  },
);

journey(
  "R19: the same form sent again by the same browser ends in done, any other use is told",
  async (world) => {
    await world.addPerson(anna);
    const letter = await letterFor(world, anna.email);
    const person = visitor(world);
    await person.visit(letter.link);
    person.fill("Новый пароль", newPassword);
    person.fill("Подтверждение нового пароля", newPassword);
    const form = person.formFor("Сменить пароль");
    const stranger = visitor(world);
    await stranger.visit(letter.link);

    const presses = await Promise.all([person.raw(form.address, form), person.raw(form.address, form)]);
    for (const press of presses) assert.equal(press.headers.location, "/recovery/done");
    const again = await person.raw(form.address, form);
    assert.equal(again.headers.location, "/recovery/done");
    const notices = (await world.messagesTo(anna.email)).filter((each) =>
      each.subject.startsWith("Пароль изменён"),
    );
    assert.equal(notices.length, 1, "one change, one notice");

    const body = String(form.body).replaceAll(
      new URLSearchParams({ p: newPassword }).toString().slice(2),
      new URLSearchParams({ p: otherPassword }).toString().slice(2),
    );
    const other = await person.raw(form.address, { ...form, body });
    assert.equal(other.status, 410, "another password was not set, and the page must not say so");

    await choosePassword(stranger, newPassword);
    assert.equal(stranger.page.status, 410);
    assert.match(stranger.page.text, /По этой ссылке пароль уже сменили: \d\d:\d\d/);
    assert.match(stranger.page.text, /Не вы\? Сразу отправьте новое письмо/);
    await signedIn(world, { ...anna, password: newPassword });
  },
);

journey("SO3: whoever first proves the mailbox ends what a stranger set up with it", async (world) => {
  await world.addPerson({ ...anna, contactsProven: false });
  const stranger = await signedIn(world, anna, { remember: true });
  const person = visitor(world);
  await person.visit((await letterFor(world, anna.email)).link);
  await choosePassword(person, newPassword);
  assert.equal(await isSignedIn(stranger), false);
  await signIn(person, { ...anna, password: newPassword });
  assert.match(person.page.text, /anna@romashka\.example подтверждён/);
  assert.match(person.page.text, /Телефон не указан/, "the unproven phone is gone");
});

journey("R14: every step may land on another instance", async (world) => {
  await world.addPerson(anna);
  const two = await world.another();
  const person = visitor(world);
  await person.visit("/recovery");
  person.goTo(two);
  person.fill("E-mail или телефон", anna.email);
  await person.press("Далее");
  person.goTo(world);
  const letter = await lastLetter(world, anna.email);
  person.fill("Код из письма", letter.code);
  await person.press("Продолжить с кодом");
  person.goTo(two);
  await choosePassword(person, newPassword);
  assert.equal(person.page.heading, "Пароль был успешно изменен");
  assert.equal((await send(`${world.url}/health/ready`)).status, 200);
});

async function addMailbox(
  world: Parameters<Parameters<typeof journey>[1]>[0],
  accountId: string,
  address: string,
  confirmedAt: number | null,
): Promise<void> {
  await world.service.tools.store.transact((write) =>
    write
      .insertInto("identifiers")
      .values({
        id: crypto.randomUUID(),
        account_id: accountId,
        kind: "email",
        value: address,
        key: address,
        sign_in_key: address,
        confirmed_at: confirmedAt,
        created_at: world.clock.now(),
      })
      .execute(),
  );
}
