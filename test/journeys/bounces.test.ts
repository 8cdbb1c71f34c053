/** Letters that come back: what they change, what they do not, and who may say so. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { contactsOf } from "../../src/accounts/accounts.ts";
import { traceOf } from "../../src/delivery/delivery.ts";
import { countNow, totals } from "../../src/figures/figures.ts";
import { bringBounce } from "../bounce.ts";
import { journey } from "../journey.ts";
import { closedPort } from "../mail-sink.ts";
import { hasOpensmtpd, startOpensmtpd } from "../opensmtpd.ts";
import { anna, ivan, newPassword } from "../people.ts";
import { ask, choosePassword, letterFor, signedIn } from "../steps.ts";
import { visitor } from "../walker.ts";
import { openWorld, type World } from "../world.ts";

const port = await closedPort();
const settings = { INTAKE_LISTEN: `lmtp://127.0.0.1:${port}`, INTAKE_DOMAIN: "in.romashka.example" };

async function bouncedOf(world: World, id: string) {
  const contacts = await contactsOf(world.service.tools.store.read, id);
  return contacts.find(({ kind }) => kind === "email")?.bounced ?? null;
}

async function stepsOf(world: World, id: string): Promise<string[]> {
  const [trace] = await traceOf(world.service.tools.store.read, id);
  return (trace?.steps ?? []).map(({ step, detail }) => (detail ? `${step}: ${detail}` : step));
}

journey(
  "R06: a letter comes back, there is no such mailbox: nothing shows outside, staff see it, a proof mends it",
  async (world) => {
    const id = await world.addPerson(anna);
    await world.addPerson({ login: "olga", role: "administrator", password: newPassword });
    const letter = await letterFor(world, anna.email);
    const returnPath = letter.mail.envelope.from;
    assert.match(returnPath, /^bounce\+[0-9a-f-]{36}\.[0-9a-f]{16}@in\.romashka\.example$/);
    assert.equal(letter.mail.parsed.from?.value[0]?.address, "no-reply@id.romashka.example");

    const answer = "550 5.1.1 <anna@romashka.example>: User unknown";
    const bounce = { to: returnPath, recipient: anna.email, status: "5.1.1", answer, messageId: "<one@mx>" };
    const forged = [
      returnPath.replace(/\.[0-9a-f]{16}@/, ".0123456789abcdef@"),
      "bounce@in.romashka.example",
    ];
    for (const to of forged) assert.match(await bringBounce(port, { ...bounce, to }), /^550 5\.1\.1 /);
    assert.match(await bringBounce(port, { ...bounce, recipient: "boss@elsewhere.example" }), /^250 /);
    assert.equal(
      await bouncedOf(world, id),
      null,
      "forged, or about somebody whom the mailbox passes it on to",
    );

    const another = { ...bounce, messageId: "<two@mx>" };
    assert.match(await bringBounce(port, another), /^250 2\.0\.0 Taken$/);
    assert.match(await bringBounce(port, another), /^250 2\.0\.0 Taken before$/);
    assert.equal((await bouncedOf(world, id))?.status, "5.1.1");
    await countNow(world.service.tools);
    const period = { from: world.clock.now() - 86_400_000, to: world.clock.now() + 3_600_000 };
    const counted = (await totals(world.service.tools.store.read, ["mail"], period)).get("mail");
    assert.equal(counted?.get("romashka.example undelivered"), 2, "each report once");
    assert.deepEqual((await stepsOf(world, id)).slice(3), [
      `bounced: boss@elsewhere.example: ${answer} (mx.romashka.example)`,
      `bounced: ${answer} (mx.romashka.example)`,
    ]);

    // Whoever asks sees the same page; nothing is sent, not even to be refused again.
    world.clock.forward({ minutes: 20 });
    const before = world.mail.received.length;
    const person = visitor(world);
    await ask(person, anna.email);
    assert.equal(person.page.heading, "Проверьте почту");
    await world.messagesTo(anna.email);
    assert.equal(world.mail.received.length, before);

    const staff = await signedIn(world, { login: "olga", password: newPassword });
    await staff.visit("/admin/users?mail=bounced");
    assert.match(staff.page.text, /Анна Петрова/);
    assert.match(staff.page.text, /письмо отбито/);
    await staff.visit(`/admin/users/${id}/do/link`);
    await staff.press("Выслать ссылку смены пароля");
    assert.equal(staff.page.status, 422);
    assert.match(staff.page.text, /возвращаются/);

    const own = await signedIn(world, anna);
    assert.match(own.page.text, /Письма на anna@romashka\.example возвращаются/);
    await own.press("Ящик снова работает");
    assert.equal(own.page.heading, "Моя страница");
    assert.equal(await bouncedOf(world, id), null);
    assert.doesNotMatch(own.page.text, /возвращаются/);
    await bringBounce(port, { ...bounce, messageId: "<three@mx>" });
    assert.equal((await bouncedOf(world, id))?.status, "5.1.1");

    // The letter of before did reach somebody after all: its proof is the best answer.
    await person.visit(letter.link);
    await choosePassword(person, newPassword);
    assert.equal(await bouncedOf(world, id), null);
    await staff.visit("/admin/users?mail=bounced");
    assert.doesNotMatch(staff.page.text, /Анна Петрова/);
  },
  { settings },
);

journey(
  "R06: a refusal at once counts the same; delays, full mailboxes and answering machines change nothing",
  async (world) => {
    const id = await world.addPerson(anna);
    const other = await world.addPerson(ivan);
    const { alarms, deliveryFigures } = world.service.tools;
    world.mail.behave((to) =>
      to === anna.email
        ? { kind: "answer", code: 550, text: "5.1.1 <anna@romashka.example>: User unknown", at: "recipient" }
        : { kind: "take" },
    );
    await ask(visitor(world), anna.email);
    await world.messagesTo(anna.email);
    assert.equal((await bouncedOf(world, id))?.status, "5.1.1");
    assert.match((await stepsOf(world, id)).at(-1) ?? "", /^failed: 550 5\.1\.1 /);

    const letter = await letterFor(world, ivan.email);
    const to = letter.mail.envelope.from;
    const about = { to, recipient: ivan.email };
    await bringBounce(port, { ...about, action: "delayed", status: "4.4.1", answer: "no route" });
    await bringBounce(port, { ...about, status: "5.2.2", answer: "552 5.2.2 mailbox full" });
    await bringBounce(port, { ...about, status: "5.7.1", answer: "550 5.7.1 SPF failed" });
    const lines = [
      `From: ${ivan.email}`,
      "Auto-Submitted: auto-replied",
      "Subject: Я в отпуске",
      "",
      "Пока!",
    ];
    const raw = lines.join("\r\n");
    assert.match(await bringBounce(port, { ...about, status: "", raw, from: ivan.email }), /^250 /);
    assert.match(await bringBounce(port, { ...about, status: "", raw: "Subject: ?\r\n\r\n\u0000" }), /^250 /);
    assert.equal(await bouncedOf(world, other), null);
    assert.deepEqual((await stepsOf(world, other)).slice(3), [
      "delayed: 4.4.1 no route (mx.romashka.example)",
      "bounced: 552 5.2.2 mailbox full (mx.romashka.example)",
      "bounced: 550 5.7.1 SPF failed (mx.romashka.example)",
    ]);
    assert.equal(alarms.get("mail_rejected reputation"), 1);
    assert.deepEqual(
      deliveryFigures.list("bounces").map(({ labels, count }) => [labels[0], count]),
      [
        ["address", 1],
        ["later", 2],
        ["reputation", 1],
        ["unread", 2],
      ],
    );
  },
  { settings },
);

test("R06: a mail server of the system is refused, and its own report comes in", async (t) => {
  if (!hasOpensmtpd()) {
    t.diagnostic("no opensmtpd here, or no right to start it: the real mail server was not asked");
    return;
  }
  const intake = await closedPort();
  const relay = await closedPort();
  const world = await openWorld({
    settings: {
      SMTP_URL: `smtp://127.0.0.1:${relay}`,
      INTAKE_LISTEN: `lmtp://127.0.0.1:${intake}`,
      INTAKE_DOMAIN: "in.romashka.example",
    },
  });
  // Reports for our domain go to the intake by LMTP, everything else onward.
  const server = await startOpensmtpd(relay, [
    `action "in" relay host lmtp://127.0.0.1:${intake}`,
    `action "onward" relay host smtp://127.0.0.1:${world.mail.port}`,
    'match from any for domain "in.romashka.example" action "in"',
    'match from any for any action "onward"',
  ]);
  t.after(async () => {
    await world.close();
    await server.stop();
  });
  world.mail.behave(() => ({ kind: "answer", code: 550, text: "5.1.1 User unknown", at: "recipient" }));
  const id = await world.addPerson(anna);
  await ask(visitor(world), anna.email);
  await world.messagesTo(anna.email);
  assert.match((await stepsOf(world, id)).at(2) ?? "", /^accepted: 250 2\.0\.0 /);
  for (let tries = 0; tries < 300 && (await bouncedOf(world, id)) === null; tries += 1) await sleep(100);
  assert.equal((await bouncedOf(world, id))?.status, "5.1.1", server.said());
  assert.match((await stepsOf(world, id)).at(-1) ?? "", /^bounced: 550 5\.1\.1 User unknown/);
});
