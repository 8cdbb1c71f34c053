import assert from "node:assert/strict";
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

/**
 * SHA-crypt by `openssl passwd -5|-6 -salt abcdefgh` of OpenSSL 3.0.19, by the length of the password in
 * bytes.
 */
const byOpenSsl: Readonly<Record<"5" | "6", Readonly<Record<number, string>>>> = {
  5: {
    1: "sI6g8tHKrJ6RX7w.YoN9B7a/5wK5jYEOMmMnt3tPl0/",
    31: "NYsPt.GLFzRDuBaIz1QxikPRCagziG3rysr3qOqbFM3",
    32: "EP9/P3lNV04/m48U7D8V6bBLteE0B.dAZKTe2vl7kkA",
    33: "6Gf/ZF2KyHxKL1KzSmOc55CHp7Xwr8O0cAZ9WSZSLKA",
    63: "2r/h6ETnBAuiSG/xyDqgFfGOI5vIqAP80Yf1TM5jg5A",
    64: "24/shlf1z9vzpj7mF5MVA4QsMUtaYcLLhYes0ddSwQ3",
    65: "pMPw9/lap5l7uvg1uSAFk6M8l.nR15ZjcXPmCEzIF75",
    128: "iozhRvEcOVavlGsOGFvxJGlJv/f6kneG1TstoG4fpa5",
  },
  6: {
    1: "D7W7qyozKBT.t6FD3DVYHvADbIO0eSyI4.p20LaEUjro8PqTGYYo/EQcuNjhFbzo9Yg5ir1KIEqFY/yJpgFph0",
    31: "6kTSsYrEtnC4fgLEjSvwSRu2J.9diNqduUT.YI.VYmq2tEzXgkzM5aDFTVE39JLduXTyooCfpraBeWPrtHEF3/",
    32: "2lwaja.Z21A2WPHMEbMfexUVeHC7quqwP3hGurILN.kzPD8d65nW7k.hPV5xmxJ/1dGpihgSMAUJluDUC5yy41",
    33: "Jn8JyVWFqXNQR5EjifzsiTD33oV1d92FwHAuRFaBd2CM6w2z/2a8ON4UALDhsl6Wephr/6Pu833QtzhWQ21kT/",
    63: "CBTB6SEC.UW.Pgi2PNPlqlQZBs/jOcGuj0x4x07kbH6U1h5PnN970ikliigwnkRIyAQzNsY9aUncaBwYiHSZS0",
    64: "4lsoNll.e.4.FMaJjSFqHNLlTlhEg79pOAhtM977a0TtYMHVBaNOQFAiky9KwgMQfeDe/JyCEpJ2ugEr/Gqf6/",
    65: "oV0mbWaXhcz0QxUkE.ysw26ETCtCYX.oH/d0BJLH2kWJwspQrIHvAh20meTdU6bpnudUTp8oar0LCWpCGYf1w/",
    128: "VT.YuOAFl9w1YyVFskrxAUO0qIMw..WgX1uZlehNhCQVTh3ni5YzyfKY5PCiLRvPACPzigtTHNhh4/.4.mSOC1",
  },
};

test("ST1: SHA-crypt agrees with OpenSSL for every length, also where libraries miscount", async () => {
  for (const [id, digests] of Object.entries(byOpenSsl)) {
    for (const [bytes, digest] of Object.entries(digests)) {
      const length = Number(bytes);
      const password = "ж".repeat(length >> 1) + "x".repeat(length % 2);
      assert.equal(await opens(`$${id}$abcdefgh$${digest}`, password), true, `$${id}$, ${length} bytes`);
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
  const digest = byOpenSsl[6][32] ?? "";
  await opens(`$6$abcdefgh$${digest}`, "secret123");
  const slow = `$6$rounds=100000$abcdefgh$${digest}`;
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  const began = performance.now();
  assert.equal(await opens(slow, "secret123"), false);
  const took = performance.now() - began;
  delays.disable();
  assert.ok(delays.max / 1e6 < took / 2, `${delays.max / 1e6} of ${took} ms`);
});
