import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceOf } from "./client-address.ts";

test("EN5: an IPv4 address counts for itself, an IPv6 address for its /64", () => {
  assert.equal(sourceOf("203.0.113.9"), "203.0.113.9");
  for (const address of ["2001:db8:1:2::1", "2001:db8:1:2:ffff::", "2001:0db8:0001:0002:3:4:5:6"]) {
    assert.equal(sourceOf(address), "2001:db8:1:2::/64", address);
  }
  assert.equal(sourceOf("::1"), "0:0:0:0::/64");
  assert.equal(sourceOf("fe80::1%eth0"), "fe80:0:0:0::/64");
  assert.equal(sourceOf("2001:db8::1"), "2001:db8:0:0::/64");
  assert.notEqual(sourceOf("2001:db8:1:3::1"), sourceOf("2001:db8:1:2::1"));
  assert.equal(sourceOf("unknown"), "unknown");
});
