/** What speaks for an applicant and what against: a colleague's word, the phone, places, earlier contacts. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { newId } from "../../src/platform/secrets/ids.ts";
import { answerVouch } from "../../src/support/support.ts";
import {
  ANSWER,
  act,
  actionsOf,
  approver,
  confirmedCase,
  gatherEvidence,
  handler,
  openCase,
  PHONE,
  post,
  staffed,
  staffHere,
  staged,
  stateOf,
} from "../desk.ts";
import { block, journey, rowCounts } from "../journey.ts";
import { mmdb, somePlaces } from "../mmdb.ts";
import { anna, ivan } from "../people.ts";
import { lastLetter, letterLike, signedIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

const folder = mkdtempSync(join(tmpdir(), "propusk-desk-places-"));
const PLACES_FILE = join(folder, "city.mmdb");
writeFileSync(PLACES_FILE, mmdb(somePlaces));
after(() => rmSync(folder, { recursive: true }));

const olga = staffed("administrator", "olga", "Ольга Белова");
const question = "Знаете ли вы этого человека";

/** The newest question to this colleague. */
async function linkTo(world: World, email: string): Promise<string> {
  return (await letterLike(world, email, question)).link;
}

/** As staff may have noted it: another account of the same human has the same phone. */
async function sharePhone(world: World, accountId: string): Promise<void> {
  const phone = { kind: "phone", value: PHONE, key: PHONE, sign_in_key: null } as const;
  await world.service.tools.store.transact((write) =>
    write
      .insertInto("identifiers")
      .values({ id: newId(), account_id: accountId, ...phone, confirmed_at: null, created_at: 1 })
      .execute(),
  );
}

async function problemOf(who: Visitor, number: number, name: string, fields: Record<string, string>) {
  const answer = await post(who, `/admin/cases/${number}/do/${name}`, fields);
  return { status: answer.status, body: answer.body };
}

journey(
  "M17, AD3: a colleague vouches after their own sign-in, once; who decides or handles never counts as one",
  async (world) => {
    const stage = await staged(world);
    const { applicant, number, polina, denis } = stage;
    await world.addPerson(ivan);
    await world.addPerson(olga);
    const twin = await world.addPerson({ ...ivan, login: "twin", email: "twin@romashka.example" });
    await sharePhone(world, twin);
    await world.addPerson({ ...ivan, login: "waiting", email: ANSWER });
    await world.addPerson({ ...ivan, login: "unproven", email: "u@romashka.example", contactsProven: false });
    for (const colleague of ["nobody", anna.login, handler.login, "twin", "waiting", "unproven"]) {
      const { status, body } = await problemOf(polina, number, "colleague", { colleague });
      assert.equal(status, 422, colleague);
      assert.match(body, /Этого человека спросить нельзя/, colleague);
    }
    assert.match(
      (await problemOf(polina, number, "colleague", { colleague: "кто-то @ где-то" })).body,
      /Проверьте написание/,
    );

    await act(polina, number, "colleague", { colleague: ivan.login });
    const link = await linkTo(world, ivan.email);
    const before = await rowCounts(world);
    const colleague = await signedIn(world, ivan);
    await colleague.visit(link);
    assert.equal(colleague.page.heading, "Это действительно Анна Петрова?");
    assert.ok(!colleague.page.text.includes("Ящик удалён"), "what was written stays with the desk");
    assert.equal(
      (await rowCounts(world)).case_evidence,
      before.case_evidence,
      "RL6: opening changes nothing",
    );
    assert.equal((await post(colleague, link, { known: "maybe" })).status, 400);
    const { address, ...press } = colleague.formFor("Да, я говорил с этим человеком");
    const presses = await Promise.all([colleague.raw(address, press), colleague.raw(address, press)]);
    for (const { status, body } of presses) {
      assert.equal(status, 200, "of a double press both end in thanks");
      assert.match(body, /Поддержка учтёт ваш ответ/);
    }
    assert.equal((await actionsOf(world)).filter((action) => action === "case.vouched").length, 1);
    assert.equal((await post(colleague, link, { known: "no" })).status, 410, "a word is not taken back");
    await polina.visit(`/admin/cases/${number}`);
    assert.match(polina.page.text, /Подтвердил коллега или руководитель\s*есть: Иван Сидоров/);
    assert.match(polina.page.text, /Коллега подтвердил, что знает человека · Иван Сидоров/);
    assert.ok(polina.page.text.includes("Коллега ответил оттуда же, откуда отправлено обращение"));
    await applicant.visit("/support/case");
    assert.ok(!applicant.page.text.includes("Сидоров"), "who was asked is not told");

    // Denis of the desk is asked as a colleague: from now on he is one, and neither handles nor decides.
    await act(polina, number, "colleague", { colleague: "denis" });
    const { read } = world.service.tools.store;
    const his = await read.selectFrom("accounts").select("id").where("name", "=", "Денис Котов").execute();
    const handed = await problemOf(polina, number, "hand-over", { to: his[0]?.id ?? "" });
    assert.equal(handed.status, 422);
    assert.match(handed.body, /его спросили о человеке как коллегу/);
    await denis.visit(await linkTo(world, "denis@romashka.example"));
    await denis.press("Да, я говорил с этим человеком");
    assert.match(
      (await problemOf(polina, number, "propose", {})).body,
      /Доказательств 1, нужно 2/,
      "one kind",
    );
    await act(polina, number, "document", { document: "пропуск" });
    await act(polina, number, "propose");
    assert.equal((await post(denis, `/admin/cases/${number}/approve`)).status, 422, "who vouched");
    const boss = await staffHere(world, olga);
    assert.equal((await post(boss, `/admin/cases/${number}/approve`)).status, 303);
    assert.equal(await stateOf(world, number), "waiting");
    assert.equal((await post(colleague, link, { known: "no" })).status, 410);
  },
);

