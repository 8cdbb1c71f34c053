/** What gateways say later of messages that they took over; all of it ends in the message's trace. */
import { noteDelivery } from "../../figures/figures.ts";
import type { Clock } from "../../platform/clock.ts";
import { equalSecrets, type Secrets } from "../../platform/secrets/secrets.ts";
import type { Store, Writer } from "../../platform/store/store.ts";
import type { Settings } from "../../settings.ts";
import { traceDetail } from "../attempt.ts";
import type { DeliveryFigures } from "../figures.ts";
import { insertEvents } from "../rows.ts";
import type { SmsReport } from "../sms/gateway.ts";
import { kindOf, type NamedGateway, nameGateways } from "../sms/router.ts";
import { claimAsked, holdByReference, isAnythingAsked, type Status, setStatus } from "./rows.ts";

export interface ReportTools {
  readonly clock: Clock;
  readonly store: Store;
  readonly deliveryFigures: DeliveryFigures;
  readonly log?: { error(fields: object, text: string): void } | undefined;
}

/** A report never takes a message back: from here on only a higher one counts. */
const rank = {
  unknown: 0,
  queued: 1,
  accepted: 2,
  sent: 3,
  delivered: 4,
  undelivered: 4,
  expired: 4,
  rejected: 4,
} satisfies Record<Status, number>;
const FINAL = 4;

/**
 * Writes reports into the traces of their messages, and gives back those whose reference no message has. One
 * that says nothing new changes nothing, so repeated and belated ones do no harm.
 */
export async function recordReports(
  tools: ReportTools,
  gateway: string,
  reports: readonly SmsReport[],
): Promise<SmsReport[]> {
  if (reports.length === 0) return [];
  const references = [...new Set(reports.map(({ reference }) => reference))];
  const { news, strange } = await tools.store.transact(async (write) => {
    const messages = await holdByReference(write, tools.store.kind, gateway, references);
    const known = new Map(messages.map((message) => [message.reference, { ...message }]));
    const told: News[] = [];
    for (const { reference, status, detail } of reports) {
      const message = known.get(reference);
      if (!message || rank[status] <= rank[message.status ?? "unknown"]) continue;
      message.status = status;
      told.push({ messageId: message.id, to: message.sent_to, status, detail });
    }
    await keep(write, told, { gateway, at: tools.clock.now() });
    return { news: told, strange: reports.filter(({ reference }) => !known.has(reference)) };
  });
  for (const { status } of news) tools.deliveryFigures.count("reports", gateway, status);
  return strange;
}

interface News {
  messageId: string;
  to: string;
  status: Status;
  detail: string;
}

/** The gateway took it over, and now says that it got no further. */
const lost: readonly Status[] = ["undelivered", "expired", "rejected"];

/** One statement for each status that occurs, one for all the steps, and a note of each that was lost. */
async function keep(
  write: Writer,
  news: readonly News[],
  from: { gateway: string; at: number },
): Promise<void> {
  const last = new Map(news.map(({ messageId, status }) => [messageId, status]));
  for (const [status, entries] of Map.groupBy(last, ([, reached]) => reached)) {
    const ids = entries.map(([id]) => id);
    await setStatus(write, ids, { status, final: rank[status] === FINAL });
  }
  const steps = news.flatMap(({ messageId, status, detail }) =>
    status === "queued" || status === "accepted" || status === "unknown"
      ? []
      : [{ messageId, at: from.at, step: status, detail: traceDetail(`${from.gateway}: ${detail}`) }],
  );
  await insertEvents(write, steps);
  for (const { to } of news.filter(({ status }) => lost.includes(status))) {
    const end = { channel: "sms", to, gateway: from.gateway, result: "undelivered", at: from.at } as const;
    await noteDelivery(write, { ...end, message: null });
  }
}

/** A report may overtake the answer to its own message, so a strange one is looked at again. */
const LOOK_AGAIN_MS = [1_000, 5_000];

/**
 * Takes reports as they come from a gateway. Resolves when what is known is written down; rejects when the
 * database is away, so that the gateway may report again.
 */
export async function takeReports(
  tools: ReportTools,
  gateway: string,
  reports: readonly SmsReport[],
): Promise<void> {
  const strange = await recordReports(tools, gateway, reports);
  if (strange.length > 0) void lookAgain(tools, gateway, strange);
}

async function lookAgain(tools: ReportTools, gateway: string, reports: SmsReport[]): Promise<void> {
  let strange = reports;
  try {
    for (const wait of LOOK_AGAIN_MS) {
      await new Promise((resolve) => setTimeout(resolve, wait).unref());
      strange = await recordReports(tools, gateway, strange);
    }
  } catch (fault) {
    reportLost(tools, gateway, fault);
  }
}

/** For reports that nobody can be asked to repeat. */
export function reportLost(tools: ReportTools, gateway: string, fault: unknown): void {
  tools.log?.error({ err: fault, gateway }, "a report about an SMS could not be recorded");
}

/** When a gateway is asked for the first time, and until when at all. */
export const FIRST_ASKED_AFTER_MS = 15_000;
const ASKED_FOR_MS = 24 * 3_600_000;
/** As many references as one question may hold. */
const ASKED_AT_ONCE = 50;

/**
 * Asks those gateways that do not report by themselves about the messages whose time has come: 15 s after the
 * message was written, then whenever its age has doubled, for 24 hours. Several instances share the
 * questions.
 */
export async function askGateways(tools: ReportTools, gateways: readonly NamedGateway[]): Promise<void> {
  const asking = gateways.map(async ({ name, gateway }) => {
    if (!gateway.pull) return;
    const now = tools.clock.now();
    if (!(await isAnythingAsked(tools.store.read, name, now))) return;
    const wish = { gateway: name, now, since: now - ASKED_FOR_MS, limit: ASKED_AT_ONCE };
    const references = await tools.store.transact((write) => claimAsked(write, tools.store.kind, wish));
    if (references.length === 0) return;
    await recordReports(tools, name, await gateway.pull(references));
  });
  await Promise.all(asking);
}

/** The path at which a gateway of this name is believed; whoever does not know its end is a stranger. */
export function reportsPath(secrets: Pick<Secrets, "fingerprint">, gateway: string): string {
  return `/delivery/reports/${gateway}/${secrets.fingerprint("sms reports", gateway)}`;
}

/** The addresses to be entered at those gateways that report over HTTP. */
export function reportAddresses(tools: {
  secrets: Pick<Secrets, "fingerprint">;
  settings: Pick<Settings, "smsRoutes" | "publicUrl">;
}): { gateway: string; url: string }[] {
  return nameGateways(tools.settings.smsRoutes)
    .filter(({ url }) => kindOf(url) !== "smpp")
    .map(({ name }) => ({
      gateway: name,
      url: `${tools.settings.publicUrl}${reportsPath(tools.secrets, name)}`,
    }));
}

export function isReportsPath(secrets: Pick<Secrets, "fingerprint">, gateway: string, path: string): boolean {
  return equalSecrets(path, reportsPath(secrets, gateway));
}
