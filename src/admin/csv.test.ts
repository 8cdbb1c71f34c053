import assert from "node:assert/strict";
import { test } from "node:test";
import { csvLine } from "./csv.ts";

test("IO6: a cell that a spreadsheet would run is text", () => {
  for (const begin of ["=", "+", "-", "@", "\t", "\r", "\0", "  =", "＝", "\n="]) {
    const line = csvLine([`${begin}cmd|' /C calc'!A0`, "second"]);
    assert.match(line, /^"?'/, JSON.stringify(begin));
    assert.ok(line.endsWith(";second\r\n"));
    assert.ok(!line.includes("\0"));
  }
});

test("IO6: no cell reaches into the next one, nor into the next line", () => {
  assert.equal(
    csvLine(['say "a;b"', "two\r\nlines", "plain", 7]),
    '"say ""a;b""";"two\r\nlines";plain;7\r\n',
  );
  assert.equal(csvLine(["anna@company.example", "a=b", ""]), "anna@company.example;a=b;\r\n");
});
