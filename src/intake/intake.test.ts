import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { test } from "node:test";
import { createTransport, type SendMailOptions } from "nodemailer";
import { onBothDatabases as withBoth } from "../../test/both-databases.ts";
import { testCertificate } from "../../test/certificate.ts";
import { handClock } from "../../test/outbox.ts";
import { openSecrets } from "../platform/secrets/secrets.ts";
import { type Store, StoreUnavailable } from "../platform/store/store.ts";
import {
  createIntake,
  type InboundMail,
  type IntakeTools,
  inboxAddress,
  purgeInboundMail,
  readInboxAddress,
  type Taking,
} from "./intake.ts";

type Protocol = "lmtp" | "smtp";

/** What a failed promise leaves open would keep the process alive. */
function onBothDatabases(title: string, body: Parameters<typeof withBoth>[1]): void {
  withBoth(title, async (store, another) => {
    try {
      await body(store, another);
    } finally {
      for (const close of open.splice(0)) await close();
    }
  });
}
const open: (() => Promise<void>)[] = [];

/** A listener whose handlers keep what they are given, and a client that speaks to it. */
async function openDesk(store: Store, protocol: Protocol = "lmtp", certificate?: string) {
  const tools: IntakeTools = {
    clock: handClock(),
    store,
    secrets: openSecrets([Buffer.from("3b3e0d1f7a9c4d52b7e6a1c0", "utf8")]),
    settings: {
      intake: {
        listen: { protocol, host: "127.0.0.1", port: 0 },
        domain: "in.romashka.example",
        certificate,
      },
    },
    intakeFigures: new Map(),
    log: { error: (fields) => logged.push(fields) },
  };
  const logged: object[] = [];
  const taken: InboundMail[] = [];
  let next: (mail: InboundMail) => Promise<Taking> = async () => "taken";
  const take = async (mail: InboundMail): Promise<Taking> => {
    const outcome = await next(mail);
    if (outcome !== "taken") return outcome;
    if (await store.transact((write) => mail.firstTime(write))) taken.push(mail);
    return "taken";
  };
  const intake = createIntake(tools, [
    { prefix: "case", take },
    { prefix: "bounce", take },
  ]);
  const port = (await intake.listen()) ?? 0;
  const client = createTransport({
    host: "127.0.0.1",
    port,
    pool: true,
    lmtp: protocol === "lmtp",
    tls: { rejectUnauthorized: false },
  } as object);
  open.push(async () => {
    client.close();
    await intake.close();
  });
  return {
    tools,
    taken,
    logged,
    port,
    to: (id: string, prefix = "case") => inboxAddress(tools, prefix, id) ?? "",
    answerWith(script: (mail: InboundMail) => Promise<Taking>) {
      next = script;
    },
    /** The answer to the whole mail, or to its recipient. */
    async send(mail: SendMailOptions): Promise<string> {
      try {
        const sent = await client.sendMail({ from: "anna@home.example", ...mail });
        return sent.response;
      } catch (error) {
        return (error as { response?: string; message: string }).response ?? (error as Error).message;
      }
    },
  };
}

const answerOfAnna = {
  subject: "Re: Обращение № 17",
  text: "Добрый день!\r\nВот фото пропуска.",
  messageId: "<one@home.example>",
  inReplyTo: "<letter@id.romashka.example>",
  references: ["<first@id.romashka.example>", "<letter@id.romashka.example>"],
  attachments: [{ filename: "..\\пропуск.png", content: randomBytes(2_000), contentType: "image/png" }],
};

