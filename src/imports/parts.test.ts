import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { onBothDatabases } from "../../test/both-databases.ts";
import { openSecrets } from "../platform/secrets/secrets.ts";
import { beginImport } from "./imports.ts";
import { keepPart, keepStream, PART_BYTES, PieceSealed, partsOf } from "./parts.ts";

const clock = { now: () => 1_000 };
const line = Buffer.from("anna;Анна;5d7845ac6ee7cfffafc5fe5f35cf666d\r\n");

onBothDatabases(
  "M30: a file lies sealed, each piece at its place, and opens with its key alone",
  async (store) => {
    const key = randomBytes(32);
    const tools = { clock, store, secrets: openSecrets([key]) };
    const [id, other] = [
      await beginImport(tools, { id: "cli", address: "" }, "people.csv"),
      await beginImport(tools, { id: "cli", address: "" }, "others.csv"),
    ];
    const file = Buffer.concat(Array.from({ length: 60_000 }, () => line));
    const stream = (async function* () {
      for (let at = 0; at < file.length; at += 65_536) yield file.subarray(at, at + 65_536);
    })();
    assert.deepEqual(await keepStream(tools, id, stream), { kind: "kept", size: file.length });
    const whole = async (opener: typeof tools, importId = id) => {
      const pieces: Uint8Array[] = [];
      for await (const piece of partsOf(opener, importId)) pieces.push(piece);
      return Buffer.concat(pieces);
    };
    assert.ok((await whole(tools)).equals(file));

    const kept = await store.read.selectFrom("import_parts").selectAll().orderBy("number").execute();
    assert.equal(kept.length, Math.ceil(file.length / PART_BYTES));
    for (const { bytes, sealed } of kept) {
      assert.equal(sealed, 1);
      assert.throws(() => inflateRawSync(bytes), "it is no file that anybody can read");
    }

    // Another root key makes things now; the earlier one still opens. Without it nothing does.
    assert.ok((await whole({ ...tools, secrets: openSecrets([randomBytes(32), key]) })).equals(file));
    await assert.rejects(whole({ ...tools, secrets: openSecrets([randomBytes(32)]) }), PieceSealed);

    // A piece of another file, or at another place, does not open, and neither does a changed one.
    await keepPart(tools, other, 0, file.subarray(0, PART_BYTES));
    const replace = (number: number, change: { bytes: Uint8Array; sealed?: 0 | 1 }) =>
      store.transact((write) =>
        write
          .updateTable("import_parts")
          .set(change)
          .where("import_id", "=", other)
          .where("number", "=", number)
          .execute(),
      );
    const first = kept[0]?.bytes ?? Buffer.alloc(0);
    const changed = Buffer.from(first);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    for (const bytes of [first, changed, Buffer.alloc(5)]) {
      await replace(0, { bytes });
      await assert.rejects(whole(tools, other), PieceSealed);
    }

    // What came before files were sealed goes on.
    await replace(0, { bytes: deflateRawSync(line), sealed: 0 });
    assert.ok((await whole(tools, other)).equals(line));
  },
);
