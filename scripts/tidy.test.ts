import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readRights } from "./tidy/sql.ts";
import { tidyFile } from "./tidy.ts";

const tables = `
export interface Tables {
  accounts: AccountsTable;
  recoveries: RecoveriesTable;
}
/** Owner: accounts/. Read by proofs/, sessions/. Who exists. */
export interface AccountsTable { id: string }
/**
 * Owner: recovery/. One attempt
 * to get back in.
 */
export interface RecoveriesTable { id: string }
`;

const rights = readRights(tables);

/** The rules that the planted text breaks, with the lines. */
const breaches = (path: string, text: string) =>
  tidyFile(path, text, rights).map(({ rule, line }) => `${rule}:${line}`);

const bites = (path: string, text: string, ...rules: string[]) =>
  assert.deepEqual(breaches(path, text), rules);
const passes = (path: string, text: string) => assert.deepEqual(breaches(path, text), []);

describe("the street", () => {
  test("a house imports what stands below it", () => {
    passes("src/recovery/recovery.ts", 'import { x } from "../accounts/accounts.ts";');
    passes("src/recovery/recovery.ts", 'import { x } from "./rows.ts";');
    passes("src/proofs/proofs.ts", 'import type { Clock } from "../platform/clock.ts";');
    passes("src/platform/clock.ts", 'import { settings } from "../settings.ts";');
  });

  test("a house does not import what stands above it, types included", () => {
    bites("src/accounts/accounts.ts", 'import { x } from "../recovery/recovery.ts";', "street:1");
    bites("src/accounts/accounts.ts", 'import type { X } from "../recovery/recovery.ts";', "street:1");
    bites("src/accounts/accounts.ts", 'export { x } from "../recovery/recovery.ts";', "street:1");
    bites("src/accounts/accounts.ts", '\nconst x = await import("../recovery/recovery.ts");', "street:2");
    bites("src/platform/clock.ts", 'import { x } from "./store/store.ts";', "street:1");
    bites("src/settings.ts", 'import { x } from "./platform/clock.ts";', "street:1");
  });

  test("neighbours do not import each other", () => {
    bites("src/recovery/recovery.ts", 'import { x } from "../profile/profile.ts";', "street:1");
  });

  test("a house that is not on the street is noticed, and so is a way out of src/", () => {
    bites("src/coupons/coupons.ts", "export const x = 1;", "street:1");
    bites("src/platform/cache/cache.ts", "export const x = 1;", "street:1");
    bites("src/app.ts", 'import { x } from "../scripts/postgres.ts";', "street:1");
  });
});

describe("doors", () => {
  test("a feature is entered by its door or its guard", () => {
    passes("src/profile/routes.ts", 'import { x } from "../sessions/guard.ts";');
    bites("src/recovery/recovery.ts", 'import { x } from "../accounts/rows.ts";', "doors:1");
    bites("src/main.ts", 'import { x } from "./recovery/routes.ts";', "doors:1");
  });

  test("app.ts alone mounts the routes and collects the messages", () => {
    passes(
      "src/app.ts",
      'import { x } from "./recovery/routes.ts";\nimport { y } from "./recovery/messages.ts";',
    );
    bites("src/app.ts", 'import { x } from "./recovery/pages.ts";', "doors:1");
  });

  test("HTTP is known to few rooms", () => {
    for (const room of ["routes", "pages", "messages", "guard"]) {
      passes(`src/recovery/${room}.ts`, 'import { html } from "hono/html";');
    }
    passes("src/platform/web/fields.ts", 'import { html } from "hono/html";');
    passes("src/start.ts", 'import { serve } from "@hono/node-server";');
    bites("src/start.ts", 'import { Hono } from "hono";', "hono:1");
    bites("src/recovery/recovery.ts", 'import type { Context } from "hono";', "hono:1");
  });
});

describe("SQL", () => {
  const query = (call: string) => `export const ask = (read) => read.${call}.execute();`;

  test("stands in rows.ts and in the store", () => {
    passes("src/recovery/rows.ts", query('selectFrom("recoveries")'));
    passes("src/platform/store/migrations/0001-foundation.ts", query('updateTable("accounts")'));
    for (const call of ["selectFrom", "insertInto", "updateTable", "deleteFrom"]) {
      bites("src/recovery/recovery.ts", query(`${call}("recoveries")`), "sql:1");
    }
    bites("src/recovery/recovery.ts", "export const x = sql`select 1`;", "sql:1");
    bites("src/recovery/recovery.ts", "export const x = sql<number>`select 1`;", "sql:1");
  });

  test("touches the tables of its own house", () => {
    bites("src/recovery/rows.ts", query('selectFrom("accounts")'), "tables:1");
    bites("src/recovery/rows.ts", query('selectFrom("accounts as a")'), "tables:1");
    bites("src/recovery/rows.ts", query('selectFrom(["recoveries", "accounts"])'), "tables:1");
    bites(
      "src/recovery/rows.ts",
      query('selectFrom("recoveries").innerJoin("accounts", "a", "b")'),
      "tables:1",
    );
    bites("src/recovery/rows.ts", "export const x = sql`select 1 from accounts`;", "tables:1");
  });

  test("a named reader reads a table and does not change it", () => {
    passes("src/sessions/rows.ts", query('selectFrom("accounts")'));
    bites("src/sessions/rows.ts", query('updateTable("accounts")'), "tables:1");
  });

  test("a table without an owner is refused", () => {
    assert.throws(() => readRights(tables.replace("Owner: accounts/.", "")), /AccountsTable names no owner/);
  });
});

