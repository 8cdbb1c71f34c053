/** Addresses that lead to us. Each names one thing of ours, and nobody can make one up. */
import { equalSecrets, type Secrets } from "../platform/secrets/secrets.ts";
import type { Settings } from "../settings.ts";

export interface InboxTools {
  readonly secrets: Pick<Secrets, "derive" | "keyIds">;
  readonly settings: { readonly intake: Pick<Settings["intake"], "domain"> };
}

/** Mail servers may turn a local part into small letters, and it holds 64 octets at most (RFC 5321). */
const form = /^([a-z]{2,8})\+([a-z0-9-]{1,36})\.([0-9a-f]{16})@(.+)$/;

/**
 * The address under which mail about one thing of ours comes in: `bounce+<id>.<mac>@in.company.ru`; undefined
 * where no mail comes in. `prefix`: two to eight small letters; `id`: up to 36 small letters, digits and
 * hyphens. The mac of 64 bits can only be tried here, and ten wrong ones end a connection.
 */
export function inboxAddress(tools: InboxTools, prefix: string, id: string): string | undefined {
  const { domain } = tools.settings.intake;
  if (domain === undefined) return undefined;
  const address = `${prefix}+${id}.${macOf(tools, prefix, id)}@${domain}`;
  if (!form.test(address)) throw new Error("an inbox address needs a short prefix and a plain id");
  return address;
}

/**
 * What an address leads to; undefined for one that is not ours. Addresses of earlier root keys lead to us as
 * long as those keys are set.
 */
export function readInboxAddress(
  tools: InboxTools,
  address: string,
): { prefix: string; id: string } | undefined {
  const [, prefix = "", id = "", mac = "", domain] = form.exec(address.toLowerCase()) ?? [];
  if (domain === undefined || domain !== tools.settings.intake.domain) return undefined;
  const known = tools.secrets.keyIds.some((key) => equalSecrets(mac, macOf(tools, prefix, id, key)));
  return known ? { prefix, id } : undefined;
}

function macOf({ secrets }: InboxTools, prefix: string, id: string, keyId?: string): string {
  const bytes = secrets.derive("inbox address", `${prefix} ${id}`, keyId);
  return bytes?.subarray(0, 8).toString("hex") ?? "";
}
