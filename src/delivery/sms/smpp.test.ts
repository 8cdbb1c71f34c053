import assert from "node:assert/strict";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { setDefaultCACertificates } from "node:tls";
import smpp from "smpp";
import { testCertificate } from "../../../test/certificate.ts";
import { closedPort } from "../../../test/mail-sink.ts";
import { type SmppSink, type SmppSinkOptions, startSmppSink } from "../../../test/smpp-sink.ts";
import type { GatewayAnswer, SmsReport } from "./gateway.ts";
import { createSmppGateway } from "./smpp.ts";
import type { SmppTimes } from "./smpp-gateway.ts";

const times: SmppTimes = {
  bindMs: 2_000,
  enquireEveryMs: 60_000,
  enquireMs: 2_000,
  firstRestMs: 5,
  longestRestMs: 20,
  unbindMs: 100,
  sendMs: 3_000,
  placeMs: 2_000,
  holdReportMs: 1,
};
const codeText = "Код 482913. Никому его не сообщайте.\n@id.company.ru #482913";
const sms = { id: "0198", to: "+79161234567", text: codeText, lifetimeMs: 600_000 };

async function sinkAndGateway(
  t: TestContext,
  given: { sink?: SmppSinkOptions; times?: Partial<SmppTimes>; query?: string } = {},
) {
  const sink = await startSmppSink(given.sink);
  const reports: SmsReport[] = [];
  const gateway = createSmppGateway(
    new URL(`${sink.url}?${given.query ?? ""}`),
    (name, report) => {
      assert.equal(name, "smpp");
      reports.push(report);
    },
    { times: { ...times, ...given.times } },
  );
  t.after(async () => {
    await gateway.close();
    await sink.close();
  });
  return { sink, gateway, reports };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(2);
}

function only<T>(items: readonly T[]): T {
  assert.equal(items.length, 1);
  return items[0] as T;
}

const kinds = (answers: readonly GatewayAnswer[]) => answers.map(({ kind }) => kind);

test("a Cyrillic code arrives in one part, with a sender's name, and asks for a receipt", async (t) => {
  const { sink, gateway } = await sinkAndGateway(t, { query: "from=Romashka&system_type=OTP" });
  const answer = await gateway.send(sms);
  const { id, to, text, pdu } = only(sink.messages());
  assert.deepEqual(answer, { kind: "accepted", answer: "ESME_ROK 0x00", reference: id, parts: 1 });
  assert.deepEqual([to, text], [sms.to, codeText]);
  assert.deepEqual(
    [pdu.destination_addr, pdu.dest_addr_ton, pdu.dest_addr_npi, pdu.data_coding, pdu.registered_delivery],
    ["79161234567", 1, 1, 8, 1],
  );
  assert.deepEqual([pdu.source_addr, pdu.source_addr_ton, pdu.source_addr_npi], ["Romashka", 5, 0]);
  const bind = only(sink.binds());
  assert.deepEqual(
    [bind.system_id, bind.password, bind.system_type, bind.interface_version],
    ["propusk", "secret", "OTP", 0x34],
  );
});

test("Latin text leaves in the GSM alphabet, and a text of several parts leaves whole", async (t) => {
  const { sink, gateway } = await sinkAndGateway(t);
  const english = "Code 482913. Tell nobody.\n@id.company.ru #482913 {€}";
  assert.equal((await gateway.send({ ...sms, text: english })).kind, "accepted");
  assert.deepEqual([sink.messages()[0]?.text, sink.messages()[0]?.pdu.data_coding], [english, 0]);
  const long = "Слишком длинное сообщение ".repeat(12);
  const answer = await gateway.send({ ...sms, text: long });
  assert.deepEqual(answer.kind === "accepted" && answer.parts, 5);
  assert.equal(sink.messages()[1]?.text, long);
  assert.equal(sink.messages().length, 2);
});

