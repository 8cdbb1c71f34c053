import assert from "node:assert/strict";
import { test } from "node:test";
import { ownPath } from "./redirects.ts";

test("a path of our own is kept with its query", () => {
  for (const path of ["/me", "/help/no-letter?a=b", "/", "/me?next=//x", "/a//b"])
    assert.equal(ownPath(path), path);
});

test("HT3: whatever could lead to another site leads to the own page", () => {
  const elsewhere = [
    undefined,
    "",
    "me",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/./\\evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/me/..//evil.example",
    "/%2e//evil.example",
    "/%2E%2e/\\evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    `/${"a".repeat(2_000)}`,
  ];
  for (const wished of elsewhere) assert.equal(ownPath(wished), "/me", JSON.stringify(wished));
});

test("HT3: a browser that reads the answer stays with us, whatever was wished", () => {
  const pieces = ["/", "\\", ".", "..", "%2e", "evil.example", "\t", "@", ":", "?", "#", " "];
  const ours = "https://id.example/sign-in";
  for (const a of pieces) {
    for (const b of pieces) {
      for (const c of pieces) {
        for (const d of pieces) {
          const path = ownPath(`/${a}${b}${c}${d}evil.example`);
          assert.equal(new URL(path, ours).origin, "https://id.example", JSON.stringify([a, b, c, d]));
        }
      }
    }
  }
});
