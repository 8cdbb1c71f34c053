/** Text that fingers or counting produce by themselves: keyboard walks, sequences, repeats. */
import { otherLayout } from "../platform/language/keyboard-layout.ts";

/** A run must carry three characters on average to count as one: ordinary words have runs of one or two. */
const CHARACTERS_PER_RUN = 3;
/** The longest unit that three and more repeats make worthless whatever it is: "ab1ab1ab1". */
const LONGEST_PLAIN_UNIT = 4;

/** Keys by row and place in the row; one step down keeps the place: "1qaz". */
const KEYS: ReadonlyMap<string, { row: number; place: number }> = new Map([
  ...keysOfRow(0, "1234567890-="),
  ...keysOfRow(0, "!@#$%^&*()_+"),
  ...keysOfRow(1, "qwertyuiop[]"),
  ...keysOfRow(2, "asdfghjkl;'"),
  ...keysOfRow(3, "zxcvbnm,./"),
]);

/**
 * True for "йцукенгшщзхъ", "1qaz2wsx3edc", "abcdef654321", "111122223333", "1q2w3e4r5t6y", "ab1ab1ab1ab1".
 */
export function isPattern(text: string): boolean {
  const characters = [...text.toLowerCase()];
  if (characters.length < CHARACTERS_PER_RUN) return false;
  if (new Set(characters).size < CHARACTERS_PER_RUN) return true;
  const unit = unitOf(characters);
  if (unit < characters.length && (unit <= LONGEST_PLAIN_UNIT || isRuns(characters.slice(0, unit)))) {
    return unit > LONGEST_PLAIN_UNIT || characters.length >= CHARACTERS_PER_RUN * unit;
  }
  return isRuns(characters) || isInterwoven(characters);
}

/**
 * The shortest unit that the text repeats to its end, the last time perhaps in part; the whole length if
 * none.
 */
export function unitOf(characters: readonly string[]): number {
  // The prefix function of Knuth, Morris and Pratt: `borders[i]` is the longest prefix that also ends at i.
  const borders: number[] = [0];
  for (let index = 1; index < characters.length; index += 1) {
    let length = borders[index - 1] ?? 0;
    while (length > 0 && characters[index] !== characters[length]) length = borders[length - 1] ?? 0;
    borders.push(characters[index] === characters[length] ? length + 1 : 0);
  }
  const unit = characters.length - (borders.at(-1) ?? 0);
  return characters.length >= 2 * unit ? unit : characters.length;
}

/** "1q2w3e4r5t6y": one pattern in the odd places, another in the even ones. */
function isInterwoven(characters: readonly string[]): boolean {
  const odd = characters.filter((_, index) => index % 2 === 0);
  const even = characters.filter((_, index) => index % 2 === 1);
  return even.length >= CHARACTERS_PER_RUN && isRuns(odd) && isRuns(even);
}

function isRuns(characters: readonly string[]): boolean {
  return countRuns(characters) * CHARACTERS_PER_RUN <= characters.length;
}

/** How many straight runs the text falls into; one step goes on as long as it is the same step. */
function countRuns(characters: readonly string[]): number {
  let runs = characters.length > 0 ? 1 : 0;
  let going: string[] | undefined;
  for (let index = 1; index < characters.length; index += 1) {
    const steps = stepsBetween(characters[index - 1] ?? "", characters[index] ?? "");
    const same = going ? steps.filter((step) => going?.includes(step)) : steps;
    if (same.length > 0) {
      going = same;
    } else {
      runs += 1;
      going = undefined;
    }
  }
  return runs;
}

/** The ways to see two characters as one small step: by the alphabet, by the keyboard, or both. */
function stepsBetween(left: string, right: string): string[] {
  const steps: string[] = [];
  const distance = (right.codePointAt(0) ?? 0) - (left.codePointAt(0) ?? 0);
  if (Math.abs(distance) <= 1) steps.push(`alphabet ${distance}`);
  const from = keyOf(left);
  const to = keyOf(right);
  if (from && to && left !== right) {
    const down = to.row - from.row;
    const across = to.place - from.place;
    if (Math.abs(down) <= 1 && Math.abs(across) <= 1) steps.push(`keyboard ${down} ${across}`);
  }
  return steps;
}

function keysOfRow(row: number, keys: string): [string, { row: number; place: number }][] {
  return [...keys].map((key, place) => [key, { row, place }]);
}

function keyOf(character: string): { row: number; place: number } | undefined {
  return KEYS.get(character) ?? KEYS.get(otherLayout(character));
}
