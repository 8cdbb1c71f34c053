import assert from "node:assert/strict";
import { onBothDatabases } from "../../test/both-databases.ts";
import { planOfLast } from "../../test/plan.ts";
import * as rows from "./rows.ts";

onBothDatabases("a link is found by its hash through the index that leaves codes out", async (store) => {
  const plan = await planOfLast(store, (read) => rows.proofByHash(read, "hash"));
  assert.match(plan, /proofs_by_secret_hash/);
});

onBothDatabases(
  "open proofs are found by their account, the newest first, of the forms asked for",
  async (store) => {
    const proof = (id: string, form: "link" | "code" | "control-string", ended: number | null) => ({
      id,
      purpose: "recovery",
      form,
      account_id: "anna",
      flow_id: null,
      sent_to: "",
      generation: 1,
      secret_hash: `hash of ${id}`,
      key_id: "key",
      tries: 0,
      created_at: Number(id),
      expires_at: 9,
      redeemed_at: null,
      redeemed_by: null,
      superseded_at: ended,
      superseded_by: null,
    });
    await store.transact(async (write) => {
      await rows.insertProof(write, proof("1", "link", null));
      await rows.insertProof(write, proof("2", "link", null));
      await rows.insertProof(write, proof("3", "link", 4));
      await rows.insertProof(write, proof("4", "control-string", null));
      await rows.insertProof(write, proof("5", "code", null));
    });
    const open = await rows.openProofs(store.read, "anna", "recovery", ["link", "control-string"]);
    assert.deepEqual(
      open.map(({ id }) => id),
      ["4", "2", "1"],
    );
    assert.deepEqual(await rows.openProofs(store.read, "", "recovery", ["link"]), []);
  },
);
