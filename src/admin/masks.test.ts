import assert from "node:assert/strict";
import { test } from "node:test";
import { maskedContact, maskedLogin, maskedWithin } from "./masks.ts";

test("AD4: a masked contact can be compared and not taken along", () => {
  const mail = { kind: "email", value: "anna@romashka.example", key: "anna@romashka.example" } as const;
  assert.equal(maskedContact(mail), "a···@romashka.example");
  const phone = { kind: "phone", value: "+7 916 123-45-67", key: "+79161234567" } as const;
  assert.equal(maskedContact(phone), "+7\u00a0916\u00a0···-··-67");
  assert.equal(maskedLogin("anna"), "anna");
  assert.equal(maskedLogin("anna@romashka.example"), "a···@romashka.example");
  assert.equal(maskedLogin("+7 916 123-45-67"), "+7\u00a0916\u00a0···-··-67");
});

test("AD4: addresses and numbers inside a server's answer are masked, the answer stays readable", () => {
  assert.equal(
    maskedWithin("550 5.1.1 <anna@romashka.example>: no such user"),
    "550 5.1.1 <a···@romashka.example>: no such user",
  );
  assert.equal(maskedWithin("sent to +79161234567, part 1"), "sent to ···67, part 1");
  assert.equal(maskedWithin("250 2.0.0 Ok: queued as 4F2"), "250 2.0.0 Ok: queued as 4F2");
});
