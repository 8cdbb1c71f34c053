/** The plain-text half of a letter: the same facts, short lines, and each address alone on its own line. */
import type { Letter } from "./letter.ts";

/** RFC 5322 recommends at most 78 characters; two are left for a mark of quoting. */
const WIDTH = 75;

export function letterText(letter: Letter): string {
  // There is no button to fail in plain text: the last link does what the button says.
  const sameLink = letter.button?.url === letter.link?.url;
  const blocks = [
    letter.greeting,
    ...letter.paragraphs,
    letter.button && letter.button.url !== letter.link?.url
      ? [`${letter.button.label}:`, letter.button.url]
      : [],
    letter.code ? [`${letter.code.label} ${letter.code.value}`, letter.code.note] : [],
    (letter.facts ?? []).map((fact) => `${fact.label}: ${fact.value}`),
    ...(letter.closing ?? []),
    letter.link ? [sameLink ? `${letter.button?.label}:` : letter.link.label, letter.link.url] : [],
  ];
  return `${blocks
    .map((block) => [block].flat().filter(Boolean).map(wrapped).join("\n"))
    .filter(Boolean)
    .join("\n\n")}\n`;
}

/** Breaks at plain spaces only; a single long word, such as an address, stays whole. */
function wrapped(line: string): string {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    const longer = current ? `${current} ${word}` : word;
    if (longer.length <= WIDTH || !current) {
      current = longer;
    } else {
      lines.push(current);
      current = word;
    }
  }
  return [...lines, current].join("\n");
}
