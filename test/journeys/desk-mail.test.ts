/** Answers to the desk that come by letter, over a real SMTP conversation in both directions. */
import assert from "node:assert/strict";
import { createTransport, type SendMailOptions } from "nodemailer";
import { ANSWER, confirmedCase, staffed, staffHere, stateOf } from "../desk.ts";
import { journey } from "../journey.ts";
import { closedPort } from "../mail-sink.ts";
import { anna } from "../people.ts";
import { letterLike } from "../steps.ts";

const port = await closedPort();
const settings = { INTAKE_LISTEN: `smtp://127.0.0.1:${port}`, INTAKE_DOMAIN: "in.romashka.example" };

/** What the other side answers to the mail. */
async function send(mail: SendMailOptions): Promise<string> {
  const client = createTransport({ host: "127.0.0.1", port, secure: false, ignoreTLS: true });
  try {
    return (await client.sendMail(mail)).response;
  } catch (error) {
    return (error as { response?: string }).response ?? String(error);
  } finally {
    client.close();
  }
}

journey(
  "M17, AD4: a letter finds its case once; foreign ones are marked, machines and forged addresses dropped",
  async (world) => {
    await world.addPerson(anna);
    await world.addPerson(staffed("desk", "polina", "Полина Орлова"));
    const { number } = await confirmedCase(world, anna.login);
    const accepted = await letterLike(world, ANSWER, `Обращение № ${number}: принято`);
    const to = accepted.mail.parsed.replyTo?.value[0]?.address ?? "";
    assert.match(to, new RegExp(`^case\\+${number}\\.[0-9a-f]{16}@in\\.romashka\\.example$`));
    const reply = {
      from: ANSWER,
      to,
      subject: `Re: ${accepted.subject}`,
      messageId: "<reply@elsewhere.example>",
      text: "Мой руководитель — Иван.\n\nOn Sun, Nov 29, 2026, Ромашка wrote:\n> Адрес подтверждён\n",
      attachments: [
        { filename: "справка.pdf", content: Buffer.from("%PDF-1.7 справка") },
        { filename: "вирус.exe", content: Buffer.from("MZ\u0000\u0001") },
      ],
    };
    assert.match(await send(reply), /^250/);
    assert.match(await send(reply), /^250/, "the same letter again");
    assert.match(
      await send({ ...reply, messageId: "<two@x.example>", from: "mallory@evil.example" }),
      /^250/,
    );
    const machine = { "Auto-Submitted": "auto-replied" };
    assert.match(await send({ ...reply, messageId: "<three@x.example>", headers: machine }), /^250/);
    assert.match(await send({ ...reply, to: to.replace(/\.[0-9a-f]{16}@/, ".0123456789abcdef@") }), /^550/);
    const { read } = world.service.tools.store;
    const entries = await read
      .selectFrom("case_entries")
      .selectAll()
      .where("kind", "in", ["applicant", "foreign"])
      .orderBy("at")
      .execute();
    assert.deepEqual(
      entries.map(({ kind, sender }) => [kind, sender]),
      [
        ["applicant", ANSWER],
        ["foreign", "mallory@evil.example"],
      ],
    );
    assert.match(entries[0]?.text ?? "", /^Мой руководитель — Иван\.\n\n\[.*exe\]$/, "no quoted letter");
    const files = await read.selectFrom("case_files").select(["name", "type"]).execute();
    assert.equal(files.filter(({ type }) => type !== "application/pdf").length, 0);
    assert.equal(await stateOf(world, number), "new");

    const polina = await staffHere(world, staffed("desk", "polina", "Полина Орлова"));
    const before = await viewsOf(read);
    await polina.visit(`/admin/cases/${number}`);
    assert.ok(polina.page.text.includes("Не подтверждено: письмо с адреса m···@evil.example"));
    assert.ok(!polina.page.text.includes(ANSWER), "the desk sees masked addresses");
    assert.ok(!polina.page.text.includes(anna.email));
    assert.equal(await viewsOf(read), before + 1, "one row of the record for one view");
  },
  { settings },
);

/** The bytes of a mail as they are, from the envelope's sender. */
function sendRaw(to: string, lines: readonly (string | Buffer)[], from = ANSWER): Promise<string> {
  const raw = Buffer.concat(lines.map((line) => Buffer.concat([Buffer.from(line), Buffer.from("\r\n")])));
  return send({ raw, envelope: { from, to } });
}

/** «Мой руководитель» in Windows-1251. */
const cyrillic = Buffer.from("cceee920f0f3eaeee2eee4e8f2e5ebfc", "hex");

