/** Letters: what stands in them, that each arrives, and that nothing dead is ever sent. */
import assert from "node:assert/strict";
import { journey } from "../journey.ts";
import { anna, ivan, newPassword } from "../people.ts";
import { ask, choosePassword, lastLetter, letterFor, letterLike, signedIn } from "../steps.ts";
import { visitor } from "../walker.ts";
import type { World } from "../world.ts";

async function rename(world: World, id: string, name: string): Promise<void> {
  await world.service.tools.store.transact((write) =>
    write.updateTable("accounts").set({ name }).where("id", "=", id).execute(),
  );
}

journey("CH1: markup, line breaks and links in a name stay text in the letter", async (world) => {
  const id = await world.addPerson(anna);
  const names = [
    "<b>Анна</b><img src=https://evil.example/x>",
    "Анна\r\nBcc: evil@evil.example\r\n\r\nхитрый текст",
    '"Анна" <evil@evil.example>',
    "Анна\u202e\u001b[31m",
  ];
  for (const name of names) {
    await rename(world, id, name);
    const letter = await letterFor(world, anna.email);
    assert.deepEqual(letter.mail.envelope.to, [anna.email]);
    const { headers, html } = letter.mail.parsed;
    assert.equal(headers.get("bcc"), undefined);
    assert.ok(!String(html).includes("<b>Анна") && !String(html).includes("<img src=https"), name);
    assert.ok(!/[\u202e\u001b]/.test(letter.text), JSON.stringify(name));
    const [head = ""] = letter.mail.raw.split("\r\n\r\n");
    assert.ok(!head.includes("evil@"), head);
    assert.match(letter.link, /\/recovery\/link\?key=[\w-]{43}$/);
    world.clock.forward({ hours: 1 });
  }
});

journey("CH1: what the browser says of itself stays short text", async (world) => {
  await world.addPerson(anna);
  const agent = `<script>x</script> https://evil.example/${"a".repeat(500)}`;
  await letterFor(world, anna.email, { headers: { "User-Agent": agent } });
  const letter = await lastLetter(world, anna.email);
  assert.ok(!letter.html.includes("<script>"));
  assert.ok(!letter.text.includes("https://evil.example"));
  assert.ok(!letter.text.includes("a".repeat(60)));
});

journey(
  "CH2, CH3, M25: one fixed sender, the headers of automatic mail, no tracking, no unsubscribing",
  async (world) => {
    await world.addPerson(anna);
    const person = visitor(world);
    await person.visit((await letterFor(world, anna.email)).link);
    await choosePassword(person, newPassword);
    const letters = await world.messagesTo(anna.email);
    assert.equal(letters.length, 2);
    const ids = new Set<string>();
    for (const letter of letters) {
      const { headers, from, messageId } = letter.mail.parsed;
      assert.equal(letter.mail.envelope.from, "no-reply@id.romashka.example");
      assert.equal(from?.text, '"Ромашка" <no-reply@id.romashka.example>');
      assert.equal(headers.get("auto-submitted"), "auto-generated");
      assert.equal(headers.get("list-unsubscribe"), undefined);
      assert.match(messageId ?? "", /^<[\w-]+@id\.romashka\.example>$/);
      ids.add(messageId ?? "");
      const links = new Set(letter.text.match(/https?:\/\/\S+/g));
      assert.equal(links.size, 1, "one link, written out");
      for (const [, address = ""] of letter.html.matchAll(/(?:href|src)="([^"]*)"/g)) {
        const ours = ["/recovery", "/veto"].some((path) => address.startsWith(`${world.url}${path}`));
        assert.ok(ours, address);
      }
      assert.ok(!/<img|<script|url\(/i.test(letter.html));
    }
    assert.equal(ids.size, 2);
  },
);

journey(
  "CH3: no security notice brings a way to unsubscribe, and no form of the own page switches one off",
  async (world) => {
    await world.addPerson(anna);
    await world.addPerson(ivan);
    await signedIn(world, anna);
    const person = await signedIn(world, anna);
    await person.visit("/me/email");
    person.fill("Новый e-mail", "anna.new@romashka.example");
    await person.press("Отправить письмо");
    await person.visit((await lastLetter(world, "anna.new@romashka.example")).link);
    await person.press("Подтвердить");
    await person.visit((await letterLike(world, anna.email, "E-mail изменён")).link);
    await person.press("Это не я, закрыть вход");
    const letters = await world.messagesTo(anna.email);
    assert.deepEqual(letters.map(({ subject }) => subject.replace(/ — .*/, "")).toSorted(), [
      "E-mail изменён",
      "Вход закрыт по вашей просьбе",
      "Вход с нового устройства",
    ]);
    for (const { mail, text } of letters) {
      assert.equal(mail.parsed.headers.get("list-unsubscribe"), undefined);
      assert.equal(mail.parsed.headers.get("list-unsubscribe-post"), undefined);
      assert.doesNotMatch(text, /отпис|рассылк|unsubscribe/i);
    }
    const other = await signedIn(world, ivan);
    for (const page of ["/me/edit", "/me/protection", "/me/sessions"]) {
      await other.visit(page);
      assert.doesNotMatch(other.page.text, /уведомлени|отпис/i, page);
    }
  },
);

