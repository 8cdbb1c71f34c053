/** Limits stop those who try too much, and nobody else. */
import assert from "node:assert/strict";
import { HashingOverloaded } from "../../src/passwords/passwords.ts";
import { journey } from "../journey.ts";
import { anna, ivan, newPassword } from "../people.ts";
import { ask, choosePassword, lastLetter, signedIn, signIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";

const settings = { TRUSTED_PROXY_HOPS: "1" };
const wrong = { login: anna.email, password: "неверный пароль совсем" };

function isLimited(person: Visitor, label: string, seconds: number): void {
  const { page } = person;
  assert.equal(page.status, 429);
  const told = Number(page.answer.headers["retry-after"]);
  assert.ok(told > seconds - 10 && told <= seconds, `Retry-After: ${told}`);
  assert.match(page.problem(label), /^Слишком много попыток\. Следующая — через \d+ (секунд|минут|час)/);
}

journey(
  "decision 1, decision 9: letters for one name: 1 a minute, 3 an hour, 10 a day, said in words",
  async (world) => {
    await world.addPerson(anna);
    world.clock.standStill();
    const field = "E-mail или телефон";
    const person = visitor(world);
    await ask(person, anna.email);
    await ask(person, anna.email);
    isLimited(person, field, 60);
    assert.equal(person.page.value(field), anna.email);
    // Each letter is away before the clock moves: a jump looks like a sender that died with it.
    for (let letters = 1; letters <= 3; letters += 1) {
      if (letters > 1) await ask(person, anna.email);
      assert.equal((await world.messagesTo(anna.email)).length, letters);
      world.clock.forward({ seconds: 60 });
    }
    await ask(person, anna.email);
    isLimited(person, field, 17 * 60);
    assert.equal((await world.messagesTo(anna.email)).length, 3);

    // One more every 20 minutes, until the day's ten and the one that refilled in 144 minutes are used up.
    let letters = 3;
    do {
      world.clock.forward({ minutes: 20 });
      await ask(person, anna.email);
      if (person.page.status === 200) letters += 1;
      assert.equal((await world.messagesTo(anna.email)).length, letters);
    } while (person.page.status === 200 && letters < 20);
    assert.equal(letters, 11);
    isLimited(person, field, (2 * 144 - 183) * 60);
  },
);

journey("decision 9: the button «Отправить ещё раз» has the same limit, told on its page", async (world) => {
  await world.addPerson(anna);
  world.clock.standStill();
  const person = visitor(world);
  await ask(person, anna.email);
  assert.ok(
    person.page.buttons().some((each) => /^Отправить ещё раз — .*1:00$/.test(each)),
    person.page.text,
  );
  await person.press("Отправить ещё раз");
  assert.equal(person.page.status, 429);
  assert.ok(Number(person.page.answer.headers["retry-after"]) > 50);
  assert.match(person.page.text, /Слишком много попыток\. Следующая — через/);
  assert.equal(person.page.heading, "Проверьте почту");
  world.clock.forward({ minutes: 1 });
  await person.press("Отправить ещё раз");
  assert.equal(person.page.status, 200);
});

journey(
  "CH5: one source asks for twenty letters an hour, whoever they are for",
  async (world) => {
    const person = visitor(world, { address: "203.0.113.7" });
    for (let name = 0; name < 20; name += 1) {
      await ask(person, `person${name}@example.org`);
      assert.equal(person.page.status, 200);
    }
    await ask(person, "one.more@example.org");
    assert.equal(person.page.status, 429);
    assert.ok(Number(person.page.answer.headers["retry-after"]) > 60);
    const neighbour = visitor(world, { address: "203.0.113.8" });
    await ask(neighbour, "one.more@example.org");
    assert.equal(neighbour.page.status, 200);
  },
  { settings },
);

journey(
  "EN4, EN7: failures count for the account by every spelling, instance and parallel try",
  async (world) => {
    await world.addPerson(anna);
    const two = await world.another();
    world.clock.standStill();
    const spellings = ["anna", "ANNA", anna.email, "+7 916 123-45-67", "8 (916) 1234567"];
    const pages = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const person = visitor(world, {
          address: `203.0.113.${index + 1}`,
          ...(index % 2 === 1 && { at: two.url }),
        });
        await signIn(person, { login: spellings[index % spellings.length] ?? "", password: wrong.password });
        return person.page.status;
      }),
    );
    assert.equal(pages.filter((status) => status === 422).length, 10, pages.join(" "));
    assert.equal(pages.filter((status) => status === 429).length, 10);
    const person = visitor(world, { address: "198.51.100.1" });
    await signIn(person, anna);
    assert.equal(person.page.status, 429, "the right password is not even looked at");
    assert.match(
      person.page.problem("Пароль"),
      /Ждать не обязательно: восстановите пароль по ссылке из письма/,
    );
  },
  { settings },
);

