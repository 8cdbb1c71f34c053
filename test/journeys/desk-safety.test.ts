/** What ends a case or decides about it from elsewhere, and what is recorded of those who look at it. */
import assert from "node:assert/strict";
import { act, confirmedCase, gatherEvidence, post, staffed, staffHere, stateOf } from "../desk.ts";
import { journey } from "../journey.ts";
import { letterLike, signedIn } from "../steps.ts";
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
