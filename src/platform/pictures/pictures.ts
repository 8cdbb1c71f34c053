/** A photo or logo, made anew out of what was sent: nothing of the file itself is kept or sent on. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { MOST_BYTES, refusalCodes, type Shape } from "./limits.ts";

export { MOST_BYTES } from "./limits.ts";

export type PictureOutcome =
  /** WebP in the wished shape, without anything that stood beside the picture. */
  | { kind: "made"; bytes: Uint8Array }
  /** Neither JPEG, PNG, WebP nor GIF, whatever its name says. */
  | { kind: "not-a-picture" }
  /**
   * What newer iPhones write, or its relative AVIF: the decoder of the one is encumbered with patents, that
   * of the other took half a gigabyte.
   */
  | { kind: "heic" }
  | { kind: "too-many-pixels" }
  /** Cut off, damaged, or it took too long. */
  | { kind: "broken" }
  /** Others are before this one. */
  | { kind: "busy" };

/** Turns what was sent into a picture, one at a time. */
export type PictureMaker = (sent: Uint8Array) => Promise<PictureOutcome>;

/** Those who wait hold 5 MB each. */
const MOST_WAITING = 4;
/** A photo takes half a second on an idle machine; a file that was made to be slow ends here. */
const LONGEST_MS = 15_000;

const program = fileURLToPath(new URL("process.ts", import.meta.url));

/** The one maker of a service: one process at a time, four in the queue, the rest is told to come back. */
export function createPictureMaker(shape: Shape = "photo"): PictureMaker {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return async (sent) => {
    const kind = kindOf(sent);
    if (kind !== "picture") return { kind };
    if (waiting >= MOST_WAITING) return { kind: "busy" };
    waiting += 1;
    const mine = last.then(() => make(sent, shape));
    last = mine.catch(() => {});
    try {
      return await mine;
    } finally {
      waiting -= 1;
    }
  };
}

/** By the first bytes alone; a name or a type that a browser sends along says nothing. */
function kindOf(sent: Uint8Array): "picture" | "heic" | "not-a-picture" {
  if (sent.length > MOST_BYTES) return "not-a-picture";
  const head = Buffer.from(sent.subarray(0, 32)).toString("latin1");
  if (/^(\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF.{4}WEBP)/s.test(head)) return "picture";
  return /^.{4}ftyp(hei|hev|avi[fs]|mif1|msf1)/s.test(head) ? "heic" : "not-a-picture";
}

async function make(sent: Uint8Array, shape: Shape): Promise<PictureOutcome> {
  // No environment: it holds the service's secrets, and a decoder has no business with them.
  const child = spawn(process.execPath, ["--no-warnings", "--max-old-space-size=64", program, shape], {
    env: { UV_THREADPOOL_SIZE: "1", MALLOC_ARENA_MAX: "2" },
    stdio: ["pipe", "pipe", "ignore"],
    timeout: LONGEST_MS,
    killSignal: "SIGKILL",
  });
  // It may end before it has read everything.
  child.stdin.on("error", () => {});
  child.stdin.end(sent);
  const [bytes, [code]] = (await Promise.all([buffer(child.stdout), once(child, "close")])) as [
    Buffer,
    [number | null],
  ];
  if (code === 0 && bytes.length > 0) return { kind: "made", bytes };
  return { kind: code === refusalCodes["too-many-pixels"] ? "too-many-pixels" : "broken" };
}
