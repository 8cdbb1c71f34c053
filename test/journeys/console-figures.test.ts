/** The figures of the console: what people do becomes counts, and who may see them. */
import assert from "node:assert/strict";
import type { Role } from "../../src/accounts/accounts.ts";
import { countNow, totals } from "../../src/figures/figures.ts";
import { approved, approver, confirmedCase, handler, staffHere } from "../desk.ts";
import { journey } from "../journey.ts";
import { anna } from "../people.ts";
import { signedIn } from "../steps.ts";
import { visitor } from "../walker.ts";
import type { World } from "../world.ts";

const figures = "/admin/figures";
const password = "тихая лодка под звёздами";

function staffed(role: Role, login: string) {
  return { login, name: login, role, password };
}

async function ask(world: World) {
  const person = visitor(world);
  await person.visit("/recovery");
  person.fill("E-mail или телефон", anna.email);
  await person.press("Далее");
  return person;
}

async function counted(world: World, figure: "recovery" | "outdated" | "mail" | "sign-in") {
  await countNow(world.service.tools);
  const now = world.clock.now();
  const period = { from: now - 86_400_000, to: now + 3_600_000 };
  const found = await totals(world.service.tools.store.read, [figure], period);
  return Object.fromEntries(found.get(figure) ?? []);
}

journey("a way back in is counted step by step, and an outdated page by its cause", async (world) => {
  world.clock.standStill();
  await world.addPerson(anna);
  await world.addPerson(staffed("owner", "olga"));
  await ask(world);
  assert.deepEqual(await counted(world, "recovery"), { "email asked": 1 });
  const [first] = await world.messagesTo(anna.email);
  assert.deepEqual(await counted(world, "recovery"), { "email asked": 1, "email sent": 1 });
  world.clock.forward({ minutes: 11 });
  await ask(world);
  const second = (await world.messagesTo(anna.email)).at(-1);

  const reader = visitor(world);
  for (let times = 0; times < 5; times += 1) {
    await reader.visit(first?.link ?? "");
    assert.equal(reader.page.status, 410);
    await reader.visit("/recovery/link?key=made-up-by-a-stranger");
    await reader.visit("/recovery/password");
  }
  assert.deepEqual(await counted(world, "outdated"), { superseded: 1 }, "once, and strangers make none");
  await reader.visit(second?.link ?? "");
  assert.equal(reader.page.status, 200);
  assert.deepEqual(await counted(world, "recovery"), {
    "email asked": 1,
    "email sent": 1,
    "email opened": 1,
  });
  reader.fill("Новый пароль", "семь оранжевых велосипедов");
  reader.fill("Подтверждение нового пароля", "семь оранжевых велосипедов");
  await reader.press("Сменить пароль");
  assert.deepEqual(await counted(world, "recovery"), {
    "email asked": 1,
    "email sent": 1,
    "email opened": 1,
    "email changed": 1,
  });
  await visitor(world).visit(second?.link ?? "");
  const other = visitor(world);
  await other.visit(second?.link ?? "");
  assert.deepEqual(await counted(world, "outdated"), { superseded: 1, used: 1 });
  await world.messagesTo(anna.email);
  const domain = anna.email.split("@")[1];
  assert.equal((await counted(world, "mail"))[`${domain} accepted`], 3, "two letters and the notice");

  const owner = await signedIn(world, staffed("owner", "olga"));
  await counted(world, "mail");
  await owner.visit(figures);
  assert.equal(owner.page.status, 200);
  assert.match(owner.page.text, /Все, кто просил, сменили пароль/);
  assert.match(owner.page.text, /Половина возвращается за 1[1-5]\s/);
  assert.match(owner.page.text, /Серверы получателей приняли все письма/);
  assert.match(owner.page.text, /Все попытки войти удались/);
  const file = await owner.raw(`${figures}/file?chart=funnel&days=1`);
  assert.match(file.headers["content-type"] ?? "", /^text\/csv/);
  assert.match(file.headers["content-disposition"] ?? "", /funnel-1d-\d{4}-\d{2}-\d{2}\.csv/);
  assert.match(file.body, /Письмом: пароль сменён;1;0/);
  assert.equal((await owner.raw(`${figures}/file?chart=passwords`)).status, 404);
});

