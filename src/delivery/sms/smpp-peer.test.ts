import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startForeignSmsc } from "../../../test/foreign-smsc.ts";
import type { SmsReport } from "./gateway.ts";
import { createSmppGateway } from "./smpp.ts";

test("M2 a foreign SMS centre reads the Cyrillic code as sent, and its receipt comes back", async (t) => {
  const centre = await startForeignSmsc(t);
  if (!centre) return;
  const reports: SmsReport[] = [];
  const gateway = createSmppGateway(new URL(`${centre.url}?from=Romashka&system_type=OTP`), (_, report) =>
    reports.push(report),
  );
  t.after(() => gateway.close());
  const texts = {
    cyrillic: "Код 482913. Никому его не сообщайте.\n@id.company.ru #482913",
    latin: "Code 482913. Tell nobody. {€_}\n@id.company.ru #482913",
    long: "Пароль изменён. Если это были не вы, ответьте на письмо. ".repeat(4),
  };
  const references: (string | null)[] = [];
  for (const text of Object.values(texts)) {
    const answer = await gateway.send({ id: "0198", to: "+79161234567", text, lifetimeMs: 600_000 });
    assert.equal(answer.kind, "accepted", answer.answer);
    references.push(answer.reference);
  }
  while (reports.length < 3) await sleep(10);
  await gateway.close();
  await centre.ended;

  const [bind] = centre.said("bind");
  assert.deepEqual(bind, { event: "bind", system_id: "propusk", password: "secret", system_type: "OTP" });
  const messages = centre.said("message");
  assert.deepEqual(
    messages.map(({ text }) => text),
    Object.values(texts),
  );
  assert.deepEqual(
    messages.map(({ data_coding: coding }) => coding),
    [8, 0, 8],
  );
  const { id, text: _, ...fields } = messages[0] ?? {};
  assert.deepEqual(fields, {
    event: "message",
    destination_addr: "79161234567",
    dest_addr_ton: 1,
    dest_addr_npi: 1,
    source_addr: "Romashka",
    source_addr_ton: 5,
    data_coding: 8,
    validity_period: "000000001000000R",
    registered_delivery: 1,
    esm_class: 0,
  });
  assert.equal(id, references[0]);
  const delivered = { status: "delivered", detail: "DELIVRD err 000" };
  assert.deepEqual(
    reports,
    references.map((reference) => ({ reference, ...delivered })),
  );
  assert.deepEqual(
    centre.said("receipt answered").map(({ status }) => status),
    [0, 0, 0],
  );
  assert.equal(centre.said("unbind").length, 1);
});
