/** What a file may be, told before anything of it is read. */

export const formats = ["csv", "bitrix", "jsonl"] as const;
export type Format = (typeof formats)[number];

export const encodings = ["auto", "utf-8", "windows-1251", "utf-16"] as const;
export type Encoding = (typeof encodings)[number];
/** What lines are read in, once UTF-16 is made UTF-8. */
export type LineEncoding = Exclude<Encoding, "utf-16">;

export const delimiters = [";", ",", "\t"] as const;
export type Delimiter = (typeof delimiters)[number];

export interface Source {
  format: Format;
  encoding: Encoding;
  /** CSV alone. */
  delimiter: Delimiter;
  columns: string[];
  /** Lines before the first row; CSV alone. */
  headLines: number;
}

/** What somebody knows better than a guess. */
export interface Wish {
  format?: Format | undefined;
  encoding?: Encoding | undefined;
  delimiter?: Delimiter | undefined;
}

/** Why a file cannot be read; what to save it as instead is told. */
export type Unreadable =
  | "workbook"
  | "archive"
  /** Without the mark that tells the order of its bytes. */
  | "utf-16"
  | "web-page"
  | "binary"
  /** The wished encoding is not the one that it is in. */
  | "encoding"
  | "empty"
  | "no-columns"
  /** The key that it was sealed with is gone. */
  | "sealed";

export type Recognised = { kind: "recognised"; source: Source } | { kind: Unreadable };

/** How much of a file is looked at to tell what it is. */
export const HEAD_BYTES = 256 * 1024;
