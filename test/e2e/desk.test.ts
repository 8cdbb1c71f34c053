/** A case of the desk in browsers: applicant, handler and approver to the end, and an owner who says no. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { words as deskWords } from "../../src/admin/cases/words.ts";
import { words as letterWords } from "../../src/support/letters/words.ts";
import { words } from "../../src/support/words.ts";
import { databaseForward, password, tend } from "../desk.ts";
import { letterLike } from "../steps.ts";
import { openWorld, type World } from "../world.ts";
import { axeFinds } from "./axe.ts";
import { behindProxy, openStage, type Visitor, type VisitorOptions } from "./stage.ts";

const stage = openStage();
const ANSWER = "anna.new@elsewhere.example";
const newPassword = "семь оранжевых велосипедов";

/** Nothing for axe to find, nothing that sticks out, in both themes and narrow windows. */
async function look({ page, scripts }: Visitor, screen: string): Promise<void> {
  // What looks at the page is a script itself.
  if (!scripts) return;
  const size = page.viewportSize() ?? { width: 1280, height: 800 };
  for (const [width, theme] of [
    [size.width, "light"],
    [320, "light"],
    [360, "dark"],
    [1280, "dark"],
  ] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${screen} is ${wide} px too wide at ${width}`);
    if (process.env.SHOTS)
      await page.screenshot({ path: `${process.env.SHOTS}/${screen}-${width}-${theme}.png`, fullPage: true });
    if (width === 320) continue;
    // At this width everything but colours has been looked at.
    const isSeen = theme === "dark" && width === size.width;
    const found = await axeFinds(page, isSeen ? "colours" : "all");
    assert.deepEqual(found, [], `${screen}, ${width} px, ${theme}`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(size);
}

interface Cast {
  world: World;
  applicant: Visitor;
  polina: Visitor;
  denis: Visitor;
}

/** The applicant has opened a case and confirmed the address; two of the staff are signed in. */
async function cast(t: TestContext, options: VisitorOptions): Promise<Cast> {
  const world = await openWorld({ settings: behindProxy });
  t.after(() => world.close());
  const { language = "ru" } = options;
  await world.addPerson({
    login: "anna",
    name: "Анна Берёзкина",
    phone: "+7 916 123-45-67",
    password,
    language,
  });
  await world.addPerson({ login: "polina", name: "Полина Орлова", role: "desk", password });
  await world.addPerson({ login: "denis", name: "Денис Котов", role: "administrator", password });
  const applicant = await stage.visit(t, world, options);
  const say = words[language];
  await applicant.page.goto("/sign-in");
  await applicant.follow(applicant.say.noAccess);
  await applicant.sees(say.form.title);
  await look(applicant, "form");
  await applicant.fill(say.form.login, "anna");
  await applicant.fill(say.form.answer, ANSWER);
  await applicant.fill(say.form.story, "Ящик удалён, телефон сменила.\nВходила в последний раз в марте.");
  await applicant.press(say.form.submit);
  await applicant.sees(say.sent.title);
  await look(applicant, "sent");
  const key = letterWords[language].subject(10_001, letterWords[language].key.what);
  const letter = await letterLike(world, ANSWER, key);
  await applicant.page.goto(letter.link);
  await applicant.sees(say.confirm.title);
  await applicant.press(say.confirm.submit);
  await applicant.sees(say.case.title(10_001));
  const staff = async (login: string) => {
    const visitor = await stage.visit(t, world, options);
    await visitor.page.goto("/sign-in?return_to=/admin");
    await visitor.fill(visitor.say.identifier, login);
    await visitor.fill(visitor.say.password, password);
    await visitor.press(visitor.say.signInButton);
    return visitor;
  };
  return { world, applicant, polina: await staff("polina"), denis: await staff("denis") };
}

/** Ivan is asked by letter, signs in for it and gives his word. */
async function vouched(
  { world, polina }: Cast,
  visit: (options: VisitorOptions) => Promise<Visitor>,
): Promise<void> {
  const say = deskWords.ru.evidence;
  const id = await world.addPerson({ login: "ivan", name: "Иван Сидоров", password });
  assert.ok(id);
  await polina.page.locator("summary", { hasText: say.colleagueAsk }).click();
  await polina.fill(say.colleague, "ivan");
  await polina.press(say.colleagueAsk);
  await polina.page.getByText(`${say.states.asked}: Иван Сидоров`).waitFor();
  const ivan = await visit({ language: "ru", width: 360 });
  const letter = await letterLike(world, "ivan@romashka.example", "Знаете ли вы этого человека");
  await ivan.read(letter);
  await ivan.follow(letterWords.ru.vouch.button);
  await ivan.fill(ivan.say.identifier, "ivan");
  await ivan.fill(ivan.say.password, password);
  await ivan.press(ivan.say.signInButton);
  await ivan.sees(words.ru.vouch.title("Анна Берёзкина"));
  await look(ivan, "vouch");
  await ivan.press(words.ru.vouch.yes);
  await ivan.sees(words.ru.vouch.doneTitle);
  await look(ivan, "vouched");
  await polina.page.reload();
  await polina.page.getByText(`${say.states.given}: Иван Сидоров`).waitFor();
  await polina.page.getByText(say.count(3, 2)).waitFor();
}

/** Polina takes the case, asks, gathers two proofs, and hands it over for a decision. */
async function proposed(all: Cast, ask?: (options: VisitorOptions) => Promise<Visitor>): Promise<void> {
  const { world, applicant, polina } = all;
  const { language } = polina;
  const say = deskWords[language];
  const own = words[language].case;
  await polina.sees(say.title);
  await look(polina, "queue");
  await polina.follow(say.numbered(10_001));
  await polina.press(say.acts.take);
  await polina.fill(say.fields.answer, "Кто ваш руководитель?");
  await polina.press(say.acts.answer);
  await polina.page.getByText(say.states.asked).first().waitFor();
  await applicant.page.reload();
  await applicant.fill(own.reply, "Иван Сидоров, отдел продаж");
  await applicant.page.locator("#files").setInputFiles({
    name: "записка.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("Телефон секретаря: 12-34"),
  });
  await applicant.press(own.send);
  await applicant.page.getByText(own.said).waitFor();
  await applicant.press(own.phoneSend);
  await applicant.page.getByText(own.phoneSent).waitFor();
  const code = /\d{6}/.exec((await world.smsTo("+79161234567")).at(-1) ?? "")?.[0] ?? "";
  await applicant.fill(own.phoneCode, code);
  await applicant.press(own.phoneSubmit);
  await applicant.page.getByText(own.phoneDone).waitFor();
  await applicant.page.locator("summary", { hasText: own.meeting }).click();
  await look(applicant, "case");
  const meeting = (await applicant.page.locator(".meeting").innerText()).replace(/\D/g, "");
  await polina.page.reload();
  await polina.page.locator("summary", { hasText: say.evidence.meetingNote }).click();
  await polina.fill(say.evidence.meeting, meeting);
  await polina.press(say.evidence.meetingNote);
  await polina.page.getByText(say.evidence.count(2, 2)).waitFor();
  if (ask) await vouched(all, ask);
  await look(polina, "handling");
  await polina.press(say.acts.propose);
  await polina.page.getByText(say.approve.notYou).waitFor();
}

async function approve({ denis }: Cast): Promise<void> {
  const say = deskWords[denis.language];
  await denis.page.goto("/admin/cases/10001");
  await look(denis, "proposed");
  await denis.follow(say.acts.approve);
  await denis.sees(say.approve.title(10_001));
  await look(denis, "approve");
  await denis.press(say.approve.submit);
  await denis.page.getByText(say.states.waiting).first().waitFor();
}

test("M17: applicant, handler and approver, to a new password and another e-mail", async (t) => {
  const all = await cast(t, { language: "ru" });
  const { world, applicant, polina, denis } = all;
  await proposed(all, (options) => stage.visit(t, world, options));
  await approve(all);
  await applicant.page.reload();
  await look(applicant, "waiting");
  await databaseForward(world, 24.1);
  await tend(world);
  const say = words.ru;
  const letter = await letterLike(world, ANSWER, "Обращение № 10001: задайте новый пароль");
  await applicant.read(letter);
  await applicant.follow(letterWords.ru.done.button);
  await applicant.sees(say.password.title);
  await look(applicant, "password");
  await applicant.fill(say.password.field, newPassword);
  await applicant.fill(say.password.repeat, newPassword);
  await applicant.press(say.password.submit);
  await applicant.sees(say.password.doneTitle);
  await applicant.follow(say.password.signIn);
  await applicant.fill(applicant.say.identifier, ANSWER);
  await applicant.fill(applicant.say.password, newPassword);
  await applicant.press(applicant.say.signInButton);
  await applicant.page.waitForURL(/\/me$/);
  await polina.page.goto("/admin/case-figures");
  await look(polina, "figures");
  await denis.page.goto("/admin/case-templates");
  await denis.fill(deskWords.ru.keep.name, "Кто руководитель");
  await denis.fill(deskWords.ru.keep.ru, "Напишите, кто ваш руководитель.");
  await denis.fill(deskWords.ru.keep.en, "Write who your manager is.");
  await denis.press(deskWords.ru.keep.add);
  await look(denis, "templates");
});

test("M17: the owner vetoes, on a phone, in English, without scripts", async (t) => {
  const all = await cast(t, { language: "en", scripts: false, width: 360 });
  const { world, applicant } = all;
  await proposed(all);
  await approve(all);
  const owner = await stage.visit(t, world, { language: "en", scripts: false, width: 360 });
  const letters = await world.messagesTo("anna@romashka.example");
  const warning = letters.find(({ subject }) => subject.startsWith("Somebody wants your access back"));
  assert.ok(warning);
  await owner.read(warning);
  await owner.follow(letterWords.en.warning.button);
  const say = words.en.veto;
  await owner.sees(say.title);
  await look(owner, "veto");
  await owner.press(say.submit);
  await owner.sees(say.stoppedTitle);
  await applicant.page.reload();
  await applicant.page.getByText(words.en.case.texts.stopped.veto).waitFor();
  await look(applicant, "stopped");
});