journey(
  "AD2, AD4: the desk sees no sign-ins and no acts of staff, people see nothing; each look is one row",
  async (world) => {
    await world.addPerson(anna);
    const shown: Partial<Record<Role, readonly string[]>> = {
      desk: ["funnel", "time", "outdated", "mail", "sms", "cases", "decisions"],
      administrator: ["signIns", "funnel", "time", "outdated", "mail", "sms", "staff", "cases", "decisions"],
      owner: ["signIns", "funnel", "time", "outdated", "mail", "sms", "staff", "cases", "decisions"],
    };
    const looks = async () =>
      (await world.service.tools.store.read.selectFrom("audit_events").selectAll().execute()).filter(
        ({ action }) => action.startsWith("figures."),
      );
    const person = await signedIn(world, anna);
    for (const place of [figures, `${figures}/file?chart=funnel`]) {
      assert.equal((await person.raw(place)).status, 404);
      assert.equal((await visitor(world).raw(place)).status, 404);
    }
    assert.equal((await looks()).length, 0);
    for (const role of ["desk", "administrator", "owner"] as const) {
      await world.addPerson(staffed(role, role));
      const staff = await signedIn(world, staffed(role, role));
      await countNow(world.service.tools);
      const before = (await looks()).length;
      for (const days of ["1", "7", "30", "90", "x'--"]) {
        await staff.visit(`${figures}?days=${encodeURIComponent(days)}`);
        assert.equal(staff.page.status, 200);
        const there = staff.page.all(".chart > h2").map((heading) => heading.getAttribute("id") ?? "");
        assert.deepEqual(there, shown[role] ?? [], `${role}, ${days}`);
        assert.ok(!staff.page.answer.body.includes(anna.name ?? "Анна"), "no names");
      }
      assert.equal((await looks()).length, before + 5);
      for (const chart of shown.owner ?? []) {
        const { status } = await staff.raw(`${figures}/file?chart=${chart}`);
        assert.equal(status, shown[role]?.includes(chart) ? 200 : 404, `${role}: ${chart}`);
      }
      assert.equal((await looks()).length, before + 5 + (shown[role]?.length ?? 0));
    }
  },
);

journey(
  "the queue of the desk, its age, the time to a decision and the vetoes stand in the figures",
  async (world) => {
    for (const person of [anna, handler, approver]) await world.addPerson(person);
    const { applicant, number } = await confirmedCase(world, anna.login);
    world.clock.forward({ hours: 3 });
    const polina = await staffHere(world, handler);
    await polina.visit(`${figures}?days=1`);
    assert.match(polina.page.text, /Ждёт 1.обращение, старейшее — 3.часа/);
    assert.match(polina.page.text, /без ответственного: 1/);
    assert.match(polina.page.text, /За это время решений не было/);
    await polina.visit(`/admin/cases/${number}`);
    await polina.press("Взять себе");
    const denis = await staffHere(world, approver);
    await approved(world, { applicant, number, polina, denis });
    const letters = await world.messagesTo(anna.email);
    const owner = visitor(world);
    await owner.visit(letters.findLast(({ subject }) => subject.includes("Ваш доступ"))?.link ?? "");
    await owner.press("Это не я, остановить");
    await countNow(world.service.tools);
    await polina.visit(`${figures}?days=1`);
    assert.match(polina.page.text, /Открытых обращений нет/);
    assert.match(polina.page.text, /Из одобренных владелец остановил 100.%/);
    assert.match(polina.page.text, /Половина решений принята за [34] часа/);
    const of = async (chart: string) => {
      const file = await polina.raw(`${figures}/file?chart=${chart}&days=1`);
      return file.body.split("\r\n").filter((line) => /;1;/.test(line));
    };
    assert.deepEqual(await of("cases"), [
      "приняты;1;0",
      "одобрены;1;0",
      "остановлены словами «Это не я»;1;0",
    ]);
    assert.deepEqual(await of("decisions"), ["до 4\u00a0часов;1;0"]);
  },
);