for (const protocol of ["lmtp", "smtp"] as const) {
  onBothDatabases(`a mail to an address of ours is taken once, over ${protocol}`, async (store, another) => {
    const desk = await openDesk(store, protocol);
    const second = await openDesk(another(), protocol);
    const mail = { ...answerOfAnna, from: "Анна Иванова <anna@home.example>", to: desk.to("17") };
    assert.match(await desk.send(mail), /^250 2\.0\.0 Taken$/);
    assert.match(await desk.send(mail), /^250 2\.0\.0 Taken before$/);
    assert.match(await second.send(mail), /^250 2\.0\.0 Taken before$/);
    assert.match(await second.send({ ...mail, to: desk.to("18") }), /^250 2\.0\.0 Taken$/);
    assert.match(await second.send({ ...mail, messageId: "<two@home.example>" }), /^250 2\.0\.0 Taken$/);
    assert.equal(desk.taken.length, 1);
    assert.equal(second.taken.length, 2);

    const [seen] = desk.taken;
    assert.equal(seen?.id, "17");
    assert.deepEqual(seen?.from, { name: "Анна Иванова", address: "anna@home.example" });
    assert.equal(seen?.subject, "Re: Обращение № 17");
    assert.equal(seen?.text.trim(), "Добрый день!\nВот фото пропуска.");
    assert.equal(seen?.messageId, "<one@home.example>");
    assert.equal(seen?.inReplyTo, "<letter@id.romashka.example>");
    assert.deepEqual(seen?.references, answerOfAnna.references);
    assert.deepEqual(
      seen?.attachments.map(({ name, type, bytes }) => [name, type, bytes.length]),
      [["пропуск.png", "image/png", 2_000]],
    );
    assert.equal(seen?.automatic, false);
    assert.deepEqual(Object.fromEntries(desk.tools.intakeFigures), { "case taken": 1, "case repeated": 1 });
  });
}

onBothDatabases("two instances that get one mail at the same moment keep it once", async (store, another) => {
  const desks = [await openDesk(store), await openDesk(another())];
  const mail = { ...answerOfAnna, to: desks[0]?.to("17") ?? "" };
  const answers = await Promise.all([...desks, ...desks, ...desks].map((desk) => desk.send(mail)));
  for (const answer of answers) assert.match(answer, /^250 /);
  assert.equal(desks.flatMap((desk) => desk.taken).length, 1);

  assert.equal((await store.read.selectFrom("inbound_mail").selectAll().execute()).length, 1);
  for (const desk of desks) (desk.tools.clock as ReturnType<typeof handClock>).forward(31 * 86_400_000);
  assert.equal(await purgeInboundMail(desks[0]?.tools as IntakeTools), 1);
});

onBothDatabases("an address that we did not make is unknown, and ten of them end the talk", async (store) => {
  const desk = await openDesk(store, "smtp");
  const [local = "", domain] = desk.to("17").split("@");
  const forged = [
    `case+17.0000000000000000@${domain}`,
    `case+18${local.slice(local.indexOf("."))}@${domain}`,
    `bounce${local.slice(4)}@${domain}`,
    `${local}@elsewhere.example`,
    `case+17@${domain}`,
    `postmaster@${domain}`,
    inboxAddress(desk.tools, "other", "17") ?? "",
  ];
  for (const to of forged) assert.match(await desk.send({ ...answerOfAnna, to }), /^550 5\.1\.1 /, to);
  assert.match(await desk.send({ ...answerOfAnna, to: desk.to("17").toUpperCase() }), /^250 /);
  assert.equal(desk.taken.length, 1);

  const talk = await say(desk.port, [
    "EHLO guess.example",
    "MAIL FROM:<>",
    ...Array.from({ length: 12 }, (_, n) => `RCPT TO:<case+${n}.0123456789abcdef@${domain}>`),
  ]);
  assert.equal(talk.match(/^550 /gm)?.length, 9);
  assert.match(talk, /^421 .*Too many unknown recipients/m);
});

