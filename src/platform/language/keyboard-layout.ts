/**
 * The same keys in the other of the two layouts of a Russian keyboard: «пароль» is "gfhjkm", "ghbdtn" is «привет».
 * Rows from the backquote to the slash, without Shift and with it, then the digits whose Shift differs.
 */
const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./" + '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?' + "@#$^&|";
const CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю." + "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ," + '"№;:?/';

const toCyrillic = new Map<string, string>();
const toLatin = new Map<string, string>();
for (const [index, latin] of [...LATIN].entries()) {
  const cyrillic = CYRILLIC[index] ?? latin;
  toCyrillic.set(latin, cyrillic);
  toLatin.set(cyrillic, latin);
}

/**
 * What would stand here had the same keys been pressed in the other layout. Text with a Russian letter is read as
 * typed in ЙЦУКЕН, any other as typed in QWERTY; characters that no table knows stay as they are.
 */
export function otherLayout(text: string): string {
  const table = /[а-яё]/i.test(text) ? toLatin : toCyrillic;
  let result = "";
  for (const character of text) result += table.get(character) ?? character;
  return result;
}
