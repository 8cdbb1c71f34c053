import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { type TestContext, test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type HttpPeer, type PeerAnswer, startHttpPeer } from "../../../test/http-peer.ts";
import { closedPort } from "../../../test/mail-sink.ts";
import { parseSmsUrl } from "../../setting-values.ts";
import type { GatewayAnswer, SmsGateway } from "./gateway.ts";
import { openGateways } from "./router.ts";

const text = "Код 482913. Никому его не сообщайте.\n@id.company.ru #482913";
const sms = { id: "0192-7", to: "+79161234567", text, lifetimeMs: 600_000 };

function openAt(address: string, reportsUrl: string | null = null): SmsGateway {
  const ways = { addressFor: () => reportsUrl, onReport: () => assert.fail("nothing to report") };
  const [line] = openGateways(parseSmsUrl(address), ways);
  assert.ok(line);
  return line.gateway;
}

/** A gateway of `SMS_URL`, with `HOST` in it, before a stand-in. */
async function standIn(
  t: TestContext,
  address: string,
  reportsUrl: string | null = null,
): Promise<{ peer: HttpPeer; gateway: SmsGateway }> {
  const peer = await startHttpPeer();
  const gateway = openAt(address.replace("HOST", peer.host), reportsUrl);
  t.after(async () => {
    await gateway.close();
    await peer.close();
  });
  return { peer, gateway };
}

function json(body: unknown, status = 200): PeerAnswer {
  return { status, body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}

async function judge(
  { peer, gateway }: { peer: HttpPeer; gateway: SmsGateway },
  cases: Readonly<Record<string, readonly PeerAnswer[]>>,
): Promise<void> {
  for (const [kind, answers] of Object.entries(cases)) {
    for (const answer of answers) {
      peer.answerWith(() => answer);
      const said = await gateway.send(sms);
      assert.equal(said.kind, kind, `${JSON.stringify(answer)} -> ${JSON.stringify(said)}`);
      assert.doesNotMatch(said.answer, /482913|9161234567/, "the trace learns neither number nor code");
    }
  }
}

const taken = (answer: string, reference: string | null, parts: number | null = null): GatewayAnswer => ({
  kind: "accepted",
  answer,
  reference,
  parts,
});

/** One address for each connector, before a stand-in on loopback. */
const addresses = {
  smsru: "smsru://KEY-1@HOST?from=ROMASHKA",
  smsc: "smsc://login:p%40ss@HOST?from=ROMASHKA",
  exolve: "exolve://eyJ.x-y_z@HOST?from=ROMASHKA",
  twilio: "twilio://AC1:token@HOST?from=+15550001111",
  http: "http://HOST/send?channel=sms&secret=s3cret&prefix=+7",
};

for (const [name, address] of Object.entries(addresses)) {
  test(`R07: ${name}: a busy, broken, silent or cut off gateway is told apart`, async (t) => {
    const pair = await standIn(t, address);
    await judge(pair, {
      later: [{ status: 429 }, { status: 500, body: "<html>oops</html>" }, { status: 503 }],
      unreachable: [{ status: 302, headers: { Location: "/login" } }, { status: 401 }, { status: 404 }],
      unknown: ["cut", "cut-answer", { status: 504 }],
    });
    const port = await closedPort();
    const away = openAt(address.replace("HOST", `127.0.0.1:${port}`));
    assert.deepEqual(await away.send(sms), { kind: "unreachable", answer: "ECONNREFUSED" });
    if (name !== "http") await judge(pair, { unknown: [{ status: 200, body: '{"status' }, json([])] });
  });

  test(`R07: ${name}: a gateway that hangs is left after ten seconds, and nobody knows`, async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { peer, gateway } = await standIn(t, address);
    peer.answerWith(() => "hang");
    const answer = gateway.send(sms);
    while (peer.requests.length === 0) await nextTurn();
    t.mock.timers.tick(10_000);
    assert.deepEqual(await answer, { kind: "unknown", answer: "no answer in time" });
  });
}

