/** What a database would do with a statement, without asking it to. */
import { CompiledQuery, createQueryId, type RootOperationNode, sql } from "kysely";
import type { OpenStore } from "../src/platform/store/open.ts";
import type { Reader } from "../src/platform/store/store.ts";

/**
 * How the database would go about the last statement that is sent by `ask`. A handful of rows is read faster
 * than any index; the question is whether the index serves, so PostgreSQL is kept from reading tables whole.
 */
export async function planOfLast(store: OpenStore, ask: (read: Reader) => Promise<unknown>): Promise<string> {
  const sent: RootOperationNode[] = [];
  const watched = store.migrating.withPlugin({
    transformQuery: ({ node }) => {
      sent.push(node);
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  await ask(watched);
  const node = sent.at(-1);
  if (!node) throw new Error("nothing was asked");
  const { sql: text, parameters } = store.migrating.getExecutor().compileQuery(node, createQueryId());
  const explain = store.kind === "sqlite" ? "explain query plan" : "explain";
  return store.migrating.connection().execute(async (database) => {
    if (store.kind === "postgres") await sql`set enable_seqscan = off`.execute(database);
    const plan = await database.executeQuery(CompiledQuery.raw(`${explain} ${text}`, [...parameters]));
    if (store.kind === "postgres") await sql`reset enable_seqscan`.execute(database);
    return JSON.stringify(plan.rows);
  });
}
