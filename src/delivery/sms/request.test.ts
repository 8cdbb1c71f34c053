import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { type PeerAnswer, startHttpPeer } from "../../../test/http-peer.ts";
import { closedPort } from "../../../test/mail-sink.ts";
import { askGateway, plainAnswer, withoutNumbers } from "./request.ts";

async function peerThat(t: TestContext, answer: PeerAnswer) {
  const peer = await startHttpPeer();
  t.after(() => peer.close());
  peer.answerWith(() => answer);
  return peer;
}

const ask = (url: string, withinMs = 10_000) => askGateway({ url: new URL(url), body: "{}", withinMs });

test("nothing has left without a connection: nobody listens, or TLS does not come about", async (t) => {
  const away = await ask(`http://127.0.0.1:${await closedPort()}/`);
  assert.deepEqual(away, { kind: "unconnected", trouble: "ECONNREFUSED" });
  const plain = await peerThat(t, { status: 200 });
  assert.equal((await ask(`https://${plain.host}/`)).kind, "unconnected");

  const sockets: Socket[] = [];
  const mute = createServer((socket) => sockets.push(socket));
  mute.listen(0, "127.0.0.1");
  await once(mute, "listening");
  const { port } = mute.address() as AddressInfo;
  const handshake = await ask(`https://127.0.0.1:${port}/`, 100);
  assert.deepEqual(handshake, { kind: "unconnected", trouble: "no answer in time" });
  for (const socket of sockets) socket.destroy();
  mute.close();
});

test("after the request has left, no whole answer means that nobody knows", async (t) => {
  const hanging = await peerThat(t, "hang");
  assert.deepEqual(await ask(hanging.url, 100), { kind: "silent", trouble: "no answer in time" });
  assert.equal(hanging.requests.length, 1);
  const cutting = await peerThat(t, "cut");
  assert.deepEqual(await ask(cutting.url), { kind: "silent", trouble: "ECONNRESET" });
  const breaking = await peerThat(t, "cut-answer");
  assert.equal((await ask(breaking.url)).kind, "silent");
});

test("a redirect is not followed", async (t) => {
  const other = await peerThat(t, { status: 200 });
  const peer = await peerThat(t, { status: 307, headers: { Location: other.url } });
  const fate = await ask(peer.url);
  assert.deepEqual(fate, { kind: "answered", status: 307, body: "" });
  assert.equal(other.requests.length, 0);
});

test("an answer without end is read no further than 64 KiB", async (t) => {
  const peer = await peerThat(t, { status: 200, body: "я".repeat(4_000_000) });
  const fate = await ask(peer.url);
  assert.equal(fate.kind === "answered" && Buffer.byteLength(fate.body) <= 64 * 1024 + 3, true);
});

test("a bare status of HTTP is judged with care: what may have been taken counts as unknown", () => {
  const meanings = {
    unknown: [200, 202, 204, 504],
    later: [408, 425, 429, 500, 502, 503, 599],
    unreachable: [301, 302, 307, 401, 402, 403, 404, 405, 407, 410],
    refused: [400, 409, 413, 422, 451],
  };
  for (const [kind, statuses] of Object.entries(meanings)) {
    for (const status of statuses) {
      const answer = plainAnswer({ kind: "answered", status, body: "" });
      assert.deepEqual(answer, { kind, answer: `HTTP ${status}` });
    }
  }
});

test("somebody else's words are kept without numbers and codes", () => {
  for (const [words, kept] of [
    ["The 'To' number +79161234567 is not valid", "The 'To' number … is not valid"],
    ["номер +7 (916) 123-45-67 неверен", "номер … неверен"],
    ["text «Код 482913» is forbidden", "text «Код …» is forbidden"],
    ["21211 not a number", "21211 not a number"],
  ] as const) {
    assert.equal(withoutNumbers(words), kept);
  }
});
