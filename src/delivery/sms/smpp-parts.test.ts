import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import smpp from "smpp";
import { readSmppUrl } from "./smpp-account.ts";
import { readPdus } from "./smpp-connection.ts";
import { restAfter } from "./smpp-link.ts";
import { encodeText, submitRequest } from "./smpp-message.ts";
import { readReceipt, SmppReferences } from "./smpp-receipts.ts";

const at = (query: string) => readSmppUrl(new URL(`smpp://propusk:secret@smsc.example:2775${query}`));

test("an address gives host, port, TLS, name and password", () => {
  assert.deepEqual(readSmppUrl(new URL("smpps://id%40x:p%3A%2Fs@[::1]?system_type=OTP")), {
    host: "::1",
    port: 3550,
    secure: true,
    systemId: "id@x",
    password: "p:/s",
    systemType: "OTP",
    from: { ton: 0, npi: 0, address: "" },
  });
  assert.equal(readSmppUrl(new URL("smpp://a:b@smsc.example")).port, 2775);
});

test("the sender is a name, a number with its country, or a short code", () => {
  assert.deepEqual(at("?from=Romashka").from, { ton: 5, npi: 0, address: "Romashka" });
  assert.deepEqual(at("?from=%2B79161234567").from, { ton: 1, npi: 1, address: "79161234567" });
  assert.deepEqual(at("?from=0919").from, { ton: 3, npi: 0, address: "0919" });
});

test("what SMPP cannot carry is refused with the setting's name and without the password", () => {
  for (const query of ["?from=TwelveLetter", "?from=Ромашка", "?from=12", "?system_type=Ю"]) {
    assert.throws(() => at(query), /^SettingRefused: SMS_URL(?!.*secret)/, query);
  }
});

test("a text is one part up to 160 GSM or 70 other characters", () => {
  const parts = (text: string) => {
    const { coding, parts: count } = encodeText(text);
    return [coding, count];
  };
  assert.deepEqual(parts("a".repeat(160)), [0, 1]);
  assert.deepEqual(parts("a".repeat(161)), [0, 2]);
  assert.deepEqual(parts("€".repeat(80)), [0, 1]);
  assert.deepEqual(parts("€".repeat(81)), [0, 2]);
  assert.deepEqual(parts("ж".repeat(70)), [8, 1]);
  assert.deepEqual(parts("ж".repeat(71)), [8, 2]);
  assert.deepEqual(parts("😀".repeat(35)), [8, 1]);
  assert.deepEqual(encodeText("@£_{").octets, Buffer.from([0x00, 0x01, 0x11, 0x1b, 0x28]));
  assert.deepEqual(encodeText("Ж1").octets, Buffer.from([0x04, 0x16, 0x00, 0x31]));
});

test("the operator is told how long a message is worth reading, up to a day", () => {
  const validity = (lifetimeMs: number) => {
    const sms = { id: "0198", to: "+79161234567", text: "Код", lifetimeMs };
    const { ton, npi, address } = at("").from;
    return submitRequest({ ton, npi, address }, sms, encodeText(sms.text)).validity_period;
  };
  assert.equal(validity(-1), "000000000100000R");
  assert.equal(validity(600_000), "000000001000000R");
  assert.equal(validity(90 * 60_000), "000000013000000R");
  assert.equal(validity(5 * 86_400_000), "000001000000000R");
});

function delivered(fields: Record<string, unknown>, text = "") {
  const pdu = new smpp.PDU("deliver_sm", { esm_class: 4, short_message: Buffer.from(text), ...fields });
  return readReceipt(new smpp.PDU(pdu.toBuffer()));
}

test("each state of a receipt has its status, by field and by word", () => {
  const fields = { receipted_message_id: "1A" };
  const states = [1, 2, 3, 4, 5, 6, 7, 8, 99].map(
    (state) => delivered({ ...fields, message_state: state })?.status,
  );
  const words = "ENROUTE DELIVRD EXPIRED DELETED UNDELIV ACCEPTD UNKNOWN REJECTD NEWWORD".split(" ");
  const said = words.map((word) => delivered({}, `id:1A sub:001 dlvrd:001 stat:${word} err:0`)?.status);
  const statuses = "sent delivered expired undelivered undelivered sent unknown rejected unknown".split(" ");
  assert.deepEqual(states, statuses);
  assert.deepEqual(said, statuses);
});

