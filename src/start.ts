/** The running service, put together from its parts. */
import { createServer, type Server } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";
import { type Logger, pino } from "pino";
import { searchIsIndexed, suspendMailbox } from "./accounts/accounts.ts";
import { collectMessages, createManagement, createSite, type Site, type Tools } from "./app.ts";
import { purgeContactChanges } from "./contacts/contacts.ts";
import {
  bounceHandler,
  createDeliveryBell,
  createDeliveryFigures,
  createPortalTransport,
  createSmsTransport,
  createSmtpTransport,
  createTrialInbox,
  type Delivery,
  openGateways,
  purgeMessages,
  refusalNoter,
  reportLost,
  reportsPath,
  returnPath,
  startDelivery,
  type Transport,
  takeReports,
  type Undeliverable,
  watchEventLoop,
} from "./delivery/delivery.ts";
import { createSightings, purgeFigures, startCounting } from "./figures/figures.ts";
import { type ImportWorker, purgeImports, startImports } from "./imports/imports.ts";
import { createIntake, purgeInboundMail } from "./intake/intake.ts";
import { invite } from "./invitations/invitations.ts";
import { createHashing, quietHashingThreads } from "./passwords/passwords.ts";
import { type Clock, systemClock } from "./platform/clock.ts";
import { openPlaces, type Places } from "./platform/places/places.ts";
import { openSecrets } from "./platform/secrets/secrets.ts";
import { migrate, type OpenStore, openStore } from "./platform/store/open.ts";
import { StoreUnavailable } from "./platform/store/store.ts";
import { purgeBudgets } from "./platform/throttle/throttle.ts";
import { loadAssets } from "./platform/web/assets.ts";
import { fixedHeaders } from "./platform/web/headers.ts";
import { openPolicies, type Policies, purgeMembers } from "./policies/policies.ts";
import { openPortals, type Portals } from "./portal-registry/portal-registry.ts";
import { createKeyRing, purgeTokens, tendKeys } from "./portals/portals.ts";
import { purgeProofs } from "./proofs/proofs.ts";
import { purgeRecoveries } from "./recovery/recovery.ts";
import { purgeSessions } from "./sessions/sessions.ts";
import { type Environment, readSettings, SettingRefused, type Settings } from "./settings.ts";
import { currentSetupLink } from "./setup/setup.ts";
import { caseMail, purgeCases, startTending } from "./support/support.ts";

export interface Service {
  readonly tools: Tools;
  readonly delivery: Delivery;
  readonly imports: ImportWorker;
  /** Lets what is in flight finish (10 s), hands the rest of the outbox back, closes the database. */
  stop(): Promise<void>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Requests in flight get this long after SIGTERM. */
const FINISH_WITHIN_MS = 10_000;

/**
 * Starts everything and resolves once requests are answered. Throws `SettingRefused` for an unusable setting,
 * `StoreUnavailable` when the database does not answer. What is `ready` need not be made: a test starts many.
 */
export async function startService(
  environment: Environment,
  clock: Clock = systemClock,
  ready: Partial<Pick<Tools, "assets" | "hashing">> = {},
): Promise<Service> {
  const settings = readSettings(environment);
  const log = pino({
    level: settings.logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: withoutValues },
    redact: ["password", "*.password", "req.headers.cookie", "*.token"],
  });
  const store = openStore(settings);
  await migrate(store);
  if (!(await searchIsIndexed(store))) log.warn({ event: "search_unindexed", missing: "pg_trgm" });
  const portals = await openPortals({ store, settings });
  const policies = await openPolicies({ store, settings });
  const places = await openPlaces({ settings, log });
  const tools = makeTools({ settings, store, log, clock, portals, policies, places }, ready);
  await quietHashingThreads();
  const suspend: Undeliverable = (write, mailbox) => suspendMailbox(tools, write, mailbox);
  const delivery = startWorker(tools, suspend);
  const intake = createIntake(tools, [caseMail(tools), bounceHandler(tools, suspend)]);
  await intake.listen();
  const imports = startImports(tools, {
    invite: (write, wish) => invite(tools, write, wish),
  });
  const headers = Object.entries(fixedHeaders({ https: settings.publicUrl.startsWith("https:") }));
  const server = await listen(createSite(tools), settings.host, settings.port, headers);
  const management =
    settings.managementPort === undefined
      ? undefined
      : await listen(await createManagement(tools), "127.0.0.1", settings.managementPort, headers);
  portals.watch();
  policies.poll();
  const counting = startCounting(tools);
  const tending = startTending(tools);
  const tidying = setInterval(() => void tidyUp(tools), HOUR_MS).unref();
  await announce(tools, server);
  return {
    tools,
    delivery,
    imports,
    async stop() {
      log.info({ event: "stopping" });
      clearInterval(tidying);
      portals.close();
      places.close();
      const servers = [server, ...(management ? [management] : [])];
      await Promise.all([intake.close(), ...servers.map(closeServer)]);
      await counting.stop();
      await tending.stop();
      await imports.stop();
      await stopWork(tools, delivery, store);
      log.info({ event: "stopped" });
    },
  };
}

