import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Hono } from "hono";
import { onBothDatabases } from "../../../test/both-databases.ts";
import { type ScriptedGateway, scriptedGateway } from "../../../test/gateways.ts";
import { type HandClock, handClock, scriptedTransport, startOutbox } from "../../../test/outbox.ts";
import { openSecrets } from "../../platform/secrets/secrets.ts";
import { migrate, openStore } from "../../platform/store/open.ts";
import type { Store } from "../../platform/store/store.ts";
import type { WebEnv } from "../../platform/web/context.ts";
import { createDeliveryFigures } from "../figures.ts";
import { reportRoutes } from "../routes.ts";
import { createHttpGateway } from "../sms/http.ts";
import { createSmsTransport, type NamedGateway } from "../sms/router.ts";
import { createSmsRuGateway } from "../sms/smsru.ts";
import { askGateways, recordReports, reportsPath, takeReports } from "./reports.ts";

const SECOND = 1_000;
const HOUR = 3_600_000;

/** An SMS that a gateway took over as `smsc-1`, and what can be told about it. */
async function sentSms(
  store: Store,
  body: (sent: {
    clock: HandClock;
    gateway: ScriptedGateway;
    tools: Parameters<typeof recordReports>[0];
    steps(): Promise<string[]>;
    status(): Promise<string | null>;
  }) => Promise<void>,
): Promise<void> {
  const clock = handClock();
  const gateway = scriptedGateway("smsc");
  gateway.reportWith(() => []);
  const undo: (() => Promise<void> | void)[] = [];
  const outbox = startOutbox(
    { after: (cleanup) => void undo.push(cleanup) },
    {
      store,
      clock,
      email: scriptedTransport(),
      sms: createSmsTransport({ clock }, [gateway]),
      catalogue: { example: { prepare: async () => ({ kind: "sms", text: "Код 482913." }) } },
    },
  );
  const id = await outbox.put({ channel: "sms", to: "+79161234567" });
  await outbox.delivery.drained();
  try {
    await body({
      clock,
      gateway,
      tools: { clock, store, deliveryFigures: createDeliveryFigures() },
      steps: () => outbox.steps(id),
      status: async () => (await outbox.row(id)).status,
    });
  } finally {
    for (const cleanup of undo) await cleanup();
  }
}

const begun = ["queued", "attempt: attempt 1", "accepted: smsc: taken"];

onBothDatabases("M24: the trace tells each step of an SMS up to the phone", async (store) => {
  await sentSms(store, async ({ tools, steps, status }) => {
    assert.deepEqual([await steps(), await status()], [begun, "accepted"]);
    await recordReports(tools, "smsc", [{ reference: "smsc-1", status: "sent", detail: "0" }]);
    await recordReports(tools, "smsc", [{ reference: "smsc-1", status: "delivered", detail: "1" }]);
    assert.deepEqual(await steps(), [...begun, "sent: smsc: 0", "delivered: smsc: 1"]);
    assert.equal(await status(), "delivered");
    assert.deepEqual(tools.deliveryFigures.list("reports"), [
      { labels: ["smsc", "sent"], count: 1 },
      { labels: ["smsc", "delivered"], count: 1 },
    ]);
  });
});

onBothDatabases("R07: repeated, belated and strange reports change nothing", async (store, another) => {
  await sentSms(store, async ({ tools, steps }) => {
    const delivered = { reference: "smsc-1", status: "delivered", detail: "1" } as const;
    const second = { ...tools, store: another() };
    await Promise.all(
      [tools, second, tools, second].map((one) => recordReports(one, "smsc", [delivered, delivered])),
    );
    await recordReports(tools, "smsc", [{ ...delivered, status: "sent" }]);
    await recordReports(tools, "smsc", [{ ...delivered, status: "expired" }]);
    await recordReports(tools, "smsc", [{ ...delivered, status: "unknown" }]);
    const strange = { ...delivered, reference: "smsc-2" };
    assert.deepEqual(await recordReports(tools, "smsc", [delivered, strange]), [strange]);
    assert.deepEqual(await recordReports(tools, "twilio", [delivered]), [delivered]);
    assert.deepEqual(await steps(), [...begun, "delivered: smsc: 1"]);
  });
});

test("a report that overtakes the answer to its own message is looked at again", async (t) => {
  // Embedded alone: the driver of PostgreSQL has timers of its own, which would be mocked along.
  const dataDir = mkdtempSync(join(tmpdir(), "propusk-reports-"));
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  const store = openStore({ dataDir, databaseUrl: undefined });
  await migrate(store);
  const clock = handClock();
  const gateway = scriptedGateway("smsc");
  const tools = { clock, store, deliveryFigures: createDeliveryFigures() };
  t.mock.timers.enable({ apis: ["setTimeout"] });
  gateway.answerWith(async () => {
    await takeReports(tools, "smsc", [{ reference: "quick", status: "delivered", detail: "1" }]);
    return { kind: "accepted", answer: "taken", reference: "quick", parts: 1 };
  });
  const outbox = startOutbox(t, {
    store,
    clock,
    email: scriptedTransport(),
    sms: createSmsTransport({ clock }, [gateway]),
    catalogue: { example: { prepare: async () => ({ kind: "sms", text: "Код 482913." }) } },
  });
  const id = await outbox.put({ channel: "sms", to: "+79161234567" });
  await outbox.delivery.drained();
  assert.equal((await outbox.row(id)).status, "accepted");
  t.mock.timers.tick(1_000);
  while ((await outbox.row(id)).status !== "delivered") await nextTurn();
  await outbox.delivery.stop();
  await store.close();
});

