import assert from "node:assert/strict";
import { test } from "node:test";
import { closedPort, type MailSinkOptions, startMailSink } from "../../test/mail-sink.ts";
import { exampleLetter, freshDatabase, handClock, startOutbox } from "../../test/outbox.ts";
import { composeLetter } from "./mail.ts";
import { createSmtpTransport, type SmtpTimes } from "./smtp.ts";
import type { LetterParcel } from "./transport.ts";

const HOUR = 3_600_000;
const sender = {
  from: { name: "Ромашка", address: "no-reply@id.example.ru" },
  portalName: "Ромашка",
  hue: null,
};
/** Longer than a busy machine holds anybody up: what is not about waiting never ends for it. */
const patient: SmtpTimes = { greetingMs: 30_000, envelopeMs: 30_000, finalMs: 30_000 };
/** Where a server hangs after the letter. An honest answer of the same test has to fit in, too. */
const shortEnd: SmtpTimes = { ...patient, finalMs: 2_000 };

type Cleanup = { after(cleanup: () => Promise<void> | void): void };

async function sinkAndTransport(t: Cleanup, options: MailSinkOptions = {}, times = patient) {
  const sink = await startMailSink(options);
  const transport = createSmtpTransport(sink.url, { times });
  t.after(async () => {
    await transport.close();
    await sink.close();
  });
  return { sink, transport };
}

function letterTo(to: string, id = "01920000-0000-7000-8000-000000000417"): Promise<LetterParcel> {
  const message = {
    id,
    kind: "recovery-link",
    channel: "email",
    accountId: null,
    language: "ru",
    data: {},
  } as const;
  return composeLetter({ ...message, to, createdAt: Date.UTC(2026, 10, 22, 11, 5) }, exampleLetter(), sender);
}

test("a letter arrives as it was written, under the envelope that was meant", async (t) => {
  const { sink, transport } = await sinkAndTransport(t);
  const parcel = await letterTo("anna@romashka.ru");
  const answer = await transport.send(parcel);
  assert.deepEqual(answer, { kind: "accepted", answer: "250 OK: message queued" });
  const [mail] = sink.received;
  assert.deepEqual(mail?.envelope, { from: "no-reply@id.example.ru", to: ["anna@romashka.ru"] });
  assert.equal(mail?.raw.trimEnd(), parcel.mime.toString("utf8").trimEnd());
  assert.equal(mail?.parsed.subject, "Смена пароля — запрос от 14:05 (№ 417)");
  assert.equal(mail?.parsed.text?.trimEnd().split("\n").at(-1), exampleLetter().link?.url);
});

test("the server's words decide: never, later, or nothing was said", async (t) => {
  const { sink, transport } = await sinkAndTransport(t);
  const parcel = await letterTo("anna@romashka.ru");
  const impatiently = async (changed: Partial<SmtpTimes>) => {
    const impatient = createSmtpTransport(sink.url, { times: { ...patient, ...changed } });
    const { kind } = await impatient.send(parcel);
    await impatient.close();
    return kind;
  };
  sink.behave(() => ({ kind: "answer", code: 550, text: "no such user", at: "recipient" }));
  assert.deepEqual(await transport.send(parcel), { kind: "refused", answer: "550 no such user" });
  sink.behave(() => ({ kind: "answer", code: 451, text: "greylisted", at: "recipient" }));
  assert.deepEqual(await transport.send(parcel), { kind: "later", answer: "451 greylisted" });
  sink.behave(() => ({ kind: "answer", code: 554, text: "spam", at: "data" }));
  assert.deepEqual(await transport.send(parcel), { kind: "refused", answer: "554 spam" });
  sink.behave(() => ({ kind: "hang", at: "recipient" }));
  assert.equal(await impatiently({ envelopeMs: 900 }), "unreachable");
  sink.behave(() => ({ kind: "hang", at: "data" }));
  assert.equal(await impatiently(shortEnd), "unknown");
  sink.behave(() => ({ kind: "drop-after-data" }));
  assert.equal((await transport.send(parcel)).kind, "unknown");
  sink.behave(() => ({ kind: "take" }));
  assert.equal((await transport.send(parcel)).kind, "accepted");
});