test("SMS.ru gets a form with the key, the number without its plus and the name of the sender", async (t) => {
  const { peer, gateway } = await standIn(t, addresses.smsru);
  const own = { status: "OK", status_code: 100, sms_id: "000000-10000000" };
  peer.answerWith(() => json({ status: "OK", status_code: 100, sms: { "79161234567": own }, balance: 41.5 }));
  assert.deepEqual(await gateway.send(sms), taken("000000-10000000", "000000-10000000"));
  const [request] = peer.requests;
  assert.deepEqual([request?.method, request?.path], ["POST", "/sms/send"]);
  assert.deepEqual(request?.fields, {
    api_id: "KEY-1",
    json: "1",
    to: "79161234567",
    msg: text,
    from: "ROMASHKA",
  });
});

test("SMS.ru: the code of the number decides, else the code of the whole request", async (t) => {
  const whole = (code: number) => json({ status: "ERROR", status_code: code, status_text: "слова" });
  const own = (code: number) =>
    json({
      status: "OK",
      status_code: 100,
      sms: { "79161234567": { status: "ERROR", status_code: code, status_text: "номер 79161234567" } },
    });
  await judge(await standIn(t, addresses.smsru), {
    accepted: [json({ status: "OK", status_code: 100 })],
    refused: [own(202), own(204), own(207), own(216), own(230), own(233), own(999), whole(205)],
    later: [whole(206), whole(220), own(231), whole(500)],
    unreachable: [whole(200), whole(201), whole(300), whole(301), whole(302)],
  });
});

test("SMS.ru is asked about many messages at once, and reports by itself in lines", async (t) => {
  const { peer, gateway } = await standIn(t, addresses.smsru);
  const states = { "1-1": { status_code: 103 }, "1-2": { status_code: 104 }, "1-3": { status_code: -1 } };
  peer.answerWith(() => json({ status: "OK", status_code: 100, sms: states }));
  const reports = await gateway.pull?.(["1-1", "1-2", "1-3", "1-4"]);
  assert.deepEqual(
    reports?.map(({ reference, status }) => [reference, status]),
    [
      ["1-1", "delivered"],
      ["1-2", "expired"],
      ["1-3", "unknown"],
    ],
  );
  assert.deepEqual(peer.requests[0]?.fields.sms_id, "1-1,1-2,1-3,1-4");
  peer.answerWith(() => "cut");
  assert.deepEqual(await gateway.pull?.(["1-1"]), []);

  const pushed = gateway.push?.read({
    "data[0]": "sms_status\n1-1\n102\n1763800000",
    "data[1]": "sms_status\n1-2\n108\n1763800001",
    "data[2]": "callcheck_status\n7\n401\n1763800002",
    hash: "0",
  });
  assert.deepEqual(
    pushed?.map(({ reference, status }) => [reference, status]),
    [
      ["1-1", "sent"],
      ["1-2", "rejected"],
    ],
  );
  assert.equal(gateway.push?.thanks, "100");
});

test("SMSC gets a form with login and password, or with a key alone", async (t) => {
  const { peer, gateway } = await standIn(t, addresses.smsc);
  peer.answerWith(() => json({ id: 1234, cnt: 2 }));
  assert.deepEqual(await gateway.send(sms), taken("id 1234", "79161234567/1234", 2));
  const [request] = peer.requests;
  assert.equal(request?.path, "/sys/send.php");
  assert.deepEqual(request?.fields, {
    login: "login",
    psw: "p@ss",
    fmt: "3",
    charset: "utf-8",
    phones: "79161234567",
    mes: text,
    valid: "00:10",
    sender: "ROMASHKA",
  });
  await openAt(`smsc://KEY@${peer.host}`).send(sms);
  const { apikey, login, psw, sender } = peer.requests[1]?.fields ?? {};
  assert.deepEqual([apikey, login, psw, sender], ["KEY", undefined, undefined, undefined]);
});

test("SMSC: each of its errors has one meaning", async (t) => {
  const error = (code: number) => json({ error: "слова 79161234567", error_code: code });
  await judge(await standIn(t, addresses.smsc), {
    refused: [error(1), error(6), error(7), error(8), error(77)],
    unreachable: [error(2), error(3), error(4)],
    later: [error(9)],
  });
});

