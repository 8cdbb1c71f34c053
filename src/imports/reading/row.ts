/** One row of a file, before anybody asks what it means. */

export type FileRow =
  | {
      kind: "row";
      /** Where it stands: the line in a table, the number of the row in a dump. */
      line: number;
      /** About how many bytes of the file have been read by its end. */
      bytes: number;
      /** By the name of the column; of a dump also the table that it belongs to. */
      values: Readonly<Record<string, string>>;
      table?: string;
    }
  | { kind: "broken"; line: number; bytes: number; why: Broken; text: string };

export type Broken =
  /** A quotation mark opens a cell and nothing closes it. */
  | "open-quote"
  /** More cells than columns, or one cell alone. */
  | "columns"
  | "no-json"
  | "too-long";
