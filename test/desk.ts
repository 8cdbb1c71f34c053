/** Stretches of a case at the desk that many walks share. */
import assert from "node:assert/strict";
import { tendCases } from "../src/support/support.ts";
import { anna } from "./people.ts";
import { signedIn } from "./steps.ts";
import { type Answer, type Visitor, type VisitorOptions, visitor } from "./walker.ts";
import type { PersonWish, World } from "./world.ts";

export const ANSWER = "anna.new@elsewhere.example";
export const password = "тихая лодка под звёздами";

export function staffed(role: "desk" | "administrator" | "owner", login: string, name: string): PersonWish {
  return { login, name, role, password };
}

export const handler = staffed("desk", "polina", "Полина Орлова");
export const approver = staffed("desk", "denis", "Денис Котов");

/** Fills the public form and sends it. */
export async function openCase(
  applicant: Visitor,
  login: string,
  { answer = ANSWER, story = "Ящик удалён, телефон сменила.", ticked = false } = {},
): Promise<void> {
  await applicant.visit("/support");
  applicant.fill("Логин или прежний e-mail", login);
  applicant.fill("E-mail для ответа", answer);
  applicant.fill("Что случилось", story);
  if (ticked) applicant.tick("Телефон аккаунта со мной: пришлите на него код");
  await applicant.press("Отправить обращение");
}

/** Opens a case and confirms its address by the link; its number, and the applicant on the own page. */
export async function confirmedCase(
  world: World,
  login: string,
  options: VisitorOptions & { answer?: string } = {},
): Promise<{ applicant: Visitor; number: number }> {
  const applicant = visitor(world, options);
  const { answer = ANSWER } = options;
  await openCase(applicant, login, { answer });
  assert.equal(applicant.page.heading, "Подтвердите e-mail");
  const number = Number(/№ (\d+)/.exec(applicant.page.text)?.[1]);
  const letters = await world.messagesTo(answer);
  const letter = letters.findLast(({ subject }) => subject === `Обращение № ${number}: подтвердите адрес`);
  assert.ok(letter, letters.map(({ subject }) => subject).join("\n"));
  await applicant.visit(letter.link);
  await applicant.press("Адрес мой, отправить обращение");
  assert.equal(applicant.page.heading, `Обращение № ${number}`);
  return { applicant, number };
}

/** A form sent by the browser's own page. */
export function post(who: Visitor, address: string, fields: Record<string, string> = {}): Promise<Answer> {
  const headers = { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" };
  return who.raw(address, { method: "POST", headers, body: new URLSearchParams(fields).toString() });
}

/** What every instance does once a minute. */
export async function tend(world: World): Promise<void> {
  await tendCases(world.service.tools);
}

/** The wait is counted by the database's clock, which nobody moves: what it is compared with moves back. */
export async function databaseForward(world: World, hours: number): Promise<void> {
  const ms = hours * 3_600_000;
  await world.service.tools.store.transact(async (write) => {
    for (const row of await write.selectFrom("cases").selectAll().where("state", "=", "waiting").execute()) {
      await write
        .updateTable("cases")
        .set({
          approved_at: (row.approved_at ?? 0) - ms,
          remind_at: row.remind_at === null ? null : row.remind_at - ms,
          release_at: (row.release_at ?? 0) - ms,
        })
        .where("id", "=", row.id)
        .execute();
    }
  });
}

export async function stateOf(world: World, number: number): Promise<string | undefined> {
  const { read } = world.service.tools.store;
  const row = await read
    .selectFrom("cases")
    .select(["state", "reason"])
    .where("number", "=", number)
    .executeTakeFirst();
  return (
    row && (row.state === "stopped" || row.state === "closed" ? `${row.state} ${row.reason}` : row.state)
  );
}

/** Signed in a moment ago, so that nothing asks for the password once more. */
export async function staffHere(world: World, who: PersonWish): Promise<Visitor> {
  return signedIn(world, who);
}

export interface Stage {
  applicant: Visitor;
  number: number;
  polina: Visitor;
  denis: Visitor;
}

export const PHONE = "+79161234567";

/** Anna's case with two of the staff, taken by the first of them. */
export async function staged(world: World, who: { phone?: string; added?: true } = {}): Promise<Stage> {
  const { added, ...wish } = who;
  if (!added) await world.addPerson({ ...anna, ...wish });
  await world.addPerson(handler);
  await world.addPerson(approver);
  const { applicant, number } = await confirmedCase(world, anna.login);
  const polina = await staffHere(world, handler);
  const denis = await staffHere(world, approver);
  await polina.visit(`/admin/cases/${number}`);
  await polina.press("Взять себе");
  return { applicant, number, polina, denis };
}

export async function act(who: Visitor, number: number, name: string, fields: Record<string, string> = {}) {
  const answer = await post(who, `/admin/cases/${number}/do/${name}`, fields);
  assert.equal(answer.status, 303, `${name}: ${answer.status}`);
}

/** Two pieces of evidence: the digits read aloud, and a document. */
export async function gatherEvidence({ applicant, number, polina }: Stage): Promise<void> {
  await applicant.visit("/support/case");
  const code = /(\d{3}) (\d{3}) По телефону/.exec(applicant.page.text);
  assert.ok(code, applicant.page.text);
  await act(polina, number, "meeting", { meeting: `${code[1]}${code[2]}` });
  await act(polina, number, "document", { document: "паспорт" });
}

export async function approved(world: World, stage: Stage): Promise<void> {
  await gatherEvidence(stage);
  await act(stage.polina, stage.number, "propose", { replaces: "on", propose_reason: "Знаю лично" });
  await stage.denis.visit(`/admin/cases/${stage.number}/approve`);
  await stage.denis.press("Одобрить и предупредить владельца");
  assert.equal(await stateOf(world, stage.number), "waiting");
}

export async function released(world: World, stage: Stage): Promise<void> {
  await approved(world, stage);
  await databaseForward(world, 24.1);
  await tend(world);
  assert.equal(await stateOf(world, stage.number), "released");
}

export async function actionsOf(world: World): Promise<string[]> {
  const { read } = world.service.tools.store;
  const rows = await read.selectFrom("audit_events").select(["action", "detail"]).orderBy("seq").execute();
  return rows.map((row) => row.action).filter((action) => action.startsWith("case."));
}
