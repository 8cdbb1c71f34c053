import assert from "node:assert/strict";
import { test } from "node:test";
import { type HttpPeer, startHttpPeer } from "../../test/http-peer.ts";
import { createPortalTransport } from "../delivery/delivery.ts";
import type { PortalReach } from "../portal-settings.ts";
import { createPortalCaller, isWithinReach, type Resolve } from "./calls.ts";

const wish = { method: "POST", form: { logout_token: "x" }, withinMs: 2_000 } as const;
const portOf = ({ host }: HttpPeer) => host.split(":")[1];

/** Looks names up as an attacker's server would have them: each time the next answer. */
function answers(...addresses: string[][]): Resolve & { asked: number } {
  const resolve = (_: string, done: Parameters<Resolve>[1]) => {
    const found = addresses[Math.min(resolve.asked, addresses.length - 1)] ?? [];
    resolve.asked += 1;
    done(
      null,
      found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
  resolve.asked = 0;
  return resolve;
}

test("HT3 OP8 every number that is no portal's is out of reach, however it is written", () => {
  const cases: [address: string, least: PortalReach | "never"][] = [
    ["203.0.113.7", "internet"],
    ["2a02:6b8::2:242", "internet"],
    ["::ffff:203.0.113.7", "internet"],
    ["64:ff9b::cb00:7107", "internet"],
    ["10.0.0.1", "network"],
    ["172.16.0.1", "network"],
    ["172.31.255.255", "network"],
    ["172.32.0.1", "internet"],
    ["192.168.1.1", "network"],
    ["100.64.0.1", "network"],
    ["fd12:3456::1", "network"],
    ["::ffff:10.0.0.1", "network"],
    ["64:ff9b::a00:1", "network"],
    ["127.0.0.1", "machine"],
    ["127.255.255.254", "machine"],
    ["::1", "machine"],
    ["0:0:0:0:0:0:0:1", "machine"],
    ["::ffff:127.0.0.1", "machine"],
    ["::ffff:7f00:1", "machine"],
    ["64:ff9b::7f00:1", "machine"],
    ["0.0.0.0", "never"],
    ["::", "never"],
    ["169.254.169.254", "never"],
    ["::ffff:169.254.169.254", "never"],
    ["::ffff:a9fe:a9fe", "never"],
    ["64:ff9b::a9fe:a9fe", "never"],
    ["fe80::1", "never"],
    ["fe80::1%eth0", "never"],
    ["fd00:ec2::254", "never"],
    ["100.100.100.200", "never"],
    ["168.63.129.16", "never"],
    ["2002:7f00:1::", "never"],
    ["2001:0:7f00:1::", "never"],
    ["224.0.0.1", "never"],
    ["255.255.255.255", "never"],
    ["ff02::1", "never"],
    ["localhost", "never"],
    ["", "never"],
  ];
  const reaches = ["internet", "network", "machine"] as const;
  for (const [address, least] of cases) {
    const from = least === "never" ? reaches.length : reaches.indexOf(least);
    const reached = reaches.map((reach) => isWithinReach(address, reach));
    assert.deepEqual(
      reached,
      reaches.map((_, index) => index >= from),
      address,
    );
  }
});

test("HT3 OP8 a name is judged by what it leads to at that moment, and numbers by themselves", async () => {
  const peer = await startHttpPeer();
  const port = portOf(peer);
  try {
    const inward = createPortalCaller("network", answers(["127.0.0.1"]));
    for (const address of [
      `https://crm.romashka.example:${port}/`,
      `https://127.0.0.1:${port}/`,
      `https://2130706433:${port}/`,
      `https://0x7f.1:${port}/`,
      `https://[::ffff:127.0.0.1]:${port}/`,
      `https://[::1]:${port}/`,
      "https://169.254.169.254/latest/meta-data/",
    ]) {
      const outcome = await inward.call(address, wish);
      assert.deepEqual(outcome, { kind: "forbidden", why: "out-of-reach" }, address);
    }
    for (const address of [
      `http://localhost:${port}/`,
      `http://crm.romashka.example:${port}/`,
      `https://anna@crm.romashka.example:${port}/`,
      "file:///etc/passwd",
      "nowhere",
    ]) {
      const outcome = await inward.call(address, wish);
      assert.deepEqual(outcome, { kind: "forbidden", why: "not-https" }, address);
    }
    inward.close();

    // Of several numbers only those within reach are tried; the next answer of the same name is judged anew.
    peer.answerWith(() => ({ status: 200, headers: { Connection: "close" } }));
    const names = answers(["169.254.169.254", "127.0.0.1"], ["169.254.169.254"]);
    const here = createPortalCaller("machine", names);
    assert.deepEqual(await here.call(`http://localhost:${port}/`, wish), { kind: "answered", status: 200 });
    const rebound = await here.call(`http://localhost:${port}/`, wish);
    assert.deepEqual(rebound, { kind: "forbidden", why: "out-of-reach" });
    assert.equal(names.asked, 2, "a name is looked up once more after it was judged");
    assert.equal(peer.requests.length, 1);
    assert.equal(peer.requests[0]?.fields.logout_token, "x");
    here.close();
  } finally {
    await peer.close();
  }
});

test("HT3 OP8 a portal leads no call elsewhere, and one that hangs holds up no other", async () => {
  const [portal, inner, hanging] = await Promise.all([startHttpPeer(), startHttpPeer(), startHttpPeer()]);
  const transport = createPortalTransport({ portalCalls: { reach: "machine" } }, { withinMs: 300 });
  const closed = createPortalTransport({ portalCalls: { reach: "network" } });
  const parcel = (url: string) =>
    ({ channel: "portal", id: "1", kind: "k", to: url, language: "ru", url, form: { a: "b" } }) as const;
  try {
    portal.answerWith(() => ({ status: 307, headers: { Location: `${inner.url}/secret` } }));
    assert.deepEqual(await transport.send(parcel(portal.url)), { kind: "later", answer: "HTTP 307" });
    assert.equal(inner.requests.length, 0, "a redirect was followed");

    hanging.answerWith(() => "hang");
    const began = performance.now();
    const slow = transport.send(parcel(hanging.url));
    assert.deepEqual(await transport.send(parcel(inner.url)), { kind: "accepted", answer: "HTTP 200" });
    assert.ok(performance.now() - began < 250);
    assert.deepEqual(await slow, { kind: "later", answer: "no answer: timeout" });
    const again = await transport.send(parcel(hanging.url));
    assert.deepEqual(again, { kind: "later", answer: "the portal has just not answered" });
    portal.answerWith(() => "cut");
    assert.equal((await transport.send(parcel(portal.url))).kind, "later");

    const refused = await closed.send(parcel("https://127.0.0.1/"));
    assert.equal(refused.kind, "refused");
    assert.match(refused.answer, /PORTAL_CALLS/);
  } finally {
    await Promise.all([transport.close(), closed.close()]);
    for (const peer of [portal, inner, hanging]) await peer.close();
  }
});
