import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash, pbkdf2Sync, scryptSync } from "node:crypto";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { test } from "node:test";
import { hash as argon2 } from "@node-rs/argon2";
import { hash as bcrypt } from "@node-rs/bcrypt";
import { createHashing } from "../hashing.ts";

const hashing = createHashing({ memoryKib: 64, passes: 1 });

/** What is kept of a hash that is brought along. */
async function kept(foreign: string): Promise<string> {
  const adoption = await hashing.adopt(foreign);
  assert.equal(adoption.kind, "adopted", foreign);
  return adoption.kind === "adopted" ? adoption.hash : "";
}

async function opens(foreign: string, password: string): Promise<boolean> {
  const verdict = await hashing.verify(await kept(foreign), password);
  if (verdict.kind === "matches") assert.equal(verdict.stale, true, "it is made anew at the first sign-in");
  return verdict.kind === "matches";
}

/** `Algorithm.Argon2i`, which the compiler does not let through. */
const argon2i = 1 as number as never;
const plain = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
/** As passlib writes base64. */
const dotted = (bytes: Buffer) => plain(bytes).replaceAll("+", ".");
const salt = Buffer.from("0123456789abcdef");

/** Made by others: OpenSSL and hashlib, as bitrix.md tells them, and the examples of the formats' authors. */
const vectors: [name: string, hash: string, password: string][] = [
  ["Bitrix, the oldest: md5", "5d7845ac6ee7cfffafc5fe5f35cf666d", "secret123"],
  ["Bitrix until 20.0: salt and md5", "a7$Kx,2Qe313864b76ba04953c1391aafb8321ca", "secret123"],
  [
    "Bitrix since 20.5: SHA-512-crypt",
    "$6$Ab3dE6gH9jK2mN5q$pTDCTWhZ0FSR3AJ9.891mzcQh9EzNCBoZWhahEP96pjbFtdOSzw7" +
      "YHxvp/7vPou3tC3oXAAiy38xsf4Z8rl4i/",
    "secret123",
  ],
  ["a portal in UTF-8", "a7$Kx,2Qe0cd43b8b707aa3959425b2f28cec491", "Пароль-2024"],
  ["a portal in Windows-1251", "a7$Kx,2Qc65a34450a062348e29e433fa11b5683", "Пароль-2024"],
  [
    "SHA-512-crypt with rounds, by its author",
    "$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCV" +
      "NSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.",
    "Hello world!",
  ],
  [
    "SHA-256-crypt with rounds, by its author",
    "$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA",
    "Hello world!",
  ],
];

for (const [name, hash, password] of vectors) {
  test(`ST1: ${name} opens with its password and with no other`, async () => {
    assert.equal(await opens(hash, password), true);
    assert.equal(await opens(hash, `${password}.`), false);
  });
}

test("ST1: no MD5 is kept as it is", async () => {
  for (const [, hash] of vectors.filter(([, text]) => !/^\$[56]/.test(text))) {
    const stored = await kept(hash);
    assert.match(stored, /^\{md5:[\w-]*\}\$argon2id\$/);
    assert.ok(!stored.includes(hash.slice(-32)), "not even its digits");
  }
});