test("SMSC is asked by number and id together, and reports by itself in a form", async (t) => {
  const { peer, gateway } = await standIn(t, addresses.smsc);
  peer.answerWith(() => json([{ status: 1, last_date: "22.11.2026 14:05:00" }, { status: 20, err: 6 }, {}]));
  const reports = await gateway.pull?.(["79161234567/1", "79161234568/2", "79161234569/3"]);
  assert.deepEqual(reports, [
    { reference: "79161234567/1", status: "delivered", detail: "1" },
    { reference: "79161234568/2", status: "undelivered", detail: "20, error 6" },
  ]);
  const { phone, id } = peer.requests[0]?.fields ?? {};
  assert.deepEqual([phone, id], ["79161234567,79161234568,79161234569,", "1,2,3,"]);

  const form = { id: "1234", phone: "79161234567", status: "3", time: "22.11.2026 14:05:00", err: "0" };
  const pushed = { reference: "79161234567/1234", status: "expired", detail: "3, error 0" };
  assert.deepEqual(gateway.push?.read(form), [pushed]);
  assert.deepEqual(gateway.push?.read({ phone: "79161234567", mes: "an SMS to us" }), []);
});

test("Exolve gets JSON with the key in a header", async (t) => {
  const { peer, gateway } = await standIn(t, addresses.exolve);
  peer.answerWith(() => json({ message_id: "439166538239448536", template_resource_id: 136519 }));
  assert.deepEqual(await gateway.send(sms), taken("id 439166538239448536", "439166538239448536"));
  const [request] = peer.requests;
  assert.deepEqual([request?.method, request?.path], ["POST", "/messaging/v1/SendSMS"]);
  assert.equal(request?.headers.authorization, "Bearer eyJ.x-y_z");
  assert.deepEqual(JSON.parse(request?.body ?? ""), { number: "ROMASHKA", destination: "79161234567", text });
});

test("Exolve: an error in the answer is a no, and the status of HTTP says of what kind", async (t) => {
  const error = { error: { code: 3, message: "invalid request", details: "Destination 79161234567" } };
  await judge(await standIn(t, addresses.exolve), {
    refused: [json(error, 400), json(error, 200)],
    unreachable: [json(error, 401), json(error, 402), json(error, 403)],
    later: [json(error, 429), json(error, 500)],
    unknown: [json({}, 200)],
  });
});

test("Exolve reports by itself in JSON, with words that are read by their end", () => {
  const { push, pull } = openAt("exolve://KEY@127.0.0.1?from=ROMASHKA");
  assert.equal(pull, undefined);
  const statusOf = (word: string) => push?.read({ message_id: "7", delivery_status: word })[0]?.status;
  assert.equal(statusOf("DELIVERY_STATUS_DELIVERED"), "delivered");
  assert.equal(statusOf("DELIVERY_STATUS_NOT_DELIVERED"), "undelivered");
  assert.equal(statusOf("undelivered"), "undelivered");
  assert.equal(statusOf("SOMETHING_NEW"), "unknown");
  assert.deepEqual(push?.read({ message_id: 7, status: "sent" }), [
    { reference: "7", status: "sent", detail: "SENT" },
  ]);
  assert.deepEqual(push?.read({ event: "call" }), []);
});

test("Twilio gets a form under the account, with the address for its reports", async (t) => {
  const reportsUrl = "https://id.company.ru/delivery/reports/twilio/token";
  const { peer, gateway } = await standIn(t, addresses.twilio, reportsUrl);
  peer.answerWith(() => json({ sid: "SM1", status: "queued", num_segments: "1" }, 201));
  assert.deepEqual(await gateway.send(sms), taken("SM1", "SM1", 1));
  const [request] = peer.requests;
  assert.equal(request?.path, "/2010-04-01/Accounts/AC1/Messages.json");
  assert.equal(request?.headers.authorization, `Basic ${Buffer.from("AC1:token").toString("base64")}`);
  assert.deepEqual(request?.fields, {
    To: "+79161234567",
    From: "+15550001111",
    Body: text,
    ValidityPeriod: "600",
    StatusCallback: reportsUrl,
  });
  const service = `MG${"0".repeat(32)}`;
  await openAt(`twilio://AC1:token@${peer.host}?from=${service}`).send(sms);
  const { From, MessagingServiceSid, StatusCallback } = peer.requests[1]?.fields ?? {};
  assert.deepEqual([From, MessagingServiceSid, StatusCallback], [undefined, service, undefined]);
});