journey(
  "CH6, R04: while the mail server is down pages answer as ever, and the letter comes later",
  async (world) => {
    await world.addPerson(anna);
    world.mail.behave(() => ({ kind: "answer", code: 451, text: "try later", at: "recipient" }));
    const person = visitor(world);
    await ask(person, anna.email);
    assert.equal(person.page.heading, "Проверьте почту");
    assert.equal((await world.messagesTo(anna.email)).length, 0);
    world.mail.behave(() => ({ kind: "take" }));
    world.clock.forward({ minutes: 5 });
    const letter = await lastLetter(world, anna.email);
    await person.visit(letter.link);
    await choosePassword(person, newPassword);
    assert.equal(person.page.heading, "Пароль был успешно изменен");
  },
);

journey("CH6, R04: the notice of a change outlives a day without a mail server", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world);
  await person.visit((await letterFor(world, anna.email)).link);
  world.mail.behave(() => ({ kind: "answer", code: 451, text: "try later", at: "data" }));
  await choosePassword(person, newPassword);
  assert.equal(person.page.heading, "Пароль был успешно изменен");
  await signedIn(world, { ...anna, password: newPassword });
  for (let hour = 0; hour < 25; hour += 6) {
    assert.equal((await world.messagesTo(anna.email)).length, 1);
    world.clock.forward({ hours: 6 });
  }
  world.mail.behave(() => ({ kind: "take" }));
  const notice = await lastLetter(world, anna.email);
  assert.match(notice.subject, /^Пароль изменён/);
});

journey("CH7, decision 1: a superseded letter that still waits is dropped, not sent", async (world) => {
  const id = await world.addPerson(anna);
  world.mail.behave(() => ({ kind: "answer", code: 451, text: "try later", at: "recipient" }));
  await ask(visitor(world), anna.email);
  await world.messagesTo(anna.email);
  world.clock.forward({ minutes: 11 });
  const person = visitor(world);
  await ask(person, anna.email);
  const number = /№ (\d{3})/.exec(person.page.text)?.[1];
  await world.messagesTo(anna.email);
  world.mail.behave(() => ({ kind: "take" }));
  world.clock.forward({ minutes: 5 });
  const letters = await world.messagesTo(anna.email);
  assert.equal(letters.length, 1);
  assert.match(letters[0]?.subject ?? "", new RegExp(`№ ${number}`));
  assert.deepEqual(await stepsOf(world, id, "dropped"), [`superseded by request No. ${number}`]);
});

journey("CH7: a link that died while its letter waited is not sent", async (world) => {
  const id = await world.addPerson(anna);
  world.mail.behave(() => ({ kind: "answer", code: 451, text: "try later", at: "recipient" }));
  await ask(visitor(world), anna.email);
  await world.messagesTo(anna.email);
  await world.service.tools.store.transact((write) =>
    write.updateTable("accounts").set({ generation: 7 }).where("id", "=", id).execute(),
  );
  world.mail.behave(() => ({ kind: "take" }));
  world.clock.forward({ minutes: 5 });
  assert.equal((await world.messagesTo(anna.email)).length, 0);
  assert.deepEqual(await stepsOf(world, id, "dropped"), ["its link is revoked"]);
});

journey(
  "R05, decision 14: an answer lost after the letter was taken brings the same letter again",
  async (world) => {
    await world.addPerson(anna);
    world.mail.behave(() => ({ kind: "drop-after-data" }));
    await ask(visitor(world), anna.email);
    assert.equal((await world.messagesTo(anna.email)).length, 1);
    world.mail.behave(() => ({ kind: "take" }));
    world.clock.forward({ minutes: 5 });
    const [first, second, ...more] = await world.messagesTo(anna.email);
    assert.ok(first && second && more.length === 0);
    assert.equal(second.mail.parsed.messageId, first.mail.parsed.messageId);
    assert.equal(second.link, first.link);
    assert.equal(second.code, first.code);
  },
);

journey("decision 14: 250 is «accepted» in the trace, with the server's own words", async (world) => {
  const id = await world.addPerson(anna);
  await letterFor(world, anna.email);
  const [told] = await stepsOf(world, id, "accepted");
  assert.match(told ?? "", /250/);
});

journey(
  "decision 14: an address with letters beyond ASCII in its domain is written to as mail wants it",
  async (world) => {
    await world.addPerson({ ...anna, email: "anna@ромашка.example" });
    await ask(visitor(world), "anna@РОМАШКА.example");
    // The sink shows the domain as people read it; on the wire it is ASCII.
    const letter = await lastLetter(world, "anna@ромашка.example");
    const [head = ""] = letter.mail.raw.split("\r\n\r\n");
    assert.match(head, /^To: anna@xn--80aa3agjl3d\.example$/m);
  },
);

async function stepsOf(world: World, accountId: string, step: "dropped" | "accepted"): Promise<string[]> {
  const rows = await world.service.tools.store.read
    .selectFrom("message_events")
    .innerJoin("messages", "messages.id", "message_events.message_id")
    .select("detail")
    .where("messages.account_id", "=", accountId)
    .where("step", "=", step)
    .execute();
  return rows.map((row) => row.detail);
}
