import assert from "node:assert/strict";
import { test } from "node:test";
import { type ScriptedGateway, scriptedGateway } from "../../../test/gateways.ts";
import { handClock } from "../../../test/outbox.ts";
import { parseSmsUrl } from "../../setting-values.ts";
import type { GatewayAnswer } from "./gateway.ts";
import { createSmsTransport, openGateways } from "./router.ts";

const MINUTE = 60_000;

function routed(...gateways: ScriptedGateway[]) {
  const clock = handClock();
  const transport = createSmsTransport({ clock }, gateways);
  const send = (to = "+79161234567") =>
    transport.send({
      channel: "sms",
      id: "1",
      kind: "example",
      language: "ru",
      to,
      text: "Код 482913.",
      livesUntil: clock.now() + 10 * MINUTE,
    });
  return { clock, send };
}

const saying = (kind: Exclude<GatewayAnswer["kind"], "accepted">, answer: string) => () => ({ kind, answer });

test("the first gateway is asked first, and its words and reference are kept under its name", async () => {
  const [first, second] = [scriptedGateway("smsc"), scriptedGateway("twilio")];
  const said = await routed(first, second).send();
  assert.deepEqual(said, {
    kind: "accepted",
    answer: "smsc: taken",
    route: { declined: [], gateway: "smsc", reference: "smsc-1", asked: false },
  });
  assert.deepEqual(first.sent, [
    { id: "1", to: "+79161234567", text: "Код 482913.", lifetimeMs: 10 * MINUTE },
  ]);
  assert.equal(second.sent.length, 0);
});

test("a number goes to the gateways of its prefix, and to no other", async () => {
  const russia = scriptedGateway("smsc", ["7"]);
  const belarus = scriptedGateway("http", ["375", "374"]);
  const { send } = routed(russia, belarus);
  assert.equal((await send("+375291234567")).answer, "http: taken");
  assert.equal((await send("+79161234567")).answer, "smsc: taken");
  assert.deepEqual(await send("+4915112345678"), {
    kind: "refused",
    answer: "no gateway serves this number",
  });
  assert.deepEqual([russia.sent.length, belarus.sent.length], [1, 1]);
});

test("who refuses, is too busy or away passes the message on, and the trace learns of each", async () => {
  const lines = ["smsru", "smsc", "http", "twilio"].map((name) => scriptedGateway(name));
  const [refusing, busy, away, taking] = lines;
  refusing?.answerWith(saying("refused", "202"));
  busy?.answerWith(saying("later", "9"));
  away?.answerWith(saying("unreachable", "ECONNREFUSED"));
  const { kind, answer, route } = await routed(...lines).send();
  assert.deepEqual([kind, answer], ["accepted", "twilio: taken"]);
  assert.deepEqual(route?.declined, [
    { gateway: "smsru", kind: "refused", answer: "202" },
    { gateway: "smsc", kind: "later", answer: "9" },
    { gateway: "http", kind: "unreachable", answer: "ECONNREFUSED" },
  ]);
  assert.equal(taking?.sent.length, 1);
});

test("R07: a message that may be on its way goes to nobody else", async () => {
  const [silent, second] = [scriptedGateway("smsc"), scriptedGateway("twilio")];
  silent.answerWith(saying("unknown", "no answer in time"));
  const said = await routed(silent, second).send();
  assert.deepEqual([said.kind, said.answer], ["unknown", "smsc: no answer in time"]);
  assert.equal(second.sent.length, 0);
});

test("when nobody takes it, the answer that leaves the most hope decides", async () => {
  const cases: [GatewayAnswer["kind"], GatewayAnswer["kind"], GatewayAnswer["kind"]][] = [
    ["refused", "refused", "refused"],
    ["refused", "unreachable", "unreachable"],
    ["later", "refused", "later"],
    ["unreachable", "later", "later"],
  ];
  for (const [one, other, decides] of cases) {
    const lines = [scriptedGateway("smsru"), scriptedGateway("smsc")];
    for (const [place, kind] of [one, other].entries())
      lines[place]?.answerWith(saying(kind as "refused", `said ${kind}`));
    const said = await routed(...lines).send();
    assert.equal(said.kind, decides, `${one}, ${other}`);
    assert.equal(said.route?.declined.length, 1);
  }
});

test("a gateway that fell silent three times is asked last, but for a probe now and then", async () => {
  const [silent, second] = [scriptedGateway("smsc"), scriptedGateway("twilio")];
  silent.answerWith(saying("unknown", "no answer in time"));
  const { clock, send } = routed(silent, second);
  for (let turn = 0; turn < 3; turn += 1) await send();
  assert.deepEqual([silent.sent.length, second.sent.length], [3, 0]);
  assert.equal((await send()).answer, "twilio: taken");
  assert.equal(silent.sent.length, 3);
  clock.forward(MINUTE);
  await send();
  assert.equal(silent.sent.length, 4, "the probe");

  silent.answerWith(() => ({ kind: "accepted", answer: "back", reference: null, parts: null }));
  clock.forward(MINUTE);
  assert.equal((await send()).answer, "smsc: back");
  assert.equal((await send()).answer, "smsc: back");
});

test("a lone gateway is asked however silent it was", async () => {
  const silent = scriptedGateway("smsc");
  silent.answerWith(saying("unknown", "no answer in time"));
  const { send } = routed(silent);
  for (let turn = 0; turn < 5; turn += 1) await send();
  assert.equal(silent.sent.length, 5);
});

test("gateways are named by their kind, the second of a kind with a number", async () => {
  const addresses = "smsc://a:b smsc://c:d?prefix=+375, https://gw.example/one https://gw.example/two";
  const lines = openGateways(parseSmsUrl(addresses), { addressFor: () => null, onReport() {} });
  assert.deepEqual(
    lines.map(({ name, prefixes }) => [name, ...prefixes]),
    [["smsc"], ["smsc-2", "375"], ["http"], ["http-2"]],
  );
});