onBothDatabases("what cannot be taken is told so that the sender knows what to do", async (store) => {
  const desk = await openDesk(store);
  const to = desk.to("17");
  const big = Buffer.alloc(8 * 1024 * 1024, "a line of a large file\n");
  assert.match(await desk.send({ ...answerOfAnna, to, attachments: [{ content: big }] }), /^552 /);
  assert.match(await desk.send({ to, text: big.subarray(0, 9_000_000).toString() }), /^250 /);
  assert.equal(desk.taken.at(-1)?.text.length, 100_000);

  desk.answerWith(async () => "refused");
  assert.match(await desk.send({ to, text: "to a closed case" }), /^550 5\.7\.1 /);
  desk.answerWith(async () => "later");
  assert.match(await desk.send({ to, text: "not now" }), /^451 4\.3\.0 /);
  desk.answerWith(async () => {
    throw new StoreUnavailable("away");
  });
  assert.match(await desk.send({ to, text: "without a database" }), /^451 4\.3\.0 /);
  assert.deepEqual(
    desk.logged.map((fields) => (fields as { event: string }).event),
    ["intake_store_unavailable"],
  );

  desk.answerWith(async () => "taken");
  assert.match(await desk.send({ to, raw: "\r\n\r\n" }), /^554 5\.6\.0 /);
  const hops = Array.from(
    { length: 51 },
    (_, n) => `Received: from a${n} by b; Sun, 22 Nov 2026 11:05:00 +0000`,
  );
  assert.match(await desk.send({ to, raw: `${hops.join("\r\n")}\r\n\r\nround` }), /^554 5\.4\.6 /);
  const parts = Array.from({ length: 150 }, () => "--x\r\n\r\npart\r\n").join("");
  const raw = `Content-Type: multipart/mixed; boundary=x\r\n\r\n${parts}--x--\r\n`;
  assert.match(await desk.send({ to, raw }), /^554 5\.6\.0 /);
});

onBothDatabases("one thing of ours takes so many mails an hour, and then later ones", async (store) => {
  const desk = await openDesk(store);
  const send = (id: string) => desk.send({ to: desk.to(id), text: randomBytes(9).toString("hex") });
  for (let n = 0; n < 60; n += 1) assert.match(await send("17"), /^250 /);
  assert.match(await send("17"), /^451 4\.7\.1 /);
  assert.match(await send("18"), /^250 /);
  (desk.tools.clock as ReturnType<typeof handClock>).forward(60_000);
  assert.match(await send("17"), /^250 /);
});

onBothDatabases("hostile text comes in harmless, and machines are known as such", async (store) => {
  const desk = await openDesk(store);
  const to = desk.to("17");
  const take = async (lines: string[], body = "hello", from = "anna@home.example") => {
    const raw = [...lines, "", body].join("\r\n");
    assert.match(await desk.send({ envelope: { from, to: [to] }, raw }), /^250 /);
    const mail = desk.taken.at(-1);
    if (!mail) throw new Error("nothing was taken");
    return mail;
  };

  const dirty = await take(
    [
      "From: =?utf-8?q?=E2=80=AEmoc=00?= <anna@home.example>",
      `Subject: =?utf-8?b?${Buffer.from("one\r\nBcc: two\u0000").toString("base64")}?=`,
      "Message-ID: none of ours",
      "Content-Type: text/plain; charset=no-such-charset",
    ],
    "a\u0000b\u202ec",
  );
  assert.equal(dirty.subject, "one Bcc: two");
  assert.equal(dirty.from?.name, "moc");
  assert.equal(dirty.messageId, null);
  assert.doesNotMatch(dirty.text, /[\u0000\u202e]/);

  const windows = Buffer.concat([
    Buffer.from("From: a@b.example\r\nContent-Type: text/plain; charset=windows-1251\r\n\r\n"),
    Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]),
  ]);
  await desk.send({ envelope: { from: "a@b.example", to: [to] }, raw: windows });
  assert.equal(desk.taken.at(-1)?.text.trim(), "Привет");

  const html = "<p>Привет, <b>мир</b></p><script>alert(1)</script><style>p{}</style>";
  const drawn = await take(["From: a@b.example", "Content-Type: text/html; charset=utf-8"], html);
  assert.equal(drawn.text.trim(), "Привет, мир");

  for (const lines of [
    ["Auto-Submitted: auto-replied"],
    ["Precedence: bulk"],
    ["List-Id: <all.home.example>"],
    ["X-Autoreply: yes"],
    ["From: MAILER-DAEMON@home.example"],
  ]) {
    assert.equal((await take([`X-Case: ${lines.join()}`, ...lines])).automatic, true, lines.join());
  }
  assert.equal((await take(["Subject: report"], "hello", "")).automatic, true);
  assert.equal((await take(["Auto-Submitted: no"])).automatic, false);
});

