import assert from "node:assert/strict";
import { test } from "node:test";
import { definitions } from "../src/settings.ts";
import { settingsTable, withTable } from "./settings-table.ts";

const BEGIN = "<!-- settings: made by `node scripts/settings-table.ts` -->";
const END = "<!-- /settings -->";

test("every setting has its row, with nothing in it that would break the table", () => {
  const rows = settingsTable(definitions).split("\n").slice(2);
  assert.equal(rows.length, definitions.length);
  for (const row of rows) assert.match(row, /^\| `[A-Z_<>]+` \|([^|]|\\\|)+\|([^|]|\\\|)+\|$/);
});

test("bars and angle brackets are shown and not obeyed", () => {
  const table = settingsTable([{ name: "MODE", byDefault: "Name <a@b>", meaning: "`a|<b>` or c" }]);
  assert.equal(table.split("\n")[2], "| `MODE` | Name &lt;a@b&gt; | `a\\|<b>` or c |");
});

test("only what stands between the marks is replaced, and twice is as good as once", () => {
  const once = withTable(`before\n${BEGIN}\nold\n${END}\nafter\n`, "new");
  assert.equal(once, `before\n${BEGIN}\nnew\n${END}\nafter\n`);
  assert.equal(withTable(once, "new"), once);
});

test("a text without both marks is refused rather than damaged", () => {
  assert.throws(() => withTable("no table here", "new"));
  assert.throws(() => withTable(`${BEGIN}\nno end`, "new"));
  assert.throws(() => withTable(`${END}\n${BEGIN}`, "new"));
});
