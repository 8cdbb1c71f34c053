/** Another e-mail: asked for on one's own page, proved from the new mailbox, told to the old one. */
import assert from "node:assert/strict";
import { journey, rowCounts } from "../journey.ts";
import { anna, ivan, newPassword } from "../people.ts";
import { choosePassword, isSignedIn, lastLetter, letterFor, signedIn, signIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { Letter, World } from "../world.ts";

const NEW = "anna.new@romashka.example";
const OTHER = "anna.other@romashka.example";

/** Asks while the sign-in is still fresh, or with the password when that is wanted. */
async function askFor(person: Visitor, address: string, password?: string): Promise<void> {
  await person.visit("/me/email");
  person.fill(person.page.has("Новый e-mail") ? "Новый e-mail" : "E-mail", address);
  if (password !== undefined) person.fill("Текущий пароль", password);
  await person.press("Отправить письмо");
}

async function confirm(person: Visitor, letter: Letter): Promise<void> {
  await person.visit(letter.link);
  assert.equal(person.page.heading, "Подтвердите адрес");
  await person.press("Подтвердить");
}

async function canSignIn(world: World, identifier: string): Promise<boolean> {
  const person = visitor(world);
  await signIn(person, { login: identifier, password: anna.password });
  return person.page.path === "/me";
}

journey(
  "M7, M13, PC1: the old address stays in force until the new one is proved, and then lets nobody in",
  async (world) => {
    await world.addPerson(anna);
    const person = await signedIn(world, anna);
    await person.follow("Сменить e-mail");
    await askFor(person, NEW);
    assert.equal(person.page.path, "/me");
    assert.ok(
      person.page.text.includes(
        `Подтвердите новый адрес: мы отправили письмо на ${NEW}. До этого входите по ${anna.email}.`,
      ),
      person.page.text,
    );
    assert.equal(await canSignIn(world, anna.email), true);
    assert.equal(await canSignIn(world, NEW), false);
    const letter = await lastLetter(world, NEW);
    assert.match(letter.subject, /^Подтвердите e-mail — запрос от /);
    assert.ok(letter.html.includes("Подтвердить адрес"));
    // In another browser, where nobody is signed in: mail is read on the phone.
    const phone = visitor(world);
    await confirm(phone, letter);
    assert.equal(phone.page.heading, "Адрес подтверждён");
    assert.equal(await canSignIn(world, anna.email), false);
    assert.equal(await canSignIn(world, NEW), true);
    await person.visit("/me");
    assert.ok(person.page.text.includes(NEW));
    assert.doesNotMatch(person.page.text, /Подтвердите новый адрес/);
  },
);

journey(
  "PC1, RL15: old mailbox, new mailbox and phone are told; only the older ones can undo",
  async (world) => {
    await world.addPerson(anna);
    const person = await signedIn(world, anna);
    await askFor(person, NEW);
    await confirm(person, await lastLetter(world, NEW));
    const [old, now] = [await lastLetter(world, anna.email), await lastLetter(world, NEW)];
    for (const letter of [old, now]) assert.match(letter.subject, /^E-mail изменён — /);
    assert.match(old.link, /\/veto\/link\?key=/);
    assert.doesNotMatch(now.text + now.html, /veto|Это не я/);
    assert.ok(old.text.includes("изменён на другой: a•••@romashka.example."), "the other address is masked");
    assert.doesNotMatch(old.text, /anna\.new/);
    const [sms] = await world.smsTo("+79161234567");
    assert.match(sms ?? "", /^E-mail изменён \d\d\.\d\d в \d\d:\d\d\. Не вы\? Откройте /);
    assert.doesNotMatch(sms ?? "", /https?:|veto/);
  },
);

journey("RL6, PC1: opening the letter changes nothing, whoever opens it how often", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  await askFor(person, NEW);
  const { link } = await lastLetter(world, NEW);
  const scanner = visitor(world);
  const before = await rowCounts(world);
  for (const method of ["HEAD", "GET", "GET"]) await scanner.raw(link, { method });
  await scanner.visit(link);
  await scanner.visit("/me/email/confirm");
  assert.deepEqual(await rowCounts(world), before);
  assert.equal(await canSignIn(world, anna.email), true);
  assert.doesNotMatch(scanner.page.answer.path, /key/);
});