test("ST1: bcrypt, Argon2, PBKDF2 and scrypt in the spellings of the day", async () => {
  const password = "Пароль для 2024 года";
  const derived = pbkdf2Sync(password, salt, 30_000, 32, "sha256");
  const django = pbkdf2Sync(password, "морская", 30_000, 32, "sha256").toString("base64");
  const made = (await bcrypt(password, 8)).replace(/^\$2.\$/, "");
  const hashes = {
    "bcrypt 2a": `$2a$${made}`,
    "bcrypt 2b": `$2b$${made}`,
    "bcrypt 2y": `$2y$${made}`,
    argon2id: await argon2(password, { memoryCost: 1024, timeCost: 1 }),
    argon2i: await argon2(password, { memoryCost: 1024, timeCost: 1, algorithm: argon2i }),
    "pbkdf2 of passlib": `$pbkdf2-sha256$30000$${dotted(salt)}$${dotted(derived)}`,
    "pbkdf2 in PHC": `$pbkdf2-sha256$i=30000,l=32$${plain(salt)}$${plain(derived)}`,
    "pbkdf2 of Django": `pbkdf2_sha256$30000$морская$${django}`,
    "scrypt in PHC": `$scrypt$ln=14,r=8,p=1$${plain(salt)}$${plain(scryptSync(password, salt, 32))}`,
  };
  for (const [name, hash] of Object.entries(hashes)) {
    assert.equal(await opens(hash, password), true, name);
    assert.equal(await opens(hash, "Пароль для 2025 года"), false, name);
  }
});

test("ST1: SHA-crypt agrees with OpenSSL for every length, also where libraries miscount", async () => {
  for (const id of ["5", "6"]) {
    for (const length of [1, 31, 32, 33, 63, 64, 65, 128]) {
      const password = "ж".repeat(length >> 1) + "x".repeat(length % 2);
      const made = execFileSync("openssl", ["passwd", `-${id}`, "-salt", "abcdefgh", "-stdin"], {
        input: password,
      });
      assert.equal(await opens(made.toString("utf8").trim(), password), true, `$${id}$, ${length} bytes`);
    }
  }
});

test("R23: what asks for too much, protects too little or is no password hash is not taken", async () => {
  const digest = createHash("sha1").update("secret123").digest("hex");
  const tail = "a".repeat(53);
  const hashes: Record<string, string> = {
    [`$2b$31$${tail}`]: "too-costly",
    [`$2b$04$${tail}`]: "too-quick",
    [`$6$rounds=999999999$salt$${"a".repeat(86)}`]: "too-costly",
    [`$6$rounds=1000$salt$${"a".repeat(86)}`]: "too-quick",
    [`$pbkdf2-sha256$999999999$${plain(salt)}$${"a".repeat(43)}`]: "too-costly",
    [`pbkdf2_sha256$1$salt$${"a".repeat(43)}=`]: "too-quick",
    [`$scrypt$ln=24,r=8,p=1$${plain(salt)}$${"a".repeat(43)}`]: "too-costly",
    [`$scrypt$ln=14,r=8,p=9999$${plain(salt)}$${"a".repeat(43)}`]: "too-costly",
    "$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHRzb21l$RdescudvJCsgt3ub+b2dWRWJTmaaWObG": "too-costly",
    [digest]: "unknown",
    "{md5:}$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21l$RdescudvJCsgt3ub+b2dWRWJTmaaWObG": "unknown",
    secret123: "unknown",
    "*": "unknown",
    [`${"x".repeat(600)}${"a".repeat(32)}`]: "unknown",
  };
  const before = process.memoryUsage().rss;
  for (const [hash, kind] of Object.entries(hashes)) {
    assert.equal((await hashing.adopt(hash)).kind, kind, hash.slice(0, 40));
    // And if a hostile hand wrote it into the row, it is not run either.
    if (kind === "too-costly")
      assert.deepEqual(await hashing.verify(hash, "secret123"), { kind: "unusable" });
  }
  assert.ok(process.memoryUsage().rss - before < 64 * 1024 * 1024);
});

test("AV1: comparing SHA-crypt of many rounds leaves the thread of the pages alone", async () => {
  const made = execFileSync("openssl", ["passwd", "-6", "-salt", "abcdefgh", "secret123"]).toString().trim();
  await opens(made, "secret123");
  const slow = `$6$rounds=100000$abcdefgh$${made.split("$").at(-1)}`;
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  const began = performance.now();
  assert.equal(await opens(slow, "secret123"), false);
  const took = performance.now() - began;
  delays.disable();
  assert.ok(delays.max / 1e6 < took / 2, `${delays.max / 1e6} of ${took} ms`);
});
