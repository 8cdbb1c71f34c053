/** Who may be here, and the import of the address. */
import { type Doer, type Import, importFor } from "../../imports/imports.ts";
import type { WebContext } from "../../platform/web/context.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import type { Actor } from "../acting.ts";
import { type AdminTools, actorOf, isId } from "../handling.ts";
import { mayAtAll } from "../rights.ts";

/** For everybody below administrators there is no such page. */
export function importStaff(c: WebContext): Actor {
  const actor = actorOf(c);
  if (!mayAtAll(actor.role, "import-people")) throw new Refusal(404);
  return actor;
}

export interface At {
  actor: Actor;
  job: Import;
  /** Settled, tried out and begun by whoever brought the file: what it may do follows from their rank. */
  isOwn: boolean;
}

/** Somebody else's import is there for owners, who may look at it, hold it up and end it. */
export async function importAt(tools: AdminTools, c: WebContext): Promise<At> {
  const actor = importStaff(c);
  const id = c.req.param("id") ?? "";
  const job = isId(id) ? await importFor(tools.store.read, actor, id) : undefined;
  if (!job) throw new Refusal(404);
  return { actor, job, isOwn: job.createdBy === actor.id };
}

export async function ownImportAt(tools: AdminTools, c: WebContext): Promise<At> {
  const at = await importAt(tools, c);
  if (!at.isOwn) throw new Refusal(404);
  return at;
}

export function doer({ id, address }: Actor): Doer {
  return { id, address };
}
