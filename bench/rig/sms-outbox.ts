/** An outbox full of codes, emptied by a worker like the service's own; tells how long that took. */
import {
  createDeliveryBell,
  createDeliveryFigures,
  createSmsTransport,
  openGateways,
  putMessage,
  startDelivery,
} from "../../src/delivery/delivery.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { migrate, openStore } from "../../src/platform/store/open.ts";
import { openPortals } from "../../src/portal-registry/portal-registry.ts";

const [dataDir = "", url = "", count = "0"] = process.argv.slice(2);
const store = openStore({ dataDir, databaseUrl: undefined });
await migrate(store);
const tools = {
  clock: systemClock,
  store,
  deliveryBell: createDeliveryBell(),
  deliveryFigures: createDeliveryFigures(),
};
await store.transact(async (write) => {
  for (let number = 0; number < Number(count); number += 1) {
    await putMessage(tools, write, {
      kind: "code",
      channel: "sms",
      accountId: null,
      to: `+7900${String(number).padStart(7, "0")}`,
      language: "ru",
      data: {},
    });
  }
});
const gateways = openGateways([{ url: new URL(url), prefixes: [] }], {
  addressFor: () => null,
  onReport: () => {},
});
const cpuBefore = process.cpuUsage();
const began = performance.now();
const nothing = {
  name: "none",
  send: () => Promise.reject(new Error("no letters here")),
  close: async () => {},
};
const delivery = startDelivery(tools, {
  catalogue: {
    code: { prepare: async () => ({ kind: "sms", text: "Код для Ромашки: 123456. Никому не говорите." }) },
  },
  transports: { email: nothing, sms: createSmsTransport(tools, gateways) },
  portals: await openPortals({
    store,
    settings: {
      portalName: "Bench",
      adminContact: undefined,
      recoveryStyle: "passport",
      mailFrom: { name: "Bench", address: "" },
    },
  }),
  mailFrom: "no-reply@bench.example",
  gateways,
});
await delivery.drained();
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
const unsent = await store.read.selectFrom("messages").select("id").where("state", "!=", "sent").execute();
if (unsent.length > 0) throw new Error(`${unsent.length} SMS were not taken`);
process.send?.({ perSecond: Number(count) / seconds, cpuMsEach: (user + system) / 1000 / Number(count) });
await delivery.stop();
await store.close();
process.disconnect?.();