journey("SE8: an old sign-in has to give the password, within the limits of the sign-in", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  world.clock.forward({ minutes: 6 });
  await askFor(person, NEW, "");
  assert.equal(person.page.status, 422);
  assert.equal(person.page.problem("Текущий пароль"), "Введите текущий пароль");
  assert.equal(person.page.value("Новый e-mail"), NEW, "what was typed stays");
  await askFor(person, NEW, ivan.password);
  assert.match(person.page.problem("Текущий пароль"), /Неверный пароль/);
  assert.deepEqual(await world.messagesTo(NEW), []);
  const token = person.cookies.get("sid")?.value;
  await askFor(person, NEW, anna.password);
  assert.equal(person.page.path, "/me");
  assert.notEqual(person.cookies.get("sid")?.value, token, "SE1: the proof gives a new token");
  await person.visit("/me/email");
  assert.equal(person.page.has("Текущий пароль"), false, "for five minutes it is not asked again");
});

journey("SE8: a device that was only remembered has to give the password, however young", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna, { remember: true });
  world.clock.forward({ minutes: 31 });
  await person.visit("/me/email");
  assert.equal(person.page.has("Текущий пароль"), true);
});

journey("PC1: what is no address, or is there already, is said beside the field", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  const told: [string, RegExp][] = [
    ["", /Введите e-mail$/],
    ["anna@romashka", /Введите e-mail полностью/],
    ["Анна <anna@romashka.example>", /Введите e-mail полностью/],
    ["a@x.example, b@x.example", /Введите e-mail полностью/],
    [anna.email.toUpperCase(), /нынешний адрес/],
  ];
  for (const [typed, problem] of told) {
    await askFor(person, typed);
    assert.equal(person.page.status, 422, typed);
    assert.match(person.page.problem("Новый e-mail"), problem);
  }
});

journey("PC3: a second change ends the first, whose letter then opens nothing", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  await askFor(person, NEW);
  const { link } = await lastLetter(world, NEW);
  await askFor(person, OTHER);
  const late = visitor(world);
  await late.visit(link);
  assert.equal(late.page.status, 410);
  assert.equal(late.page.heading, "Ссылка больше не действует");
  await confirm(late, await lastLetter(world, OTHER));
  assert.equal(await canSignIn(world, OTHER), true);
});

journey("PC3: a reset ends a change that waits, and so does a changed password", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  await askFor(person, NEW);
  const { link } = await lastLetter(world, NEW);
  const owner = visitor(world);
  await owner.visit((await letterFor(world, anna.email)).link);
  await choosePassword(owner, newPassword);
  const late = visitor(world);
  await late.visit(link);
  assert.equal(late.page.status, 410);
});

journey("PC3: a link works one second before 24 hours and not one second after", async (world) => {
  await world.addPerson(anna);
  world.clock.standStill();
  const began = world.clock.now();
  await askFor(await signedIn(world, anna), NEW);
  const { link } = await lastLetter(world, NEW);
  const person = visitor(world);
  world.clock.moveTo(began + 24 * 3_600_000 - 1_000);
  await person.visit(link);
  assert.equal(person.page.heading, "Подтвердите адрес");
  world.clock.moveTo(began + 24 * 3_600_000 + 1_000);
  await person.press("Подтвердить");
  assert.equal(person.page.status, 410);
  assert.equal(await canSignIn(world, NEW), false);
});

journey("PC3: «Отправить ещё раз» brings the same link, «Отменить» ends it", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  await askFor(person, NEW);
  await person.press("Отправить ещё раз");
  assert.match(person.page.text, /Отправили ещё раз/);
  const letters = await world.messagesTo(NEW);
  assert.equal(letters.length, 2);
  assert.equal(letters[0]?.link, letters[1]?.link);
  await person.press("Отправить ещё раз");
  await person.press("Отправить ещё раз");
  assert.equal(person.page.status, 429, "an address gets three letters an hour");
  await person.visit("/me");
  await person.press("Отменить");
  assert.match(person.page.text, /Смена e-mail отменена/);
  const late = visitor(world);
  await late.visit(letters[1]?.link ?? "");
  assert.equal(late.page.status, 410);
});

