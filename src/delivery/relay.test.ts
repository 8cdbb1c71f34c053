import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { closedPort, type MailSink, startMailSink } from "../../test/mail-sink.ts";
import { exampleLetter, freshDatabase, handClock, startOutbox } from "../../test/outbox.ts";
import { createSmtpTransport } from "./smtp.ts";

const program = "/usr/sbin/smtpd";

test("a letter goes through a real mail server of the system", async (t) => {
  if (!existsSync(program) || process.getuid?.() !== 0) {
    t.diagnostic("no opensmtpd here, or no right to start it: the real mail server was not asked");
    return;
  }
  const sink = await startMailSink();
  const relay = await startRelay(sink);
  const transport = createSmtpTransport(`smtp://127.0.0.1:${relay.port}`);
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

/** OpenSMTPD in the foreground, taking mail on loopback and passing everything on to the sink. */
async function startRelay(sink: MailSink): Promise<{ port: number; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "propusk-relay-"));
  const config = join(folder, "smtpd.conf");
  const port = await closedPort();
  writeFileSync(
    config,
    `listen on 127.0.0.1 port ${port}
action "onward" relay host smtp://127.0.0.1:${sink.port}
match from any for any action "onward"
`,
  );
  const relay = spawn(program, ["-d", "-f", config], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [relay.stdout, relay.stderr]) stream.on("data", (text) => (said += text));
  while (!(await opens(port))) {
    if (relay.exitCode !== null) throw new Error(`the relay did not start: ${said}`);
    await sleep(50);
  }
  return {
    port,
    async stop() {
      await ended(relay);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ended(process: ChildProcess): Promise<void> {
  const exit = once(process, "exit");
  process.kill();
  await exit;
}

function opens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