test("the operator's status decides: never, later, or trouble of the account", async (t) => {
  const { sink, gateway } = await sinkAndGateway(t, { times: { longestRestMs: 5 } });
  const outcomes = {
    ESME_RINVDSTADR: "refused",
    ESME_RSUBMITFAIL: "refused",
    ESME_RSYSERR: "later",
    ESME_RINVSRCADR: "later",
    ESME_RMSGQFUL: "later",
    ESME_RTHROTTLED: "later",
    ESME_RINVBNDSTS: "unreachable",
  };
  for (const [status, kind] of Object.entries(outcomes)) {
    sink.behave(() => ({ kind: "refuse", status }));
    const answer = await gateway.send(sms);
    assert.equal(answer.kind, kind, status);
    assert.match(answer.answer, new RegExp(`^${status} 0x`));
  }
  sink.behave(() => ({ kind: "refuse", status: 0x400 }));
  assert.deepEqual(await gateway.send(sms), { kind: "later", answer: "status 0x400" });
  assert.equal(sink.messages().length, 0);
});

test("an operator that is away or refuses our password is unreachable, and binds go on", async (t) => {
  const port = await closedPort();
  const url = new URL(`smpp://propusk:secret@127.0.0.1:${port}`);
  const gateway = createSmppGateway(url, () => {}, { times });
  t.after(() => gateway.close());
  const away = await gateway.send(sms);
  assert.equal(away.kind, "unreachable");
  assert.match(away.answer, /ECONNREFUSED/);
  const sink = await startSmppSink({ port });
  t.after(() => sink.close());
  sink.refuseBinds("ESME_RINVPASWD");
  await until(() => sink.binds().length >= 2);
  assert.deepEqual(await gateway.send(sms), {
    kind: "unreachable",
    answer: "bind refused: ESME_RINVPASWD 0x0e",
  });
  sink.refuseBinds();
  await until(() => sink.bound() === 1);
  assert.equal((await gateway.send(sms)).kind, "accepted");
});

test("R07 a message that left and has no answer is unknown, and is not sent again", async (t) => {
  const { sink, gateway } = await sinkAndGateway(t, { times: { sendMs: 1_000, placeMs: 900 } });
  sink.behave(() => ({ kind: "hang" }));
  assert.deepEqual(await gateway.send(sms), { kind: "unknown", answer: "no answer to submit_sm" });
  sink.behave(() => ({ kind: "drop" }));
  const dropped = await gateway.send(sms);
  assert.deepEqual(dropped, {
    kind: "unknown",
    answer: "no answer to submit_sm: the peer closed the connection",
  });
  sink.behave(() => ({ kind: "take" }));
  await until(() => sink.bound() === 1 && sink.binds().length === 2);
  assert.equal(sink.messages().length, 2);
});

test("a lost link is bound again, once, and the messages between two binds are unreachable", async (t) => {
  const { sink, gateway } = await sinkAndGateway(t, { times: { firstRestMs: 50, longestRestMs: 50 } });
  await gateway.send(sms);
  for (let turn = 2; turn <= 4; turn += 1) {
    sink.cut();
    await until(() => sink.bound() === 0);
    while ((await gateway.send(sms)).kind === "accepted") await sleep(1);
    await until(() => sink.bound() > 0);
    assert.deepEqual([sink.bound(), sink.binds().length], [1, turn]);
    assert.equal((await gateway.send(sms)).kind, "accepted");
  }
});

test("a link that leaves enquire_link unanswered is dead and bound again", async (t) => {
  const { sink } = await sinkAndGateway(t, { times: { enquireEveryMs: 5, enquireMs: 1_000 } });
  await until(() => sink.bound() === 1);
  await sleep(50);
  assert.equal(sink.binds().length, 1);
  sink.fallSilent();
  await until(() => sink.binds().length === 2);
});

test("an operator that never answers the bind holds nobody up, and is left and bound again", async (t) => {
  let lines = 0;
  const url = await rawServer(t, () => {
    lines += 1;
  });
  const gateway = createSmppGateway(url, () => {}, { times: { ...times, bindMs: 50, placeMs: 20 } });
  t.after(() => gateway.close());
  assert.deepEqual(await gateway.send(sms), { kind: "unreachable", answer: "still connecting" });
  await until(() => lines === 3);
});

