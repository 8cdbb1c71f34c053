/** Six digits: good in the browser that asked, for five tries and ten minutes, however they are sent. */
import assert from "node:assert/strict";
import { journey } from "../journey.ts";
import { anna, ivan, newPassword } from "../people.ts";
import { ask, choosePassword, lastLetter } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

const FIELD = "Код из письма";

async function enter(person: Visitor, code: string): Promise<void> {
  person.fill(FIELD, code);
  await person.press("Продолжить с кодом");
}

/** Another six digits than these, and never the same twice for different steps. */
function wrong(code: string, step = 1): string {
  return String((Number(code) + step) % 1_000_000).padStart(6, "0");
}

async function asked(world: World, who: { email: string }, address?: string): Promise<[Visitor, string]> {
  const person = visitor(world, address === undefined ? {} : { address });
  await ask(person, who.email);
  return [person, (await lastLetter(world, who.email)).code];
}

journey(
  "RC1: a code has five tries, counted down in words; then only another code or the link helps",
  async (world) => {
    await world.addPerson(anna);
    const [person, code] = await asked(world, anna);
    const told = ["Остались 4 попытки", "Остались 3 попытки", "Остались 2 попытки", "Осталась 1 попытка"];
    for (const [index, left] of told.entries()) {
      await enter(person, wrong(code, index + 1));
      assert.equal(person.page.status, 422);
      assert.equal(person.page.problem(FIELD), `Код не подошёл. ${left}`);
    }
    await enter(person, wrong(code, 5));
    assert.match(person.page.problem(FIELD), /Код не подошёл\. Попытки закончились/);
    await enter(person, code);
    assert.equal(person.page.status, 422, "the right code comes too late");
    assert.match(person.page.problem(FIELD), /Попытки для этого кода закончились/);
    await person.visit((await lastLetter(world, anna.email)).link);
    await choosePassword(person, newPassword);
    assert.equal(person.page.heading, "Пароль был успешно изменен", "the link is not harmed by wrong codes");
  },
);

journey(
  "RC1: what the page advises after the last try works: the letter sent again brings a fresh code",
  async (world) => {
    await world.addPerson(anna);
    const [person, code] = await asked(world, anna);
    for (let step = 1; step <= 5; step += 1) await enter(person, wrong(code, step));
    world.clock.forward({ minutes: 2 });
    await person.press("Отправить ещё раз");
    const next = await lastLetter(world, anna.email);
    assert.notEqual(next.code, code);
    await enter(person, next.code);
    assert.equal(person.page.path, "/recovery/password");
  },
);

