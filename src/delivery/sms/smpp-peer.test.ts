import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { installPackages } from "../../../scripts/packages.ts";
import type { SmsReport } from "./gateway.ts";
import { createSmppGateway } from "./smpp.ts";

const centreScript = join(import.meta.dirname, "../../../test/smsc.pl");
const debianPackage = "libnet-smpp-perl";

test("M2 a foreign SMS centre reads the Cyrillic code as sent, and its receipt comes back", async (t) => {
  if (!hasNetSmpp() && !(installPackages(debianPackage) && hasNetSmpp())) {
    assert.notEqual(process.env.CI, "true", `CI needs ${debianPackage}: apt-get install ${debianPackage}`);
    t.diagnostic(`no ${debianPackage} here: the foreign SMS centre was not asked`);
    return;
  }
  const centre = await startCentre(t);
  const reports: SmsReport[] = [];
  const gateway = createSmppGateway(
    new URL(`smpp://propusk:secret@127.0.0.1:${String(centre.port)}?from=Romashka&system_type=OTP`),
    (_, report) => reports.push(report),
  );
  t.after(() => gateway.close());
  const texts = {
    cyrillic: "Код 482913. Никому его не сообщайте.\n@id.company.ru #482913",
    latin: "Code 482913. Tell nobody. {€_}\n@id.company.ru #482913",
    long: "Пароль изменён. Если это были не вы, ответьте на письмо. ".repeat(4),
  };
  const references: (string | null)[] = [];
  for (const text of Object.values(texts)) {
    const answer = await gateway.send({ id: "0198", to: "+79161234567", text });
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
    validity_period: "000000010000000R",
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

function hasNetSmpp(): boolean {
  return spawnSync("perl", ["-MNet::SMPP", "-MJSON::PP", "-e", "1"]).status === 0;
}

type Line = Readonly<Record<string, unknown>>;

async function startCentre(t: { after(cleanup: () => void): void }) {
  const centre = spawn("perl", [centreScript], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => centre.kill());
  const lines: Line[] = [];
  const ended = new Promise<void>((resolve) => centre.once("close", () => resolve()));
  createInterface({ input: centre.stdout }).on("line", (line) => lines.push(JSON.parse(line)));
  const said = (event: string) => lines.filter((line) => line.event === event);
  while (said("listening").length === 0) {
    assert.equal(centre.exitCode, null, "the SMS centre did not start");
    await sleep(10);
  }
  return { port: said("listening")[0]?.port, said, ended };
}