/** Sends what the outbox holds. */
function startWorker(tools: Tools, suspend: Undeliverable): Delivery {
  return startDelivery(tools, {
    catalogue: collectMessages(tools),
    portals: tools.portals,
    mailFrom: tools.settings.mailFrom.address,
    transports: {
      email: tools.trialInbox?.transport ?? createSmtpTransport(tools.settings.smtpUrl ?? ""),
      sms: smsTransport(tools),
      portal: createPortalTransport(tools.settings),
    },
    gateways: tools.smsGateways,
    isBusy: watchEventLoop(),
    returnPath: (messageId) => returnPath(tools, messageId),
    onRefused: refusalNoter(tools, suspend),
  });
}

/** Gateways where they are set; else the trial inbox, where that takes the letters; else none. */
function smsTransport(tools: Tools): Transport | null {
  if (tools.smsGateways.length > 0) return createSmsTransport(tools, tools.smsGateways);
  return tools.trialInbox?.transport ?? null;
}

/** The drivers put values of rows into `detail` and `where`; message, code and stack tell enough. */
function withoutValues(error: Error & { code?: unknown }): object {
  const { name, message, code, stack } = error;
  return { type: name, message, code, stack };
}

function makeTools(
  given: {
    settings: Settings;
    store: OpenStore;
    log: Logger;
    clock: Clock;
    portals: Portals;
    policies: Policies;
    places: Places;
  },
  { assets = loadAssets(), hashing }: Partial<Tools>,
): Tools {
  const { settings, store, log, clock } = given;
  const secrets = openSecrets(settings.secretKeys);
  const deliveryFigures = createDeliveryFigures();
  const reporting = { clock, store, deliveryFigures, log };
  return {
    ...given,
    alarms: new Map(),
    secrets,
    portalKeys: createKeyRing({ clock, store, secrets }),
    deliveryFigures,
    intakeFigures: new Map(),
    sightings: createSightings(),
    smsGateways: openGateways(settings.smsRoutes, {
      addressFor: (name) =>
        settings.publicUrl.startsWith("https:") ? `${settings.publicUrl}${reportsPath(secrets, name)}` : null,
      onReport(name, report) {
        takeReports(reporting, name, [report]).catch((fault) => reportLost(reporting, name, fault));
      },
    }),
    hashing: hashing ?? createHashing({ parallel: settings.hashThreads }),
    deliveryBell: createDeliveryBell(),
    assets,
    trialInbox: settings.smtpUrl ? null : createTrialInbox({ clock }),
  };
}

/** Limits against slow and oversized clients: security figures of Node's own HTTP server, tightened. */
function listen(
  site: Pick<Site, "fetch">,
  hostname: string,
  port: number,
  headers: readonly (readonly [name: string, value: string])[],
): Promise<Server> {
  // An address that no URL can be made of (a backslash, an impossible Host) never reaches the app.
  const errorHandler = (fault: unknown) => {
    const status = fault instanceof RequestError ? 400 : 500;
    return new Response(null, { status });
  };
  const limits = {
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    // Node looks every 30 s by itself, which would give a slow client three times its time.
    connectionsCheckingInterval: 2_000,
    keepAliveTimeout: 5_000,
    maxHeaderSize: 16 * 1024,
  };
  const answer = getRequestListener(site.fetch, { hostname, errorHandler });
  const server = createServer(limits, (incoming, outgoing) => {
    for (const [name, value] of headers) outgoing.setHeader(name, value);
    void answer(incoming, outgoing);
  });
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(new SettingRefused(`HOST and PORT: cannot listen on ${hostname}, port ${port} (${error.code})`)),
    );
    server.listen(port, hostname, () => resolve(server));
  });
}

/** What a person needs to see on the terminal at the first start. */
async function announce(tools: Tools, server: Server): Promise<void> {
  const { settings, log } = tools;
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : settings.port;
  log.info({
    event: "listening",
    host: settings.host,
    port,
    url: settings.publicUrl,
    database: tools.store.kind,
  });
  const lines = [`Propusk: ${settings.publicUrl}`];
  if (tools.trialInbox) lines.push(`Trial inbox (no SMTP_URL): ${settings.publicUrl}/inbox`);
  const link = await currentSetupLink(tools);
  if (link) lines.push(`Create the first administrator (works once, 24 hours): ${link}`);
  if (settings.logLevel !== "silent") process.stdout.write(`${lines.join("\n")}\n`);
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), FINISH_WITHIN_MS);
  await closed;
  clearTimeout(late);
}

async function stopWork(tools: Tools, delivery: Delivery, store: OpenStore): Promise<void> {
  tools.policies.stop();
  await delivery.stop();
  await tools.hashing.idle();
  await store.close();
}

/** Removes what nobody needs any more. Runs hourly on every instance; doing it twice does no harm. */
async function tidyUp(tools: Tools): Promise<void> {
  const now = tools.clock.now();
  try {
    await purgeSessions(tools);
    await purgeTokens(tools);
    await tendKeys(tools);
    await purgeBudgets(tools);
    await purgeImports(tools);
    await purgeMembers(tools);
    await purgeMessages(tools, 180 * DAY_MS);
    await purgeInboundMail(tools);
    await purgeFigures(tools);
    await purgeCases(tools);
    await tools.store.transact(async (write) => {
      await purgeRecoveries(write, now - 7 * DAY_MS);
      await purgeProofs(write, now - 7 * DAY_MS);
      await purgeContactChanges(write, now - 30 * DAY_MS);
    });
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    tools.log.error({ event: "tidying_failed", err: error });
  }
}