journey(
  "EN6: a stranger's failures stop neither the known device nor recovery",
  async (world) => {
    await world.addPerson(anna);
    const own = await signedIn(world, anna, { address: "198.51.100.1" });
    await own.press("Выйти");
    for (let index = 0; index < 12; index += 1) {
      await signIn(visitor(world, { address: `203.0.113.${index + 1}` }), wrong);
    }
    const elsewhere = visitor(world, { address: "198.51.100.2" });
    await signIn(elsewhere, anna);
    assert.equal(elsewhere.page.status, 429);
    await signIn(own, anna);
    assert.equal(own.page.heading, "Моя страница", "the browser that was here before gets in");

    await ask(elsewhere, anna.email);
    await elsewhere.visit((await lastLetter(world, anna.email)).link);
    await choosePassword(elsewhere, newPassword);
    await signIn(elsewhere, { ...anna, password: newPassword });
    assert.equal(elsewhere.page.heading, "Моя страница", "recovery opens the door again");
  },
  { settings },
);

journey(
  "EN6: a stranger asking for letters does not keep the owner's known browser from one",
  async (world) => {
    await world.addPerson(anna);
    const own = await signedIn(world, anna, { address: "198.51.100.1" });
    await own.press("Выйти");
    for (const spelling of ["anna", anna.email]) {
      await ask(visitor(world, { address: "203.0.113.1" }), spelling);
    }
    const before = (await world.messagesTo(anna.email)).length;
    await ask(own, anna.email);
    assert.equal(own.page.status, 200);
    assert.equal((await world.messagesTo(anna.email)).length, before + 1);
  },
  { settings },
);

journey(
  "EN6: the known device cannot be forged",
  async (world) => {
    await world.addPerson(anna);
    await world.addPerson(ivan);
    const own = await signedIn(world, ivan, { address: "198.51.100.1" });
    const device = own.cookies.get("device");
    assert.ok(device);
    const thief = visitor(world, { address: "203.0.113.99" });
    for (let index = 0; index < 10; index += 1) {
      await signIn(visitor(world, { address: `203.0.113.${index + 1}` }), wrong);
    }
    for (const value of [device.value, "anna", own.cookies.get("typed")?.value ?? ""]) {
      thief.cookies.set("device", { ...device, value });
      await signIn(thief, wrong);
      assert.equal(thief.page.status, 429, "another's device is known for another account");
    }
  },
  { settings },
);

journey(
  "decision 9: fifty failures from one source stop it for every name, and success gives back",
  async (world) => {
    await world.addPerson(anna);
    const person = visitor(world, { address: "203.0.113.7" });
    for (let index = 0; index < 5; index += 1) {
      await signIn(person, anna);
      await person.press("Выйти");
    }
    for (let index = 0; index < 50; index += 1) {
      await signIn(person, { login: `nobody${index % 10}`, password: wrong.password });
      assert.equal(person.page.status, 422, String(index));
    }
    await signIn(person, { login: "yet.another", password: wrong.password });
    assert.equal(person.page.status, 429);
  },
  { settings },
);

journey("EN5: without trusted proxies X-Forwarded-For changes nothing", async (world) => {
  for (let name = 0; name < 20; name += 1) {
    await ask(visitor(world, { address: `203.0.113.${name}` }), `person${name}@example.org`);
  }
  const person = visitor(world, { address: "198.51.100.1" });
  await ask(person, "one.more@example.org");
  assert.equal(person.page.status, 429);
});

journey(
  "EN5: with one trusted hop the right-most address counts; garbage falls back to the socket",
  async (world) => {
    const exhaust = async (address: (turn: number) => string) => {
      let page: Visitor | undefined;
      for (let turn = 0; turn < 21; turn += 1) {
        page = visitor(world, { address: address(turn) });
        await ask(page, `p${turn}.${address(0).length}@example.org`);
        world.clock.forward({ seconds: 1 });
      }
      return page?.page.status;
    };
    assert.equal(
      await exhaust((turn) => `10.0.0.${turn}, 203.0.113.9`),
      429,
      "the client's own words are ignored",
    );
    assert.equal(await exhaust((turn) => `203.0.113.9, junk${turn}`), 429, "garbage");
    assert.equal(await exhaust((turn) => `2001:db8:1:2:${turn}::1`), 429, "one /64 is one source");
    const other = visitor(world, { address: "2001:db8:1:3::1" });
    await ask(other, "other.network@example.org");
    assert.equal(other.page.status, 200);
  },
  { settings },
);

journey(
  "decision 12: beyond the hashing queue the answer is 503 with Retry-After, and pages stay",
  async (world) => {
    await world.addPerson(anna);
    const { hashing } = world.service.tools;
    // What the pool answers when its queue is full; how full is its own test's affair.
    const { verify } = hashing;
    hashing.verify = () => Promise.reject(new HashingOverloaded(2));
    const person = visitor(world);
    for (const login of [anna.email, "nobody@romashka.example"]) {
      await signIn(person, { login, password: anna.password });
      assert.equal(person.page.status, 503);
      assert.equal(person.page.answer.headers["retry-after"], "2");
      assert.equal(person.page.heading, "Сервис занят");
    }
    await ask(person, anna.email);
    assert.equal(person.page.status, 200);
    hashing.verify = verify;
    await signIn(person, anna);
    assert.equal(person.page.heading, "Моя страница");
  },
);
