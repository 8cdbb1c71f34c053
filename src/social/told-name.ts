import { isPlainName } from "../accounts/accounts.ts";
import { inner, joined, jsonObject, text } from "./providers/preset.ts";

/** Apple's own examples have two short names in it. */
const LONGEST_JSON = 1_000;

/**
 * The name out of Apple's `user`, which comes as a form field once, unsigned: it can name an account that the
 * signed answer opens, and decides nothing. Null for anything but a name as people write it.
 */
export function toldName(json: string): string | null {
  if (json === "" || json.length > LONGEST_JSON) return null;
  const user = jsonObject(json);
  if (!user) return null;
  const said = inner(user, "name");
  const name = joined(text(said, "firstName"), text(said, "lastName"));
  return name !== null && isPlainName(name) ? name : null;
}
