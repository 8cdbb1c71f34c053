/** «Подтвердите, что это вы» for who has neither password nor mailbox: six digits to the phone. */
import assert from "node:assert/strict";
import { codesWholeService } from "../../src/platform/throttle/budgets.ts";
import { spend } from "../../src/platform/throttle/throttle.ts";
import { journey } from "../journey.ts";
import { anna, newPassword } from "../people.ts";
import { isSignedIn, signedIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

const NUMBER = "+79161234567";
const CODE = "Код из SMS";
/** Signed in a while ago, by an account that has neither password nor mailbox any more. */
async function withPhoneAlone(world: World, phone: { phone?: string; contactsProven?: false } = {}) {
  const id = await world.addPerson({ ...anna, ...phone });
  const person = await signedIn(world, anna);
  await world.service.tools.store.transact(async (write) => {
    await write.deleteFrom("passwords").where("account_id", "=", id).execute();
    await write.deleteFrom("identifiers").where("kind", "=", "email").execute();
  });
  world.clock.forward({ minutes: 6 });
  await person.visit("/me/password");
  assert.equal(person.page.heading, "Подтвердите, что это вы");
  return person;
}

async function codeOf(world: World): Promise<string> {
  const text = (await world.smsTo(NUMBER)).at(-1) ?? "";
  assert.match(text, /^Код \d{6}\. Никому его не сообщайте\./);
  return /\d{6}/.exec(text)?.[0] ?? "";
}

async function enter(person: Visitor, code: string): Promise<void> {
  person.fill(CODE, code);
  await person.press("Продолжить");
}

function wrong(code: string, step: number): string {
  return String((Number(code) + step) % 1_000_000).padStart(6, "0");
}

journey("M7, SE8: who has a phone alone proves it by a code from an SMS", async (world) => {
  const person = await withPhoneAlone(world);
  assert.ok(person.page.text.includes("Отправим код по SMS на +7 916 123-45-67."), person.page.text);
  const before = visitor(world);
  for (const [name, cookie] of person.cookies) before.cookies.set(name, cookie);
  await person.press("Отправить код");
  assert.match(person.page.text, /Код отправлен\. Он действует 10 минут и только в этом браузере/);
  await enter(person, await codeOf(world));
  assert.equal(person.page.heading, "Задать пароль");
  assert.equal(await isSignedIn(before), false, "the proof gave the session a new token");
  person.fill("Новый пароль", newPassword);
  person.fill("Подтверждение нового пароля", newPassword);
  await person.press("Сохранить");
  assert.match(person.page.text, /Пароль задан/);
  await signedIn(world, { ...anna, password: newPassword });
});

journey(
  "RC2, SE8: sent again it is the same code with the tries that are left, five in all",
  async (world) => {
    const person = await withPhoneAlone(world);
    await person.press("Отправить код");
    const code = await codeOf(world);
    for (let step = 1; step <= 4; step += 1) await enter(person, wrong(code, step));
    world.clock.forward({ minutes: 2 });
    await person.press("Отправить ещё раз");
    assert.equal(await codeOf(world), code);
    await enter(person, wrong(code, 5));
    assert.match(person.page.problem(CODE), /Попытки закончились/);
    await enter(person, code);
    assert.equal(person.page.status, 422);
  },
);

journey("CH5: a second SMS within the minute has to wait, and the page says how long", async (world) => {
  const person = await withPhoneAlone(world);
  world.clock.standStill();
  await person.press("Отправить код");
  await person.press("Отправить ещё раз");
  assert.equal(person.page.status, 429);
  assert.equal(person.page.answer.headers["retry-after"], "60");
  assert.match(person.page.text, /Слишком много попыток\. Следующая — через 1 минуту/);
  assert.equal((await world.smsTo(NUMBER)).length, 1);
  await enter(person, await codeOf(world));
  assert.equal(person.page.heading, "Задать пароль", "the field stayed for the code that did come");
});

journey("CH5: a number in a country that no SMS go to leads to the administrator", async (world) => {
  const person = await withPhoneAlone(world, { phone: "+375291234567" });
  assert.match(person.page.text, /Обратитесь к администратору портала/);
  assert.equal(person.page.has(CODE), false);
});

journey("SE8: a number that was never proved gets no code", async (world) => {
  const person = await withPhoneAlone(world, { contactsProven: false });
  assert.match(person.page.text, /Обратитесь к администратору портала/);
  assert.deepEqual(await world.smsTo(NUMBER), []);
});

journey(
  "RC4: where codes rest over the whole service they rest here too, and the operator hears",
  async (world) => {
    const person = await withPhoneAlone(world);
    await person.press("Отправить код");
    const code = await codeOf(world);
    world.clock.standStill();
    const charge = { budget: codesWholeService, subject: "all" };
    for (let tries = 0; tries < codesWholeService.limit; tries += 50) {
      await spend(
        world.service.tools,
        Array.from({ length: 50 }, () => charge),
      );
    }
    await enter(person, code);
    assert.equal(person.page.status, 429);
    assert.deepEqual([...world.service.tools.alarms], [["codes_guessed codes rest", 1]]);
  },
);
