/**
 * Tables for spreadsheets: UTF-8 with its mark, semicolons, CRLF, as a Russian Excel opens them by itself.
 */

/** Stands before the first line; without it Excel reads UTF-8 as Windows-1251. */
export const BYTE_ORDER_MARK = "\ufeff";

/**
 * One line. A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV
 * Injection): = + - @ TAB CR NUL at its beginning, blanks before them or not. So does one that looks guarded
 * already, so that an import can take every guard off again.
 */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(cellOf).join(";")}\r\n`;
}

function cellOf(value: string | number): string {
  if (typeof value === "number") return String(value);
  const plain = value.replaceAll("\0", "");
  const text = /^'*[\t\r\0]|^'*\s*[=+\-@＝＋－＠]/u.test(value) ? `'${plain}` : plain;
  return /[;"\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
