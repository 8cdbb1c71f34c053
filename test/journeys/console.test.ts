/** «Настройки – Пользователи» as its people walk it. */
import assert from "node:assert/strict";
import { journey } from "../journey.ts";
import { anna, ivan, newPassword } from "../people.ts";
import { isSignedIn, lastLetter, signedIn } from "../steps.ts";
import { visitor } from "../walker.ts";
import type { PersonWish } from "../world.ts";

const owner: PersonWish = { login: "olga", name: "Ольга Орлова", role: "owner", password: "тихая лодка под звёздами" };

const users = "/admin/users";

journey("M30: an administrator finds a person, sends the link, and the person chooses a password", async (world) => {
  await world.addPerson(owner);
  const id = await world.addPerson(anna);
  const staff = await signedIn(world, owner);
  await staff.visit(users);
  assert.equal(staff.page.heading, "Настройки – Пользователи");
  assert.ok(staff.page.text.includes("2 пользователя"), staff.page.text);
  staff.fill("Имя, логин, e-mail или телефон", "8 916 123");
  await staff.press("Показать");
  assert.match(staff.page.text, /1 пользователь/);
  await staff.follow("Анна Петрова");
  assert.equal(staff.page.path, `${users}/${id}`);
  await staff.follow("Выслать ссылку смены пароля");
  await staff.press("Выслать ссылку смены пароля");
  assert.match(staff.page.text, /Письмо отправляется: 1 адресат/);
  const letter = await lastLetter(world, anna.email);
  assert.match(letter.text, /администратор портала/);
  const person = visitor(world);
  await person.visit(letter.link);
  person.fill("Новый пароль", newPassword);
  person.fill("Подтверждение нового пароля", newPassword);
  await person.press("Сменить пароль");
  assert.equal(await isSignedIn(await signedIn(world, { ...anna, password: newPassword })), true);
  await staff.visit(`${users}/${id}/deliveries`);
  assert.match(staff.page.text, /Смена пароля/);
  for (const tab of ["", "/sessions", "/history", "/record", "/edit", "/role", "/do/block"]) {
    await staff.visit(`${users}/${id}${tab}`);
    assert.equal(staff.page.status, 200, tab);
  }
});
