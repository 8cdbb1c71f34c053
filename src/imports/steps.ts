/** One row of the record for each step of an import. */
import { recordEvent } from "../audit/audit.ts";
import type { Clock } from "../platform/clock.ts";
import type { Writer } from "../platform/store/store.ts";
import type { ImportRow } from "./rows.ts";
import type { ImportSettings } from "./settings.ts";

/** Who does something to an import, from where. */
export interface Doer {
  id: string;
  address: string;
}

/** `by`: whoever began the import, unless said otherwise. */
export function recordStep(
  tools: { clock: Clock },
  write: Writer,
  job: Pick<ImportRow, "id" | "created_by" | "file_name" | "settings">,
  action: string,
  more: Readonly<Record<string, string | number>> = {},
  by?: Doer,
): Promise<void> {
  const { address = "" } = JSON.parse(job.settings) as Partial<ImportSettings>;
  return recordEvent(tools, write, {
    action,
    actor: by?.id ?? job.created_by,
    accountId: null,
    address: by?.address ?? address,
    detail: { import: job.id, file: job.file_name, ...more },
  });
}
