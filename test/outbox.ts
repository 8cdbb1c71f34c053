/** An outbox with a worker on a real database, for the tests of delivery. */

import { rmSync } from "node:fs";
import { startPostgres } from "../scripts/postgres.ts";
import {
  type Answer,
  type Catalogue,
  createDeliveryBell,
  createDeliveryFigures,
  type Letter,
  type NewMessage,
  type Parcel,
  putMessage,
  startDelivery,
  type Transport,
} from "../src/delivery/delivery.ts";
import { eventsOf } from "../src/delivery/trace/rows.ts";
import { migrate, openStore } from "../src/platform/store/open.ts";
import type { Store } from "../src/platform/store/store.ts";
import { freshFolder, freshDatabase as newDatabase } from "./fresh-database.ts";
import { plainPortal } from "./plain-portal.ts";

interface TestContext {
  after(cleanup: () => Promise<void> | void): void;
}

/** Undoes what a test set up, in the opposite order of setting up: workers before stores before files. */
function lastly(t: TestContext, cleanup: () => Promise<void> | void): void {
  const known = cleanups.get(t);
  if (known) {
    known.push(cleanup);
    return;
  }
  const stack = [cleanup];
  cleanups.set(t, stack);
  t.after(async () => {
    for (const undo of stack.toReversed()) await undo();
  });
}

const cleanups = new WeakMap<TestContext, (() => Promise<void> | void)[]>();

/** Opens one fresh database as often as needed: SQLite, or PostgreSQL when `TEST_DATABASE_URL` is set. */
export async function freshDatabase(t: TestContext): Promise<() => Promise<Store>> {
  const place = process.env.TEST_DATABASE_URL
    ? { dataDir: "", databaseUrl: await freshPostgres(t) }
    : { dataDir: folderFor(t), databaseUrl: undefined };
  return async () => {
    const store = openStore(place);
    lastly(t, () => store.close());
    await migrate(store);
    return store;
  };
}

function folderFor(t: TestContext): string {
  const path = freshFolder("propusk-outbox-");
  lastly(t, () => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function freshPostgres(t: TestContext): Promise<string> {
  const server = await startPostgres();
  lastly(t, () => server.stop());
  return newDatabase(server);
}

export interface HandClock {
  now(): number;
  forward(milliseconds: number): void;
}

export function handClock(start: number = Date.UTC(2026, 10, 22, 11, 5)): HandClock {
  let now = start;
  return {
    now: () => now,
    forward(milliseconds) {
      now += milliseconds;
    },
  };
}

/** A transport that remembers what it was given and answers as it is told. */
export interface ScriptedTransport extends Transport {
  readonly sent: Parcel[];
  answerWith(next: (parcel: Parcel) => Answer | Promise<Answer>): void;
}

export function scriptedTransport(): ScriptedTransport {
  const sent: Parcel[] = [];
  let next: (parcel: Parcel) => Answer | Promise<Answer> = () => ({ kind: "accepted", answer: "250 taken" });
  return {
    name: "scripted",
    sent,
    answerWith(script) {
      next = script;
    },
    async send(parcel) {
      sent.push(parcel);
      return next(parcel);
    },
    async close() {},
  };
}

export function exampleLetter(changes: Partial<Letter> = {}): Letter {
  return {
    language: "ru",
    subject: "Смена пароля — запрос от 14:05 (№ 417)",
    preheader: "Ссылка действует до 15:05. Предыдущие письма больше не работают.",
    greeting: "Здравствуйте, Анна.",
    paragraphs: [
      "Вы попросили сменить пароль для входа в\u00a0портал «Ромашка». Задайте новый по\u00a0кнопке.",
    ],
    strip: { filled: 6 },
    button: { label: "Сменить пароль", url: "https://id.example.ru/recovery/l/Zy9-_example--secret" },
    code: {
      label: "Или введите код на\u00a0странице, где вы начали:",
      value: "482913",
      note: "Код действует 10\u00a0минут и\u00a0только в\u00a0том браузере.",
    },
    facts: [
      { label: "Когда", value: "22\u00a0ноября 2026 в\u00a014:05" },
      { label: "Откуда", value: "Chrome, Windows" },
      { label: "Действует до", value: "15:05" },
    ],
    closing: ["Не\u00a0запрашивали? Ничего не\u00a0делайте: пароль прежний."],
    link: {
      label: "Если кнопка не\u00a0работает, откройте ссылку:",
      url: "https://id.example.ru/recovery/l/Zy9-_example--secret",
    },
    requestNumber: 417,
    ...changes,
  };
}

const plainTemplates: Catalogue = {
  example: {
    prepare: async (_read, message) => ({ kind: "letter", letter: exampleLetter({ subject: message.id }) }),
  },
};

export interface OutboxOptions {
  readonly store: Store;
  readonly clock: HandClock;
  readonly email: Transport;
  readonly sms?: Transport | null;
  readonly catalogue?: Catalogue;
  readonly isBusy?: () => boolean;
  readonly log?: { error(fields: object, text: string): void };
}

/** A worker over the database, and the hands to put messages in and to look at what became of them. */
export function startOutbox(t: TestContext, { store, clock, email, ...options }: OutboxOptions) {
  const tools = {
    store,
    clock,
    deliveryBell: createDeliveryBell(),
    deliveryFigures: createDeliveryFigures(),
    log: options.log,
  };
  const delivery = startDelivery(tools, {
    catalogue: options.catalogue ?? plainTemplates,
    transports: { email, sms: options.sms ?? null },
    portals: { portal: () => undefined, defaultPortal: () => ({ ...plainPortal(), senderName: "Ромашка" }) },
    mailFrom: "no-reply@id.example.ru",
    ...(options.isBusy && { isBusy: options.isBusy }),
  });
  lastly(t, () => delivery.stop());
  return {
    delivery,
    put: (message: Partial<NewMessage> = {}) =>
      store.transact((write) => putMessage(tools, write, example(message))),
    row: (id: string) =>
      store.read.selectFrom("messages").selectAll().where("id", "=", id).executeTakeFirstOrThrow(),
    async steps(id: string): Promise<string[]> {
      const rows = await eventsOf(store.read, [id]);
      return rows.map((row) => `${row.step}${row.detail ? `: ${row.detail}` : ""}`);
    },
  };
}

function example(message: Partial<NewMessage>): NewMessage {
  return {
    kind: "example",
    channel: "email",
    accountId: null,
    to: "anna@romashka.ru",
    language: "ru",
    data: { proof: "0192" },
    ...message,
  };
}
