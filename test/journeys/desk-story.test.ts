/** A case of the desk from the form to the new password, and everything that stops it on the way. */
import assert from "node:assert/strict";
import type { Role } from "../../src/accounts/accounts.ts";
import {
  ANSWER,
  act,
  actionsOf,
  approved,
  approver,
  confirmedCase,
  databaseForward,
  gatherEvidence,
  handler,
  PHONE,
  password,
  post,
  released,
  staffed,
  staffHere,
  staged,
  stateOf,
  tend,
} from "../desk.ts";
import { block, everythingStored, journey, rowCounts } from "../journey.ts";
import { anna, ivan, newPassword } from "../people.ts";
import { letterLike, signedIn, signIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";

journey(
  "AD3, AD1: the whole way: two proofs, two of the staff, a day, notices with a veto, a new password",
  async (world) => {
    const stage = await staged(world);
    const { applicant, number, polina, denis } = stage;
    await act(polina, number, "answer", { answer: "Кто ваш руководитель?" });
    assert.match(
      (await letterLike(world, ANSWER, `Обращение № ${number}: ответ`)).text,
      /Кто ваш руководитель/,
    );
    await applicant.visit("/support/case");
    applicant.fill("Ваше сообщение", "Иван Сидоров");
    await applicant.press("Отправить");
    assert.equal(await stateOf(world, number), "handling");
    const early = await post(polina, `/admin/cases/${number}/do/propose`, { propose_reason: "" });
    assert.equal(early.status, 422);
    assert.match(early.body, /Доказательств 0, нужно 2/);
    await gatherEvidence(stage);
    await act(polina, number, "propose", { replaces: "on", propose_reason: "Видела паспорт" });
    await polina.visit(`/admin/cases/${number}`);
    assert.ok(polina.page.text.includes("Одобрить должен другой сотрудник"));
    world.clock.forward({ minutes: 6 });
    await denis.visit(`/admin/cases/${number}/approve`);
    assert.match(denis.page.path, /^\/me\/confirm/, "the approver proves it once more");
    denis.fill("Текущий пароль", password);
    await denis.press("Продолжить");
    await denis.press("Одобрить и предупредить владельца");
    assert.equal(await stateOf(world, number), "waiting");
    const notice = await letterLike(world, anna.email, "Ваш доступ хотят восстановить");
    assert.ok(notice.text.includes(ANSWER));
    assert.match((await world.smsTo(PHONE)).join("\n"), /Остановите до .*\/support\/veto\/link\?key=/);
    const before = await rowCounts(world);
    await visitor(world).visit(notice.link);
    assert.deepEqual(await rowCounts(world), before, "RL6: looking at the veto changes nothing");
    await databaseForward(world, 12.1);
    await tend(world);
    await tend(world);
    const warnings = (await world.messagesTo(anna.email)).filter(({ subject }) =>
      subject.startsWith("Ваш доступ"),
    );
    assert.equal(warnings.length, 2, "reminded once, halfway");
    assert.equal(await stateOf(world, number), "waiting");
    await databaseForward(world, 12);
    await tend(world);
    assert.equal(await stateOf(world, number), "released");
    const letter = await letterLike(world, ANSWER, `Обращение № ${number}: задайте новый пароль`);
    const secret = new URL(letter.link).searchParams.get("key") ?? "?";
    assert.ok(!(await everythingStored(world)).includes(secret));
    const elsewhere = visitor(world);
    await elsewhere.visit(letter.link);
    await setPassword(elsewhere, "короткий");
    assert.equal(elsewhere.page.status, 422, "RL7: a refused password leaves the link alive");
    await setPassword(elsewhere, newPassword);
    assert.equal(elsewhere.page.heading, "Пароль был успешно изменен");
    assert.ok(elsewhere.page.text.includes("E-mail аккаунта сменился на ваш адрес."));
    assert.equal(await stateOf(world, number), "done");
    const back = visitor(world);
    await signIn(back, { login: ANSWER, password: newPassword });
    assert.equal(back.page.path, "/me");
    await back.visit("/me/history");
    const told = back.page.all(".events > li div").map((row) => row.textContent.replaceAll("\u00a0", " "));
    for (const [what, who] of [
      ["Обращение одобрено, началось ожидание", "поддержка"],
      ["Обращение: адрес подтверждён", "без входа"],
      ["Пароль изменён", "вы"],
    ] as const)
      assert.ok(
        told.some((row) => row.startsWith(what) && row.includes(who)),
        `${what} (${who}) in ${told.join("; ")}`,
      );
    assert.doesNotMatch(told.join("; "), /Просмотр|взято в работу|Заметка/, "AD4: looks stay among staff");
    await letterLike(world, anna.email, "E-mail изменён");
    await elsewhere.visit(letter.link);
    assert.equal(elsewhere.page.status, 410, "the link works once");
    for (const who of [polina, denis]) {
      for (const answer of who.answers) {
        assert.ok(
          !answer.body.includes(secret) && !/[?&]key=/.test(answer.body),
          `${answer.path} shows a secret`,
        );
      }
    }
    const actions = await actionsOf(world);
    for (const action of ["opened", "confirmed", "taken", "proposed", "approved", "released", "finished"])
      assert.ok(actions.includes(`case.${action}`), action);
  },
);

/** The page of the desk calls its button by another name than recovery. */
async function setPassword(person: Visitor, chosen: string): Promise<void> {
  person.fill("Новый пароль", chosen);
  person.fill("Подтверждение нового пароля", chosen);
  await person.press("Задать пароль");
}

journey(
  "AD3: the owner's veto, by SMS as by letter, and their own sign-in end the case and flag the account",
  async (world) => {
    const stage = await staged(world);
    await approved(world, stage);
    const [sms] = (await world.smsTo(PHONE)).slice(-1);
    const link = /https?:\/\/\S+/.exec(sms ?? "")?.[0] ?? "";
    const owner = visitor(world);
    await owner.visit(link);
    assert.equal(owner.page.heading, "Остановить восстановление");
    assert.equal(await stateOf(world, stage.number), "waiting");
    await owner.press("Это не я, остановить");
    assert.equal(owner.page.heading, "Остановлено");
    assert.equal(await stateOf(world, stage.number), "stopped veto");
    await letterLike(world, ANSWER, `Обращение № ${stage.number}: остановлено`);
    assert.equal(
      (await post(stage.denis, `/admin/cases/${stage.number}/approve`)).status,
      409,
      "an approval after the veto",
    );
    await databaseForward(world, 100);
    await tend(world);
    assert.equal(await stateOf(world, stage.number), "stopped veto");

    const again = await confirmedCase(world, anna.login, { answer: "second@elsewhere.example" });
    const second = { ...stage, ...again };
    await act(second.polina, second.number, "take");
    await second.polina.visit(`/admin/cases/${second.number}`);
    assert.ok(
      second.polina.page.text.includes("Обращений об этом аккаунте за год: 1"),
      second.polina.page.text,
    );
    await released(world, second);
    const letter = await letterLike(
      world,
      "second@elsewhere.example",
      `Обращение № ${second.number}: задайте`,
    );
    const anybody = visitor(world);
    await anybody.visit(letter.link);
    await signedIn(world, anna);
    await setPassword(anybody, newPassword);
    assert.equal(anybody.page.status, 410, "no link works once its owner came in");
    assert.equal(await stateOf(world, second.number), "stopped signed-in");
    const home = visitor(world);
    await signIn(home, anna);
    assert.equal(home.page.path, "/me");
    await home.visit("/me/history");
    assert.ok(home.page.text.includes("обращение остановлено"), home.page.text);
  },
);

journey(
  "AD3: an agent alone, an agent who opened the case, and who gave evidence never decide",
  async (world) => {
    await world.addPerson(anna);
    await world.addPerson(ivan);
    await world.addPerson(handler);
    await world.addPerson(approver);
    const polina = await staffHere(world, handler);
    const denis = await staffHere(world, approver);
    // Denis, signed in, opens the case for her.
    await denis.visit("/support");
    denis.fill("Логин или прежний e-mail", anna.login);
    denis.fill("E-mail для ответа", ANSWER);
    denis.fill("Что случилось", "Звонила с чужого телефона");
    await denis.press("Отправить обращение");
    const applicant = visitor(world);
    await applicant.visit((await letterLike(world, ANSWER, "Обращение № 10001")).link);
    await applicant.press("Адрес мой, отправить обращение");
    const number = 10_001;
    await act(polina, number, "take");
    await gatherEvidence({ applicant, number, polina, denis });
    await act(polina, number, "propose");
    assert.equal((await post(polina, `/admin/cases/${number}/approve`)).status, 422, "the handler");
    assert.equal((await post(denis, `/admin/cases/${number}/approve`)).status, 422, "who opened it");
    assert.equal(await stateOf(world, number), "proposed");
    await polina.visit(`/admin/cases/${number}`);
    assert.ok(polina.page.text.includes(`propusk case approve ${number}`), polina.page.text);
    await act(polina, number, "return", { return_reason: "Нужен ещё коллега" });
    const refused = await post(polina, `/admin/cases/${number}/do/colleague`, { colleague: handler.login });
    assert.equal(refused.status, 422, "not the handler's own word");
    await act(polina, number, "colleague", { colleague: ivan.login });
    const letter = await letterLike(world, ivan.email, "Знаете ли вы этого человека");
    assert.equal((await visitor(world).visit(letter.link)).path.startsWith("/sign-in"), true);
    assert.equal((await denis.raw(letter.link)).status, 404, "AD8: a foreign question");
    const colleague = await signedIn(world, ivan);
    world.clock.forward({ minutes: 6 });
    await colleague.visit(letter.link);
    assert.match(colleague.page.path, /^\/me\/confirm/);
    colleague.fill("Текущий пароль", ivan.password);
    await colleague.press("Продолжить");
    assert.equal(colleague.page.heading, "Это действительно Анна Петрова?");
    await colleague.press("Я не знаю этого человека");
    assert.equal(colleague.page.heading, "Спасибо за ответ");
    await colleague.visit(letter.link);
    assert.equal(colleague.page.status, 410, "one word, once");
    await polina.visit(`/admin/cases/${number}`);
    assert.ok(polina.page.text.includes("Коллега не узнал человека"));
  },
);

journey(
  "AD2, AD3: about a higher rank only a higher rank decides, nobody about themselves; refusal and one appeal",
  async (world) => {
    const ranks: Record<string, Role> = {
      boss: "administrator",
      chief: "owner",
      desk1: "desk",
      desk2: "desk",
    };
    const ids: Record<string, string> = {};
    for (const [login, role] of Object.entries(ranks))
      ids[login] = await world.addPerson({ login, name: `Имя ${login}`, role, password });
    const { applicant, number } = await confirmedCase(world, "boss");
    const desk1 = await signedIn(world, { login: "desk1", password });
    const desk2 = await signedIn(world, { login: "desk2", password });
    const chief = await signedIn(world, { login: "chief", password });
    await act(desk1, number, "take");
    await gatherEvidence({ applicant, number, polina: desk1, denis: desk2 });
    await act(desk1, number, "propose");
    assert.equal((await post(desk2, `/admin/cases/${number}/approve`)).status, 404, "a lower rank");
    assert.equal((await post(chief, `/admin/cases/${number}/approve`)).status, 303);
    const { read } = world.service.tools.store;
    const row = await read.selectFrom("cases").select(["approved_at", "release_at"]).executeTakeFirst();
    assert.equal((row?.release_at ?? 0) - (row?.approved_at ?? 0), 72 * 3_600_000, "three days for staff");

    const own = await confirmedCase(world, "desk2", { answer: "d2@elsewhere.example" });
    for (const place of ["", "/approve"])
      assert.equal((await desk2.raw(`/admin/cases/${own.number}${place}`)).status, 404, "never the own case");
    assert.equal((await post(desk2, `/admin/cases/${own.number}/do/take`)).status, 404);
    await desk2.visit("/admin/cases");
    assert.ok(!desk2.page.text.includes(String(own.number)));

    await act(desk1, own.number, "take");
    await act(desk1, own.number, "refuse", { refusal: "Паспорт не совпал" });
    assert.match(
      (await letterLike(world, "d2@elsewhere.example", `Обращение № ${own.number}: отказано`)).text,
      /Паспорт не совпал/,
    );
    await own.applicant.visit("/support/case");
    await own.applicant.press("Попросить пересмотр");
    assert.equal(await stateOf(world, own.number), "new");
    assert.equal((await post(desk1, `/admin/cases/${own.number}/do/take`)).status, 422, "another handler");
    await act(chief, own.number, "take");
    await act(chief, own.number, "refuse", { refusal: "И правда не совпал" });
    assert.equal((await post(own.applicant, "/support/case/appeal")).status, 303);
    assert.equal(await stateOf(world, own.number), "refused", "one appeal");
  },
);

journey(
  "R13, R14: clocks that jump shorten nothing, and of two instances at once one decides",
  async (world) => {
    const stage = await staged(world);
    await approved(world, stage);
    world.clock.forward({ hours: 100 });
    await tend(world);
    assert.equal(await stateOf(world, stage.number), "waiting", "an instance's clock leapt ahead");
    world.clock.moveTo(world.clock.now() - 101 * 3_600_000);
    await databaseForward(world, 23);
    await tend(world);
    assert.equal(await stateOf(world, stage.number), "waiting");
    const second = await world.another();
    await databaseForward(world, 2);
    const { tendCases } = await import("../../src/support/support.ts");
    await Promise.all([tend(world), tendCases(second.service.tools), tend(world)]);
    assert.equal(await stateOf(world, stage.number), "released");
    const links = (await world.messagesTo(ANSWER)).filter(({ subject }) => subject.includes("задайте новый"));
    assert.equal(links.length, 1, "one link, whoever was first");
    const veto = (await letterLike(world, anna.email, "Ваш доступ")).link;
    const owner = visitor(world, { at: second.url });
    await owner.visit(veto);
    const applicant = visitor(world);
    await applicant.visit(links[0]?.link ?? "");
    applicant.fill("Новый пароль", newPassword);
    applicant.fill("Подтверждение нового пароля", newPassword);
    await Promise.all([owner.press("Это не я, остановить"), applicant.press("Задать пароль")]);
    const end = await stateOf(world, stage.number);
    const changed = visitor(world);
    await signIn(changed, { login: anna.login, password: newPassword });
    assert.equal(changed.page.path === "/me", end === "done", `${end}: one of both, whole`);
  },
);

journey(
  "R14: the same case taken, approved and ended by several at once, at two instances, has one winner",
  async (world) => {
    await world.addPerson(anna);
    await world.addPerson(handler);
    await world.addPerson(approver);
    const { applicant, number } = await confirmedCase(world, anna.login);
    const both = [await staffHere(world, handler), await staffHere(world, approver)];
    const answers = await Promise.all(both.map((who) => post(who, `/admin/cases/${number}/do/take`)));
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((one, other) => one - other),
      [303, 409],
    );
    assert.equal((await actionsOf(world)).filter((action) => action === "case.taken").length, 1);
    const taker = both[answers.findIndex(({ status }) => status === 303)];
    assert.ok(taker);
    // Two who may decide press at once, at two instances; then the applicant gives up meanwhile.
    const others = [staffed("desk", "olga", "Ольга Белова"), staffed("desk", "pavel", "Павел Лисин")];
    for (const other of others) await world.addPerson(other);
    const second = await world.another();
    const deciding = [
      await signedIn(world, others[0] ?? handler),
      await signedIn(world, others[1] ?? handler, { at: second.url }),
    ];
    await gatherEvidence({ applicant, number, polina: taker, denis: taker });
    await act(taker, number, "propose");
    const decided = await Promise.all(deciding.map((who) => post(who, `/admin/cases/${number}/approve`)));
    assert.deepEqual(
      decided.map(({ status }) => status).toSorted((one, other) => one - other),
      [303, 409],
    );
    const warnings = (await world.messagesTo(anna.email)).filter(({ subject }) =>
      subject.startsWith("Ваш доступ"),
    );
    assert.equal(warnings.length, 1, "warned once");
    assert.equal((await actionsOf(world)).filter((action) => action === "case.approved").length, 1);
    await act(taker, number, "recall", { recall_reason: "Перепутала" });
    await act(taker, number, "propose");
    const [approval] = await Promise.all([
      post(deciding[0] ?? taker, `/admin/cases/${number}/approve`),
      post(applicant, "/support/case/withdraw"),
    ]);
    // Whoever was first: it is over, and no approval is left in force.
    assert.ok([303, 409].includes(approval?.status ?? 0), String(approval?.status));
    assert.equal(await stateOf(world, number), "closed withdrawn");
    const next = await confirmedCase(world, anna.login, { answer: "three@elsewhere.example" });
    await act(taker, next.number, "take");
    await block(
      world,
      (
        await world.service.tools.store.read
          .selectFrom("accounts")
          .select("id")
          .where("name", "=", anna.name ?? "")
          .executeTakeFirst()
      )?.id ?? "",
    );
    assert.equal(
      (await post(taker, `/admin/cases/${next.number}/do/propose`)).status,
      422,
      "a closed account gets nothing",
    );
  },
);