onBothDatabases("where there is a certificate, STARTTLS is offered and taken", async (store) => {
  const desk = await openDesk(store, "smtp", `${testCertificate.cert}${testCertificate.key}`);
  assert.match(await say(desk.port, ["EHLO mx.example"]), /^250[- ]STARTTLS/m);
  assert.match(await desk.send({ ...answerOfAnna, to: desk.to("17") }), /^250 /);
});

onBothDatabases(
  "a sender that has said everything and closes its side is answered, as Exim is",
  async (store) => {
    const desk = await openDesk(store, "smtp");
    const hello = await say(desk.port, ["EHLO mx.example", "QUIT"]);
    const mail = `Message-ID: <exim@home.example>\r\n\r\n${"Длинный текст.\r\n".repeat(2_000)}.`;
    const lines = ["EHLO mx.example", "MAIL FROM:<anna@home.example>", `RCPT TO:<${desk.to("17")}>`, "DATA"];
    // Where it may, it says the end of the mail and of the talk in one breath, and closes.
    const last = /PIPELINING/.test(hello) ? [`${mail}\r\nQUIT`] : [mail, "QUIT"];
    assert.match(
      await say(desk.port, [...lines, ...last], { closesAfterLast: true }),
      /^250 2\.0\.0 Taken\r$/m,
    );
    assert.equal(desk.taken.length, 1);
  },
);

/** Speaks SMTP by hand: each line after the answer to the one before; everything that was heard. */
async function say(
  port: number,
  lines: readonly string[],
  { closesAfterLast = false } = {},
): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let heard = "";
  let next = 0;
  return new Promise((resolve) => {
    socket.on("data", (chunk) => {
      heard += chunk;
      // A last line of an answer has a space after its code.
      if (!/^\d{3} .*\r\n$/m.test(heard.slice(heard.lastIndexOf("\n", heard.length - 2) + 1))) return;
      const isOver = next === lines.length;
      if (!isOver) socket.write(`${lines[next++]}\r\n`);
      if (isOver || (closesAfterLast && next === lines.length)) socket.end();
    });
    socket.on("close", () => resolve(heard));
    socket.on("error", () => resolve(heard));
  });
}

test("an address is known by its mac, also by that of an earlier root key", () => {
  const [older, newer] = [randomBytes(32), randomBytes(32)];
  const toolsOf = (...keys: Buffer[]) => ({
    secrets: openSecrets(keys),
    settings: { intake: { domain: "in.romashka.example" } },
  });
  const id = "01939f6e-8a4b-7c3d-9e2f-0123456789ab";
  const address = inboxAddress(toolsOf(older), "bounce", id) ?? "";
  assert.ok((address.split("@")[0]?.length ?? 99) <= 64);
  assert.deepEqual(readInboxAddress(toolsOf(newer, older), address), { prefix: "bounce", id });
  assert.equal(readInboxAddress(toolsOf(newer), address), undefined);
  assert.notEqual(inboxAddress(toolsOf(newer, older), "bounce", id), address);
  assert.equal(
    inboxAddress({ ...toolsOf(older), settings: { intake: { domain: undefined } } }, "bounce", id),
    undefined,
  );
  assert.throws(() => inboxAddress(toolsOf(older), "bounce", "a@b"));
});