test("a server that is away, mute or without working TLS is trouble of the channel alone", async (t) => {
  const parcel = await letterTo("anna@romashka.ru");
  const away = createSmtpTransport(`smtp://127.0.0.1:${await closedPort()}`, { times: patient });
  assert.equal((await away.send(parcel)).kind, "unreachable");
  await away.close();
  const mute = await sinkAndTransport(t, { bannerDelayMs: 5_000 }, { ...patient, greetingMs: 600 });
  assert.equal((await mute.transport.send(parcel)).kind, "unreachable");
  const broken = await sinkAndTransport(t, { tls: "broken" });
  assert.equal((await broken.transport.send(parcel)).kind, "unreachable");
});

test("a slow greeting is waited for", async (t) => {
  const { transport } = await sinkAndTransport(t, { bannerDelayMs: 300 });
  assert.equal((await transport.send(await letterTo("anna@romashka.ru"))).kind, "accepted");
});

test("STARTTLS is used when it is offered", async (t) => {
  const { sink, transport } = await sinkAndTransport(t, { tls: "offered" });
  assert.equal((await transport.send(await letterTo("anna@romashka.ru"))).kind, "accepted");
  assert.equal(sink.received[0]?.secure, true);
});

test("user and password are percent-decoded, and a wrong one stops no letter for good", async (t) => {
  const user = { name: "анна@romashka.ru", password: "p:@/%ю" };
  const { sink, transport } = await sinkAndTransport(t, { user });
  const parcel = await letterTo("anna@romashka.ru");
  assert.equal((await transport.send(parcel)).kind, "accepted");
  const wrong = createSmtpTransport(`smtp://anna:wrong@127.0.0.1:${sink.port}`, { times: patient });
  const answer = await wrong.send(parcel);
  assert.deepEqual([answer.kind, answer.answer.startsWith("535")], ["unreachable", true]);
  assert.equal(answer.answer.includes("wrong@"), false);
  await wrong.close();
});

test("a letter whose 250 was lost comes once more, the same to the byte", async (t) => {
  const { sink, transport } = await sinkAndTransport(t);
  let dropped = false;
  sink.behave(() => {
    if (dropped) return { kind: "take" };
    dropped = true;
    return { kind: "drop-after-data" };
  });
  const clock = handClock();
  const outbox = startOutbox(t, { store: await (await freshDatabase(t))(), clock, email: transport });
  const id = await outbox.put();
  await outbox.delivery.drained();
  assert.equal((await outbox.row(id)).state, "queued");
  clock.forward(2_000);
  await outbox.delivery.drained();
  assert.equal((await outbox.row(id)).state, "sent");
  assert.equal(sink.received.length, 2);
  assert.equal(sink.received[0]?.raw, sink.received[1]?.raw);
});

test("a server that misbehaves now and then loses no letter", async (t) => {
  const { sink, transport } = await sinkAndTransport(t, {}, shortEnd);
  const seen = new Map<string, number>();
  sink.behave((to) => {
    const count = (seen.get(to) ?? 0) + 1;
    seen.set(to, count);
    if (to.startsWith("gone")) return { kind: "answer", code: 550, text: "no such user", at: "recipient" };
    if (count === 1 && to.startsWith("grey"))
      return { kind: "answer", code: 451, text: "later", at: "recipient" };
    if (count === 1 && to.startsWith("drop")) return { kind: "drop-after-data" };
    if (count === 1 && to.startsWith("hang")) return { kind: "hang", at: "data" };
    return { kind: "take" };
  });
  const clock = handClock();
  const outbox = startOutbox(t, { store: await (await freshDatabase(t))(), clock, email: transport });
  const names = ["fine", "fine", "fine", "fine", "fine", "fine", "gone", "grey", "drop", "hang"];
  const recipients = Array.from({ length: 50 }, (_, index) => `${names[index % 10]}${index}@romashka.ru`);
  await Promise.all(recipients.map((to) => outbox.put({ to })));
  for (let turn = 0; turn < 8; turn += 1) {
    await outbox.delivery.drained();
    clock.forward(HOUR);
  }
  for (const to of recipients) {
    const copies = sink.to(to);
    const most = /^(drop|hang)/.test(to) ? 2 : 1;
    assert.equal(copies.length, to.startsWith("gone") ? 0 : most, to);
    assert.equal(new Set(copies.map((mail) => mail.parsed.messageId)).size, Math.min(1, copies.length));
  }
});
