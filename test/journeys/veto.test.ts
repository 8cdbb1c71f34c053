/** «Это не я»: what a stranger did at somebody's account, and the one press that ends it. */
import assert from "node:assert/strict";
import { block, journey, rowCounts } from "../journey.ts";
import { anna, ivan, newPassword, otherPassword } from "../people.ts";
import { ask, choosePassword, isSignedIn, letterFor, letterLike, signedIn, signIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { Letter, World } from "../world.ts";

const HERS = "stranger@elsewhere.example";
const DAY = 86_400_000;

async function changePassword(person: Visitor, from: string, to: string): Promise<void> {
  await person.visit("/me/password");
  person.fill("Текущий пароль", from);
  person.fill("Новый пароль", to);
  person.fill("Подтверждение нового пароля", to);
  await person.press("Сохранить");
  assert.equal(person.page.path, "/me");
}

async function changeEmail(world: World, person: Visitor, to: string): Promise<Letter> {
  await person.visit("/me/email");
  person.fill("Новый e-mail", to);
  await person.press("Отправить письмо");
  const letter = await letterLike(world, to, "Подтвердите e-mail");
  await person.visit(letter.link);
  await person.press("Подтвердить");
  assert.equal(person.page.heading, "Адрес подтверждён");
  return letter;
}

async function press(world: World, { link }: Letter): Promise<Visitor> {
  const owner = visitor(world);
  await owner.visit(link);
  assert.equal(owner.page.heading, "Это не я");
  await owner.press("Это не я, закрыть вход");
  assert.equal(owner.page.heading, "Вход закрыт");
  return owner;
}

/** Recovery by letter, from the question to the new password. */
async function recover(world: World, owner: Visitor, email: string): Promise<void> {
  await ask(owner, email);
  await owner.visit((await letterLike(world, email, "Смена пароля — запрос")).link);
  await choosePassword(owner, otherPassword);
  assert.equal(owner.page.path, "/recovery/done");
}

async function canSignIn(world: World, login: string, password: string): Promise<boolean> {
  const person = visitor(world);
  await signIn(person, { login, password });
  return person.page.path === "/me";
}

journey(
  "SE7, RL15: the veto of a changed password ends the stranger and leads the owner back in",
  async (world) => {
    await world.addPerson(anna);
    const stranger = await signedIn(world, anna, { remember: true });
    await changePassword(stranger, anna.password, newPassword);
    const owner = await press(world, await letterLike(world, anna.email, "Пароль изменён"));
    assert.equal(await isSignedIn(stranger), false);
    world.clock.forward({ minutes: 31 });
    assert.equal(await isSignedIn(stranger), false, "nor by the remembered device");
    assert.equal(await canSignIn(world, anna.login, newPassword), false, "the stranger's password is off");
    assert.equal(await canSignIn(world, anna.login, anna.password), false);
    await owner.follow("Восстановить доступ");
    assert.equal(owner.page.path, "/recovery");
    assert.equal(owner.page.value("E-mail или телефон"), anna.email);
    await owner.visit((await letterFor(world, anna.email)).link);
    await choosePassword(owner, otherPassword);
    assert.equal(await canSignIn(world, anna.login, otherPassword), true);
  },
);

journey(
  "PC1, SO3: the old mailbox undoes the change of address, seven days and a changed password later",
  async (world) => {
    await world.addPerson(anna);
    const stranger = await signedIn(world, anna);
    const began = world.clock.now();
    await changeEmail(world, stranger, HERS);
    const notice = await letterLike(world, anna.email, "E-mail изменён");
    await changePassword(stranger, anna.password, newPassword);
    world.clock.moveTo(began + 7 * DAY - 60_000);
    const owner = visitor(world);
    await owner.visit(notice.link);
    assert.ok(owner.page.text.includes(`E-mail ${anna.email} вернётся на место ${HERS}.`), owner.page.text);
    await owner.press("Это не я, закрыть вход");
    assert.equal(await canSignIn(world, HERS, newPassword), false);
    await owner.follow("Восстановить доступ");
    assert.equal(owner.page.value("E-mail или телефон"), anna.email);
    const before = (await world.messagesTo(HERS)).length;
    await owner.visit((await letterFor(world, anna.email)).link);
    await choosePassword(owner, otherPassword);
    assert.equal(await canSignIn(world, anna.email, otherPassword), true);
    assert.equal((await world.messagesTo(HERS)).length, before, "the stranger's mailbox hears nothing more");
  },
);

journey("PC1: after seven days the link does nothing but lead to recovery", async (world) => {
  await world.addPerson(anna);
  const began = world.clock.now();
  await changeEmail(world, await signedIn(world, anna), HERS);
  const { link } = await letterLike(world, anna.email, "E-mail изменён");
  world.clock.moveTo(began + 7 * DAY + 60_000);
  const late = visitor(world);
  await late.visit(link);
  assert.equal(late.page.status, 410);
  assert.equal(late.page.heading, "Ссылка больше не действует");
});

journey("RL6: opening a veto, by whatever scanner, changes nothing", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  await changePassword(person, anna.password, newPassword);
  const { link } = await letterLike(world, anna.email, "Пароль изменён");
  const before = await rowCounts(world);
  const scanner = visitor(world);
  for (const method of ["HEAD", "GET"]) await scanner.raw(link, { method });
  await scanner.visit(link);
  assert.equal(scanner.page.path, "/veto", "the key is not left in the address bar");
  assert.deepEqual(await rowCounts(world), before);
  assert.equal(await isSignedIn(person), true);
});

