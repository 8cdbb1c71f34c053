/** The mail server refuses, hangs, cuts the line or is away: pages answer, and letters arrive later. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { traceOf } from "../../src/delivery/delivery.ts";
import { issueProof, secretOf } from "../../src/proofs/proofs.ts";
import { closedPort, type MailSink, startMailSink } from "../mail-sink.ts";
import { databases, openWorld, type World, type WorldOptions } from "../world.ts";
import { firstPassword, until } from "./installation.ts";
import { newPassword } from "./redemption.ts";
import { Visitor } from "./visitor.ts";

const proxied = { TRUSTED_PROXY_HOPS: "1" };

for (const database of databases) {
  const open = (t: { after(clean: () => Promise<void>): void }, options: WorldOptions = {}) =>
    opened(t, { database, ...options, settings: { ...proxied, ...options.settings } });

  test(`a mail server that hangs holds up no page, and the letter comes later (${database})`, async (t) => {
    const { world, servers, port } = await openWithoutServer(open, t);
    // Else a slow machine would see other seconds to wait on one of the pages that have to be the same.
    world.clock.standStill();
    const hanging = await servers.start(port);
    hanging.behave(() => ({ kind: "hang", at: "recipient" }));
    await world.addPerson({ login: "anna", password: firstPassword });
    await ask(world, "anna");
    await until("the letter hangs", () => hanging.attempts() === 1);
    // What people see while it hangs: the same as ever, for those who exist and those who do not.
    await world.addPerson({ login: "boris", password: firstPassword });
    assert.deepEqual(await ask(world, "boris"), await ask(world, "nobody-of-that-name"));

    await hanging.close();
    const answering = await servers.start(port);
    await passTime(world, { minutes: 2 }, 3);
    for (const login of ["anna", "boris"]) assert.equal(lettersTo(answering, login).length, 1);
  });

  test(`a letter whose 250 was lost comes again, the same, once per loss (${database})`, async (t) => {
    const world = await open(t);
    const people = await addMany(world, 20);
    const losses = new Map(
      people.map((login, index) => [`${login}@romashka.example`, index % 3 === 0 ? 1 : 0]),
    );
    world.mail.behave((recipient) => {
      const left = losses.get(recipient) ?? 0;
      losses.set(recipient, left - 1);
      return left > 0 ? { kind: "drop-after-data" } : { kind: "take" };
    });
    await Promise.all(people.map((login) => ask(world, login)));
    await passTime(world, { minutes: 2 }, 4);
    people.forEach((login, index) => {
      const letters = lettersTo(world.mail, login);
      assert.equal(letters.length, index % 3 === 0 ? 2 : 1, `copies for ${login}`);
      assert.equal(new Set(letters.map((mail) => mail.parsed.messageId)).size, 1);
      assert.equal(new Set(letters.map((mail) => mail.raw)).size, 1, "the copy says something else");
    });
  });

  test(`mailboxes that refuse, postpone or hang hold nobody else up (${database})`, async (t) => {
    const world = await open(t);
    // On a slow machine the postponed letter would be tried again before its server has changed its mind.
    world.clock.standStill();
    const people = await addMany(world, 20);
    const [gone, full, silent, ...others] = people;
    world.mail.behave((recipient) => {
      if (recipient.startsWith(`${gone}@`))
        return { kind: "answer", code: 550, text: "no such user", at: "recipient" };
      if (recipient.startsWith(`${full}@`))
        return { kind: "answer", code: 452, text: "later", at: "recipient" };
      if (recipient.startsWith(`${silent}@`)) return { kind: "hang", at: "data" };
      return { kind: "take" };
    });
    const ids = await Promise.all(people.map(async (login) => ({ login, answer: await ask(world, login) })));
    assert.equal(new Set(ids.map(({ answer }) => JSON.stringify(answer))).size, 1);
    await until("the others have their letters", () =>
      others.every((login) => lettersTo(world.mail, login).length === 1),
    );

    const reaches = (login: string | undefined, step: string) =>
      until(`${login}: ${step}`, async () => (await stepsOf(world, login)).at(-1) === step);
    await reaches(gone, "failed");
    assert.deepEqual(await stepsOf(world, gone), ["queued", "attempt", "failed"]);
    await reaches(full, "deferred");
    world.mail.behave(() => ({ kind: "take" }));
    world.clock.forward({ minutes: 1 });
    await reaches(full, "accepted");
    assert.equal(lettersTo(world.mail, full ?? "").length, 1);
    assert.deepEqual(await stepsOf(world, full), ["queued", "attempt", "deferred", "attempt", "accepted"]);
  });

  test(`after six hours without mail the notice comes, a dead link does not (${database})`, async (t) => {
    const { world, servers, port } = await openWithoutServer(open, t);
    const annaId = await world.addPerson({ login: "anna", password: firstPassword });
    const borisId = await world.addPerson({ login: "boris", password: firstPassword });
    await ask(world, "anna");
    await setPasswordByLink(world, borisId);
    await passTime(world, { minutes: 45 }, 8);

    const back = await servers.start(port);
    await passTime(world, { minutes: 1 }, 3);
    assert.deepEqual(
      back.received.map(({ envelope }) => envelope.to[0]),
      ["boris@romashka.example"],
    );
    const [letter] = await traceOf(world.service.tools.store.read, annaId);
    assert.equal(letter?.state, "dropped");
    assert.equal(letter.steps.at(-1)?.detail, "its link is expired");
  });
}

async function opened(t: { after(clean: () => Promise<void>): void }, options: WorldOptions): Promise<World> {
  const world = await openWorld(options);
  t.after(() => world.close());
  return world;
}

/** A world whose mail server is to be started by the test, at a port where nothing listens yet. */
async function openWithoutServer(
  open: (t: { after(clean: () => Promise<void>): void }, options: WorldOptions) => Promise<World>,
  t: { after(clean: () => Promise<void>): void },
) {
  const port = await closedPort();
  const world = await open(t, { settings: { SMTP_URL: `smtp://127.0.0.1:${port}` } });
  const servers = {
    async start(port: number): Promise<MailSink> {
      const sink = await startMailSink({ port });
      t.after(() => sink.close());
      return sink;
    },
  };
  return { world, servers, port };
}

