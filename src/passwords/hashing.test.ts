import assert from "node:assert/strict";
import { test } from "node:test";
import { createHashing, HashingOverloaded } from "./hashing.ts";

const cheap = { memoryKib: 64, passes: 1, parallel: 2 };
const salted = "AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

test("a password matches its own hash, and every hash has a salt of its own", async () => {
  const hashing = createHashing(cheap);
  const stored = await hashing.hash("зелёный слон 7");
  assert.match(stored, /^\$argon2id\$v=19\$m=64,t=1,p=1\$/);
  assert.notEqual(await hashing.hash("зелёный слон 7"), stored);
  assert.deepEqual(await hashing.verify(stored, "зелёный слон 7"), { kind: "matches", stale: false });
  assert.deepEqual(await hashing.verify(stored, "зелёный слон 8"), { kind: "differs" });
});

test("the default parameters are the OWASP floor", async () => {
  assert.match(await createHashing().hash("x"), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test("the whole of a long password counts", async () => {
  const hashing = createHashing(cheap);
  const long = "ы".repeat(256);
  const stored = await hashing.hash(long);
  for (const length of [36, 72, 128, 255]) {
    assert.deepEqual(await hashing.verify(stored, long.slice(0, length)), { kind: "differs" });
  }
});

test("a password set in one Unicode form opens in the other; case and a trailing space matter", async () => {
  const hashing = createHashing(cheap);
  const stored = await hashing.hash("caf\u00e9 \u0439од Мост");
  assert.equal((await hashing.verify(stored, "cafe\u0301 \u0438\u0306од Мост")).kind, "matches");
  assert.equal((await hashing.verify(stored, "caf\u00e9 \u0439од мост")).kind, "differs");
  assert.equal((await hashing.verify(stored, "caf\u00e9 \u0439од Мост ")).kind, "differs");
});

test("what can be nobody's password differs from every stored one, at the usual cost", async () => {
  const hashing = createHashing({ ...cheap, parallel: 1 });
  const stored = await hashing.hash("");
  for (const typed of ["\0", "\ud83d", "x".repeat(257)]) {
    const answer = hashing.verify(stored, typed);
    assert.equal(hashing.stats().running, 1);
    assert.deepEqual(await answer, { kind: "differs" });
    await assert.rejects(hashing.hash(typed), /judge it first/);
  }
});

test("a hash with other parameters still opens and is called stale", async () => {
  const stored = await createHashing({ ...cheap, passes: 2 }).hash("secret");
  const hashing = createHashing(cheap);
  assert.deepEqual(await hashing.verify(stored, "secret"), { kind: "matches", stale: true });
  assert.deepEqual(await hashing.verify(stored, "other"), { kind: "differs" });
});

test("an unknown person costs one hash in the same pool and never matches", async () => {
  const hashing = createHashing({ ...cheap, parallel: 1 });
  const answers = [hashing.verify(null, "secret"), hashing.verify(null, "")];
  assert.deepEqual([hashing.stats().running, hashing.stats().waiting], [1, 1]);
  assert.deepEqual(await Promise.all(answers), [{ kind: "differs" }, { kind: "differs" }]);
});

test("a stored hash above the ceiling is never run", async () => {
  const hashing = createHashing(cheap);
  for (const parameters of ["m=4194304,t=2,p=1", "m=131073,t=1,p=1", "m=64,t=11,p=1", "m=64,t=1,p=5"]) {
    const before = process.memoryUsage.rss();
    assert.deepEqual(await hashing.verify(`$argon2id$v=19$${parameters}$${salted}`, "x"), {
      kind: "unusable",
    });
    assert.ok(process.memoryUsage.rss() - before < 32 * 1024 * 1024);
  }
});

test("a stored text that is no Argon2 hash is unusable and costs the usual hash", async () => {
  const hashing = createHashing({ ...cheap, parallel: 1 });
  const broken = [
    "",
    "plain",
    "$2b$10$abcdefghijklmnopqrstuv",
    "$argon2id$v=19$m=64,t=1,p=1$AAAA$AAAA",
    "x".repeat(600),
  ];
  broken.push(`$argon2id$v=19$m=8,t=1,p=4$${salted}`, `$argon2id$v=19$m=64,t=0,p=1$${salted}`);
  for (const stored of broken) {
    const answer = hashing.verify(stored, "x");
    assert.equal(hashing.stats().running, 1);
    assert.deepEqual(await answer, { kind: "unusable" });
  }
});

test("a flood is answered: what fits is hashed, the rest is refused at once", async () => {
  const hashing = createHashing({ memoryKib: 19_456, passes: 2, parallel: 1, queueSeconds: 0.1 });
  const answers = await Promise.allSettled(Array.from({ length: 30 }, () => hashing.verify(null, "guess")));
  const refused = answers.filter((answer) => answer.status === "rejected");
  assert.ok(refused.length >= 20);
  assert.ok(refused.every((answer) => answer.reason instanceof HashingOverloaded));
  assert.equal(hashing.stats().refused, refused.length);
  await hashing.idle();
});
