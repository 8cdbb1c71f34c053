/** What a stranger can learn by typing phone numbers: nothing. */
import assert from "node:assert/strict";
import { block, journey } from "../journey.ts";
import { closedPort } from "../mail-sink.ts";
import { anna } from "../people.ts";
import { agree, difference, rowsNow, whatIsSeen } from "../sameness.ts";
import { ask } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

const settings = { TRUSTED_PROXY_HOPS: "1" };

/** Typed as the page shows them. Blocks of their own, since a block has a budget of its own. */
const numbers = {
  known: "+7\u00a0916\u00a0111-11-11",
  blocked: "+7\u00a0916\u00a0222-22-22",
  unproved: "+7\u00a0916\u00a0333-33-33",
  unknown: "+7\u00a0916\u00a0444-44-44",
} as const;

async function populate(world: World): Promise<void> {
  await world.addPerson({ ...anna, login: "anna", phone: numbers.known });
  await block(
    world,
    await world.addPerson({ login: "olga", phone: numbers.blocked, password: anna.password }),
  );
  await world.addPerson({
    login: "vera",
    phone: numbers.unproved,
    contactsProven: false,
    password: anna.password,
  });
}

type Walk = (person: Visitor, number: string, world: World) => Promise<void>;

const asking: Walk = async (person, number) => {
  await ask(person, number);
  assert.equal(person.page.heading, "Введите код из SMS");
};

const walks: Record<string, Walk> = {
  "asks for a code": asking,
  "asks twice and meets the limit": async (person, number, world) => {
    await asking(person, number, world);
    await ask(person, number);
    assert.equal(person.page.status, 429);
  },
  "has the code sent again": async (person, number, world) => {
    await asking(person, number, world);
    world.clock.forward({ minutes: 1 });
    await person.press("Отправить ещё раз");
    assert.equal(person.page.status, 200);
  },
  "types wrong codes until they are over": async (person, number, world) => {
    await asking(person, number, world);
    for (let step = 0; step < 6; step += 1) {
      person.fill("Код из SMS", String(step).repeat(6));
      await person.press("Далее");
    }
  },
  "goes on by letter": async (person, number, world) => {
    await asking(person, number, world);
    await person.press("Отправить письмом");
    assert.equal(person.page.heading, "Проверьте почту");
  },
};

for (const [what, walk] of Object.entries(walks)) {
  journey(
    `EN1, EN3, decision 4: who ${what} by phone sees and leaves the same for everybody`,
    async (world) => {
      await populate(world);
      world.clock.standStill();
      // The first of all leave the rows of the budgets that belong to everybody.
      await world.addPerson({ login: "zoya", phone: "+7\u00a0916\u00a0555-55-55", password: anna.password });
      await walk(visitor(world, { address: "203.0.113.100" }), "+7\u00a0916\u00a0555-55-55", world);
      await walk(visitor(world, { address: "203.0.113.101" }), "+7\u00a0916\u00a0666-66-66", world);
      const seen = new Map<string, unknown[]>();
      const left = new Map<string, Record<string, number>>();
      for (const [index, [kind, number]] of Object.entries(numbers).entries()) {
        const before = await rowsNow(world);
        const person = visitor(world, { address: `203.0.113.${index + 1}` });
        await walk(person, number, world);
        seen.set(kind, whatIsSeen(person, number));
        left.set(kind, difference(await rowsNow(world), before));
      }
      for (const kind of ["blocked", "unproved", "unknown"]) {
        agree(seen.get(kind), seen.get("known"), kind);
        assert.deepEqual(left.get(kind), left.get("known"), kind);
      }
      // A code that ran out of tries before the worker woke is not worth sending.
      const spent = what.startsWith("types wrong codes");
      assert.ok(spent || (await world.smsTo("+79161111111")).length > 0, "who has the number got the code");
      for (const number of ["+79162222222", "+79163333333", "+79164444444"]) {
        assert.deepEqual(await world.smsTo(number), [], number);
      }
    },
    { settings },
  );
}

const dead = await closedPort();

journey(
  "EN1: the answers agree while the gateway is down",
  async (world) => {
    await populate(world);
    world.clock.standStill();
    const seen: unknown[][] = [];
    for (const [index, number] of Object.values(numbers).entries()) {
      const person = visitor(world, { address: `203.0.113.${index + 1}` });
      await asking(person, number, world);
      seen.push(whatIsSeen(person, number));
    }
    for (const each of seen) agree(each, seen[0], "while the gateway is down");
  },
  { settings: { ...settings, SMS_URL: `http://127.0.0.1:${dead}/sms` } },
);

const mailboxes = {
  withPhone: "anna@romashka.example",
  without: "vera@romashka.example",
  unknown: "nina@romashka.example",
} as const;

journey(
  "EN1, M10: the other way is offered and answers alike, whether the account has a phone or not",
  async (world) => {
    await populate(world);
    world.clock.standStill();
    const seen: unknown[][] = [];
    for (const [index, email] of Object.values(mailboxes).entries()) {
      const person = visitor(world, { address: `203.0.113.${index + 1}` });
      await ask(person, email);
      await person.press("Отправить код по SMS");
      assert.equal(person.page.heading, "Введите код из SMS");
      seen.push(whatIsSeen(person, email));
    }
    for (const each of seen) agree(each, seen[0], "by the other way");
    assert.equal((await world.smsTo("+79161111111")).length, 1);
    assert.equal(world.sms.received.length, 1);
  },
  { settings },
);
