import assert from "node:assert/strict";
import { createPublicKey, randomBytes, verify } from "node:crypto";
import { onBothDatabases } from "../../../test/both-databases.ts";
import { verifyAudit } from "../../audit/audit.ts";
import { openSecrets, type Secrets } from "../../platform/secrets/secrets.ts";
import type { Store } from "../../platform/store/store.ts";
import { createKeyRing, type KeySet, rotateKeys, signToken, tendKeys } from "./keys.ts";

const DAY = 86_400_000;
const roots = [randomBytes(32), randomBytes(32)] as const;

function at(store: Store, secrets: Secrets = openSecrets([roots[0]]), from = 1_800_000_000_000) {
  let now = from;
  const clock = { now: () => now };
  const tools = { clock, store, secrets };
  return {
    tools,
    ring: createKeyRing(tools),
    now: () => now,
    forward(days: number) {
      now += days * DAY;
    },
  };
}

const idsOf = ({ keys }: KeySet) => keys.map(({ id }) => id);
const signer = ({ keys }: KeySet) => keys.find(({ algorithm }) => algorithm === "RS256")?.id;

/** Whether a portal that reads this list of keys believes the token. */
function isBelieved(set: KeySet, token: string): boolean {
  const [head = "", claims = "", signature = ""] = token.split(".");
  const { kid } = JSON.parse(Buffer.from(head, "base64url").toString("utf8")) as { kid: string };
  const key = set.keys.find(({ id }) => id === kid);
  if (!key) return false;
  const bytes = Buffer.from(signature, "base64url");
  return verify("sha256", Buffer.from(`${head}.${claims}`), createPublicKey(key.privateKey), bytes);
}

onBothDatabases(
  "two instances that begin at once sign with one pair, and see each other's",
  async (...open) => {
    const [store, another] = open;
    const [here, there] = [at(store), at(another())];
    const [first, second] = await Promise.all([here.ring.current(), there.ring.current()]);
    assert.deepEqual(
      first.keys.map(({ algorithm }) => algorithm),
      ["RS256", "ES256"],
    );
    assert.deepEqual(idsOf(second), idsOf(first));
    const stored = await store.read.selectFrom("portal_keys").selectAll().execute();
    assert.equal(stored.length, 2, "a pair too many was kept");
    assert.ok(!JSON.stringify(stored).includes("PRIVATE KEY"), "a private half lies open");
  },
);

onBothDatabases("a pair signs for ninety days, its successor is published a day before", async (...open) => {
  const [store, another] = open;
  const [here, there] = [at(store), at(another())];
  const first = await here.ring.current();
  const old = signToken(first, { typ: "JWT" }, { sub: "anna" });
  const forward = async (days: number) => {
    for (const each of [here, there]) each.forward(days);
    // Every instance does it hourly; doing it twice, or at once, does no harm.
    await Promise.all([tendKeys(here.tools), tendKeys(there.tools)]);
    const [mine, theirs] = await Promise.all([here.ring.current(), there.ring.current()]);
    assert.deepEqual(idsOf(theirs), idsOf(mine), `two instances differ after ${days} days more`);
    return mine;
  };

  assert.deepEqual(idsOf(await forward(88)), idsOf(first), "the next pair is made too early");
  const published = await forward(1);
  assert.equal(published.keys.length, 4);
  assert.equal(signer(published), signer(first), "a key signs before portals could have read it");
  const rotated = await forward(1);
  assert.notEqual(signer(rotated), signer(first));
  assert.ok(isBelieved(rotated, old), "a token of the old pair is not believed any more");
  assert.ok(isBelieved(rotated, signToken(rotated, { typ: "JWT" }, { sub: "anna" })));
  assert.ok(isBelieved(await forward(6), old), "the old pair goes before its week is over");
  const late = await forward(1);
  assert.equal(late.keys.length, 2);
  assert.ok(!isBelieved(late, old));
  assert.equal(signer(late), signer(rotated));
  assert.equal((await verifyAudit(store.read)).kind, "whole");
  const told = await store.read
    .selectFrom("audit_events")
    .select("actor")
    .where("action", "=", "portal.keys-rotated")
    .execute();
  assert.deepEqual(
    told.map(({ actor }) => actor),
    ["system"],
    "one rotation, one row",
  );
});

onBothDatabases("a rotation by hand waits its day, one at once leaves nothing of the old", async (store) => {
  const here = at(store);
  const first = await here.ring.current();
  const old = signToken(first, { typ: "JWT" }, { sub: "anna" });
  const wish = { atOnce: false, actor: "cli" };
  assert.deepEqual(await rotateKeys(here.tools, wish), { kind: "made", usedFrom: here.now() + DAY });
  assert.equal((await rotateKeys(here.tools, wish)).kind, "waiting");
  here.forward(0.5);
  assert.equal(signer(await here.ring.current()), signer(first));
  here.forward(0.5);
  assert.notEqual(signer(await here.ring.current()), signer(first));
  await rotateKeys(here.tools, { atOnce: true, actor: "cli" });
  here.forward(0.001);
  const now = await here.ring.current();
  assert.equal(now.keys.length, 2);
  assert.ok(!isBelieved(now, old));
});

onBothDatabases(
  "with a new SECRET_KEY in front the same keys go on, sealed with it within an hour",
  async (...open) => {
    const [store, another] = open;
    const before = at(store);
    const first = await before.ring.current();
    const both = at(another(), openSecrets([roots[1], roots[0]]));
    assert.deepEqual(idsOf(await both.ring.current()), idsOf(first));
    await tendKeys(both.tools);
    // The old key is taken out, as docs/operating/key-rotation.md says.
    const alone = at(another(), openSecrets([roots[1]]));
    const still = await alone.ring.current();
    assert.deepEqual(idsOf(still), idsOf(first));
    assert.ok(isBelieved(still, signToken(first, { typ: "JWT" }, { sub: "anna" })));
  },
);

onBothDatabases(
  "keys that SECRET_KEY opens no more make room for a pair that signs at once",
  async (...open) => {
    const [store, another] = open;
    const first = await at(store).ring.current();
    const lost = at(another(), openSecrets([roots[1]]));
    const now = await lost.ring.current();
    assert.equal(now.keys.length, 2);
    assert.ok(!idsOf(now).some((id) => idsOf(first).includes(id)));
    assert.ok(isBelieved(now, signToken(now, { typ: "JWT" }, { sub: "anna" })));
  },
);
