/** Reads reports of delivery (RFC 3464) and says what they mean (RFC 3463). */
import { plainLine } from "../letter.ts";

/** What became of the letter, in the words of the server that says so. */
export interface DeliveryReport {
  readonly action: "failed" | "delayed" | "delivered";
  /** `5.1.1`; "" when it is none. */
  readonly status: string;
  /** Whom it speaks of, in small letters; "" when it does not say. */
  readonly recipient: string;
  /** The answer of the last server, and which one it was; one line. */
  readonly answer: string;
}

/**
 * Undefined for a text that is none, or whose action means nothing for the letter. `said` is the part for
 * people: where the report has no answer (OpenSMTPD's), the line that begins with the recipient holds it.
 */
export function readReport(text: string, said = ""): DeliveryReport | undefined {
  const reports = text
    .split(/\n[ \t]*\n/)
    .map(fieldsOf)
    .flatMap((fields) => reportOf(fields, said) ?? []);
  // One letter has one recipient; a report on several parts of it is as bad as the worst of them.
  return actions.flatMap((action) => reports.filter((report) => report.action === action))[0];
}

const actions = ["failed", "delayed", "delivered"] as const;

function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\n[ \t]+/g, " ").split("\n")) {
    const [, name, value] = /^([\w-]{1,60})[ \t]*:(.*)$/.exec(line) ?? [];
    if (name && value !== undefined && !fields.has(name.toLowerCase())) {
      fields.set(name.toLowerCase(), value.trim());
    }
  }
  return fields;
}

function reportOf(fields: Map<string, string>, said: string): DeliveryReport | undefined {
  const written = /^[a-z]+/i.exec(fields.get("action") ?? "")?.[0]?.toLowerCase();
  const action = written === "relayed" || written === "expanded" ? "delivered" : written;
  const known = actions.find((each) => each === action);
  if (!known) return undefined;
  const reached = typed(fields.get("final-recipient"));
  const answer = typed(fields.get("diagnostic-code")) || answerIn(said, reached);
  const server = typed(fields.get("remote-mta"));
  return {
    action: known,
    status: statusOf(enhancedStatus(fields.get("status") ?? ""), enhancedStatus(answer)),
    recipient: (typed(fields.get("original-recipient")) || reached).toLowerCase(),
    answer: plainLine([answer, server && `(${server})`].filter(Boolean).join(" ")),
  };
}

/** `anna@company.ru: 550 5.1.1 User unknown` on a line of its own. */
function answerIn(said: string, recipient: string): string {
  const lines = said.split("\n").map((line) => line.trim());
  const own = lines.find((line) => recipient !== "" && line.startsWith(`${recipient}: `));
  const answer = own?.slice(recipient.length + 2) ?? "";
  return /^[245]\d\d[ -]/.test(answer) ? answer : "";
}

/** Some servers say 5.0.0 of everything, and only their answer is exact. */
function statusOf(told: string, answered: string): string {
  return answered !== "" && (told === "" || told.endsWith(".0.0")) ? answered : told;
}

/** `rfc822; anna@company.ru` without its type, its comment and its angle brackets. */
function typed(value: string | undefined): string {
  return (value ?? "")
    .replace(/^[\w-]+\s*;/, "")
    .trim()
    .replace(/^<(.*)>$/, "$1");
}

/** The first `class.subject.detail` of a text; "" when there is none. */
export function enhancedStatus(text: string): string {
  return /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(text)?.[0] ?? "";
}

export type BounceClass =
  /** There is no such mailbox: nothing that is sent there arrives. */
  | "address"
  /** They do not want mail of ours: reputation, DNS, a filter. */
  | "reputation"
  /** Not yet, or a full mailbox: another letter may arrive. */
  | "later"
  | "other";

/** 5.1.7 and 5.1.8 speak of the sender's address, and 5.1.0 does not say of whose. */
const noSuchMailbox = /^5\.(1\.(1|2|3|4|6|9|10)|2\.1)$/;

export function classOf(status: string): BounceClass {
  if (status.startsWith("4.")) return "later";
  if (noSuchMailbox.test(status)) return "address";
  if (status.startsWith("5.7.")) return "reputation";
  return status === "5.2.2" ? "later" : "other";
}
