/** Letters that come back: refused at once, or later by a report to the return path of the letter. */
import { noteDelivery } from "../../figures/figures.ts";
import { type InboundMail, type InboxTools, type IntakeHandler, inboxAddress } from "../../intake/intake.ts";
import type { Clock } from "../../platform/clock.ts";
import { afterCommit, type Store, type Writer } from "../../platform/store/store.ts";
import { type Alarms, raiseAlarm } from "../../platform/throttle/alarms.ts";
import { traceDetail } from "../attempt.ts";
import type { DeliveryFigures } from "../figures.ts";
import { insertEvents } from "../rows.ts";
import { type BounceClass, classOf, type DeliveryReport, enhancedStatus, readReport } from "./report.ts";
import * as rows from "./rows.ts";

export interface BounceTools {
  readonly clock: Clock;
  readonly store: Store;
  readonly deliveryFigures: DeliveryFigures;
  readonly alarms: Alarms;
  readonly log: { warn(fields: object): void };
}

type SpeakTools = Pick<BounceTools, "deliveryFigures" | "alarms" | "log">;

/** A mailbox that does not exist: whoever keeps contacts is told, in the transaction that records it. */
export type Undeliverable = (write: Writer, mailbox: { to: string; status: string }) => Promise<void>;

const PREFIX = "bounce";

/** The envelope's sender of one letter; undefined where no mail comes in. */
export function returnPath(tools: InboxTools, messageId: string): string | undefined {
  return inboxAddress(tools, PREFIX, messageId);
}

/**
 * Takes reports of delivery. Whatever else comes to a return path (answering machines, people) is taken and
 * forgotten: refusing it would bounce the bounce.
 */
export function bounceHandler(tools: BounceTools, onUndeliverable: Undeliverable): IntakeHandler {
  return {
    prefix: PREFIX,
    async take(mail) {
      const report = mail.report === null ? undefined : readReport(mail.report, mail.text);
      if (report === undefined) {
        tools.deliveryFigures.count("bounces", "unread");
        return "taken";
      }
      const judged = await tools.store.transact((write) =>
        record(tools, write, { mail, report, onUndeliverable }),
      );
      if (judged) speakOf(tools, judged);
      return "taken";
    },
  };
}

/** What the report said, unless it was recorded before or its letter is gone. */
async function record(
  tools: BounceTools,
  write: Writer,
  {
    mail,
    report,
    onUndeliverable,
  }: { mail: InboundMail; report: DeliveryReport; onUndeliverable: Undeliverable },
): Promise<BounceClass | undefined> {
  const letter = await rows.holdLetter(write, tools.store.kind, mail.id);
  if (!letter || !(await mail.firstTime(write))) return undefined;
  const { action, status, recipient, answer } = report;
  const step = action === "failed" ? "bounced" : action === "delayed" ? "delayed" : "relayed";
  const foreign = recipient !== "" && recipient !== letter.sent_to.toLowerCase();
  const code = answer.includes(status) ? "" : status;
  const detail = traceDetail([code, foreign && `${recipient}:`, answer].filter(Boolean).join(" "));
  await insertEvents(write, [{ messageId: letter.id, at: tools.clock.now(), step, detail }]);
  if (action === "delivered") return undefined;
  if (action === "delayed") return "later";
  await rows.setUndelivered(write, letter.id);
  const end = { channel: "email", to: letter.sent_to, gateway: "", result: "undelivered" } as const;
  await noteDelivery(write, { ...end, at: tools.clock.now(), message: null });
  const judged = classOf(status);
  // The mailbox that ours is passed on to is somebody's own affair.
  if (judged === "address" && !foreign) await onUndeliverable(write, { to: letter.sent_to, status });
  return judged;
}

/** The server refused the letter in the talk itself: the same as a report that comes at once. */
export function refusalNoter(tools: SpeakTools, onUndeliverable: Undeliverable) {
  return async (write: Writer, { to, answer }: { to: string; answer: string }): Promise<void> => {
    const status = enhancedStatus(answer);
    const judged = classOf(status);
    if (judged === "address") await onUndeliverable(write, { to, status });
    afterCommit(write, () => speakOf(tools, judged));
  };
}

/** Once a refusal is recorded: figures, and an alarm where they do not want our mail at all. */
function speakOf(tools: SpeakTools, judged: BounceClass): void {
  tools.deliveryFigures.count("bounces", judged);
  if (judged === "reputation") raiseAlarm(tools, { event: "mail_rejected", by: "reputation" });
}