test("AV4 an answer to the bind and nonsense in one packet is one lost link, bound again", async (t) => {
  let lines = 0;
  const url = await rawServer(t, (socket) => {
    lines += 1;
    socket.once("data", (bytes) => {
      const answer = new smpp.PDU(bytes).response({ system_id: "" });
      socket.write(Buffer.concat([answer.toBuffer(), Buffer.alloc(16)]));
    });
  });
  const gateway = createSmppGateway(url, () => {}, { times });
  t.after(() => gateway.close());
  await until(() => lines === 3);
});

async function rawServer(t: TestContext, onLine: (socket: Socket) => void): Promise<URL> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    onLine(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return new URL(`smpp://propusk:secret@127.0.0.1:${(server.address() as AddressInfo).port}`);
}

test("ten messages wait for answers at most; the eleventh waits for a place, then is “later”", async (t) => {
  const { sink, gateway } = await sinkAndGateway(t, { times: { placeMs: 100, sendMs: 1_000 } });
  await until(() => sink.bound() === 1);
  sink.behave(() => ({ kind: "hang" }));
  const first = Array.from({ length: 10 }, () => gateway.send(sms));
  const eleventh = await gateway.send(sms);
  assert.deepEqual(eleventh, { kind: "later", answer: "10 messages wait for their answers" });
  assert.equal(sink.messages().length, 10);
  assert.deepEqual(new Set(kinds(await Promise.all(first))), new Set(["unknown"]));
  sink.behave(() => ({ kind: "take" }));
  assert.equal((await gateway.send(sms)).kind, "accepted");
});

test("a throttling operator gets nothing for a while, then one message, then more", async (t) => {
  const { sink, gateway } = await sinkAndGateway(t, {
    times: { firstRestMs: 600, longestRestMs: 600, placeMs: 150, sendMs: 1_000 },
  });
  await until(() => sink.bound() === 1);
  let throttled = 0;
  sink.behave(() => {
    throttled += 1;
    return { kind: "refuse", status: "ESME_RTHROTTLED" };
  });
  const burst = await Promise.all(Array.from({ length: 5 }, () => gateway.send(sms)));
  assert.deepEqual(new Set(kinds(burst)), new Set(["later"]));
  assert.deepEqual(await gateway.send(sms), { kind: "later", answer: "the operator asked to be slower" });
  assert.equal(throttled, 5);
  sink.behave(() => ({ kind: "take" }));
  while ((await gateway.send(sms)).kind !== "accepted") await sleep(5);
  const after = await Promise.all(Array.from({ length: 30 }, () => gateway.send(sms)));
  assert.deepEqual(new Set(kinds(after)), new Set(["accepted"]));
});

test("receipts in both forms find their message, by a hexadecimal or decimal id, also twice", async (t) => {
  const { sink, gateway, reports } = await sinkAndGateway(t);
  await gateway.send(sms);
  const sent = only(sink.messages());
  const decimal = String(Number.parseInt(sent.id, 16));
  for (const form of ["text", "fields"] as const) {
    for (const id of [sent.id, sent.id.toLowerCase(), decimal, `000${decimal}`]) {
      sink.report(sent, "DELIVRD", { id, form });
    }
  }
  sink.report(sent, "EXPIRED", { id: "unheard-of_1", form: "text" });
  await until(() => reports.length === 9 && sink.answers().length === 9);
  const references = reports.map(({ reference, status }) => `${reference} ${status}`);
  assert.deepEqual(references, [...Array(8).fill(`${sent.id} delivered`), "unheard-of_1 expired"]);
  assert.equal(reports[0]?.detail, "DELIVRD err 000");
  assert.ok(
    sink
      .answers()
      .every(({ command, command_status: status }) => `${command}${status}` === "deliver_sm_resp0"),
  );
});

test("a receipt that overtakes the answer to its submit is matched all the same", async (t) => {
  const { sink, gateway, reports } = await sinkAndGateway(t, { times: { holdReportMs: 100 } });
  sink.behave((taken) => {
    sink.report(taken, "DELIVRD", { id: String(Number.parseInt(taken.id, 16)), form: "text" });
    return { kind: "take" };
  });
  const answer = await gateway.send(sms);
  await until(() => reports.length === 1);
  assert.equal(answer.kind === "accepted" && answer.reference, reports[0]?.reference);
});