journey(
  "M17: whatever a letter is made of, it comes as plain text or not at all, and decides nothing",
  async (world) => {
    await world.addPerson(anna);
    const { number } = await confirmedCase(world, anna.login);
    const accepted = await letterLike(world, ANSWER, `Обращение № ${number}: принято`);
    const to = accepted.mail.parsed.replyTo?.value[0]?.address ?? "";
    const { read } = world.service.tools.store;
    const entries = async () =>
      (await read.selectFrom("case_entries").selectAll().orderBy("at").orderBy("id").execute()).filter(
        ({ kind }) => kind !== "event",
      );
    const head = (id: string, from: string, ...more: string[]) => [
      `From: ${from}`,
      `To: ${to}`,
      "Subject: =?utf-8?B?0J7RgtCy0LXRgg==?=",
      `Message-ID: <${id}@elsewhere.example>`,
      "MIME-Version: 1.0",
      ...more,
    ];
    const plain = ["Content-Type: text/plain; charset=utf-8", "", "Привет"];

    // What only an HTML part says, without what runs or calls home.
    const page = `<style>p{}</style><script>alert(1)</script><p>Мой <b>руководитель</b> &mdash; Иван</p>
<img src="https://evil.example/seen.gif"><img src="cid:logo@x">
<blockquote>&gt; Адрес подтверждён</blockquote>`;
    assert.match(
      await send({ from: ANSWER, to, messageId: "<h@x.example>", subject: "x", html: page }),
      /^250/,
    );
    let all = await entries();
    assert.match(all.at(-1)?.text ?? "", /Мой руководитель — Иван/);
    assert.doesNotMatch(all.at(-1)?.text ?? "", /alert|<|cid:/);

    for (const [id, type, told] of [
      ["right", "text/plain; charset=windows-1251", /^Мой руководитель$/],
      ["wrong", "text/plain; charset=utf-8", /^(\ufffd|.)+$/s],
      ["none", "text/plain", /./],
      ["nonsense", 'text/plain; charset="x-\\0-nonsense"', /./],
      ["binary", "text/plain; charset=utf-16le", /./],
    ] as const) {
      const bytes = [
        ...head(id, ANSWER, `Content-Type: ${type}`, "Content-Transfer-Encoding: 8bit"),
        "",
        cyrillic,
      ];
      assert.match(await sendRaw(to, bytes), /^250/, id);
      all = await entries();
      assert.match(all.at(-1)?.text ?? "", told, id);
      assert.ok(all.at(-1)?.text.isWellFormed(), id);
    }

    // Forged: the name shown, two senders, two headers, a group, none. None of them is the applicant.
    const before = (await entries()).length;
    const forged = [
      `"${ANSWER}" <mallory@evil.example>`,
      `${ANSWER}, mallory@evil.example`,
      `mallory@evil.example, ${ANSWER}`,
      `${ANSWER}\r\nFrom: mallory@evil.example`,
      `all: ${ANSWER}, mallory@evil.example;`,
      "",
    ];
    for (const [index, from] of forged.entries())
      assert.match(await sendRaw(to, [...head(`f${index}`, from), ...plain]), /^250/, from);
    const kinds = (await entries()).slice(before).map(({ kind }) => kind);
    assert.deepEqual(kinds, Array(forged.length).fill("foreign"));

    // Machines, lists and what went round in circles, each by one sign alone.
    const kept = (await entries()).length;
    const signs = [
      "Auto-Submitted: auto-generated",
      "Precedence: bulk",
      "List-Id: <all.elsewhere.example>",
      "X-Autoreply: yes",
      "X-Loop: case",
    ];
    for (const [index, sign] of signs.entries())
      assert.match(await sendRaw(to, [...head(`m${index}`, ANSWER, sign), ...plain]), /^250/, sign);
    assert.match(await sendRaw(to, [...head("null", ANSWER), ...plain], ""), /^250/, "a report's envelope");
    assert.match(await sendRaw(to, [...head("daemon", "MAILER-DAEMON@x.example"), ...plain]), /^250/);
    const hops = Array.from({ length: 51 }, (_, hop) => `Received: from h${hop} by h${hop + 1}`);
    assert.match(await sendRaw(to, [...hops, ...head("hops", ANSWER), ...plain]), /^5/);
    const own = accepted.mail.parsed.headerLines.filter(({ key }) => key === "auto-submitted");
    assert.match(String(own[0]?.line), /^Auto-Submitted: auto-/i);
    const again = own.map(({ line }) => line);
    assert.match(await sendRaw(to, [...head("own", ANSWER, ...again), ...plain]), /^250/, "our own letter");
    assert.equal((await entries()).length, kept);

    // Too much of everything.
    const big = (bytes: number) => Buffer.alloc(bytes, "x");
    const heavy = { from: ANSWER, to, subject: "x", text: "Вот файлы" };
    const whole = [{ filename: "all.txt", content: big(11_000_000) }];
    assert.match(await send({ ...heavy, messageId: "<w@x.example>", attachments: whole }), /^552/);
    const many = Array.from({ length: 7 }, (_, index) => ({ filename: `${index}.txt`, content: big(10) }));
    const attachments = [{ filename: "big.txt", content: big(5_500_000) }, ...many];
    assert.match(await send({ ...heavy, messageId: "<m@x.example>", attachments }), /^250/);
    const files = await read.selectFrom("case_files").select("name").execute();
    assert.equal(files.length, 5);
    assert.match(
      (await entries()).at(-1)?.text ?? "",
      /Вот файлы\n\n\[big\.txt\]/,
      "what was left out is named",
    );
    const long = `${"слово ".repeat(30_000)}\n`;
    assert.match(await send({ ...heavy, messageId: "<l@x.example>", text: long }), /^250/);
    assert.ok(((await entries()).at(-1)?.text.length ?? 0) <= 4_000);

    assert.equal((await read.selectFrom("case_evidence").selectAll().execute()).length, 0);
    assert.equal(await stateOf(world, number), "new");
    await world.service.tools.store.transact((write) =>
      write.updateTable("cases").set({ state: "closed" }).execute(),
    );
    assert.match(await sendRaw(to, [...head("late", ANSWER), ...plain]), /^550/, "a case that has ended");
  },
  { settings },
);

async function viewsOf(
  read: Parameters<Parameters<typeof journey>[1]>[0]["service"]["tools"]["store"]["read"],
) {
  const rows = await read
    .selectFrom("audit_events")
    .select("seq")
    .where("action", "=", "case.viewed")
    .execute();
  return rows.length;
}
