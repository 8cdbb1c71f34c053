/** One mail and one of its recipients: from the bytes to the answer. */
import type { Clock } from "../platform/clock.ts";
import { hashSecret, type Secrets } from "../platform/secrets/secrets.ts";
import { type Store, StoreUnavailable } from "../platform/store/store.ts";
import { intakeInbox, intakeSource } from "../platform/throttle/budgets.ts";
import { type Charge, spend } from "../platform/throttle/throttle.ts";
import type { Settings } from "../settings.ts";
import { readInboxAddress } from "./address.ts";
import type { IntakeHandler } from "./mail.ts";
import { type ReadMail, readMail } from "./reading.ts";
import * as rows from "./rows.ts";

export interface IntakeTools {
  readonly clock: Clock;
  readonly store: Store;
  readonly secrets: Secrets;
  readonly settings: Pick<Settings, "intake">;
  readonly intakeFigures: IntakeFigures;
  readonly log: { error(fields: object): void };
}

/** What this process did with mail since the start: "prefix result" and the number. */
export type IntakeFigures = Map<string, number>;

export type IntakeResult =
  | "taken"
  | "repeated"
  | "refused"
  | "later"
  | "limited"
  | "malformed"
  | "loop"
  | "unknown"
  | "too-large";

export function count(
  { intakeFigures }: Pick<IntakeTools, "intakeFigures">,
  prefix: string,
  result: IntakeResult,
) {
  const key = `${prefix} ${result}`;
  intakeFigures.set(key, (intakeFigures.get(key) ?? 0) + 1);
}

export interface Arrival {
  readonly raw: Buffer;
  /** "" for reports. */
  readonly envelopeFrom: string;
  readonly recipients: readonly string[];
  /** Whoever brought it; null: our own mail server, which brings everybody's. */
  readonly source: string | null;
}

/** Judges a mail for each of its recipients, in their order. Never rejects. */
export async function takeMail(
  tools: IntakeTools,
  handlers: readonly IntakeHandler[],
  arrival: Arrival,
): Promise<IntakeResult[]> {
  const reading = await readMail(arrival.raw, arrival.envelopeFrom);
  const results: IntakeResult[] = [];
  for (const recipient of arrival.recipients) {
    const led = readInboxAddress(tools, recipient);
    const handler = handlers.find(({ prefix }) => prefix === led?.prefix);
    let result: IntakeResult = "unknown";
    if (led && handler) {
      result =
        reading.kind === "mail"
          ? await takeOne(tools, handler, { ...arrival, mail: reading.mail, id: led.id, recipient })
          : reading.kind;
    }
    count(tools, handler?.prefix ?? "-", result);
    results.push(result);
  }
  return results;
}

async function takeOne(
  tools: IntakeTools,
  handler: IntakeHandler,
  { mail, id, recipient, source }: Arrival & { mail: ReadMail; id: string; recipient: string },
): Promise<IntakeResult> {
  const key = hashSecret(`${handler.prefix} ${id} ${mail.name}`);
  const receivedAt = tools.clock.now();
  try {
    if (await rows.isKnown(tools.store.read, key)) return "repeated";
    if (await isLimited(tools, `${handler.prefix} ${id}`, source)) return "limited";
    return await handler.take({
      ...mail,
      id,
      recipient: recipient.toLowerCase(),
      receivedAt,
      firstTime: (write) => rows.remember(write, key, receivedAt),
    });
  } catch (error) {
    // Not by its text: a fault may quote what it stumbled over.
    const event = error instanceof StoreUnavailable ? "intake_store_unavailable" : "intake_fault";
    tools.log.error({ event, prefix: handler.prefix, err: error });
    return "later";
  }
}

async function isLimited(tools: IntakeTools, inbox: string, source: string | null): Promise<boolean> {
  const charges: Charge[] = [{ budget: intakeInbox, subject: inbox }];
  if (source !== null) charges.unshift({ budget: intakeSource, subject: source });
  return (await spend(tools, charges)).kind === "limited";
}
