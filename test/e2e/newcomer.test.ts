/** The first half hour of an installation, with the programs that an operator starts. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { startPostgres } from "../../scripts/postgres.ts";
import { run, startServiceProcess } from "../faults/service-process.ts";
import { closedPort, startMailSink } from "../mail-sink.ts";
import { type DatabaseKind, databases } from "../world.ts";
import { openStage, type Visitor } from "./stage.ts";

const stage = openStage();
const firstPassword = "вишнёвый трамвай у пруда";
const newPassword = "семь оранжевых велосипедов";

/** The settings of a fresh installation; without a mail server, letters stay in the trial inbox. */
async function freshInstallation(t: TestContext, database: DatabaseKind, smtpUrl?: string) {
  const folder = mkdtempSync(join(tmpdir(), "propusk-newcomer-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const environment: Record<string, string> = {
    DATA_DIR: folder,
    PORT: String(await closedPort()),
    MAIL_FROM: "Ромашка <no-reply@id.romashka.example>",
    ...(smtpUrl !== undefined && { SMTP_URL: smtpUrl }),
  };
  if (database === "PostgreSQL") {
    const server = await startPostgres();
    t.after(() => server.stop());
    environment.DATABASE_URL = await server.createDatabase();
    environment.SECRET_KEY = "M7JcX1v0Qw9tZ3uYbE5kR8nL2sG6hD4fA0pTqVxWyUo";
  }
  const service = await startServiceProcess(environment);
  t.after(() => service.stop());
  return { environment, service, world: { url: `http://localhost:${environment.PORT}` } };
}

/** What `propusk` prints, with the password typed into its stdin. */
async function propusk(environment: Record<string, string>, words: string[], typed = ""): Promise<string> {
  const { child, ended, said } = run(process.execPath, ["src/cli.ts", ...words], environment);
  child.stdin?.end(typed);
  assert.equal((await ended).code, 0, said());
  return said();
}

async function becomeAdministrator({ page, ...visitor }: Visitor, said: string): Promise<void> {
  const link = /http:\/\/\S+\/setup\?key=\S+/.exec(said)?.[0];
  assert.ok(link, said);
  await page.goto(link);
  await visitor.sees("Первый запуск");
  await visitor.fill("Имя", "Ольга Ким");
  await visitor.fill("Логин", "olga");
  await visitor.fill("E-mail", "olga@romashka.example");
  await visitor.fill("Пароль", firstPassword);
  await visitor.fill("Подтверждение пароля", firstPassword);
  await visitor.press("Создать администратора");
  await visitor.sees("Администратор создан");
  await visitor.follow("Войти");
  assert.equal(await visitor.value("E-mail, телефон или логин"), "olga");
  await signIn({ page, ...visitor }, "olga", firstPassword);
  assert.match(await visitor.text(), /владелец|администратор/);
  await page.goto(link);
  await visitor.sees("Ссылка не действует");
}

async function signIn(visitor: Visitor, login: string, password: string): Promise<void> {
  await visitor.page.goto("/sign-in");
  await visitor.fill("E-mail, телефон или логин", login);
  await visitor.fill("Пароль", password);
  await visitor.press("Войти");
  await visitor.sees("Моя страница");
}

async function signOut(visitor: Visitor): Promise<void> {
  await visitor.signOut();
  await visitor.sees("Вход");
}

async function askForLetter(visitor: Visitor): Promise<void> {
  await visitor.follow("Забыли пароль?");
  await visitor.sees("Восстановление пароля");
  await visitor.fill("E-mail или телефон", address);
  await visitor.press("Далее");
  await visitor.sees("Проверьте почту");
}

async function chooseAndSignIn(visitor: Visitor): Promise<void> {
  await visitor.sees("Новый пароль");
  await visitor.fill("Новый пароль", newPassword);
  await visitor.fill("Подтверждение нового пароля", newPassword);
  await visitor.press("Сменить пароль");
  await visitor.sees("Пароль был успешно изменен");
  await signIn(visitor, "anna", newPassword);
}

const address = "anna@romashka.example";
const addAnna = ["person", "add", "--login", "anna", "--email", address, "--password-stdin"];

for (const database of databases) {
  test(`M1 M2 M3 M4 M5 from the printed link to a person back in, by mail (${database})`, async (t) => {
    const mail = await startMailSink();
    t.after(() => mail.close());
    const { environment, service, world } = await freshInstallation(t, database, mail.url);
    await becomeAdministrator(await stage.visit(t, world), service.said());

    await propusk(environment, addAnna, `${firstPassword}\n`);
    const anna = await stage.visit(t, world);
    await signIn(anna, "anna", firstPassword);
    await signOut(anna);
    await askForLetter(anna);
    const arrived = await arrival(() => mail.to(address)[0]);
    await anna.page.goto("about:blank");
    await anna.page.setContent(arrived.parsed.html || "");
    await anna.follow("Сменить пароль");
    await chooseAndSignIn(anna);
  });

  test(`M4 without a mail server the letter is pressed in the trial inbox (${database})`, async (t) => {
    const { environment, service, world } = await freshInstallation(t, database);
    assert.match(service.said(), /\/inbox/);
    await propusk(environment, addAnna, `${firstPassword}\n`);
    const anna = await stage.visit(t, world);
    await anna.page.goto("/sign-in");
    await askForLetter(anna);
    await arrival(async () => {
      await anna.page.goto("/inbox");
      const letters = anna.page.locator("main").getByRole("link", { name: /Смена пароля/ });
      return (await letters.count()) > 0;
    });
    await anna.page
      .locator("main")
      .getByRole("link", { name: /Смена пароля/ })
      .click();
    await anna.page.locator(".letter").getByRole("link", { name: "Сменить пароль", exact: true }).click();
    await chooseAndSignIn(anna);
  });
}

/** The service is a process of its own, whose worker cannot be awaited: one looks until the letter is in. */
async function arrival<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let round = 0; round < 200; round += 1) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("the letter did not arrive");
}