journey("RL5: pressed ten times at once on two instances, it happens once and ends alike", async (world) => {
  await world.addPerson(anna);
  const two = await world.another();
  await changePassword(await signedIn(world, anna), anna.password, newPassword);
  const { link } = await letterLike(world, anna.email, "Пароль изменён");
  const owners = Array.from({ length: 10 }, (_, turn) =>
    visitor(world, { at: turn % 2 ? two.url : world.url }),
  );
  await Promise.all(owners.map((owner) => owner.visit(link)));
  await Promise.all(owners.map((owner) => owner.press("Это не я, закрыть вход")));
  for (const { page } of owners) assert.equal(page.heading, "Вход закрыт");
  const told = (await world.messagesTo(anna.email)).filter(({ subject }) =>
    subject.startsWith("Вход закрыт"),
  );
  assert.equal(told.length, 1);
});

journey("PC1: pressed again after recovery it takes nothing away", async (world) => {
  await world.addPerson(anna);
  await changePassword(await signedIn(world, anna), anna.password, newPassword);
  const notice = await letterLike(world, anna.email, "Пароль изменён");
  const owner = await press(world, notice);
  await recover(world, owner, anna.email);
  const again = visitor(world);
  await again.visit(notice.link);
  assert.equal(again.page.heading, "Вход закрыт");
  assert.equal(await canSignIn(world, anna.login, otherPassword), true);
});

journey("PC3: confirm, undo, confirm again: the older link stays dead", async (world) => {
  await world.addPerson(anna);
  const letter = await changeEmail(world, await signedIn(world, anna), HERS);
  await press(world, await letterLike(world, anna.email, "E-mail изменён"));
  const stranger = visitor(world);
  await stranger.visit(letter.link);
  assert.equal(stranger.page.status, 410);
  const { read } = world.service.tools.store;
  const keys = (await read.selectFrom("identifiers").select("key").execute()).map(({ key }) => key);
  assert.ok(keys.includes(anna.email) && !keys.includes(HERS), keys.join());
});

journey(
  "PC1: undoing and confirming at the same moment on two instances ends with the owner's address",
  async (world) => {
    await world.addPerson(anna);
    const two = await world.another();
    const stranger = await signedIn(world, anna);
    await changePassword(stranger, anna.password, newPassword);
    const notice = (await world.messagesTo(anna.email)).find(({ subject }) =>
      subject.startsWith("Пароль изменён"),
    );
    assert.ok(notice);
    await stranger.visit("/me/email");
    stranger.fill("Новый e-mail", HERS);
    await stranger.press("Отправить письмо");
    const { link } = await letterLike(world, HERS, "Подтвердите e-mail");
    const [owner, hers] = [visitor(world), visitor(world, { at: two.url })];
    await Promise.all([owner.visit(notice.link), hers.visit(link)]);
    await Promise.all([owner.press("Это не я, закрыть вход"), hers.press("Подтвердить")]);
    assert.equal(owner.page.heading, "Вход закрыт");
    const { read } = world.service.tools.store;
    const keys = (await read.selectFrom("identifiers").select("key").execute()).map(({ key }) => key);
    assert.ok(keys.includes(anna.email) && !keys.includes(HERS), keys.join());
  },
);