test("a receipt's detail holds the operator's word and code, and nothing of the message", () => {
  const receipt = delivered(
    { source_addr: "79161234567", destination_addr: "Romashka" },
    "id:a_b-1 sub:001 dlvrd:000 done date:2611221201 stat:UNDELIV err:0b1 Text:Code 482913",
  );
  assert.deepEqual(receipt, {
    reference: "a_b-1",
    status: "undelivered",
    detail: "UNDELIV err 0b1",
    numbers: ["79161234567", ""],
  });
  assert.equal(delivered({}, "Text: id:1 stat:DELIVRD"), undefined);
  assert.equal(delivered({ esm_class: 0 }, "id:1 stat:DELIVRD err:0"), undefined);
  assert.equal(delivered({ esm_class: 0x20 }, "id:1 stat:ENROUTE err:0")?.status, "sent");
});

test("a message is known again by the other writing of its id, and only among the same person's", () => {
  const references = new SmppReferences();
  references.remember("+79161234567", "FA01");
  references.remember("+79160000000", "1000");
  const resolve = (reference: string, number: string) =>
    references.resolve({ reference, numbers: [number], status: "delivered", detail: "" });
  assert.equal(resolve("64001", "79161234567"), "FA01");
  assert.equal(resolve("0fa01", "79161234567"), "FA01");
  assert.equal(resolve("64001", "79160000000"), "64001");
  assert.equal(resolve("1000", "79160000000"), "1000");
  assert.equal(resolve("not-a-number", "79160000000"), "not-a-number");
});

test("what is remembered of messages has an end", () => {
  const references = new SmppReferences();
  const resolve = (reference: string, number: string) =>
    references.resolve({ reference, numbers: [number], status: "delivered", detail: "" });
  for (let turn = 0; turn <= 10_000; turn += 1) references.remember(`+7${turn}`, `F${turn}`);
  assert.equal(resolve("f0", "70"), "f0");
  assert.equal(resolve("f10000", "710000"), "F10000");
  for (let turn = 0; turn < 20; turn += 1) references.remember("+710000", `E${turn}`);
  assert.equal(resolve("f10000", "710000"), "f10000");
});

test("rests double from the first to the longest, each of them between half and whole", () => {
  const times = { firstRestMs: 1_000, longestRestMs: 60_000 };
  for (const [losses, least, most] of [
    [1, 1_000, 2_000],
    [3, 4_000, 8_000],
    [6, 30_000, 60_000],
    [5_000, 30_000, 60_000],
  ] as const) {
    const rest = restAfter(losses, times);
    assert.ok(rest >= least && rest <= most, `${losses}: ${rest}`);
  }
});

test("PDUs are cut the same from any pieces", () => {
  const first = new smpp.PDU("deliver_sm", { esm_class: 4, short_message: Buffer.from("id:1 stat:DELIVRD") });
  const stream = Buffer.concat([first.toBuffer(), new smpp.PDU("enquire_link").toBuffer()]);
  for (let size = 1; size <= stream.length; size += 1) {
    const commands: string[] = [];
    const read = readPdus(({ command }) => commands.push(command));
    for (let from = 0; from < stream.length; from += size) read(stream.subarray(from, from + size));
    assert.deepEqual(commands, ["deliver_sm", "enquire_link"], String(size));
  }
});

test("AV4 octets of any kind are a receipt in printable words, nothing, or an error", () => {
  const frame = new smpp.PDU("deliver_sm", {
    esm_class: 4,
    short_message: Buffer.from("id:FA01 sub:001 dlvrd:001 stat:DELIVRD err:000 text:-"),
    receipted_message_id: "FA01",
    message_state: 2,
  }).toBuffer();
  const outcomes = { receipt: 0, nothing: 0, error: 0 };
  for (let turn = 0; turn < 3_000; turn += 1) {
    const noise = createHash("sha256").update(String(turn)).digest();
    const octets = Buffer.from(
      frame.subarray(0, turn % 2 ? frame.length : 17 + (turn % (frame.length - 17))),
    );
    octets.writeUInt32BE(octets.length, 0);
    for (let index = 0; index < 1 + (turn % 8); index += 1) {
      octets[16 + (noise.readUInt16BE(index * 4) % (octets.length - 16))] = noise[index * 4 + 2] ?? 0;
    }
    try {
      const receipt = readReceipt(new smpp.PDU(octets));
      if (receipt) assert.match(`${receipt.reference} ${receipt.detail}`, /^[\x20-\x7e]+$/);
      outcomes[receipt ? "receipt" : "nothing"] += 1;
    } catch (error) {
      assert.ok(!(error instanceof assert.AssertionError), String(error));
      outcomes.error += 1;
    }
  }
  assert.ok(Math.min(...Object.values(outcomes)) > 0, JSON.stringify(outcomes));
});
