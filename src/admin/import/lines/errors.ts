/** The refused rows as a table to mend and upload again. */
import { type Import, importWords, linesOfImport } from "../../../imports/imports.ts";
import type { Language } from "../../../platform/language/language.ts";
import type { Reader } from "../../../platform/store/store.ts";
import { BYTE_ORDER_MARK, csvLine } from "../../csv.ts";
import { words } from "../words.ts";

const PAGE = 500;

/**
 * Page by page, in the order of the file: the line, the reason, and the cells as they stood there. What
 * cannot be read as cells stands whole in the last one. A fault on the way breaks the answer off.
 */
export function errorFile(read: Reader, job: Import, language: Language): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const { lineColumn, reasonColumn, reasons } = importWords[language];
  const { source, columns: known } = job.settings ?? { source: undefined, columns: {} };
  // A dump's columns are those that are read of it.
  const columns = source?.format === "bitrix" ? Object.keys(known) : (source?.columns ?? []);
  let after = 0;
  return new ReadableStream(
    {
      start(controller) {
        const head = csvLine([lineColumn, reasonColumn, ...columns, words[language].raw]);
        controller.enqueue(encoder.encode(BYTE_ORDER_MARK + head));
      },
      async pull(controller) {
        const lines = await linesOfImport(read, job, { show: "refused", after, most: PAGE });
        const texts = lines.map(({ line, notes, cells }) =>
          csvLine([
            line,
            notes.map((note) => reasons[note] ?? note).join("; "),
            ...columns.map((column) => cells[column] ?? ""),
            cells[""] ?? "",
          ]),
        );
        if (texts.length > 0) controller.enqueue(encoder.encode(texts.join("")));
        after = lines.at(-1)?.line ?? after;
        if (lines.length < PAGE) controller.close();
      },
    },
    { highWaterMark: 2 },
  );
}