onBothDatabases(
  "a gateway is asked ever more rarely, by one instance, until it knows",
  async (store, another) => {
    await sentSms(store, async ({ clock, gateway, tools, steps }) => {
      const second = { ...tools, store: another() };
      const ask = () => Promise.all([askGateways(tools, [gateway]), askGateways(second, [gateway])]);
      const begin = clock.now();
      for (const [turn, seconds] of [15, 30, 60, 120, 240, 480].entries()) {
        clock.forward(begin + seconds * SECOND - 1 - clock.now());
        await ask();
        assert.equal(gateway.asked.length, turn, `before ${seconds} s`);
        clock.forward(1);
        await ask();
        assert.equal(gateway.asked.length, turn + 1, `after ${seconds} s`);
      }
      assert.deepEqual(gateway.asked[0], ["smsc-1"]);

      gateway.reportWith(([reference = ""]) => [{ reference, status: "undelivered", detail: "20" }]);
      clock.forward(HOUR);
      await ask();
      clock.forward(HOUR);
      await ask();
      assert.equal(gateway.asked.length, 7);
      assert.deepEqual((await steps()).at(-1), "undelivered: smsc: 20");
    });
  },
);

onBothDatabases("nobody is asked about a message of yesterday", async (store) => {
  await sentSms(store, async ({ clock, gateway, tools }) => {
    for (let day = 0; day < 3; day += 1) {
      clock.forward(25 * HOUR);
      await askGateways(tools, [gateway]);
    }
    assert.equal(gateway.asked.length, 1);
  });
});

onBothDatabases("CH5: a report is believed at its gateway's own address only", async (store) => {
  await sentSms(store, async ({ tools, steps, status }) => {
    const secrets = openSecrets([Buffer.alloc(32, "a key of this test")]);
    const push = createHttpGateway(new URL("http://127.0.0.1/")).push;
    const own: NamedGateway = { ...scriptedGateway("smsc"), prefixes: [] };
    const mute = scriptedGateway("twilio");
    const smsGateways = [{ ...own, gateway: { ...own.gateway, ...(push && { push }) } }, mute];
    const app = new Hono<WebEnv>();
    app.route("/delivery/reports", reportRoutes({ ...tools, secrets, smsGateways }));
    const post = (path: string, body: string, type = "application/json") =>
      app.request(path, { method: "POST", body, headers: { "Content-Type": type } });
    const path = reportsPath(secrets, "smsc");
    const report = JSON.stringify({ id: "smsc-1", status: "delivered" });

    for (const wrong of [
      `${path}x`,
      path.slice(0, -1),
      "/delivery/reports/smsc/",
      reportsPath(secrets, "twilio"),
    ])
      assert.equal((await post(wrong, report)).status, 404, wrong);
    assert.equal((await post(path.replace("smsc", "twilio"), report)).status, 404);
    assert.equal((await app.request(path)).status, 404, "GET");
    assert.equal(await status(), "accepted");

    assert.equal((await post(path, `${report}${" ".repeat(70_000)}`)).status, 413);
    for (const nonsense of ["", "null", "{", "[]", '{"id":7}', '"id"', "\u0000"])
      assert.equal((await post(path, nonsense)).status, 200, nonsense);
    assert.equal(await status(), "accepted");

    const form = "application/x-www-form-urlencoded";
    assert.equal((await post(path, "id=smsc-1&status=sent&detail=0", form)).status, 200);
    const answer = await post(path, `[${report},${report}]`);
    assert.deepEqual([answer.status, await answer.text()], [200, "OK"]);
    assert.deepEqual((await steps()).slice(3), ["sent: smsc: sent, 0", "delivered: smsc: delivered"]);
  });
});

onBothDatabases("a report that names its field in brackets is read as well", async (store) => {
  await sentSms(store, async ({ tools, status }) => {
    const secrets = openSecrets([Buffer.alloc(32, "a key of this test")]);
    const gateway = createSmsRuGateway(new URL("smsru://KEY@sms.ru"));
    const app = new Hono<WebEnv>();
    app.route(
      "/delivery/reports",
      reportRoutes({ ...tools, secrets, smsGateways: [{ name: "smsc", prefixes: [], gateway }] }),
    );
    const body = new URLSearchParams({ "data[0]": "sms_status\nsmsc-1\n103\n1763800000" });
    const answer = await app.request(reportsPath(secrets, "smsc"), { method: "POST", body });
    assert.deepEqual([await answer.text(), await status()], ["100", "delivered"]);
  });
});
