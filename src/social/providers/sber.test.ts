import assert from "node:assert/strict";
import { test } from "node:test";
import type { Claims, Given } from "./preset.ts";
import { sber } from "./sber.ts";

const read = (profile: Claims) =>
  sber.read({
    issuer: "https://id.sber.ru",
    accessToken: "a-token",
    connected: { clientId: "propusk" },
    ask: () => Promise.resolve({ sub: "1", ...profile }),
  } as unknown as Given);

test("SO6 a profile of Сбер ID that was made for another client is not taken", async () => {
  await assert.rejects(async () => read({ aud: "somebody else" }), /another client/);
  assert.equal((await read({ aud: "propusk", email: "anna@romashka.example" })).emailProven, false);
});
