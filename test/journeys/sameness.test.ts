/** What a stranger can learn from our answers about who exists: nothing. */
import assert from "node:assert/strict";
import { block, journey } from "../journey.ts";
import { closedPort } from "../mail-sink.ts";
import { anna, ivan } from "../people.ts";
import { agree, difference, rowsNow, whatIsSeen } from "../sameness.ts";
import { ask, signIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

const settings = { TRUSTED_PROXY_HOPS: "1" };

/** Names of equal length, so that even the sizes of sealed cookies have to agree. */
const people = {
  known: "anna@romashka.example",
  blocked: "olga@romashka.example",
  shared: "home@romashka.example",
  unknown: "nina@romashka.example",
} as const;

async function populate(world: World): Promise<void> {
  await world.addPerson({ ...anna, email: people.known });
  await block(world, await world.addPerson({ ...ivan, login: "olga", email: people.blocked }));
  for (const login of ["petr", "vera"]) {
    const id = await world.addPerson({ login, password: anna.password });
    await world.service.tools.store.transact((write) =>
      write
        .insertInto("identifiers")
        .values({
          id: crypto.randomUUID(),
          account_id: id,
          kind: "email",
          value: people.shared,
          key: people.shared,
          sign_in_key: null,
          confirmed_at: world.clock.now(),
          created_at: world.clock.now(),
        })
        .execute(),
    );
  }
}

type Walk = (person: Visitor, email: string) => Promise<void>;

const asking: Walk = async (person, email) => {
  await ask(person, email);
  assert.equal(person.page.heading, "Проверьте почту");
};

const walks: Record<string, Walk> = {
  "asks for a letter": asking,
  "asks by the form twice and meets the limit": async (person, email) => {
    await asking(person, email);
    await ask(person, email);
    assert.equal(person.page.status, 429);
  },
  "types wrong codes until they are over": async (person, email) => {
    await asking(person, email);
    for (let step = 0; step < 6; step += 1) {
      person.fill("Код из письма", String(step).repeat(6));
      await person.press("Продолжить с кодом");
    }
  },
  "asks for the login": async (person, email) => {
    await person.visit("/recovery/login");
    person.fill("E-mail", email);
    await person.press("Напомнить логин");
  },
  "signs in with a wrong password": async (person, email) => {
    await signIn(person, { login: email, password: "неверный пароль совсем" });
    assert.equal(person.page.status, 422);
  },
  "signs in with a wrong password until that is limited": async (person, email) => {
    for (let turn = 0; turn < 11; turn += 1) {
      await signIn(person, { login: email, password: "неверный пароль совсем" });
    }
    assert.equal(person.page.status, 429);
  },
};

for (const [what, walk] of Object.entries(walks)) {
  journey(
    `EN1, EN3, decision 4: who ${what} sees and leaves the same for everybody`,
    async (world) => {
      await populate(world);
      world.clock.standStill();
      // The first of all leaves the rows of the budgets that belong to everybody.
      await walk(visitor(world, { address: "203.0.113.100" }), "zoya@romashka.example");
      const seen = new Map<string, unknown[]>();
      const left = new Map<string, Record<string, number>>();
      for (const [index, [kind, email]] of Object.entries(people).entries()) {
        const before = await rowsNow(world);
        const person = visitor(world, { address: `203.0.113.${index + 1}` });
        await walk(person, email);
        seen.set(kind, whatIsSeen(person, email));
        left.set(kind, difference(await rowsNow(world), before));
      }
      for (const kind of ["blocked", "shared", "unknown"]) {
        agree(seen.get(kind), seen.get("known"), kind);
        assert.deepEqual(left.get(kind), left.get("known"), kind);
      }
    },
    { settings },
  );
}

const dead = await closedPort();

journey(
  "EN1: the answers agree while the mail server is down",
  async (world) => {
    await populate(world);
    world.clock.standStill();
    const seen: unknown[][] = [];
    for (const [index, email] of Object.values(people).entries()) {
      const person = visitor(world, { address: `203.0.113.${index + 1}` });
      await asking(person, email);
      seen.push(whatIsSeen(person, email));
    }
    for (const each of seen) agree(each, seen[0], "while the server is down");
  },
  { settings: { ...settings, SMTP_URL: `smtp://127.0.0.1:${dead}` } },
);

journey(
  "EN3: the account's own limit on letters is never told, whatever the spelling",
  async (world) => {
    await populate(world);
    const spellings = ["anna", people.known, "+79161234567"];
    for (const [index, spelling] of spellings.entries()) {
      const person = visitor(world, { address: `203.0.113.${index + 1}` });
      await ask(person, spelling);
      assert.equal(person.page.status, 200);
    }
    const letters = await world.messagesTo(people.known);
    assert.equal(letters.length, 1, "one letter a minute for one account");
  },
  { settings },
);

journey(
  "decision 4: only the letter tells a shared mailbox apart, and it names its logins",
  async (world) => {
    await populate(world);
    await asking(visitor(world), people.shared);
    const [letter] = await world.messagesTo(people.shared);
    assert.match(letter?.subject ?? "", /^Укажите логин — запрос от/);
    assert.match(letter?.text ?? "", /— petr\n[\s\S]*— vera\n/);
    assert.equal(letter?.link, `${world.url}/recovery`);
    world.clock.forward({ minutes: 2 });
    const person = visitor(world);
    await ask(person, "petr");
    const own = (await world.messagesTo("petr@romashka.example")).at(-1);
    assert.match(own?.link ?? "", /\/recovery\/link\?key=/);
  },
  { settings },
);
