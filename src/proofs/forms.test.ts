import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { newId } from "../platform/secrets/ids.ts";
import { openSecrets } from "../platform/secrets/secrets.ts";
import { deriveSecret, hashOf, readCode, readControlString, readKey, showControlString } from "./forms.ts";

const secrets = openSecrets([randomBytes(32)]);
const made = (form: "link" | "code" | "control-string", purpose = "recovery", id = newId()) =>
  deriveSecret({ secrets }, { id, purpose, form, keyId: secrets.keyId }) ?? "";

test("RL4: a thousand links are 43 characters each, all different, without a beginning in common", () => {
  const links = Array.from({ length: 1_000 }, () => made("link"));
  assert.equal(new Set(links).size, 1_000);
  for (const link of links) assert.equal(readKey(link), link);
  assert.ok(new Set(links.map((link) => link.slice(0, 4))).size > 990);
});

test("a secret can be made again from its proof, and from nothing else", () => {
  const id = newId();
  assert.equal(made("link", "recovery", id), made("link", "recovery", id));
  assert.notEqual(made("link", "recovery", id), made("link", "setup", id));
  assert.notEqual(made("link", "recovery", id), made("link", "recovery", newId()));
  const other = openSecrets([randomBytes(32)]);
  const proof = { id, purpose: "recovery", form: "link", keyId: secrets.keyId } as const;
  assert.equal(deriveSecret({ secrets: other }, proof), undefined, "its key is gone");
});

test("ST6: after a new root key came first, secrets of the older one are still made and known", () => {
  const [older, newer] = [randomBytes(32), randomBytes(32)];
  const before = openSecrets([older]);
  const after = openSecrets([newer, older]);
  const proof = { id: newId(), purpose: "recovery", form: "code", keyId: before.keyId } as const;
  const code = deriveSecret({ secrets: before }, proof) ?? "";
  assert.equal(deriveSecret({ secrets: after }, proof), code);
  assert.equal(
    hashOf({ secrets: after }, "code", proof.id, code, before.keyId),
    hashOf({ secrets: before }, "code", proof.id, code, before.keyId),
  );
});

test("RC1: codes are six digits and use their whole range", () => {
  const codes = Array.from({ length: 3_000 }, () => made("code"));
  for (const code of codes) assert.match(code, /^\d{6}$/);
  for (let digit = 0; digit < 10; digit += 1) {
    for (let place = 0; place < 6; place += 1) {
      const share = codes.filter((code) => code[place] === String(digit)).length;
      assert.ok(share > 200 && share < 400, `digit ${digit} at ${place}: ${share}`);
    }
  }
});

test("ST2: the hash of a code cannot be searched without the root key, nor moved to another proof", () => {
  const stranger = openSecrets([randomBytes(32)]);
  const hash = hashOf({ secrets }, "code", "a", "123456", secrets.keyId);
  assert.notEqual(hash, hashOf({ secrets }, "code", "b", "123456", secrets.keyId));
  assert.notEqual(hash, hashOf({ secrets: stranger }, "code", "a", "123456", stranger.keyId));
});

test("RC5: a control string is 24 characters without look-alikes, read back as it is shown", () => {
  for (let round = 0; round < 200; round += 1) {
    const string = made("control-string");
    assert.match(string, /^[0-9A-HJKMNP-TV-Z]{24}$/);
    assert.match(showControlString(string), /^([0-9A-Z]{4}-){5}[0-9A-Z]{4}$/);
    assert.equal(readControlString(showControlString(string)), string);
  }
});

test("M29: a string typed by hand is understood in any case, with look-alikes of both alphabets", () => {
  const string = "01ABEKMHPCTX0123456789XY";
  for (const typed of [
    string.toLowerCase(),
    "O1ABEKMHPCTXOI23456789XY",
    "ol abek mhpc tx0i 2345 6789 xy",
    "01АВЕКМНРСТХ0123456789ХY",
    "01авек-мнрс-тх01-2345-6789-хy",
    "０１ABEKMHPCTX0123456789XY",
    "01ABEK—MHPCTX–0123456789_XY",
  ]) {
    assert.equal(readControlString(typed), string, typed);
  }
  for (const typed of [
    "",
    "01ABEKMHPCTX0123456789X",
    `${string}1`,
    "01ABEKMHPCTX0123456789X!",
    "U".repeat(24),
  ]) {
    assert.equal(readControlString(typed), undefined, typed);
  }
});

test("a code is read with its spaces, dashes and full-width digits, and nothing else is one", () => {
  for (const typed of ["123456", " 123 456 ", "123-456", "12.34.56", "１２３４５６", "123–456"]) {
    assert.equal(readCode(typed), "123456", typed);
  }
  for (const typed of ["", "12345", "1234567", "12345a", "-1", "1e5000", "१२३४५६"]) {
    assert.equal(readCode(typed), undefined, typed);
  }
});

test("only a whole key is one", () => {
  for (const typed of ["", "A".repeat(42), "A".repeat(44), `${"A".repeat(42)}=`, `${"A".repeat(42)}\n`]) {
    assert.equal(readKey(typed), undefined, JSON.stringify(typed));
  }
});
