/**
 * The whole service as a person meets it: a listener on loopback, a real database, a mail server and an SMS
 * gateway that can misbehave, and a clock that can be moved.
 */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { startPostgres } from "../scripts/postgres.ts";
import { judgePerson, type NewPerson } from "../src/accounts/accounts.ts";
import { addWithPassword, createHashing } from "../src/passwords/passwords.ts";
import type { Clock } from "../src/platform/clock.ts";
import { loadAssets } from "../src/platform/web/assets.ts";
import { type Service, startService } from "../src/start.ts";
import { freshDatabase, freshFolder } from "./fresh-database.ts";
import { closedPort, type MailSink, type ReceivedMail, startMailSink } from "./mail-sink.ts";
import { type SmsSink, startSmsSink } from "./sms-sink.ts";

export type DatabaseKind = "SQLite" | "PostgreSQL";

/**
 * The databases that this run can use: PostgreSQL where `TEST_DATABASE_URL` names a server, as `npm test`
 * does.
 */
export const databases: readonly DatabaseKind[] = process.env.TEST_DATABASE_URL
  ? ["SQLite", "PostgreSQL"]
  : ["SQLite"];

/** The same in every world, and a third of a second to make. */
const assets = loadAssets();

/** A thousandth of the work of a real hash, made and compared by the same code. */
const quick = { memoryKib: 64, passes: 1 };

export interface WorldOptions {
  database?: DatabaseKind;
  /** Settings beside those that the world chooses. */
  settings?: Record<string, string>;
  /** Passwords are hashed at their real cost: for promises about that cost. */
  hashesAsInstalled?: true;
  /** Makes `SMS_URL` of the address of `world.sms`. */
  smsUrl?: (sink: string) => string;
}

export interface World {
  readonly url: string;
  readonly service: Service;
  readonly mail: MailSink;
  /** Where SMS go, unless the world's settings name another `SMS_URL` ("": none). */
  readonly sms: SmsSink;
  readonly clock: MovableClock;
  /** Waits until the outbox is empty, then gives the letters that reached the address, oldest first. */
  messagesTo(address: string): Promise<Letter[]>;
  /** Waits until the outbox is empty, then gives the texts that reached the number, oldest first. */
  smsTo(number: string): Promise<string[]>;
  addPerson(person: PersonWish): Promise<string>;
  /** A second instance of the service on the same database, as behind a balancer. */
  another(): Promise<{ url: string; service: Service }>;
  close(): Promise<void>;
}

export interface MovableClock extends Clock {
  forward(time: { seconds?: number; minutes?: number; hours?: number }): void;
  /** From now on only `forward` and `moveTo` move it: for promises that are exact to the second. */
  standStill(): void;
  /** Stands still at this moment. */
  moveTo(moment: number): void;
}

export interface PersonWish extends Partial<Omit<NewPerson, "login">> {
  login: string;
  password: string;
}

/** A letter as its reader sees it. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly mail: ReceivedMail;
  /** The last link of the letter. */
  readonly link: string;
  /** The six digits, or "" when it has none. */
  readonly code: string;
}

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const undo: (() => Promise<void> | void)[] = [];
  const mail = await startMailSink();
  undo.push(() => mail.close());
  const sms = await startSmsSink();
  undo.push(() => sms.close());
  const environment = await environmentFor(options, { mail, sms }, undo);
  const clock = movableClock();
  const services: Service[] = [];
  const start = async () => {
    const port = await closedPort();
    const url = `http://localhost:${port}`;
    const wanted = { PUBLIC_URL: url, ...environment, PORT: String(port) };
    const hashing = options.hashesAsInstalled ? undefined : createHashing(quick);
    const service = await startService(wanted, clock, { assets, ...(hashing && { hashing }) });
    undo.push(() => service.stop());
    services.push(service);
    return { url, service };
  };
  const { url, service } = await start();
  environment.PUBLIC_URL = url;
  const drained = () => Promise.all(services.map(({ delivery }) => delivery.drained()));
  return {
    url,
    service,
    mail,
    sms,
    clock,
    async messagesTo(address) {
      await drained();
      // In the order of writing: of two that wait together, either may arrive first.
      return mail
        .to(address)
        .toSorted((one, other) => writtenAt(one).localeCompare(writtenAt(other), "en"))
        .map(read);
    },
    async smsTo(number) {
      await drained();
      return sms.to(number);
    },
    addPerson: (wish) => add(service, wish),
    another: start,
    async close() {
      for (const step of undo.toReversed()) await step();
    },
  };
}

async function environmentFor(
  options: WorldOptions,
  sinks: { mail: MailSink; sms: SmsSink },
  undo: (() => Promise<void> | void)[],
): Promise<Record<string, string>> {
  const dataDir = freshFolder("propusk-world-");
  undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const environment: Record<string, string> = {
    DATA_DIR: dataDir,
    SMTP_URL: sinks.mail.url,
    SMS_URL: options.smsUrl?.(sinks.sms.url) ?? sinks.sms.url,
    MAIL_FROM: "Ромашка <no-reply@id.romashka.example>",
    LOG_LEVEL: "silent",
    SECRET_KEY: randomBytes(32).toString("base64url"),
    ...options.settings,
  };
  if (options.database === "PostgreSQL") {
    const server = await startPostgres();
    undo.push(() => server.stop());
    environment.DATABASE_URL = await freshDatabase(server);
  }
  return environment;
}

function movableClock(): MovableClock {
  let ahead = 0;
  let stoppedAt: number | undefined;
  const clock: MovableClock = {
    now: () => stoppedAt ?? Date.now() + ahead,
    forward({ seconds = 0, minutes = 0, hours = 0 }) {
      const time = ((hours * 60 + minutes) * 60 + seconds) * 1_000;
      if (stoppedAt === undefined) ahead += time;
      else stoppedAt += time;
    },
    standStill() {
      stoppedAt ??= clock.now();
    },
    moveTo(moment) {
      stoppedAt = moment;
    },
  };
  return clock;
}

/** Adds a person as `propusk person add` does, through the same operations. */
async function add({ tools }: Service, wish: PersonWish): Promise<string> {
  const person: NewPerson = {
    name: wish.login,
    email: `${wish.login}@romashka.example`,
    phone: undefined,
    role: "person",
    language: null,
    contactsProven: true,
    ...wish,
  };
  const judged = await judgePerson(person);
  assert.equal(judged.kind, "fine");
  if (judged.kind !== "fine") throw new Error("unreachable");
  const hash = await tools.hashing.hash(wish.password);
  const wanted = { draft: judged.draft, hash, actor: "cli", by: "terminal", address: "terminal" };
  const added = await tools.store.transact((write) => addWithPassword(tools, write, wanted));
  assert.equal(added.kind, "added");
  if (added.kind !== "added") throw new Error("unreachable");
  return added.id;
}

/** To the millisecond; the letter's date knows seconds. Its id is the row's, which begins with the time. */
function writtenAt({ parsed }: ReceivedMail): string {
  return parsed.messageId?.slice(0, "<01a22718-5051".length) ?? "";
}

function read(mail: ReceivedMail): Letter {
  const text = asRead(mail.parsed.text);
  const links = text.match(/https?:\/\/\S+/g) ?? [];
  return {
    subject: asRead(mail.parsed.subject),
    text,
    html: mail.parsed.html || "",
    mail,
    link: links.at(-1) ?? "",
    code: /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0] ?? "",
  };
}

/** A no-break space looks like any other. */
function asRead(text = ""): string {
  return text.replaceAll("\u00a0", " ");
}