journey(
  "M17, AD8: a question ends with a week, with the case, and with the account that was asked",
  async (world) => {
    const { number, polina, denis } = await staged(world);
    await world.addPerson(ivan);
    const bob = { ...ivan, login: "bob", name: "Боб", email: "bob@romashka.example" };
    const id = await world.addPerson(bob);
    await act(polina, number, "colleague", { colleague: bob.login });
    await act(polina, number, "colleague", { colleague: ivan.login });
    const [his, asked] = [await linkTo(world, bob.email), await linkTo(world, ivan.email)];
    const evidenceId = his.split("/").at(-1) ?? "";
    for (const foreign of [evidenceId.replace(/^./, "f"), "x", "%00"])
      assert.equal((await denis.raw(`/support/vouch/${foreign}`)).status, 404, foreign);
    assert.equal((await denis.raw(his)).status, 404, "asked is somebody else");
    const blocked = await signedIn(world, bob);
    await block(world, id);
    assert.ok((await blocked.visit(his)).path.startsWith("/sign-in"));
    // The block comes between the look and the press.
    const by = { actor: id, address: "192.0.2.1", device: "—" };
    const word = { evidenceId, accountId: id, known: true };
    assert.deepEqual(await answerVouch(world.service.tools, word, by), { kind: "over" });

    world.clock.forward({ hours: 7 * 24 + 1 });
    const late = await signedIn(world, ivan);
    await late.visit(asked);
    assert.equal(late.page.status, 410);
    assert.equal(late.page.heading, "Ответ уже не нужен");
    assert.equal((await post(late, asked, { known: "yes" })).status, 410);
    const again = await staffHere(world, handler);
    await again.visit(`/admin/cases/${number}`);
    assert.match(again.page.text, /не ответил за неделю: Иван Сидоров/);

    const other = await confirmedCase(world, "anna", { answer: "two@elsewhere.example" });
    await act(again, other.number, "take");
    await act(again, other.number, "colleague", { colleague: ivan.login });
    const second = await linkTo(world, ivan.email);
    await late.visit(second);
    await other.applicant.visit("/support/case");
    await other.applicant.press("Помощь больше не нужна");
    await late.press("Я не знаю этого человека");
    assert.equal(late.page.status, 410, "the case was closed meanwhile");
    const entries = await actionsOf(world);
    assert.ok(!entries.includes("case.vouched") && !entries.includes("case.not-vouched"));
  },
);

const kazan = "93.184.216.34";

