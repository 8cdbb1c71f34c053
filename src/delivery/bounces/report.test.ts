import assert from "node:assert/strict";
import { test } from "node:test";
import { classOf, enhancedStatus, readReport } from "./report.ts";

test("the report of each well-known mail server says whom, how and why", () => {
  const postfix = `Reporting-MTA: dns; mail.company.ru
X-Postfix-Queue-ID: 4ZxQ2K1
Arrival-Date: Sun, 22 Nov 2026 14:05:11 +0300 (MSK)

Final-Recipient: rfc822; anna@romashka.example
Original-Recipient: rfc822;Anna@romashka.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.romashka.example
Diagnostic-Code: smtp; 550 5.1.1 <anna@romashka.example>: Recipient address
    rejected: User unknown
`;
  assert.deepEqual(readReport(postfix), {
    action: "failed",
    status: "5.1.1",
    recipient: "anna@romashka.example",
    answer:
      "550 5.1.1 <anna@romashka.example>: Recipient address rejected: User unknown (mx.romashka.example)",
  });
  const exim = `Reporting-MTA: dns; mail.company.ru

Action: failed
Final-Recipient: rfc822;<anna@romashka.example>
Status: 5.0.0
Remote-MTA: dns; mx.romashka.example
Diagnostic-Code: smtp; 550 5.2.1 mailbox disabled
`;
  assert.equal(readReport(exim)?.status, "5.2.1");
  const exchange = `Reporting-MTA: dns;EX01.corp.local

Final-Recipient: RFC822; anna@romashka.example
Action: Failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found
X-Display-Name: anna
`;
  assert.equal(classOf(readReport(exchange)?.status ?? ""), "address");
  const delayed =
    "Reporting-MTA: dns; a\n\nFinal-Recipient: rfc822; a@b.example\nAction: delayed\nStatus: 4.4.1";
  assert.deepEqual([readReport(delayed)?.action, readReport(delayed)?.status], ["delayed", "4.4.1"]);
  const worse = "Final-Recipient: rfc822; a@b.example\nAction: failed (no route)\nStatus: 5.4.4 (unknown)";
  const both = `${delayed}\n\n${worse}`;
  assert.deepEqual([readReport(both)?.action, readReport(both)?.status], ["failed", "5.4.4"]);
  assert.equal(readReport("Action: relayed\nStatus: 2.0.0")?.action, "delivered");
  const openSmtpd =
    "Reporting-MTA: dns; vm\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.0.0\n";
  const letter =
    "An error has occurred:\n\na@b.example: 550 5.1.1 User unknown\n\nx@y.example: 550 5.7.1 No\n";
  assert.equal(readReport(openSmtpd, letter)?.status, "5.1.1");
  assert.equal(readReport(openSmtpd, letter.replaceAll("a@b", "c@d"))?.status, "5.0.0");
  for (const none of ["", "hello", "Action: eaten", "Status: 5.1.1", ": failed\n\n:::", "Action"]) {
    assert.equal(readReport(none), undefined, none);
  }
  assert.equal(readReport(`Action: failed\nDiagnostic-Code: smtp; ${"x".repeat(20_000)}`)?.status, "");
});

test("only what says that there is no mailbox counts as that", () => {
  for (const [status, judged] of [
    ["5.1.1", "address"],
    ["5.1.2", "address"],
    ["5.1.10", "address"],
    ["5.2.1", "address"],
    ["5.1.0", "other"],
    ["5.1.7", "other"],
    ["5.1.8", "other"],
    ["5.2.2", "later"],
    ["4.2.2", "later"],
    ["4.7.1", "later"],
    ["5.7.1", "reputation"],
    ["5.7.26", "reputation"],
    ["5.0.0", "other"],
    ["", "other"],
  ] as const) {
    assert.equal(classOf(status), judged, status);
  }
  assert.equal(enhancedStatus("550 5.1.1 <a@b.example>: no"), "5.1.1");
  assert.equal(enhancedStatus("550-5.7.26 unauthenticated"), "5.7.26");
  for (const none of ["550 no such user", "host 10.5.1.1 said no", "version 15.1.1.2 refused"]) {
    assert.equal(enhancedStatus(none), "", none);
  }
});
