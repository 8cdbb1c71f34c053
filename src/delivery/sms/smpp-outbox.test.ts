import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { onBothDatabases } from "../../../test/both-databases.ts";
import { handClock, scriptedTransport, startOutbox } from "../../../test/outbox.ts";
import { type SmppBehaviour, startSmppSink } from "../../../test/smpp-sink.ts";
import type { Store } from "../../platform/store/store.ts";
import { createDeliveryFigures } from "../figures.ts";
import { takeReports } from "../reports/reports.ts";
import { createSmsTransport } from "./router.ts";
import { createSmppGateway } from "./smpp.ts";

const MINUTE = 60_000;
const code = "Код 482913. Никому его не сообщайте.";
const times = { firstRestMs: 10, longestRestMs: 20, unbindMs: 100, holdReportMs: 20 };

/** An outbox whose only gateway is the sink, with receipts that end in the trace. */
async function smppOutbox(
  store: Store,
  body: (rig: {
    sink: Awaited<ReturnType<typeof startSmppSink>>;
    outbox: ReturnType<typeof startOutbox>;
    forward(milliseconds: number): void;
  }) => Promise<void>,
): Promise<void> {
  const clock = handClock();
  const sink = await startSmppSink({ reports: true });
  const reporting = { clock, store, deliveryFigures: createDeliveryFigures() };
  const recorded: Promise<void>[] = [];
  const gateway = createSmppGateway(
    new URL(sink.url),
    (name, report) => void recorded.push(takeReports(reporting, name, [report])),
    { times },
  );
  const undo: (() => Promise<void> | void)[] = [];
  const outbox = startOutbox(
    { after: (cleanup) => void undo.push(cleanup) },
    {
      store,
      clock,
      email: scriptedTransport(),
      sms: createSmsTransport({ clock }, [{ name: "smpp", prefixes: [], gateway }]),
      catalogue: { example: { prepare: async () => ({ kind: "sms", text: code }) } },
    },
  );
  try {
    await body({ sink, outbox, forward: clock.forward });
  } finally {
    for (const cleanup of undo) await cleanup();
    await gateway.close();
    await sink.close();
    await Promise.all(recorded);
  }
}

onBothDatabases("M24 the trace of an SMS over SMPP ends with the operator's receipt", async (store) => {
  await smppOutbox(store, async ({ sink, outbox }) => {
    const id = await outbox.put({ channel: "sms", to: "+79161234567", giveUpAfterMs: 10 * MINUTE });
    await outbox.delivery.drained();
    while ((await outbox.row(id)).status !== "delivered") await sleep(10);
    assert.deepEqual(await outbox.steps(id), [
      "queued",
      "attempt: attempt 1",
      "accepted: smpp: ESME_ROK 0x00",
      "delivered: smpp: DELIVRD err 000",
    ]);
    const [sms] = sink.messages();
    assert.equal(sms?.text, code);
    // The package reads a time from now on as the moment that it means.
    const left = Number(sms.pdu.validity_period) - Date.now();
    assert.ok(left > 8 * MINUTE && left <= 10 * MINUTE, `it lives for ${left} ms more`);
  });
});

onBothDatabases(
  "R07 over a misbehaving operator nothing is sent twice and nothing stays behind",
  async (store) => {
    await smppOutbox(store, async ({ sink, outbox, forward }) => {
      const seen = new Set<string>();
      sink.behave(({ to }): SmppBehaviour => {
        const again = seen.has(to);
        seen.add(to);
        if (to.endsWith("1")) return { kind: "refuse", status: "ESME_RINVDSTADR" };
        if (to.endsWith("2") && !again) return { kind: "refuse", status: "ESME_RTHROTTLED" };
        return { kind: to.endsWith("3") ? "drop" : "take" };
      });
      const numbers = Array.from({ length: 30 }, (_, index) => `+791612345${String(index).padStart(2, "0")}`);
      const ids = await Promise.all(numbers.map((to) => outbox.put({ channel: "sms", to })));
      const rows = () => Promise.all(ids.map((id) => outbox.row(id)));
      while ((await rows()).some(({ state }) => state !== "sent" && state !== "failed")) {
        await outbox.delivery.drained();
        forward(MINUTE);
        await sleep(5);
      }
      for (const { id, sent_to: recipient, state } of await rows()) {
        const copies = sink.messages().filter(({ to }) => to === recipient).length;
        assert.ok(copies <= 1, `${recipient} got ${copies}`);
        assert.ok(state === "failed" || copies === 1, recipient);
        const last = (await outbox.steps(id)).findLast((step) => /^(accepted|failed)/.test(step)) ?? "";
        if (state === "failed") assert.match(last, /^failed: smpp: (ESME_RINVDSTADR|no answer to submit_sm)/);
      }
      assert.ok((await rows()).filter(({ state }) => state === "sent").length >= 10);
    });
  },
);
