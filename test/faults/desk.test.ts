/**
 * The process is killed while cases of the desk are opened, approved, released after their wait and finished.
 * Whatever it had answered must hold; every move is whole, with its warnings and letters, and made once.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { verifyAudit } from "../../src/audit/audit.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { newId } from "../../src/platform/secrets/ids.ts";
import { hashSecret, openSecrets, type Secrets } from "../../src/platform/secrets/secrets.ts";
import type { Writer } from "../../src/platform/store/store.ts";
import type { CasesTable } from "../../src/platform/store/tables.ts";
import { issueProof, secretOf } from "../../src/proofs/proofs.ts";
import { type DatabaseKind, databases } from "../world.ts";
import {
  type Colleague,
  firstPassword,
  type Installation,
  install,
  letLeasesLapse,
  messageRows,
  rounds,
  until,
  untilOutboxIsEmpty,
} from "./installation.ts";
import { Visitor } from "./visitor.ts";

const KILL_WITHIN_MS = 120;
/** Cases of each kind in one round. */
const EACH = 3;
/** More of those whose wait is over: a start ends them one by one, and is to die in between. */
const WAITING = 10;
const HOUR_MS = 3_600_000;
const kills: Record<DatabaseKind, number> = { SQLite: rounds(4, 60), PostgreSQL: rounds(3, 30) };

interface Told {
  opened: string[];
  approved: number[];
  finished: number[];
}

type Begun = { number: number; person: Colleague; link: string };

for (const database of databases) {
  test(`M17, R13: ${kills[database]} kills of the desk leave every case whole (${database})`, async (t) => {
    const installation = await install({ database });
    t.after(() => installation.close());
    const [staff] = await installation.addPeople(1);
    assert.ok(staff);
    await installation.store.transact((write) =>
      write.updateTable("accounts").set({ role: "desk" }).where("id", "=", staff.id).execute(),
    );
    const told: Told = { opened: [], approved: [], finished: [] };
    for (let round = 0; round < kills[database]; round += 1)
      await killOnce(installation, { staff, told, round });
    await letLeasesLapse(installation.store);
    const last = await installation.start();
    await until("every wait that is over has ended", async () => {
      const { read } = installation.store;
      const over = read.selectFrom("cases").select("number").where("state", "=", "waiting");
      return (await over.where("release_at", "<", Date.now()).execute()).length === 0;
    });
    await untilOutboxIsEmpty(installation.store);
    await last.stop();
    await everyCaseIsWhole(installation, told);
    t.diagnostic(`told: ${told.opened.length} opened, ${told.approved.length} approved`);
    t.diagnostic(`told: ${told.finished.length} finished`);
  });
}

async function killOnce(
  installation: Installation,
  { staff, told, round }: { staff: Colleague; told: Told; round: number },
): Promise<void> {
  const secrets = openSecrets([Buffer.from(installation.environment.SECRET_KEY ?? "", "base64url")]);
  const people = await installation.addPeople(2 * EACH + WAITING);
  const begin = (from: number, count: number, state: "proposed" | "waiting" | "released") =>
    Promise.all(
      people
        .slice(from, from + count)
        .map((person) =>
          installation.store.transact((write) => beginCase(write, secrets, { person, staff, state })),
        ),
    );
  const proposed = await begin(0, EACH, "proposed");
  const released = await begin(EACH, EACH, "released");
  const service = await installation.start();
  const approver = await signedIn(service.origin, installation);
  const applicants = await Promise.all(
    released.map(async ({ link }) => {
      const visitor = new Visitor();
      await visitor.visit(service.origin, link);
      return visitor;
    }),
  );
  const opening = Array.from({ length: EACH }, async (_, index) => {
    const answer = `r${round}-${index}@elsewhere.example`;
    const form = { login: `nobody-${round}-${index}`, answer, story: "Ящик удалён." };
    const { location } = await new Visitor().submit(service.origin, "/support", form);
    assert.equal(location, "/support/sent");
    told.opened.push(answer);
  });
  const approving = proposed.map(async ({ number }) => {
    const { location } = await approver.submit(service.origin, `/admin/cases/${number}/approve`, {});
    assert.equal(location, `/admin/cases/${number}`);
    told.approved.push(number);
  });
  const finishing = applicants.map(async (visitor, index) => {
    const password = `granite-orchard-${crypto.randomUUID()}`;
    const fields = { password, confirmation: password };
    const { location } = await visitor.submit(service.origin, "/support/password", fields);
    assert.match(location, /^\/support\/password\/done/);
    told.finished.push(released[index]?.number ?? 0);
  });
  const all = [opening, approving, finishing];
  const settled = Promise.allSettled(all.flat());
  await Promise.any(all[round % 3] ?? opening);
  await sleep(Math.random() * KILL_WITHIN_MS);
  await service.kill();
  for (const end of await settled) {
    if (end.status === "fulfilled") continue;
    const { code } = end.reason as { code?: unknown };
    assert.ok(code === "ECONNRESET" || code === "ECONNREFUSED", `not the kill: ${String(end.reason)}`);
  }
  // A start tends at once: it dies in the middle of ending waits that are over by now.
  await begin(2 * EACH, WAITING, "waiting");
  const tending = await installation.start();
  await sleep(Math.random() * KILL_WITHIN_MS);
  await tending.kill();
}

async function signedIn(origin: string, { store }: Installation): Promise<Visitor> {
  const staff = await store.read.selectFrom("accounts").select("name").where("role", "=", "desk").execute();
  const visitor = new Visitor();
  const fields = { identifier: staff[0]?.name ?? "", password: firstPassword };
  assert.equal((await visitor.submit(origin, "/sign-in", fields)).location, "/me");
  return visitor;
}

