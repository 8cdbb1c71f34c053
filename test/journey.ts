/** A walk through the whole service, from an empty database, once per kind of database. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { verifyAudit } from "../src/audit/audit.ts";
import type { Tables } from "../src/platform/store/tables.ts";
import { databases, openWorld, type World, type WorldOptions } from "./world.ts";

interface JourneyOptions extends Omit<WorldOptions, "database"> {
  /** For promises that the kind of database has no part in. */
  embeddedOnly?: true;
}

/** The title begins with the id of the requirement that the walk proves. */
export function journey(
  title: string,
  walk: (world: World) => Promise<void>,
  options: JourneyOptions = {},
): void {
  for (const database of options.embeddedOnly ? databases.slice(0, 1) : databases) {
    test(`${title} (${database})`, async () => {
      const world = await openWorld({ ...options, database });
      try {
        await walk(world);
        const verdict = await verifyAudit(world.service.tools.store.read);
        assert.equal(verdict.kind, "whole", "the record of who did what is broken after this walk");
      } finally {
        await world.close();
      }
    });
  }
}

const tables = [
  "accounts",
  "identifiers",
  "people",
  "people_words",
  "passwords",
  "social_identities",
  "sessions",
  "remembered_devices",
  "browsers",
  "portals",
  "portal_visits",
  "portal_tokens",
  "portal_consents",
  "photos",
  "proofs",
  "contact_changes",
  "recoveries",
  "cases",
  "case_entries",
  "case_files",
  "case_evidence",
  "messages",
  "message_events",
  "inbound_mail",
  "budgets",
  "audit_events",
] as const satisfies readonly (keyof Tables)[];

/** How many rows each table has. */
export async function rowCounts(world: World): Promise<Record<string, number>> {
  const { read } = world.service.tools.store;
  const counts: Record<string, number> = {};
  for (const table of tables) counts[table] = (await read.selectFrom(table).selectAll().execute()).length;
  return counts;
}

/** Everything that the database holds, as text, for looking through it. */
export async function everythingStored(world: World): Promise<string> {
  const { read } = world.service.tools.store;
  const rows = await Promise.all(tables.map((table) => read.selectFrom(table).selectAll().execute()));
  return JSON.stringify(rows);
}

/** As an administrator does: the account may not be entered any more. */
export async function block(
  world: World,
  accountId: string,
  status: "blocked" | "dismissed" = "blocked",
): Promise<void> {
  await world.service.tools.store.transact((write) =>
    write.updateTable("accounts").set({ status }).where("id", "=", accountId).execute(),
  );
}