journey("PC1, PC2: the veto of the earliest event undoes all that came after it", async (world) => {
  await world.addPerson(anna);
  const stranger = await signedIn(world, anna);
  await changePassword(stranger, anna.password, newPassword);
  const notice = await letterLike(world, anna.email, "Пароль изменён");
  await changeEmail(world, stranger, HERS);
  await stranger.visit("/me/phone/remove");
  await stranger.press("Удалить телефон");
  const later = (await world.messagesTo(HERS)).find(({ subject }) => subject.startsWith("Телефон удалён"));
  assert.match(later?.link ?? "", /veto/, "the stranger's mailbox had a link of its own by then");
  await press(world, notice);
  const { read } = world.service.tools.store;
  const rows = await read.selectFrom("identifiers").select(["key", "confirmed_at"]).execute();
  assert.deepEqual(rows.map(({ key }) => key).toSorted(), ["+79161234567", anna.email, "anna"].toSorted());
  assert.ok(rows.every(({ key, confirmed_at }) => key === "anna" || confirmed_at !== null));
  const owner = visitor(world);
  await recover(world, owner, anna.email);
  const hers = visitor(world);
  await hers.visit(later?.link ?? "");
  assert.equal(hers.page.status, 410, "which dies with the veto of what came before");
  assert.equal(await canSignIn(world, anna.login, otherPassword), true);
});

journey(
  "PC4: an address that somebody else took meanwhile stays with them, and the rest is done",
  async (world) => {
    await world.addPerson(anna);
    await changeEmail(world, await signedIn(world, anna), HERS);
    const notice = await letterLike(world, anna.email, "E-mail изменён");
    await world.addPerson({ ...ivan, email: anna.email });
    await press(world, notice);
    assert.equal(await canSignIn(world, anna.login, anna.password), false);
    assert.equal(await canSignIn(world, ivan.login, ivan.password), true);
    assert.match((await world.smsTo("+79161234567")).at(-1) ?? "", /^Вход закрыт .*нажали «Это не я»/);
  },
);

journey("RL12: the veto of a blocked account waits, and looks like one that is over", async (world) => {
  const id = await world.addPerson(anna);
  await changePassword(await signedIn(world, anna), anna.password, newPassword);
  const { link } = await letterLike(world, anna.email, "Пароль изменён");
  await block(world, id);
  const owner = visitor(world);
  await owner.visit(link);
  assert.equal(owner.page.status, 410);
});

journey("RL13: nothing that is no veto opens the page", async (world) => {
  await world.addPerson(anna);
  const recovery = await letterFor(world, anna.email);
  const key = new URL(recovery.link).searchParams.get("key") ?? "";
  for (const path of ["/veto", "/veto/link", "/veto/link?key=x", `/veto/link?key=${key}`]) {
    const person = visitor(world);
    await person.visit(path);
    assert.equal(person.page.status, 410, path);
  }
});

journey(
  "PC1: what staff corrected since then gives way to the owner's address, which stands alone",
  async (world) => {
    const id = await world.addPerson(anna);
    const owner = { login: "olga", name: "Ольга", role: "owner", password: otherPassword } as const;
    await world.addPerson(owner);
    await changeEmail(world, await signedIn(world, anna), HERS);
    const notice = await letterLike(world, anna.email, "E-mail изменён");
    const staff = await signedIn(world, owner);
    await staff.visit(`/admin/users/${id}/edit`);
    staff.fill("E-mail", "anna.second@romashka.example");
    await staff.press("Сохранить");
    await press(world, notice);
    const { read } = world.service.tools.store;
    const contacts = await read
      .selectFrom("identifiers")
      .select(["value", "confirmed_at"])
      .where("account_id", "=", id)
      .where("kind", "=", "email")
      .execute();
    assert.deepEqual(
      contacts.map(({ value }) => value),
      [anna.email],
    );
    assert.ok(contacts[0]?.confirmed_at);
  },
);