/** A case that has come so far, with two pieces of evidence; of a released one the link. */
async function beginCase(
  write: Writer,
  secrets: Secrets,
  wish: { person: Colleague; staff: Colleague; state: "proposed" | "waiting" | "released" },
): Promise<Begun> {
  const { person, staff, state } = wish;
  const now = Date.now();
  const id = newId();
  const { last: number } = await write
    .updateTable("case_numbers")
    .set((row) => ({ last: row("last", "+", 1) }))
    .returning("last")
    .executeTakeFirstOrThrow();
  const account = { id: person.id, generation: 1 };
  const answer = `case-${number}@elsewhere.example`;
  const proof = await issueProof({ clock: systemClock, secrets }, write, {
    purpose: "case",
    form: "link",
    account,
    flowId: id,
    sentTo: answer,
    lifetimeMs: HOUR_MS,
  });
  const key = secrets.derive("case key", id, secrets.keyId)?.toString("base64url") ?? "";
  const approved = state === "proposed" ? null : now - 24 * HOUR_MS;
  const row: CasesTable = {
    ...blank,
    id,
    number,
    state,
    account_id: person.id,
    typed: person.login,
    answer_to: answer,
    answer_key: answer,
    opened_at: now - 30 * HOUR_MS,
    moved_at: now,
    key_hash: hashSecret(key),
    key_id: secrets.keyId,
    confirmed_at: now - 29 * HOUR_MS,
    approved_at: approved,
    release_at: approved === null ? null : now - 1,
    generation: approved === null ? null : 1,
    link_proof_id: state === "released" ? proof.id : null,
    // The handler is not the one who approves here: nobody of the staff.
    handler_id: person.id === staff.id ? null : person.id,
  };
  await write.insertInto("cases").values(row).execute();
  return { number, person, link: `/support/password/link?key=${secretOf({ secrets }, proof)}` };
}

const blank = {
  version: 5,
  story: "Ящик удалён.",
  language: "ru",
  has_phone: 0,
  address: "192.0.2.1",
  device: "—",
  opened_by: null,
  code_round: 1,
  code_tries: 0,
  code_until: 0,
  phone_proof_id: null,
  due_at: null,
  earlier_handler_id: null,
  signed_in_at: null,
  replaces_email: 1,
  approved_by: null,
  remind_at: null,
  veto_proof_id: null,
  appealed: 0,
  reason: "",
  decided_at: null,
} as const satisfies Partial<CasesTable>;

async function everyCaseIsWhole({ store }: Installation, told: Told): Promise<void> {
  const { read } = store;
  const cases = await read.selectFrom("cases").selectAll().execute();
  const entries = await read.selectFrom("case_entries").selectAll().where("kind", "=", "event").execute();
  const events = await read.selectFrom("audit_events").select(["action", "detail"]).execute();
  const messages = await messageRows(store);
  for (const { kind, state, id } of messages) assert.equal(state, "sent", `${kind} ${id} is ${state}`);
  const hashes = new Map(
    (await read.selectFrom("passwords").selectAll().execute()).map((row) => [row.account_id, row.hash]),
  );
  // Everybody begins with the same one.
  const first = hashes.get(cases.find(({ state }) => state === "waiting")?.account_id ?? "") ?? "";
  assert.notEqual(first, "", "nothing was approved");
  for (const found of cases) {
    const { number, state } = found;
    const name = `case ${number} ${state}`;
    const moved = (move: string) =>
      entries.filter((entry) => entry.case_id === found.id && entry.text === move).length;
    const recorded = (action: string) =>
      events.filter(
        (event) =>
          event.action === `case.${action}` &&
          (JSON.parse(event.detail) as { number?: number }).number === number,
      ).length;
    const sent = (kind: string) =>
      messages.filter(
        (message) =>
          message.kind === kind &&
          (message.sent_to === found.answer_to ||
            (message.account_id !== null && message.account_id === found.account_id)),
      ).length;
    const steps = { approve: moved("approve"), release: moved("release"), finish: moved("finish") };
    const inRecord = [recorded("approved"), recorded("released"), recorded("finished")];
    assert.deepEqual(Object.values(steps), inRecord, `${name}: thread and record agree`);
    switch (state) {
      case "unconfirmed":
        assert.deepEqual([recorded("opened"), sent("case-key")], [1, 1], name);
        continue;
      case "proposed":
        assert.deepEqual([steps.approve, sent("case-warning"), found.veto_proof_id], [0, 0, null], name);
        continue;
      case "waiting":
        assert.deepEqual([steps.approve, sent("case-warning"), sent("case-approved")], [1, 1, 1], name);
        assert.ok(found.veto_proof_id, name);
        continue;
      case "released":
        // Those that began so have their link from before.
        assert.equal(sent("case-link"), steps.release, `${name}: one link for one move`);
        assert.ok(found.link_proof_id, name);
        assert.equal(hashes.get(found.account_id ?? ""), first, `${name}: nothing set`);
        continue;
      case "done":
        assert.equal(steps.finish, 1, name);
        assert.notEqual(hashes.get(found.account_id ?? ""), first, `${name}: the password is set`);
        continue;
      case "new":
      case "handling":
      case "asked":
      case "refused":
      case "stopped":
      case "closed":
      case "expired":
        assert.fail(name);
    }
  }
  const stateOf = (number: number) => cases.find((found) => found.number === number)?.state;
  for (const number of told.approved) assert.equal(stateOf(number), "waiting", `${number} was told so`);
  for (const number of told.finished) assert.equal(stateOf(number), "done", `${number} was told so`);
  const answers = new Set(cases.map((found) => found.answer_to));
  for (const answer of told.opened) assert.ok(answers.has(answer), `${answer} was told so`);
  assert.equal((await verifyAudit(read)).kind, "whole");
}
