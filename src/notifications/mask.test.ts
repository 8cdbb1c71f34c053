import assert from "node:assert/strict";
import { test } from "node:test";
import { maskContact } from "./mask.ts";

test("PC1: a masked contact is known to who has it, and tells others no more than two digits", () => {
  const email = { kind: "email", value: "Анна@romashka.example", key: "анна@romashka.example" } as const;
  assert.equal(maskContact(email), "А•••@romashka.example");
  const phone = { kind: "phone", value: "+7 916 123-45-67", key: "+79161234567" } as const;
  assert.equal(maskContact(phone), "+7\u00a0••• •••-••-67");
  assert.equal(maskContact({ ...phone, key: "+375291234568" }), "+\u00a0••• •••-••-68");
});