describe("markup", () => {
  const page = (markup: string) => `export const page = (x) => html\`${markup}\`;`;

  test("every attribute value is quoted", () => {
    passes("src/help/pages.ts", page('<a href="${x}" class="a ${x}">${x} = ${x}</a>'));
    passes("src/help/pages.ts", page('<input ${x} value="${x}"><p>a=${x}</p>'));
    passes("src/help/pages.ts", page("<!-- a=${x} -->"));
    bites("src/help/pages.ts", page("<a href=${x}>"), "markup:1");
    bites("src/help/pages.ts", page('<a class="${x}"\n href= ${x}>'), "markup:2");
    bites("src/help/pages.ts", page("<a class=plain>"), "markup:1");
    bites("client/layout.ts", page("<a href=${x}>"), "markup:1");
  });
});

describe("habits", () => {
  test("a module keeps no state", () => {
    passes(
      "src/help/help.ts",
      'const ways = new Map([["mail", 1]]);\nexport const count = () => { let x = 0; return x; };',
    );
    bites("src/help/help.ts", "export let last = 0;", "state:1");
    bites("src/help/help.ts", "var last = 0;", "state:1");
    bites("src/help/help.ts", "const cache = new Map<string, string>();", "state:1");
    bites("src/help/help.ts", "const seen: string[] = [];", "state:1");
    bites("client/app.ts", "let timer;", "state:1");
  });

  test("the clock alone reads the time", () => {
    passes("src/platform/clock.ts", "export const now = () => Date.now();");
    passes("src/help/help.ts", "export const at = (ms) => new Date(ms);");
    passes("src/help/help.test.ts", "export const at = new Date();");
    bites("src/help/help.ts", "export const at = () => Date.now();", "time:1");
    bites("src/help/help.ts", "export const at = () => new Date();", "time:1");
    bites("src/help/help.ts", "export const at = () => Temporal.Now.instant();", "time:1");
  });

  test("only entry points and scripts print", () => {
    passes("src/main.ts", "console.log(1);");
    passes("scripts/release.ts", "console.log(1);");
    bites("src/help/help.ts", "console.log(1);", "console:1");
  });

  test("a switch over outcomes has no default", () => {
    passes("src/help/help.ts", "switch (x.kind) { case 'a': break; }\nswitch (x) { default: break; }");
    bites("src/help/help.ts", "switch (x.kind) { default: break; }", "outcomes:1");
  });

  test("no test is left out", () => {
    passes("src/help/help.test.ts", 'test("x", { concurrency: true }, () => {});');
    bites("src/help/help.test.ts", 'test.skip("x", () => {});', "tests:1");
    bites("src/help/help.test.ts", 'describe.only("x", () => {});', "tests:1");
    bites("src/help/help.test.ts", 'test("x", { skip: true }, () => {});', "tests:1");
    bites("src/help/help.test.ts", 'test("x", (t) => { t.todo(); });', "tests:1");
  });
});

describe("sizes and names", () => {
  test("lines, functions and files stay short", () => {
    const long = `export function long() {\n${"\n".repeat(60)}}`;
    passes("src/help/help.ts", `const x = "${"я".repeat(97)}";`);
    bites("src/help/help.ts", `const x = "${"я".repeat(98)}";`, "sizes:1");
    passes("src/help/words/by-letter.ts", `const x = "${"я".repeat(98)}";`);
    passes("src/help/words.ts", `const x = "${"я".repeat(98)}";`);
    bites("src/help/help.ts", long, "sizes:1");
    passes("src/help/help.test.ts", long);
    passes("src/help/help.ts", "\n".repeat(300));
    bites("src/help/help.ts", "\n".repeat(301), "sizes:301");
  });

  test("a name says what it is about", () => {
    bites("src/recovery/utils.ts", "export const x = 1;", "names:1");
    bites("test/string-helpers.ts", "export const x = 1;", "names:1");
    bites("client/lib/field.ts", "export const x = 1;", "names:1");
    passes("client/service-worker.ts", "export const x = 1;");
  });
});
