import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { closedPort, startMailSink } from "../../test/mail-sink.ts";
import { hasOpensmtpd, startOpensmtpd } from "../../test/opensmtpd.ts";
import { exampleLetter, freshDatabase, handClock, startOutbox } from "../../test/outbox.ts";
import { createSmtpTransport } from "./smtp.ts";

test("a letter goes through a real mail server of the system", async (t) => {
  if (!hasOpensmtpd()) {
    t.diagnostic("no opensmtpd here, or no right to start it: the real mail server was not asked");
    return;
  }
  const sink = await startMailSink();
  const port = await closedPort();
  const relay = await startOpensmtpd(port, [
    `action "onward" relay host smtp://127.0.0.1:${sink.port}`,
    'match from any for any action "onward"',
  ]);
  const transport = createSmtpTransport(`smtp://127.0.0.1:${port}`);
  t.after(async () => {
    await transport.close();
    await relay.stop();
    await sink.close();
  });

  const letter = exampleLetter();
  const catalogue = { example: { prepare: async () => ({ kind: "letter", letter }) as const } };
  const store = await (await freshDatabase(t))();
  const outbox = startOutbox(t, { store, clock: handClock(), email: transport, catalogue });
  const id = await outbox.put({ to: "anna@romashka.test" });
  await outbox.delivery.drained();

  const steps = await outbox.steps(id);
  assert.match(steps.at(-1) ?? "", /^accepted: 250 2\.0\.0 /);
  while (sink.received.length === 0) await sleep(50);
  const mail = sink.received[0];
  assert.deepEqual(mail?.envelope, { from: "no-reply@id.example.ru", to: ["anna@romashka.test"] });
  assert.equal(mail?.parsed.messageId, `<${id}@id.example.ru>`);
  assert.equal(mail?.parsed.subject, letter.subject);
  assert.equal(mail?.parsed.text?.trimEnd().split("\n").at(-1), letter.link?.url);
  assert.ok(String(mail?.parsed.html).includes(letter.code?.value ?? "missing"));
});
