/**
 * Names end up in letters and lists: plain text of 60 characters at most, no addresses, no direction marks.
 */
export function isPlainName(name: string): boolean {
  const text = name.normalize("NFC").trim();
  return text !== "" && [...text].length <= 60 && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|:\/\/|www\./iu.test(text);
}
