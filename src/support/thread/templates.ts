/** Answers that administrators keep ready: plain texts in both languages, without any logic. */
import { recordEvent } from "../../audit/audit.ts";
import { newId } from "../../platform/secrets/ids.ts";
import type { Reader } from "../../platform/store/store.ts";
import type { Doer, SupportTools } from "../tools.ts";
import * as rows from "./rows.ts";

const MOST_TEMPLATES = 50;

export function templatesOf(read: Reader): Promise<rows.TemplateRow[]> {
  return rows.templates(read, MOST_TEMPLATES);
}

/** Keeps a new one (id "") or another text of one that is there; false when there are too many. */
export function keepTemplate(
  tools: SupportTools,
  template: { id: string; name: string; ru: string; en: string },
  by: Doer,
): Promise<boolean> {
  return tools.store.transact(async (write) => {
    const all = await templatesOf(write);
    const known = all.some(({ id }) => id === template.id);
    if (!known && all.length >= MOST_TEMPLATES) return false;
    await rows.keepTemplate(write, {
      id: known ? template.id : newId(),
      name: template.name,
      text_ru: template.ru,
      text_en: template.en,
      changed_at: tools.clock.now(),
    });
    await record(tools, write, template.name, by);
    return true;
  });
}

export function removeTemplate(tools: SupportTools, id: string, by: Doer): Promise<void> {
  return tools.store.transact(async (write) => {
    if (await rows.removeTemplate(write, id)) await record(tools, write, id, by);
  });
}

function record(
  tools: SupportTools,
  write: Parameters<typeof recordEvent>[1],
  name: string,
  { actor, address, device }: Doer,
): Promise<void> {
  const detail = { template: name, device };
  return recordEvent(tools, write, {
    action: "cases.templates-changed",
    actor,
    accountId: null,
    address,
    detail,
  });
}
