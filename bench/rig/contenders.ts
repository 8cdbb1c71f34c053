/** Propusk and its peers, started with their people, and the requests that mean the same to each of them. */
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Cores, startChild } from "./child.ts";
import { requestText } from "./load.ts";
import { addressOf, emailOf, hashOfPassword, password } from "./people.ts";
import { type Place, seedPeople } from "./seed.ts";
import { freePort, type Server, startServer } from "./server.ts";

const bench = join(import.meta.dirname, "..");
/** On the project's disk, not in a temporary folder: that one may be memory, where a sync costs nothing. */
export const dataFolder = join(bench, "data");

/** Requests are whole texts; `number` gives their client an address of its own. */
export interface Contender {
  readonly server: Server;
  signIn(person: number, number: number): string;
  askForRecovery(email: string, number: number): string;
  /** The question of a program: who is signed in? */
  checkSession(cookies: string): string;
  /** Signs the person in and gives the cookies. */
  session(person: number): Promise<string>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

export interface Propusk extends Contender {
  /** The same from the browser that these cookies know. */
  signInAgain(person: number, number: number, browser: string): string;
  /** Signs the person in and gives the cookie by which the browser is known from then on. */
  knownBrowser(person: number): Promise<string>;
  readonly place: Place;
  page(path: string, cookies: string): string;
  /** Asks for a letter and gives the cookies that its code belongs to. */
  asking(person: number, number: number): Promise<string>;
  typeCode(code: string, cookies: string, number: number): string;
  /** Ends the server and starts it on the same data. */
  restart(): Promise<void>;
}

interface Start {
  cores: Cores;
  people: number;
}

/** The flags and the environment of `npm start`, so that what is measured is what people run. */
function startOfNpm(): { flags: string[]; environment: Record<string, string> } {
  const { scripts } = JSON.parse(readFileSync(join(bench, "../package.json"), "utf8")) as {
    scripts: { start: string };
  };
  const [, set = "", flags = ""] = /^exec env (.*?) ?node (.*) src\/main\.ts$/.exec(scripts.start) ?? [];
  return {
    flags: flags.split(" ").map((flag) => (flag.startsWith("./") ? join(bench, "..", flag) : flag)),
    environment: Object.fromEntries(set.split(" ").map((pair) => pair.split("="))) as Record<string, string>,
  };
}

function settingsOf(place: { dataDir: string; databaseUrl: string | undefined }, smtpPort: number) {
  return {
    DATA_DIR: place.dataDir,
    SECRET_KEY: secretKey,
    ...(place.databaseUrl !== undefined && { DATABASE_URL: place.databaseUrl }),
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    TRUSTED_PROXY_HOPS: "1",
    LOG_LEVEL: "warn",
  };
}

/** Propusk as its README starts it, behind one proxy, with its letters going to a sink. */
export async function startPropusk(
  wish: Start & { databaseUrl?: string; office?: boolean },
): Promise<Propusk> {
  const { cores, people, databaseUrl, office = false } = wish;
  const place = { dataDir: newFolder(), databaseUrl };
  await seedPeople(place, people, await hashOfPassword(), { office });
  const sink = await startSink();
  const { flags, environment } = startOfNpm();
  const start = (): Promise<Server> =>
    startServer(join(bench, "../src/main.ts"), {
      cores,
      flags,
      firstPath: "/sign-in",
      environment: { ...environment, ...settingsOf(place, sink.port) },
    });
  let server = await start();
  const session = (person: number): Promise<string> =>
    cookiesAfter(`http://127.0.0.1:${server.port}/sign-in`, {
      headers: { "Sec-Fetch-Site": "same-origin" },
      body: new URLSearchParams({ identifier: emailOf(person), password, return_to: "/me" }),
    });
  return {
    place,
    get server() {
      return server;
    },
    signIn: (person, number) =>
      form("/sign-in", number, { identifier: emailOf(person), password, return_to: "/me" }),
    signInAgain: (person, number, browser) =>
      form("/sign-in", number, { identifier: emailOf(person), password, return_to: "/me" }, browser),
    async knownBrowser(person) {
      const cookies = await session(person);
      return cookies.split("; ").find((cookie) => cookie.startsWith("device=")) ?? "";
    },
    askForRecovery: (email, number) => form("/recovery", number, { identifier: email }),
    checkSession: (cookies) => requestText("GET /me/session", { Cookie: cookies }),
    page: (path, cookies) => requestText(`GET ${path}`, { Cookie: cookies }),
    asking: (person, number) =>
      cookiesAfter(`http://127.0.0.1:${server.port}/recovery`, {
        headers: heads(number),
        body: new URLSearchParams({ identifier: emailOf(person) }),
      }),
    typeCode: (code, cookies, number) => form("/recovery/code", number, { code }, cookies),
    session,
    async restart() {
      await server.stop();
      server = await start();
    },
    async stop() {
      await server.stop();
      sink.stop();
      removeFolder(place.dataDir);
    },
  };
}

/** What a browser behind the proxy sends along; each number is another client. */
function heads(number: number): Record<string, string> {
  return { "Sec-Fetch-Site": "same-origin", "X-Forwarded-For": addressOf(number) };
}

function form(path: string, number: number, fields: Record<string, string>, cookies?: string): string {
  const headers = { ...heads(number), ...(cookies !== undefined && { Cookie: cookies }) };
  return requestText(`POST ${path}`, headers, { type: "form", fields });
}

/** A sample: what a bench puts into the database has to open there, and nothing here is worth a secret. */
export const secretKey = "YmVuY2gga2V5LCBub3QgYSBzZWNyZXQsIDAxMjM0NTY3ODk";

export async function startBetterAuth({ cores, people }: Start): Promise<Contender> {
  const folder = newFolder();
  const server = await startServer(join(bench, "peers/better-auth.ts"), {
    cores,
    firstPath: "/api/auth/ok",
    environment: { DATA_DIR: folder, PEOPLE: String(people), PASSWORD_HASH: await hashOfPassword() },
  });
  const origin = `http://localhost:${server.port}`;
  const post = (path: string, fields: Record<string, string>): string =>
    requestText(`POST /api/auth${path}`, { Origin: origin }, { type: "json", fields });
  return {
    server,
    signIn: (person) => post("/sign-in/email", { email: emailOf(person), password }),
    askForRecovery: (email) => post("/request-password-reset", { email }),
    checkSession: (cookies) => requestText("GET /api/auth/get-session", { Cookie: cookies }),
    session: (person) =>
      cookiesAfter(`http://127.0.0.1:${server.port}/api/auth/sign-in/email`, {
        headers: { Origin: origin, "Content-Type": "application/json" },
        body: JSON.stringify({ email: emailOf(person), password }),
      }),
    async stop() {
      await server.stop();
      removeFolder(folder);
    },
  };
}

/** Takes every letter. On the client's core: the recipient's server is not ours. */
async function startSink(): Promise<{ port: number; stop(): void }> {
  const port = await freePort();
  const child = startChild(join(bench, "rig/smtp-sink.ts"), {
    cores: "client",
    environment: { PORT: String(port) },
  });
  await once(child, "message");
  return { port, stop: () => void child.kill("SIGKILL") };
}

/** node:http with a constant answer. */
export function startBareHttp(cores: Cores): Promise<Server> {
  return startServer(join(bench, "peers/bare-http.ts"), { cores, firstPath: "/", environment: {} });
}

async function cookiesAfter(url: string, request: RequestInit): Promise<string> {
  const answer = await fetch(url, { ...request, method: "POST", redirect: "manual" });
  if (answer.status >= 400) throw new Error(`${url} was answered with ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";", 1)[0])
    .join("; ");
}

export function newFolder(): string {
  mkdirSync(dataFolder, { recursive: true });
  return mkdtempSync(join(dataFolder, "run-"));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
