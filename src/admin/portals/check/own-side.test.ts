import assert from "node:assert/strict";
import { test } from "node:test";
import { type PeerAnswer, startHttpPeer } from "../../../../test/http-peer.ts";
import { askAuthorization, askDiscovery, askKeys, askToken } from "./own-side.ts";

const json = (body: unknown, status = 200): PeerAnswer => ({ status, body: JSON.stringify(body) });
const client = { id: "0190", secret: "s%:+", authMethod: "client_secret_basic" } as const;
const redirect = "https://crm.romashka.example/cb";

test("what a proxy in front does to portals is told by what the check finds", async () => {
  const proxy = await startHttpPeer();
  try {
    proxy.answerWith(() => json({ issuer: "https://other.example" }));
    const other = { said: "misdescribed", detail: "https://other.example" };
    assert.deepEqual(await askDiscovery(proxy.url), other);
    proxy.answerWith(() => json({ issuer: proxy.url }));
    assert.deepEqual(await askDiscovery(proxy.url), { said: "described" });
    proxy.answerWith(() => ({ status: 502, body: "<h1>Bad Gateway</h1>" }));
    assert.deepEqual(await askDiscovery(proxy.url), { said: "undescribed", detail: "HTTP 502" });
    assert.deepEqual(await askKeys(proxy.url), { said: "keyless", detail: "HTTP 502" });
    assert.deepEqual(await askToken(proxy.url, client), { said: "token-lost", detail: "HTTP 502" });
    const lost = { said: "request-refused", address: redirect, detail: "HTTP 502" };
    assert.deepEqual(await askAuthorization(proxy.url, "0190", redirect), lost);

    // What the real service says when the header with the secret was taken out on the way.
    proxy.answerWith(() => json({ error: "invalid_request" }, 400));
    assert.deepEqual(await askToken(proxy.url, client), { said: "header-lost" });
    const basic = proxy.requests.at(-1)?.headers.authorization?.split(" ")[1] ?? "";
    assert.equal(Buffer.from(basic, "base64").toString(), "0190:s%25%3A%2B", "RFC 6749, 2.3.1");
    proxy.answerWith(() => json({ error: "invalid_grant" }, 400));
    assert.equal(await askToken(proxy.url, { ...client, authMethod: "client_secret_post" }), "taken");
    assert.equal(proxy.requests.at(-1)?.fields.client_secret, client.secret);

    // Back to the redirect address with the right state counts, and nothing that only looks like it.
    const answerAt = (address: string, error = "login_required") =>
      proxy.answerWith(({ fields }) => ({
        status: 303,
        headers: { Location: `${address}?error=${error}&state=${fields.state}` },
      }));
    answerAt(redirect);
    const taken = { said: "request-taken", address: redirect };
    assert.deepEqual(await askAuthorization(proxy.url, "0190", redirect), taken);
    answerAt("https://evil.example/cb");
    assert.equal((await askAuthorization(proxy.url, "0190", redirect)).said, "request-refused");
    answerAt(redirect, "invalid_request");
    const refused = { said: "request-refused", address: redirect, detail: "invalid_request" };
    assert.deepEqual(await askAuthorization(proxy.url, "0190", redirect), refused);
  } finally {
    await proxy.close();
  }
  assert.equal((await askDiscovery(proxy.url)).said, "undescribed");
});
