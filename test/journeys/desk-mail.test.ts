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
