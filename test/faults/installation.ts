/**
 * A database, a mail server and as many processes of the service as a test starts, with a door for the test
 * into the same database.
 */

import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { startPostgres } from "../../scripts/postgres.ts";
import { judgePerson } from "../../src/accounts/accounts.ts";
import { addWithPassword, createHashing } from "../../src/passwords/passwords.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { newId } from "../../src/platform/secrets/ids.ts";
import { openSecrets } from "../../src/platform/secrets/secrets.ts";
import { migrate, type OpenStore, openStore } from "../../src/platform/store/open.ts";
import { openPolicies } from "../../src/policies/policies.ts";
import { issueProof, secretOf } from "../../src/proofs/proofs.ts";
import { startSession } from "../../src/sessions/sessions.ts";
import { freshDatabase, freshFolder } from "../fresh-database.ts";
import { type MailSink, startMailSink } from "../mail-sink.ts";
import type { DatabaseKind } from "../world.ts";
import { type ServiceProcess, startServiceProcess } from "./service-process.ts";

/** The password that everybody begins with. */
export const firstPassword = "wintry-harbour-lantern-4";
/** The name that links carry: a balancer's, as it were. The processes listen elsewhere. */
export const publicUrl = "http://localhost:8080";

const HOUR_MS = 3_600_000;

export interface Colleague {
  readonly id: string;
  readonly login: string;
  readonly email: string;
  /** Of `firstPassword`. */
  readonly hash: string;
  /** Opens «new password» once. */
  readonly link: string;
  readonly proofId: string;
}

export interface Installation {
  readonly mail: MailSink;
  readonly store: OpenStore;
  readonly environment: Record<string, string>;
  start(settings?: Record<string, string>): Promise<ServiceProcess>;
  /** People with a password, a session on some other device and a live link. */
  addPeople(count: number): Promise<Colleague[]>;
  close(): Promise<void>;
}

export interface Place {
  readonly database: DatabaseKind;
  /** For SQLite, instead of a fresh folder. */
  readonly dataDir?: string;
  /** For PostgreSQL, instead of a fresh database on the server of the tests. */
  readonly databaseUrl?: string;
}

export async function install(place: Place): Promise<Installation> {
  const undo: (() => Promise<void> | void)[] = [];
  const mail = await startMailSink();
  undo.push(() => mail.close());
  const { dataDir, databaseUrl } = await find(place, undo);
  const key = randomBytes(32);
  const environment: Record<string, string> = {
    PUBLIC_URL: publicUrl,
    PORT: "0",
    DATA_DIR: dataDir,
    SMTP_URL: mail.url,
    MAIL_FROM: "Ромашка <no-reply@id.romashka.example>",
    SECRET_KEY: key.toString("base64url"),
    TRUSTED_PROXY_HOPS: "1",
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
  };
  const store = openStore({ dataDir, databaseUrl });
  undo.push(() => store.close());
  await migrate(store);
  const add = await adder(store, key);
  const started: ServiceProcess[] = [];
  return {
    mail,
    store,
    environment,
    async start(settings) {
      const service = await startServiceProcess({ ...environment, ...settings });
      started.push(service);
      return service;
    },
    addPeople: (count) => store.transact((write) => add(write, count)),
    async close() {
      for (const service of started) await service.kill();
      for (const step of undo.toReversed()) await step();
    },
  };
}

async function find(place: Place, undo: (() => Promise<void> | void)[]) {
  const dataDir = place.dataDir ?? freshFolder("propusk-faults-");
  if (!place.dataDir) undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
  if (place.database === "SQLite") return { dataDir, databaseUrl: undefined };
  if (place.databaseUrl) return { dataDir, databaseUrl: place.databaseUrl };
  const server = await startPostgres();
  undo.push(() => server.stop());
  return { dataDir, databaseUrl: await freshDatabase(server) };
}

/** Everybody has the same hash: what is tested here is not hashing, and it takes its time. */
async function adder(store: OpenStore, key: Buffer) {
  const policies = await openPolicies({ store, settings: { recoveryLinkLifetimeMs: HOUR_MS } });
  const deliveryBell = { ring: () => {} };
  const tools = { clock: systemClock, secrets: openSecrets([key]), store, policies, deliveryBell };
  const hash = await createHashing().hash(firstPassword);
  let last = 0;
  return async (write: Parameters<Parameters<OpenStore["transact"]>[0]>[0], count: number) => {
    const added: Colleague[] = [];
    while (added.length < count) {
      last += 1;
      const login = `colleague-${last}`;
      const email = `${login}@romashka.example`;
      const contacts = { email, phone: undefined, contactsProven: true };
      const judged = await judgePerson({ login, name: login, role: "person", language: "ru", ...contacts });
      if (judged.kind !== "fine") throw new Error(`${login} is refused`);
      const wanted = { draft: judged.draft, hash, actor: "cli", by: "terminal", address: "terminal" };
      const outcome = await addWithPassword(tools, write, wanted);
      if (outcome.kind !== "added") throw new Error(`${login} is taken`);
      const { id } = outcome;
      const visitor = { address: "terminal", agent: "terminal" };
      const begun = { account: { id, role: "person", policy_groups: "" }, visitor } as const;
      await startSession(tools, write, { ...begun, remember: false, browserId: null });
      const account = { id, generation: 1 };
      const wish = { purpose: "recovery", form: "link", account, flowId: null, sentTo: email } as const;
      const proof = await issueProof(tools, write, { ...wish, lifetimeMs: HOUR_MS });
      const link = `/recovery/link?key=${secretOf(tools, proof)}`;
      added.push({ id, login, email, hash, link, proofId: proof.id });
    }
    return added;
  };
}

/** Gives each of them a proven mobile number, in a block of its own, and says them in the same order. */
export async function givePhones(store: OpenStore, people: readonly Colleague[]): Promise<string[]> {
  const now = Date.now();
  const phones = people.map(({ id, login }) => {
    const number = `+7916${(login.split("-")[1] ?? "").padStart(3, "0")}4567`;
    const phone = { id: newId(), account_id: id, kind: "phone", value: number } as const;
    return { ...phone, key: number, sign_in_key: number, confirmed_at: now, created_at: now };
  });
  await store.transact((write) => write.insertInto("identifiers").values(phones).execute());
  return phones.map(({ value }) => value);
}

/** Looks again and again until it is so. Throws with the description when it is not so for too long. */
export async function until(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  withinMs = 90_000,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await sleep(20);
  }
}

/** What became of every message that somebody should get. */
export function messageRows(store: OpenStore) {
  return store.read.selectFrom("messages").selectAll().where("state", "!=", "shadow").execute();
}

/** Resolves once nothing waits in the outbox any more. */
export function untilOutboxIsEmpty(store: OpenStore): Promise<void> {
  return until("the outbox is empty", async () => {
    const rows = await messageRows(store);
    return rows.every((row) => row.state !== "queued" && row.state !== "sending");
  });
}

/** A minute passes for the leases of dead workers. */
export async function letLeasesLapse(store: OpenStore): Promise<void> {
  await store.transact((write) =>
    write
      .updateTable("messages")
      .set({ lease_until: Date.now() - 1 })
      .where("state", "=", "sending")
      .execute(),
  );
}

/** So many rounds in `npm test`; the full count with `FAULT_ROUNDS=full`. */
export function rounds(usual: number, full: number): number {
  return process.env.FAULT_ROUNDS === "full" ? full : usual;
}
