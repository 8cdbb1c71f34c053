/**
 * Everything that must be unguessable, and the comparison of it. Keys per purpose come from the root key by
 * HKDF (RFC 5869), so a leak of one derived key says nothing about another.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

/** Root keys: the first one makes, the others still open what they made before a rotation. */
export interface Secrets {
  /** Names the root key that makes things now; stored beside what is derived from it. */
  readonly keyId: string;
  /** All of them, that of `keyId` first. */
  readonly keyIds: readonly string[];
  /**
   * 32 bytes that follow from the subject and cannot be foretold without the root key. `keyId` of an unknown
   * key: undefined.
   */
  derive(purpose: string, subject: string, keyId?: string): Buffer | undefined;
  /**
   * A stable keyed hash for look-ups (43 characters): says nothing about `text` to who reads the database.
   */
  fingerprint(purpose: string, text: string): string;
  /** Encrypted and authenticated (AES-256-GCM) text for a cookie; readable until `expiresAt`. */
  seal(purpose: string, value: unknown, expiresAt: number): string;
  /** What `seal` was given; undefined when forged, from another purpose, too old, or not ours at all. */
  open(purpose: string, sealed: string, now: number): unknown;
  /**
   * Encrypted and authenticated bytes that are kept for as long as their key is. `subject` names the one
   * place that they belong to: anywhere else they do not open.
   */
  sealBytes(purpose: string, subject: string, bytes: Uint8Array): Buffer;
  /** What `sealBytes` was given; undefined when forged, from another place, or of a key that is not known. */
  openBytes(purpose: string, subject: string, sealed: Uint8Array): Buffer | undefined;
}

const ID_BYTES = 8;
const IV_BYTES = 12;
const TAG_BYTES = 16;

export function openSecrets(rootKeys: readonly Buffer[]): Secrets {
  const roots = rootKeys.map((root) => ({
    root,
    id: hashSecret(root.toString("base64url")).slice(0, ID_BYTES),
  }));
  const current = roots[0];
  if (!current) throw new Error("at least one root key is needed");
  const cache = new Map<string, KeyObject>();

  const keyFor = (purpose: string, entry: { root: Buffer; id: string }): KeyObject => {
    const name = `${entry.id}:${purpose}`;
    let key = cache.get(name);
    if (!key) {
      key = createSecretKey(Buffer.from(hkdfSync("sha256", entry.root, "propusk", purpose, 32)));
      cache.set(name, key);
    }
    return key;
  };

  return {
    keyId: current.id,
    keyIds: roots.map(({ id }) => id),
    derive(purpose, subject, keyId = current.id) {
      const entry = roots.find((root) => root.id === keyId);
      return entry && createHmac("sha256", keyFor(purpose, entry)).update(subject).digest();
    },
    fingerprint: (purpose, text) =>
      createHmac("sha256", keyFor(purpose, current)).update(text).digest("base64url"),
    seal(purpose, value, expiresAt) {
      const plain = Buffer.from(JSON.stringify([expiresAt, value]), "utf8");
      return `${current.id}.${encrypt(keyFor(`seal ${purpose}`, current), plain).toString("base64url")}`;
    },
    open(purpose, sealed, now) {
      const [id, text] = sealed.split(".");
      const entry = roots.find((root) => root.id === id);
      if (!entry || !text) return undefined;
      const plain = decrypt(keyFor(`seal ${purpose}`, entry), Buffer.from(text, "base64url"));
      if (!plain) return undefined;
      const [expiresAt, value] = JSON.parse(plain.toString("utf8")) as [number, unknown];
      return now < expiresAt ? value : undefined;
    },
    sealBytes(purpose, subject, bytes) {
      const sealed = encrypt(keyFor(`seal ${purpose}`, current), bytes, subject);
      return Buffer.concat([Buffer.from(current.id, "latin1"), sealed]);
    },
    openBytes(purpose, subject, sealed) {
      const id = Buffer.from(sealed.subarray(0, ID_BYTES)).toString("latin1");
      const entry = roots.find((root) => root.id === id);
      return entry && decrypt(keyFor(`seal ${purpose}`, entry), sealed.subarray(ID_BYTES), subject);
    },
  };
}

/** `subject` is not kept in it, and has to be told again. */
function encrypt(key: KeyObject, plain: Uint8Array, subject = ""): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(subject, "utf8"));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

function decrypt(key: KeyObject, sealed: Uint8Array, subject = ""): Buffer | undefined {
  const [tagAt, bodyAt] = [IV_BYTES, IV_BYTES + TAG_BYTES];
  if (sealed.length < bodyAt) return undefined;
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, tagAt));
  decipher.setAAD(Buffer.from(subject, "utf8")).setAuthTag(sealed.subarray(tagAt, bodyAt));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(bodyAt)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** 256 random bits as 43 base64url characters (OWASP ASVS 7.2.3 asks for 128). */
export function randomSecret(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * SHA-256 in hex. Enough for secrets of 112 bits and more (OWASP ASVS 6.5.2); never for passwords or short
 * codes.
 */
export function hashSecret(secret: string): string {
  return hash("sha256", secret);
}

/** Compares in constant time over the whole length; lengths may differ. */
export function equalSecrets(left: string, right: string): boolean {
  return timingSafeEqual(hash("sha256", left, "buffer"), hash("sha256", right, "buffer"));
}
