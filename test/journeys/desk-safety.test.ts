/** What ends a case or decides about it from elsewhere, and what is recorded of those who look at it. */
import assert from "node:assert/strict";
import {
  ANSWER,
  act,
  approved,
  confirmedCase,
  databaseForward,
  gatherEvidence,
  post,
  staffed,
  staffHere,
  staged,
  stateOf,
  tend,
} from "../desk.ts";
import { journey } from "../journey.ts";
import { anna } from "../people.ts";
import { letterLike, signedIn, signIn } from "../steps.ts";
import { propusk, settingsOf } from "../terminal-child.ts";
import type { World } from "../world.ts";

const boss = staffed("owner", "boss", "Вера Хозяйкина");
const desk = staffed("desk", "polina", "Полина Орлова");

/** The command of the terminal about one case: how it ended, in one line. */
async function approveByTerminal(world: World, ...words: string[]) {
  const { code, out, err } = await propusk(settingsOf(world), ["case", "approve", ...words]);
  return { code, said: `${out}${err}`.trim() };
}

journey(
  "AD2, AD3: about the last owner nobody in the console decides; who runs the server does, after the wait",
  async (world) => {
    await world.addPerson(boss);
    await world.addPerson(desk);
    const polina = await staffHere(world, desk);
    const { applicant, number } = await confirmedCase(world, "boss");
    await act(polina, number, "take");
    for (const typed of ["x", "0", "-1", "1e4", "99999", "10001; drop", ` ${number}`, String(number)]) {
      const { code, said } = await approveByTerminal(world, typed);
      assert.notEqual(code, 0, typed);
      assert.ok(said.includes(typed.trim()) || said.startsWith("Usage"), said);
      assert.doesNotMatch(said, /\n\s+at /, "no stack");
    }
    assert.equal((await approveByTerminal(world)).code, 2, "a number is needed");
    assert.equal(await stateOf(world, number), "handling", "evidence first, as for everybody");
    await gatherEvidence({ applicant, number, polina, denis: polina });
    await act(polina, number, "propose");
    await polina.visit(`/admin/cases/${number}`);
    assert.ok(polina.page.text.includes(`propusk case approve ${number}`));
    assert.equal((await post(polina, `/admin/cases/${number}/approve`)).status, 404, "a lower rank");
    const done = await approveByTerminal(world, String(number));
    assert.deepEqual(done, {
      code: 0,
      said: `case ${number}: approved, every contact of the account is warned`,
    });
    const { read } = world.service.tools.store;
    const row = await read.selectFrom("cases").select(["approved_at", "release_at"]).executeTakeFirst();
    assert.equal((row?.release_at ?? 0) - (row?.approved_at ?? 0), 72 * 3_600_000, "three days for staff");
    await letterLike(world, "boss@romashka.example", "Ваш доступ хотят восстановить");
    assert.match((await approveByTerminal(world, String(number))).said, /none that waits for a decision/);
    const events = await read
      .selectFrom("audit_events")
      .select("actor")
      .where("action", "=", "case.approved")
      .execute();
    assert.deepEqual(
      events.map(({ actor }) => actor),
      ["cli"],
    );

    // An owner who comes in meanwhile ends it for the terminal as well.
    const other = await confirmedCase(world, "boss", { answer: "b2@elsewhere.example" });
    await act(polina, other.number, "take");
    await gatherEvidence({ ...other, polina, denis: polina });
    await act(polina, other.number, "propose");
    await signedIn(world, boss);
    assert.match((await approveByTerminal(world, String(other.number))).said, /the owner signed in/);
    assert.equal(await stateOf(world, other.number), "stopped signed-in");
  },
);

journey(
  "AD3: a sign-in on a known device ends a case too, an open page does not; the next case says so to staff",
  async (world) => {
    await world.addPerson(anna);
    const laptop = await signedIn(world, anna, { remember: true });
    world.clock.forward({ hours: 1 });
    const stage = await staged(world, { added: true });
    await approved(world, stage);
    // Somewhere a page is open still: to look at is not to sign in. Staff read of it.
    await laptop.visit("/me");
    await tend(world);
    assert.equal(await stateOf(world, stage.number), "waiting");
    await stage.polina.visit(`/admin/cases/${stage.number}`);
    assert.ok(stage.polina.page.text.includes("В аккаунте сейчас кто-то есть"), stage.polina.page.text);
    await laptop.press("Выйти");
    await signIn(laptop, anna);
    assert.equal(laptop.page.path, "/me");
    const letters = await world.messagesTo(anna.email);
    assert.ok(!letters.at(-1)?.subject.startsWith("Вход с нового устройства"), "the device is known");
    await tend(world);
    assert.equal(await stateOf(world, stage.number), "stopped signed-in");
    const told = await letterLike(world, ANSWER, `Обращение № ${stage.number}: остановлено`);
    assert.match(told.text, /В аккаунт вошли.*а вошли или возразили не вы\? Значит, он у кого-то другого/s);
    await laptop.visit("/me/history");
    assert.ok(laptop.page.text.includes("Обращение остановлено"), laptop.page.text);
    // Nothing comes back to life: neither the link nor the approval.
    await databaseForward(world, 100);
    await tend(world);
    assert.equal(await stateOf(world, stage.number), "stopped signed-in");
    assert.equal((await post(stage.denis, `/admin/cases/${stage.number}/approve`)).status, 409);

    const next = await confirmedCase(world, anna.login, { answer: "two@elsewhere.example" });
    await act(stage.polina, next.number, "take");
    await stage.polina.visit(`/admin/cases/${next.number}`);
    assert.match(stage.polina.page.text, /Прошлое обращение остановили из аккаунта или с его контактов/);
  },
);
