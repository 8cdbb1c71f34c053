import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import pg from "pg";
import { launchBrowser } from "./browser.ts";
import { startPostgres } from "./postgres.ts";

async function ask(url: string, statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ answer: unknown }>(statement);
  await client.end();
  return rows[0]?.answer;
}

test("a throw-away server gives databases and copies of them, and leaves nothing behind", async () => {
  const server = await startPostgres({ own: true });
  const folder = new URL(server.url).searchParams.get("host") ?? "";
  try {
    const origin = await server.createDatabase("origin");
    await ask(origin, "create table marks as select 7 as answer");
    const copy = await server.createDatabase("copy", { template: "origin" });
    assert.equal(await ask(copy, "select answer from marks"), 7);
    assert.equal(existsSync(folder), true);
  } finally {
    await server.stop();
  }
  assert.equal(existsSync(folder), false);
  await assert.rejects(ask(server.url, "select 1 as answer"));
});

test("a server that is already there is joined, and gets its databases dropped", async () => {
  const host = await startPostgres();
  const before = process.env.TEST_DATABASE_URL;
  process.env.TEST_DATABASE_URL = host.url;
  try {
    const guest = await startPostgres();
    await guest.createDatabase("guest");
    const count = "select count(*)::int as answer from pg_database where datname = 'guest'";
    assert.equal(await ask(host.url, count), 1);
    await guest.stop();
    assert.equal(await ask(host.url, count), 0);
  } finally {
    if (before === undefined) delete process.env.TEST_DATABASE_URL;
    else process.env.TEST_DATABASE_URL = before;
    await host.stop();
  }
});

test("the browser opens a page", async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.setContent("<h1>Пропуск</h1>");
    assert.equal(await page.getByRole("heading").textContent(), "Пропуск");
  } finally {
    await browser.close();
  }
});