test("a gateway is told how long a message is worth reading, within what it takes", async (t) => {
  const lives = [1, 30_001, 90_000, 600_000, 5 * 86_400_000];
  const told = async (address: string, field: string) => {
    const { peer, gateway } = await standIn(t, address);
    for (const lifetimeMs of lives) await gateway.send({ ...sms, lifetimeMs });
    return peer.requests.map(({ fields }) => fields[field]);
  };
  assert.deepEqual(await told(addresses.smsc, "valid"), ["00:01", "00:01", "00:02", "00:10", "24:00"]);
  assert.deepEqual(await told(addresses.twilio, "ValidityPeriod"), ["60", "60", "120", "600", "36000"]);
});

test("Twilio: the status of HTTP decides, and its code where that does not say enough", async (t) => {
  const error = (code: number, status = 400) =>
    json({ code, message: "The 'To' number +79161234567 is not valid", status }, status);
  await judge(await standIn(t, addresses.twilio), {
    refused: [error(21211), error(21408), error(21610), error(21614), error(99999)],
    unreachable: [error(20003, 401), error(21606), error(21212), error(20404, 404)],
    later: [error(20429, 429), error(14107), error(21611), error(20500, 500)],
  });
});

test("Twilio is asked about each message, and reports by itself in a form", async (t) => {
  const { peer, gateway } = await standIn(t, addresses.twilio);
  peer.answerWith(({ path }) =>
    path.endsWith("SM1.json") ? json({ status: "undelivered", error_code: 30003 }) : { status: 404 },
  );
  assert.deepEqual(await gateway.pull?.(["SM1", "SM2"]), [
    { reference: "SM1", status: "undelivered", detail: "undelivered, error 30003" },
  ]);
  assert.equal(peer.requests[0]?.method, "GET");
  const form = { MessageSid: "SM1", MessageStatus: "delivered", SmsSid: "SM1", To: "+79161234567" };
  assert.deepEqual(gateway.push?.read(form), [
    { reference: "SM1", status: "delivered", detail: "delivered" },
  ]);
});

test("the gateway of one's own gets JSON, signed, and any 2xx means taken", async (t) => {
  const { peer, gateway } = await standIn(t, addresses.http);
  for (const status of [200, 201, 202, 204]) {
    peer.answerWith(() => ({ status }));
    assert.deepEqual(await gateway.send(sms), taken(`HTTP ${status}`, sms.id));
  }
  const [request] = peer.requests;
  assert.deepEqual([request?.method, request?.path], ["POST", "/send?channel=sms"]);
  assert.equal(request?.headers["content-type"], "application/json");
  const body = request?.body ?? "";
  assert.deepEqual(JSON.parse(body), { to: sms.to, text, id: sms.id });
  const signature = createHmac("sha256", "s3cret").update(body).digest("hex");
  assert.equal(request?.headers["x-signature"], `sha256=${signature}`);
  await judge({ peer, gateway }, { refused: [{ status: 400 }, { status: 422, body: "no such number" }] });
});

test("the gateway of one's own is told name and password, and reports in our words", async (t) => {
  const { peer, gateway } = await standIn(t, "http://anna:p%40ss@HOST/send");
  await gateway.send(sms);
  const [request] = peer.requests;
  assert.equal(request?.headers.authorization, `Basic ${Buffer.from("anna:p@ss").toString("base64")}`);
  assert.equal(request?.headers["x-signature"], undefined);
  const read = (status: unknown) => gateway.push?.read({ id: "0192-7", status, detail: "error 6" });
  assert.deepEqual(read("undelivered"), [
    { reference: "0192-7", status: "undelivered", detail: "undelivered, error 6" },
  ]);
  assert.equal(read("constructor")?.[0]?.status, "unknown");
  assert.deepEqual(gateway.push?.read({ status: "delivered" }), []);
});
