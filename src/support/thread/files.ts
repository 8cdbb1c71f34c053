/** What may be sent along: judged by its content, pictures made anew, nothing ever shown inside a page. */

import type { PictureMaker } from "../../platform/pictures/pictures.ts";
import { MOST_BYTES } from "../../platform/pictures/pictures.ts";
import type { SentFile } from "../../platform/web/upload.ts";
import type { FileRow } from "./rows.ts";

/** Of one message; an office's scanner makes one page a file. */
export const MOST_FILES = 5;
export const MOST_FILE_BYTES = MOST_BYTES;
/** Of one case, so that nobody fills the database. */
export const MOST_CASE_FILES = 20;
const LONGEST_NAME = 100;

export type JudgedFile = Pick<FileRow, "name" | "type" | "bytes" | "size">;

/** `name`: of the file that was not taken; "" for all of them together. */
export type FilesOutcome =
  | { kind: "fine"; files: JudgedFile[] }
  | { kind: "too-many" | "too-large" | "not-taken" | "broken" | "busy"; name: string };

/** Judges all files of one message; one that is not taken refuses all, so that nobody thinks it was sent. */
export async function judgeFiles(
  makePicture: PictureMaker,
  sent: readonly SentFile[],
): Promise<FilesOutcome> {
  if (sent.length > MOST_FILES) return { kind: "too-many", name: "" };
  const files: JudgedFile[] = [];
  for (const file of sent) {
    const judged = await judge(makePicture, file);
    if (judged.kind !== "fine") return judged;
    files.push(...judged.files);
  }
  return { kind: "fine", files };
}

async function judge(makePicture: PictureMaker, sent: SentFile): Promise<FilesOutcome> {
  const name = plainName(sent.name);
  if (sent.bytes.length > MOST_FILE_BYTES) return { kind: "too-large", name };
  const asIs = typeOf(sent.bytes);
  if (asIs) return fine({ name: withEnding(name, asIs), type: asIs, bytes: sent.bytes });
  const picture = await makePicture(sent.bytes);
  switch (picture.kind) {
    case "made":
      return fine({ name: withEnding(name, "image/webp"), type: "image/webp", bytes: picture.bytes });
    case "not-a-picture":
    case "heic":
      return { kind: "not-taken", name };
    case "too-many-pixels":
      return { kind: "too-large", name };
    case "broken":
    case "busy":
      return { kind: picture.kind, name };
  }
}

function fine(file: Omit<JudgedFile, "size">): FilesOutcome {
  return { kind: "fine", files: [{ ...file, size: file.bytes.length }] };
}

/** By the bytes alone: PDF by its head, text as what is UTF-8 without control characters. */
function typeOf(bytes: Uint8Array): "application/pdf" | "text/plain" | undefined {
  if (Buffer.from(bytes.subarray(0, 5)).toString("latin1") === "%PDF-") return "application/pdf";
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return /[\u0000-\u0008\u000e-\u001f\u007f]/.test(text) ? undefined : "text/plain";
  } catch {
    return undefined;
  }
}

const endings = { "image/webp": "webp", "application/pdf": "pdf", "text/plain": "txt" } as const;

/** The ending follows from what it is, so that no device takes it for something else. */
function withEnding(name: string, type: keyof typeof endings): string {
  return `${name.replace(/\.[^.]*$/, "") || "file"}.${endings[type]}`;
}

/** Letters, digits and a few signs: the name goes into a header and onto somebody's disk. */
function plainName(name: string): string {
  const plain = name
    .normalize("NFC")
    .replace(/[^\p{L}\p{N} ._()-]+/gu, "_")
    .replace(/^[. ]+/, "")
    .slice(-LONGEST_NAME)
    .trim();
  return plain || "file";
}

/** Onto a disk, and never inside of a page of ours. */
export function downloadHeaders({ name, type }: { name: string; type: string }): Record<string, string> {
  return {
    "Content-Type": type === "text/plain" ? "text/plain; charset=utf-8" : type,
    "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    "Content-Security-Policy": "default-src 'none'; sandbox",
  };
}