journey("RC1: what is not six digits costs no try", async (world) => {
  await world.addPerson(anna);
  const [person, code] = await asked(world, anna);
  for (const typed of ["", "12345", "1234567", "абвгде", "12 34 5", "-1"]) {
    await enter(person, typed);
    assert.equal(person.page.status, 422);
    assert.equal(person.page.problem(FIELD), "Код — это шесть цифр из письма");
  }
  for (let step = 1; step <= 4; step += 1) await enter(person, wrong(code, step));
  const fullWidth = [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join("");
  await enter(person, `${fullWidth.slice(0, 3)} – ${fullWidth.slice(3)}`);
  assert.equal(person.page.path, "/recovery/password");
});

journey("RC1: a code is good one second before ten minutes and not one second after", async (world) => {
  await world.addPerson(anna);
  world.clock.standStill();
  const began = world.clock.now();
  const [person, code] = await asked(world, anna);
  world.clock.moveTo(began + 10 * 60_000 + 1_000);
  await enter(person, code);
  assert.equal(person.page.status, 422);
  assert.match(person.page.problem(FIELD), /Код устарел: он действовал 10 минут/);
  world.clock.moveTo(began + 10 * 60_000 - 1_000);
  await enter(person, code);
  assert.equal(person.page.path, "/recovery/password");
  world.clock.forward({ minutes: 14 });
  await choosePassword(person, newPassword);
  assert.equal(person.page.heading, "Пароль был успешно изменен", "a right code leaves 15 minutes to choose");
});

journey("RC1: of twenty parallel tries over two instances at most five are judged", async (world) => {
  await world.addPerson(anna);
  const two = await world.another();
  const [person, code] = await asked(world, anna);
  const forms = Array.from({ length: 20 }, (_, index) => {
    person.fill(FIELD, wrong(code, index + 1));
    return person.formFor("Продолжить с кодом");
  });
  const pages = await Promise.all(
    forms.map(async (form, index) => {
      const twin = visitor(world, index % 2 === 0 ? {} : { at: two.url });
      for (const [name, cookie] of person.cookies) twin.cookies.set(name, cookie);
      return twin.raw(form.address, form);
    }),
  );
  const judged = pages.filter((page) => page.body.includes("Код не подошёл")).length;
  assert.equal(judged, 5);
  const { read } = world.service.tools.store;
  const { tries } = await read
    .selectFrom("proofs")
    .select("tries")
    .where("form", "=", "code")
    .executeTakeFirstOrThrow();
  assert.equal(tries, 5);
  await enter(person, code);
  assert.notEqual(person.page.path, "/recovery/password");
});

journey("RC2, decision 8: sending again repeats the code and gives no try back", async (world) => {
  await world.addPerson(anna);
  const [person, code] = await asked(world, anna);
  for (let step = 1; step <= 4; step += 1) await enter(person, wrong(code, step));
  world.clock.forward({ minutes: 2 });
  await person.press("Отправить ещё раз");
  assert.equal((await lastLetter(world, anna.email)).code, code);
  await enter(person, wrong(code, 5));
  assert.match(person.page.problem(FIELD), /Попытки закончились/);
});

journey(
  "RC2: twenty wrong codes a day are the most that an account takes, over all browsers; links stay",
  async (world) => {
    await world.addPerson(anna);
    let tries = 0;
    let refusedAt: Visitor | undefined;
    for (let round = 0; round < 5 && !refusedAt; round += 1) {
      const [person, code] = await asked(world, anna, `203.0.113.${round}`);
      for (let step = 1; step <= 5; step += 1) {
        await enter(person, wrong(code, step));
        if (person.page.status === 429) {
          refusedAt = person;
          break;
        }
        tries += 1;
      }
      world.clock.forward({ minutes: 25 });
    }
    assert.ok(refusedAt, "a limit was met");
    // The bucket refills while the hours pass: one try each 72 minutes.
    assert.ok(tries >= 20 && tries <= 22, String(tries));
    assert.ok(Number(refusedAt.page.answer.headers["retry-after"]) > 0);
    assert.match(refusedAt.page.problem(FIELD), /^Слишком много попыток\. Следующая — через \d+ минут/);
    await refusedAt.visit((await lastLetter(world, anna.email)).link);
    assert.equal(refusedAt.page.heading, "Новый пароль");
  },
  { settings: { TRUSTED_PROXY_HOPS: "1" } },
);

journey(
  "RC3, decision 3: a code works only in the browser that asked, and only for its account",
  async (world) => {
    await world.addPerson(anna);
    await world.addPerson(ivan);
    const [, code] = await asked(world, anna);

    const bystander = visitor(world);
    await bystander.visit("/recovery/sent");
    assert.ok(!bystander.page.has(FIELD), "who has not asked has no field for a code");
    const answer = await bystander.raw("/recovery/code", {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", Origin: world.url },
      body: `code=${code}`,
    });
    assert.equal(answer.headers.location, "/recovery");

    world.clock.forward({ minutes: 2 });
    const [rival, own] = await asked(world, anna);
    assert.notEqual(own, code, "another browser gets a code of its own");
    await enter(rival, code);
    assert.equal(rival.page.status, 422);

    const [other] = await asked(world, ivan);
    await enter(other, code);
    assert.equal(other.page.status, 422);
  },
);

journey(
  "RC3, SE9: the browser's own state cannot be forged, swapped or carried to another purpose",
  async (world) => {
    await world.addPerson(anna);
    const [person, code] = await asked(world, anna);
    const flow = person.cookies.get("flow");
    const typed = person.cookies.get("typed");
    assert.ok(flow && typed);
    // Not the last character: of its bits some stand for nothing.
    const middle = flow.value.length >> 1;
    const other = flow.value[middle] === "A" ? "B" : "A";
    for (const value of [
      `${flow.value.slice(0, middle)}${other}${flow.value.slice(middle + 1)}`,
      typed.value,
      flow.value.slice(0, 40),
      "",
      "x.y",
      "{}",
    ]) {
      person.cookies.set("flow", { ...flow, value });
      await person.visit("/recovery/sent");
      assert.ok(!person.page.has(FIELD), value);
    }
    person.cookies.set("flow", flow);
    await person.visit("/recovery/sent");
    await enter(person, code);
    assert.equal(person.page.path, "/recovery/password");
  },
);

journey(
  "RC4: beyond the service's hourly budget of wrong codes, codes rest and links remain",
  async (world) => {
    await world.addPerson(anna);
    await world.addPerson(ivan);
    const { codesWholeService } = await import("../../src/platform/throttle/budgets.ts");
    const { spend } = await import("../../src/platform/throttle/throttle.ts");
    const [person, code] = await asked(world, anna);
    world.clock.standStill();
    for (let tries = 0; tries < codesWholeService.limit; tries += 50) {
      const charge = { budget: codesWholeService, subject: "all" };
      await spend(
        world.service.tools,
        Array.from({ length: 50 }, () => charge),
      );
    }
    await enter(person, code);
    assert.equal(person.page.status, 429);
    await enter(person, code);
    assert.deepEqual([...world.service.tools.alarms], [["codes_guessed codes rest", 1]], "told once");
    await person.visit((await lastLetter(world, anna.email)).link);
    assert.equal(person.page.heading, "Новый пароль");
  },
);

journey(
  "RC4: from the two hundredth wrong code of an hour the operator hears of it, and no more",
  async (world) => {
    await world.addPerson(anna);
    const lines: object[] = [];
    world.service.tools.log.warn = (line: object) => lines.push(line);
    const { codesAlarm } = await import("../../src/platform/throttle/budgets.ts");
    const { spend } = await import("../../src/platform/throttle/throttle.ts");
    const [person, code] = await asked(world, anna);
    world.clock.standStill();
    await enter(person, wrong(code));
    assert.deepEqual(lines, []);
    for (let tries = 1; tries < codesAlarm.limit; tries += 1) {
      await spend(world.service.tools, [{ budget: codesAlarm, subject: "all" }]);
    }
    await enter(person, wrong(code, 2));
    await enter(person, wrong(code, 3));
    assert.deepEqual(lines, [{ event: "codes_guessed", by: "many wrong" }]);
    assert.deepEqual([...world.service.tools.alarms], [["codes_guessed many wrong", 1]]);
    await enter(person, code);
    assert.equal(person.page.path, "/recovery/password", "nobody is held up yet");
  },
);

journey("EN1: a stranger's name has a code field too, and it answers as anybody's", async (world) => {
  await world.addPerson(anna);
  const [known] = await asked(world, anna);
  const unknown = visitor(world);
  await ask(unknown, "nina@romashka.example");
  for (let step = 0; step < 7; step += 1) {
    const typed = String(step).repeat(6);
    await enter(known, typed);
    await enter(unknown, typed);
    assert.equal(unknown.page.status, known.page.status);
    assert.equal(unknown.page.problem(FIELD), known.page.problem(FIELD));
  }
});
