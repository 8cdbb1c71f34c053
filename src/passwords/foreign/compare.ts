/** Compares what was typed with a hash that another system made. */
import { createHash, pbkdf2, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { verify as argon2Verify } from "@node-rs/argon2";
import type { ForeignHash } from "./formats.ts";
import { spellingsOf } from "./spellings.ts";
import type { ShaCrypt } from "./threads.ts";

const derivePbkdf2 = promisify(pbkdf2);

/** Off the main thread, whatever the kind. True when any spelling of the password fits. */
export async function matchesForeign(hash: ForeignHash, typed: string, shaCrypt: ShaCrypt): Promise<boolean> {
  for (const bytes of spellingsOf(typed)) if (await fits(hash, bytes, shaCrypt)) return true;
  return false;
}

/** The hex digits of MD5 over salt and password: what a wrapped one is made of. */
export function md5Digits(salt: Uint8Array, password: Uint8Array): string {
  return createHash("md5").update(salt).update(password).digest("hex");
}

async function fits(hash: ForeignHash, password: Buffer, shaCrypt: ShaCrypt): Promise<boolean> {
  switch (hash.kind) {
    case "bcrypt": {
      // Most installations never meet one.
      const { verify } = await import("@node-rs/bcrypt");
      return verify(password, hash.text);
    }
    case "sha-crypt": {
      const { name, salt, rounds, digest } = hash;
      const made = await shaCrypt({ name, password, salt, rounds });
      return timingSafeEqual(Buffer.from(made), Buffer.from(digest));
    }
    case "pbkdf2":
      return timingSafeEqual(
        await derivePbkdf2(password, hash.salt, hash.rounds, hash.key.length, hash.name),
        hash.key,
      );
    case "scrypt":
      return timingSafeEqual(await deriveScrypt(hash, password), hash.key);
    case "wrapped-md5":
      return argon2Verify(hash.inner, md5Digits(hash.salt, password));
  }
}

function deriveScrypt(hash: Extract<ForeignHash, { kind: "scrypt" }>, password: Buffer): Promise<Buffer> {
  const { cost: N, blockSize: r, lanes: p, salt, key } = hash;
  // OpenSSL counts a little beside the blocks themselves.
  const options = { N, r, p, maxmem: 128 * N * r + 128 * r * p + 32 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, key.length, options, (fault, derived) => {
      if (fault) reject(fault);
      else resolve(derived);
    });
  });
}
