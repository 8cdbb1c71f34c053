/** Quotes around every attribute value in html`…`: escaping protects a quoted value and nothing else. */
import { child, dottedName, type Finding, nodesOf, type Piece, piecesOf, type Source } from "./source.ts";

type Place = "text" | "tag" | "comment" | '"' | "'";

export function checkMarkup(source: Source): Finding[] {
  return [...nodesOf(source.program)].flatMap((node) => {
    if (node.type !== "TaggedTemplateExpression" || dottedName(child(node, "tag")) !== "html") return [];
    return unquotedIn(piecesOf(node)).map((offset) => ({
      path: source.path,
      line: source.lineAt(offset),
      rule: "markup",
      message: "quote the attribute value in the html`` template",
    }));
  });
}

/** Offsets at which a value begins without a quote; the place inside the markup carries over expressions. */
function unquotedIn(pieces: readonly Piece[]): number[] {
  const offsets: number[] = [];
  let place: Place = "text";
  for (const { start, text } of pieces) {
    for (let at = 0; at < text.length; at += 1) {
      if (place === "tag" && /^=\s*(?![\s"'])/.test(text.slice(at))) offsets.push(start + at);
      place = placeAfter(place, text, at);
    }
  }
  return offsets;
}

function placeAfter(place: Place, text: string, at: number): Place {
  const char = text[at];
  switch (place) {
    case "text":
      if (text.startsWith("<!--", at)) return "comment";
      return char === "<" && /[a-z/!]/i.test(text[at + 1] ?? "$") ? "tag" : "text";
    case "tag":
      if (char === '"' || char === "'") return char;
      return char === ">" ? "text" : "tag";
    case "comment":
      return text.startsWith("-->", at) ? "text" : "comment";
    case '"':
    case "'":
      return char === place ? "tag" : place;
  }
}
