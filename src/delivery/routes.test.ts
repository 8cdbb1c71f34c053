import assert from "node:assert/strict";
import { test } from "node:test";
import { Hono } from "hono";
import { parse } from "node-html-parser";
import { exampleLetter, handClock } from "../../test/outbox.ts";
import { plainPortal } from "../../test/plain-portal.ts";
import type { WebEnv } from "../platform/web/context.ts";
import { Refusal } from "../platform/web/refusals.ts";
import type { View } from "../platform/web/view.ts";
import { composeLetter } from "./mail.ts";
import { inboxRoutes } from "./routes.ts";
import { createTrialInbox } from "./trial-inbox.ts";

const sender = {
  from: { name: "Ромашка", address: "no-reply@id.example.ru" },
  portalName: "Ромашка",
  hue: null,
};
const view: View = {
  language: "ru",
  theme: "auto",
  path: "/inbox",
  portal: plainPortal(),
  formToken: () => "token",
  timeZone: "Europe/Moscow",
  now: handClock().now(),
  assets: { url: (name) => `/assets/${name}` },
  languageChosen: false,
  places: { placeOf: () => undefined },
  signedIn: null,
};

function inboxApp(smsGateways: readonly unknown[] = []) {
  const trialInbox = createTrialInbox({ clock: handClock() });
  const app = new Hono<WebEnv>();
  app.use(async (c, next) => {
    c.set("view", view);
    await next();
  });
  app.onError((error, c) => c.text(error.name, error instanceof Refusal ? error.status : 500));
  app.route("/inbox", inboxRoutes({ trialInbox, smsGateways }));
  const arrive = async (id: string, greeting = "Здравствуйте, Анна.") => {
    const message = { id, kind: "recovery-link", channel: "email", accountId: null, language: "ru" } as const;
    const letter = exampleLetter({ greeting, subject: `Письмо ${id}` });
    const details = { ...message, data: {}, to: "anna@romashka.ru", createdAt: view.now };
    const parcel = await composeLetter(details, letter, sender);
    await trialInbox.transport.send(parcel);
    return parcel;
  };
  return { app, trialInbox, arrive };
}

test("the trial inbox lists what came, newest first, and leads to each message", async () => {
  const { app, trialInbox, arrive } = inboxApp();
  await arrive("1");
  await arrive("2");
  const sms = {
    channel: "sms",
    id: "3",
    kind: "code",
    to: "+79161234567",
    language: "ru",
    text: "Код 482913.",
    livesUntil: 0,
  } as const;
  await trialInbox.transport.send(sms);
  const list = parse(await (await app.request("/inbox")).text());
  assert.deepEqual(
    list.querySelectorAll(".inbox a").map((link) => link.getAttribute("href")),
    ["/inbox/3", "/inbox/2", "/inbox/1"],
  );
  const phone = parse(await (await app.request("/inbox/3")).text()).querySelector(".phone");
  assert.deepEqual(
    ["strong", "header span", "p"].map((part) => phone?.querySelector(part)?.text.replaceAll("\u00a0", " ")),
    ["Ромашка", "на номер +7 916 123-45-67", "Код 482913."],
  );
});

test("the trial inbox says whether SMS come to it", async () => {
  const about = async (gateways: readonly unknown[]) =>
    (await (await inboxApp(gateways).app.request("/inbox")).text()).includes("SMS уходят по-настоящему");
  assert.deepEqual([await about([]), await about(["a gateway"])], [false, true]);
});

test("a letter stands in the page itself, so that its links can be followed without scripts", async () => {
  const { app, arrive } = inboxApp();
  await arrive("1", "Здравствуйте, <b>Анна</b>.");
  const answer = await app.request("/inbox/1");
  const page = parse(await answer.text());
  assert.equal(page.querySelector("iframe"), null);
  assert.equal(page.querySelector(".letter b"), null);
  const links = page.querySelectorAll(".letter a").map((link) => link.getAttribute("href"));
  assert.deepEqual([...new Set(links)], [exampleLetter().link?.url]);
});

test("a letter can be saved as it went over the wire, and as text", async () => {
  const { app, arrive } = inboxApp();
  const parcel = await arrive("1");
  const file = await app.request("/inbox/1.eml");
  assert.equal(file.headers.get("content-type"), "message/rfc822");
  assert.deepEqual(Buffer.from(await file.arrayBuffer()), parcel.mime);
  assert.equal(await (await app.request("/inbox/1.txt")).text(), parcel.text);
});

test("an unknown message is not found", async () => {
  const { app } = inboxApp();
  for (const path of ["/inbox/9", "/inbox/9.eml", "/inbox/9.txt"])
    assert.equal((await app.request(path)).status, 404);
});

test("the newest 200 messages are kept", async () => {
  const { trialInbox } = inboxApp();
  for (let id = 1; id <= 250; id += 1) {
    const sms = { channel: "sms", kind: "code", to: "+79161234567", language: "ru", text: "Код" } as const;
    await trialInbox.transport.send({ ...sms, id: String(id), livesUntil: 0 });
  }
  assert.equal(trialInbox.list().length, 200);
  assert.equal(trialInbox.find("50"), undefined);
  assert.equal(trialInbox.list()[0]?.parcel.id, "250");
});
