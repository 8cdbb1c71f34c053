/** A double press, and a press whose answer got lost: every form of the own page ends in done. */
import assert from "node:assert/strict";
import { journey } from "../journey.ts";
import { anna } from "../people.ts";
import { copyOf, lastLetter, signedIn } from "../steps.ts";
import type { Visitor } from "../walker.ts";
import type { World } from "../world.ts";

const NEW = "anna.new@romashka.example";
const NUMBER = "+79031112233";

/** Presses; the same form from the same page, and from one that heard no answer, leads to the same place. */
async function twice(person: Visitor, world: World, button: string): Promise<void> {
  const sent = person.formFor(button);
  const deaf = copyOf(person, world);
  const before = person.answers.length;
  await person.press(button);
  const first = person.answers[before];
  assert.equal(first?.status, 303, `${button}: ${person.page.text}`);
  for (const [who, again] of Object.entries({ twice: person, deaf })) {
    const { status, headers } = await again.raw(sent.address, sent);
    assert.deepEqual([status, headers.location], [303, first?.headers.location], `${button}, ${who}`);
  }
}

journey(
  "M12 M13 PC1 PC2 SE5: data, contacts, devices, sent twice or after a lost answer, end in done",
  async (world) => {
    await world.addPerson(anna);
    const person = await signedIn(world, anna);
    await person.visit("/me/edit");
    person.fill("Должность", "Бухгалтер");
    await twice(person, world, "Сохранить");

    await person.visit("/me/email");
    person.fill("Новый e-mail", "anna.other@romashka.example");
    await person.press("Отправить письмо");
    await person.visit("/me");
    await twice(person, world, "Отменить");
    await person.visit("/me/email");
    person.fill("Новый e-mail", NEW);
    await twice(person, world, "Отправить письмо");
    const letters = await world.messagesTo(NEW);
    assert.equal(new Set(letters.map(({ link }) => link)).size, 1, "one change, one link");
    await person.visit((await lastLetter(world, NEW)).link);
    await twice(person, world, "Подтвердить");

    await person.visit("/me/phone");
    person.fill("Новый номер", NUMBER);
    await twice(person, world, "Получить код");
    const texts = await world.smsTo(NUMBER);
    assert.equal(texts.length, 1, "one SMS");
    person.fill("Код из SMS", /\d{6}/.exec(texts[0] ?? "")?.[0] ?? "");
    await twice(person, world, "Подтвердить");
    await person.visit("/me/phone/remove");
    await twice(person, world, "Удалить телефон");

    const other = await signedIn(world, anna);
    await person.visit("/me/sessions");
    await twice(person, world, "Завершить: —");
    await other.visit("/me");
    assert.equal(other.page.heading, "Вход");
    await signedIn(world, anna);
    await person.visit("/me/sessions/all");
    await twice(person, world, "Выйти на всех устройствах");
    await person.visit("/me");
    await twice(person, world, "Выйти");
  },
);