journey(
  "EN8: an address that somebody has looks the same to who asks, and its owner is told",
  async (world) => {
    await world.addPerson(anna);
    await world.addPerson(ivan);
    const [one, two] = [await signedIn(world, anna), await signedIn(world, anna)];
    const cost = async (person: Visitor, address: string) => {
      const before = await rowCounts(world);
      await askFor(person, address);
      const after = await rowCounts(world);
      const text = person.page.text.replaceAll(address, "ADDRESS");
      const rows = ["proofs", "contact_changes", "messages", "audit_events"] as const;
      return { text, rows: rows.map((table) => (after[table] ?? 0) - (before[table] ?? 0)) };
    };
    const free = await cost(one, "nobody.here@romashka.example");
    await one.press("Отменить");
    const taken = await cost(two, ivan.email);
    assert.deepEqual(taken, free);
    const letter = await lastLetter(world, ivan.email);
    assert.match(letter.subject, /^Ваш адрес пытались указать в другом аккаунте/);
    assert.doesNotMatch(letter.text, /\/me\/email\/link|anna/);
  },
);

journey("PC4: a login spelled like the address keeps it from everybody else", async (world) => {
  await world.addPerson(anna);
  await world.addPerson({
    login: "wanted@romashka.example",
    email: "someone@romashka.example",
    password: ivan.password,
  });
  await askFor(await signedIn(world, anna), "WANTED@romashka.example");
  assert.deepEqual(await world.messagesTo("wanted@romashka.example"), []);
  const [letter] = await world.messagesTo("someone@romashka.example");
  assert.match(letter?.subject ?? "", /пытались указать/);
});

journey(
  "PC4: of twenty who are added at once with one address, as login or as e-mail, one gets it",
  async (world) => {
    const added = await Promise.allSettled(
      Array.from({ length: 20 }, (_, turn) =>
        world.addPerson(
          turn % 2
            ? { ...anna, login: NEW.toUpperCase(), email: `anna${turn}@romashka.example`, phone: undefined }
            : { ...anna, login: `anna${turn}`, email: NEW, phone: undefined },
        ),
      ),
    );
    const refused = added.flatMap((each) => (each.status === "rejected" ? [each.reason.actual] : []));
    assert.deepEqual(refused, Array(19).fill("taken"));
    const { read } = world.service.tools.store;
    const rows = await read.selectFrom("identifiers").select("id").where("key", "=", NEW).execute();
    assert.equal(rows.length, 1);
  },
);

journey("PC4: of two accounts that confirm one address at the same moment one gets it", async (world) => {
  await world.addPerson(anna);
  await world.addPerson(ivan);
  const two = await world.another();
  const [one, other] = [await signedIn(world, anna), await signedIn(world, ivan, { at: two.url })];
  await Promise.all([askFor(one, NEW), askFor(other, NEW)]);
  const links = new Set((await world.messagesTo(NEW)).map(({ link }) => link));
  assert.equal(links.size, 2);
  const readers = [...links].map((_, index) => visitor(world, { at: index ? two.url : world.url }));
  await Promise.all(readers.map((reader, index) => reader.visit([...links][index] ?? "")));
  await Promise.all(readers.map((reader) => reader.press("Подтвердить")));
  assert.deepEqual(readers.map(({ page }) => page.heading).toSorted(), ["Адрес занят", "Адрес подтверждён"]);
  const { read } = world.service.tools.store;
  const rows = await read.selectFrom("identifiers").select("id").where("key", "=", NEW).execute();
  assert.equal(rows.length, 1);
});

