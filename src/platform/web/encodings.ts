/** Whether an Accept-Encoding header names the encoding, and not with q=0. */
export function acceptsEncoding(header: string | undefined, encoding: "br" | "gzip"): boolean {
  return (header ?? "")
    .toLowerCase()
    .split(",")
    .map((part) => part.split(";").map((piece) => piece.trim()))
    .some(([name, quality]) => name === encoding && !/^q=0(\.0*)?$/.test(quality ?? ""));
}
