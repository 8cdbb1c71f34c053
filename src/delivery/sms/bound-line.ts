import type { Settings } from "../../settings.ts";

/**
 * The text of an SMS with a code, and its last line as Safari and WebOTP read it: by that a phone fills the
 * code in on this site and on no other. It needs a name that only https proves.
 */
export function withBoundLine(
  { publicUrl, smsBoundLine }: Pick<Settings, "publicUrl" | "smsBoundLine">,
  text: string,
  code: string,
): string {
  const { protocol, hostname } = new URL(publicUrl);
  return smsBoundLine && protocol === "https:" ? `${text}\n@${hostname} #${code}` : text;
}