journey(
  "M10, EN1: a tick sends the code to the phone once the address is proved, whether there is one or not",
  async (world) => {
    await world.addPerson({ ...anna, phone: PHONE });
    const seen: unknown[] = [];
    for (const [login, answer] of [
      [anna.login, ANSWER],
      ["nobody", "two@elsewhere.example"],
    ] as const) {
      const applicant = visitor(world, { address: kazan });
      await openCase(applicant, login, { answer, ticked: true });
      assert.equal((await world.smsTo(PHONE)).length, seen.length, "nothing before the address is proved");
      const before = await rowCounts(world);
      await applicant.visit((await letterLike(world, answer, "Обращение № 1000")).link);
      await applicant.press("Адрес мой, отправить обращение");
      assert.ok(applicant.page.text.includes("Если номер есть, код отправлен"), applicant.page.text);
      await world.messagesTo(answer);
      const grown = Object.entries(await rowCounts(world)).map(([table, count]) => [
        table,
        count - (before[table] ?? 0),
      ]);
      const counted = ["message_events", "budgets"];
      seen.push([applicant.page.path, grown.filter(([table]) => !counted.includes(String(table)))]);
      const [sms = ""] = await world.smsTo(PHONE);
      applicant.fill("Код из SMS", /\d{6}/.exec(sms)?.[0] ?? "");
      await applicant.press("Проверить код");
      const right = applicant.page.text.includes("Код с телефона аккаунта подошёл");
      assert.equal(right, login === anna.login);
    }
    assert.deepEqual(seen[0], seen[1]);
    assert.equal((await world.smsTo(PHONE)).length, 1);
  },
  { settings: { TRUSTED_PROXY_HOPS: "1" } },
);

/** Anna, or whoever sits at her place, gives the account another mailbox. */
async function changeMailbox(world: World, person: Visitor, to: string): Promise<void> {
  await person.visit("/me/email");
  person.fill("Новый e-mail", to);
  await person.press("Отправить письмо");
  await person.visit((await lastLetter(world, to)).link);
  await person.press("Подтвердить");
}

journey(
  "AD3, RL15: a mailbox that was replaced within a week before the case is warned as well and may stop it",
  async (world) => {
    await world.addPerson({ ...anna, phone: PHONE });
    const person = await signedIn(world, anna);
    await changeMailbox(world, person, "long.ago@elsewhere.example");
    world.clock.forward({ hours: 24 * 9 });
    const later = await signedIn(world, { login: "anna", password: anna.password });
    await changeMailbox(world, later, "thief@elsewhere.example");
    world.clock.forward({ hours: 24 });
    const stage = await staged(world, { added: true });
    await gatherEvidence(stage);
    // What the desk does with it takes days, too.
    world.clock.forward({ hours: 24 * 5 });
    const { number } = stage;
    await act(await staffHere(world, handler), number, "propose", { replaces: "on" });
    const denis = await staffHere(world, approver);
    assert.equal((await post(denis, `/admin/cases/${number}/approve`)).status, 303);
    const warned = async (address: string) =>
      (await world.messagesTo(address)).filter(({ subject }) => subject.startsWith("Ваш доступ хотят"));
    assert.equal((await warned("thief@elsewhere.example")).length, 1);
    assert.equal((await warned(anna.email)).length, 0, "replaced two weeks ago");
    const [warning] = await warned("long.ago@elsewhere.example");
    assert.ok(warning);
    const owner = visitor(world);
    await owner.visit(warning.link);
    await owner.press("Это не я, остановить");
    assert.equal(await stateOf(world, number), "stopped veto");
  },
);

journey(
  "AD3: staff are told when nobody ever signed in from that place or, where no place is known, that network",
  async (world) => {
    await world.addPerson(anna);
    await world.addPerson(handler);
    await signedIn(world, anna, { address: "93.184.216.200" });
    await signedIn(world, anna, { address: "198.51.100.7" });
    for (const [address, told] of [
      [kazan, undefined],
      ["198.51.100.99", undefined],
      ["203.0.113.9", "Из этой сети в аккаунт никогда не входили: 203.0.113.9"],
      ["2a02:6b8::7", "Отсюда в аккаунт никогда не входили: 2a02:6b8::7 · примерно Москва, Россия"],
    ] as const) {
      world.clock.forward({ hours: 25 });
      const { number } = await confirmedCase(world, "anna", {
        address,
        answer: `a${address.length}@e.example`,
      });
      const staff = await staffHere(world, handler);
      await staff.visit(`/admin/cases/${number}`);
      const risks = staff.page.all(".risks li").map(({ textContent }) => textContent.trim());
      const found = risks.find((risk) => risk.includes("никогда не входили"));
      assert.equal(found, told, `${address}: ${risks.join("; ")}`);
    }
  },
  { settings: { TRUSTED_PROXY_HOPS: "1", PLACES_FILE }, embeddedOnly: true },
);