/** What a person sees after asking: status, target and words of the next page, without names. */
async function ask(world: World, login: string) {
  const visitor = new Visitor();
  const { status, location } = await visitor.submit(world.url, "/recovery", { identifier: login });
  const { text } = await visitor.visit(world.url, location);
  const page = text
    .replaceAll(login, "…")
    .replaceAll(/\d+/g, "0")
    .replaceAll(/name="form_token" value="[^"]*"/g, "");
  return { status, location, page };
}

async function addMany(world: World, count: number): Promise<string[]> {
  const logins = Array.from({ length: count }, (_, index) => `colleague-${index + 1}`);
  for (const login of logins) await world.addPerson({ login, password: firstPassword });
  return logins;
}

async function setPasswordByLink(world: World, accountId: string): Promise<void> {
  const { tools } = world.service;
  const account = { id: accountId, generation: 1 };
  const wish = { purpose: "recovery", form: "link", account, flowId: null, sentTo: "" } as const;
  const proof = await tools.store.transact((write) =>
    issueProof(tools, write, { ...wish, lifetimeMs: 60_000 }),
  );
  const visitor = new Visitor();
  await visitor.visit(world.url, `/recovery/link?key=${secretOf(tools, proof)}`);
  assert.equal((await visitor.submit(world.url, ...newPassword())).location, "/recovery/done");
}

/** Lets the time pass in steps, with the worker at work after each of them. */
async function passTime(world: World, step: { minutes: number }, times: number): Promise<void> {
  await world.service.delivery.drained();
  for (let turn = 0; turn < times; turn += 1) {
    world.clock.forward(step);
    await world.service.delivery.drained();
  }
}

function lettersTo(sink: MailSink, login: string) {
  return sink.to(`${login}@romashka.example`);
}

async function stepsOf(world: World, login: string | undefined): Promise<string[]> {
  const { read } = world.service.tools.store;
  const row = await read
    .selectFrom("messages")
    .select("account_id")
    .where("sent_to", "=", `${login}@romashka.example`)
    .executeTakeFirstOrThrow();
  const [trace] = await traceOf(read, row.account_id ?? "");
  return trace?.steps.map(({ step }) => step) ?? [];
}
