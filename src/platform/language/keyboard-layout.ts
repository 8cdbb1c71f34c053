/**
 * The same keys in the other of the two layouts of a Russian keyboard: «пароль» is "gfhjkm", "ghbdtn" is
 * «привет». Rows from the backquote to the slash, without Shift and with it, then the digits whose Shift
 * differs.
 */
const LAYOUTS = [
  ["`qwertyuiop[]asdfghjkl;'zxcvbnm,./", "ёйцукенгшщзхъфывапролджэячсмитьбю."],
  ['~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?', "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"],
  ["@#$^&|", '"№;:?/'],
] as const;

const toCyrillic: ReadonlyMap<string, string> = new Map(
  LAYOUTS.flatMap(([latin, cyrillic]) => pairs(latin, cyrillic)),
);
const toLatin: ReadonlyMap<string, string> = new Map(
  LAYOUTS.flatMap(([latin, cyrillic]) => pairs(cyrillic, latin)),
);

/**
 * What would stand here had the same keys been pressed in the other layout. Text with a Russian letter is
 * read as typed in ЙЦУКЕН, any other as typed in QWERTY; characters that no table knows stay as they are.
 */
export function otherLayout(text: string): string {
  const table = /[а-яё]/i.test(text) ? toLatin : toCyrillic;
  let result = "";
  for (const character of text) result += table.get(character) ?? character;
  return result;
}

function pairs(from: string, to: string): [string, string][] {
  return [...from].map((key, index) => [key, to[index] ?? key]);
}