test("an ordinary SMS to us is acknowledged and ignored, even one worded like a receipt", async (t) => {
  const { sink, gateway, reports } = await sinkAndGateway(t);
  await gateway.send(sms);
  const words = `id:${sink.messages()[0]?.id} stat:UNDELIV err:001`;
  sink.ask("deliver_sm", { source_addr: "79161234567", short_message: Buffer.from(words) });
  sink.ask("deliver_sm", { esm_class: 4, short_message: Buffer.from("no receipt") });
  sink.ask("enquire_link");
  await until(() => sink.answers().length === 3);
  await gateway.close();
  assert.deepEqual(reports, []);
});

test("an unbind is answered and followed by a new bind; a foreign command gets a nack", async (t) => {
  const { sink } = await sinkAndGateway(t);
  await until(() => sink.bound() === 1);
  sink.ask("query_sm");
  sink.ask("alert_notification");
  sink.ask("unbind");
  await until(() => sink.binds().length === 2);
  assert.deepEqual(
    sink.answers().map(({ command }) => command),
    ["generic_nack", "unbind_resp"],
  );
});

test("AV4 a broken PDU ends the connection and never the process", async (t) => {
  const { sink, gateway } = await sinkAndGateway(t);
  const header = (length: number, command: number) => {
    const bytes = Buffer.alloc(16);
    bytes.writeUInt32BE(length, 0);
    bytes.writeUInt32BE(command, 4);
    bytes.writeUInt32BE(1, 12);
    return bytes;
  };
  const deliverSm = 5;
  const broken = {
    "no length at all": Buffer.alloc(16),
    "shorter than its header": header(7, deliverSm),
    "a gigabyte": header(0x4000_0000, deliverSm),
    "another protocol": Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"),
    "a field without its value": Buffer.concat([
      header(37, deliverSm),
      Buffer.alloc(17),
      Buffer.from([0x04, 0x27, 0, 1]),
    ]),
    "a date that is none": Buffer.concat([
      header(30, deliverSm),
      Buffer.from("\0\0\0\0\0\0\0\0\0\0R\0R\0", "latin1"),
    ]),
  };
  for (const [name, bytes] of Object.entries(broken)) {
    await until(() => sink.bound() === 1);
    const binds = sink.binds().length;
    sink.write(bytes);
    await until(() => sink.binds().length > binds);
    assert.ok(name);
  }
  await until(() => sink.bound() === 1);
  assert.equal((await gateway.send(sms)).kind, "accepted");
});

test("smpps takes a certificate that is vouched for and tells nobody else its password", async (t) => {
  const distrusting = await sinkAndGateway(t, { sink: { secure: true } });
  const refused = await distrusting.gateway.send(sms);
  assert.equal(refused.kind, "unreachable");
  assert.match(refused.answer, /SELF_SIGNED_CERT/);
  assert.equal(distrusting.sink.binds().length, 0);
  setDefaultCACertificates([testCertificate.cert]);
  const { sink, gateway } = await sinkAndGateway(t, { sink: { secure: true } });
  assert.equal((await gateway.send(sms)).kind, "accepted");
  assert.equal(sink.messages()[0]?.text, codeText);
});

test("closing unbinds, passes on what was reported, and does not wait for a mute operator", async () => {
  const sink: SmppSink = await startSmppSink();
  const reports: SmsReport[] = [];
  const gateway = createSmppGateway(new URL(sink.url), (_, report) => reports.push(report), {
    times: { ...times, holdReportMs: 60_000 },
  });
  await gateway.send(sms);
  sink.report(only(sink.messages()), "DELIVRD", { id: "1", form: "fields" });
  await until(() => sink.answers().length === 1);
  sink.fallSilent();
  await gateway.close();
  assert.deepEqual(reports, [{ reference: "1", status: "delivered", detail: "state 2" }]);
  assert.equal((await gateway.send(sms)).kind, "unreachable");
  await until(() => sink.bound() === 0);
  await sleep(50);
  assert.equal(sink.binds().length, 1);
  await sink.close();
});
