/** Every SQL statement about letters that came back. */
import type { Store, Writer } from "../../platform/store/store.ts";

/** The letter, held until the transaction ends; undefined when it is gone by now, or was none. */
export async function holdLetter(write: Writer, kind: Store["kind"], id: string) {
  const found = write
    .selectFrom("messages")
    .select(["id", "sent_to", "status"])
    .where("id", "=", id)
    .where("channel", "=", "email")
    .where("state", "<>", "shadow");
  return (kind === "postgres" ? found.forUpdate() : found).executeTakeFirst();
}

export async function setUndelivered(write: Writer, id: string): Promise<void> {
  await write.updateTable("messages").set({ status: "undelivered" }).where("id", "=", id).execute();
}
