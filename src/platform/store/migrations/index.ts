import type { Migration } from "kysely/migration";
import * as foundation from "./0001-foundation.ts";
import * as budgetWindows from "./0002-budget-windows.ts";

/** Forward only: a step that has been released is never edited. */
export const migrations: Record<string, Migration> = {
  "0001-foundation": foundation,
  "0002-budget-windows": budgetWindows,
};