journey(
  "PC3: two changes of one account asked for at the same moment: one letter's link works",
  async (world) => {
    await world.addPerson(anna);
    const two = await world.another();
    const [one, other] = [await signedIn(world, anna), await signedIn(world, anna, { at: two.url })];
    await Promise.all([askFor(one, NEW), askFor(other, OTHER)]);
    const links = [NEW, OTHER].map(async (address) => (await world.messagesTo(address)).at(-1)?.link);
    const opened = await Promise.all(
      (await Promise.all(links)).map(async (link) => {
        if (link === undefined) return "never sent";
        const reader = visitor(world);
        await reader.visit(link);
        return reader.page.heading;
      }),
    );
    assert.equal(opened.filter((heading) => heading === "Подтвердите адрес").length, 1, opened.join());
  },
);

journey("RL5, PC1: confirmed by ten presses at once on two instances, it happens once", async (world) => {
  await world.addPerson(anna);
  const two = await world.another();
  await askFor(await signedIn(world, anna), NEW);
  const { link } = await lastLetter(world, NEW);
  const readers = Array.from({ length: 10 }, (_, turn) =>
    visitor(world, { at: turn % 2 ? two.url : world.url }),
  );
  await Promise.all(readers.map((reader) => reader.visit(link)));
  await Promise.all(readers.map((reader) => reader.press("Подтвердить")));
  for (const { page } of readers)
    assert.equal(page.heading, "Адрес подтверждён", "the same press ends alike");
  const told = (await world.messagesTo(anna.email)).filter(({ subject }) => /E-mail изменён/.test(subject));
  assert.equal(told.length, 1);
});

journey("RL8: every other link dies with the change of the address", async (world) => {
  await world.addPerson(anna);
  const { link } = await letterFor(world, anna.email);
  const person = await signedIn(world, anna);
  await askFor(person, NEW);
  await confirm(person, await lastLetter(world, NEW));
  const late = visitor(world);
  await late.visit(link);
  assert.equal(late.page.status, 410);
  assert.equal(await isSignedIn(person), true, "the sessions stay");
});

journey("M7: an address where there was none, by the same way", async (world) => {
  const id = await world.addPerson({ ...anna, phone: undefined });
  await world.service.tools.store.transact((write) =>
    write.deleteFrom("identifiers").where("account_id", "=", id).where("kind", "=", "email").execute(),
  );
  const person = await signedIn(world, anna);
  await askFor(person, NEW);
  assert.match(person.page.text, /мы отправили письмо на anna\.new@romashka\.example\. Отправить/);
  await confirm(person, await lastLetter(world, NEW));
  assert.equal(await canSignIn(world, NEW), true);
});

journey(
  "SO3: the first proof of a mailbox in the own browser changes nothing but the proof",
  async (world) => {
    await world.addPerson({ ...anna, contactsProven: false });
    const person = await signedIn(world, anna);
    await person.visit("/me/email");
    assert.equal(person.page.heading, "Подтвердить e-mail");
    assert.equal(person.page.value("E-mail"), anna.email);
    await person.press("Отправить письмо");
    await confirm(person, await lastLetter(world, anna.email));
    assert.equal(person.page.heading, "Адрес подтверждён");
    assert.equal(await isSignedIn(person), true);
    assert.equal(await canSignIn(world, anna.email), true);
  },
);

journey("SO3: the first proof from elsewhere wipes what was set before by who knows whom", async (world) => {
  await world.addPerson({ ...anna, contactsProven: false });
  const hijacker = await signedIn(world, anna);
  await hijacker.visit("/me/email");
  await hijacker.press("Отправить письмо");
  const owner = visitor(world);
  await confirm(owner, await lastLetter(world, anna.email));
  assert.match(owner.page.text, /пароль, заданный до этого, отключён/);
  assert.equal(await isSignedIn(hijacker), false);
  assert.equal(await canSignIn(world, anna.login), false);
  assert.equal(await canSignIn(world, "+7 916 123-45-67"), false, "the unproven phone is gone as well");
  await owner.follow("Задать пароль");
  assert.equal(owner.page.value("E-mail или телефон"), anna.email);
});
