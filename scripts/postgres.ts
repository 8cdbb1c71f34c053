/** A throw-away PostgreSQL for tests: unix socket only, no fsync, gone when the process ends. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { atEnd } from "./at-end.ts";
import { findOnPath, installPackages } from "./packages.ts";
import { memory } from "./run-folder.ts";

export interface TestPostgres {
  /** The maintenance database of the server. */
  readonly url: string;
  /** Makes an empty database, or a copy of `template` (nobody may be connected to it). Gives its url. */
  createDatabase(name?: string, options?: { template?: string }): Promise<string>;
  /** Stops the server and removes its files; on a server that is not ours, drops the databases made here. */
  stop(): Promise<void>;
}

/** A server that nobody else uses. */
export interface OwnPostgres extends TestPostgres {
  /** Ends it at once, as a crash would. */
  halt(): Promise<void>;
  /** Starts it again on the same files. */
  resume(): Promise<void>;
}

const oldestVersion = 15;
/** Sockets have a path limit of about 107 bytes, and the server's user must be able to walk here. */
const shortFolder = () => process.env.TEST_FOLDER ?? "/tmp";
/** In memory, to copy files takes half the time of writing them through the log; on a disk, double. */
const copying = () => (shortFolder().startsWith(memory) ? "file_copy" : "wal_log");

/**
 * Starts a server, or joins the one of `TEST_DATABASE_URL`. Throws when no PostgreSQL of version 15 or newer
 * can be found or installed. `own: true` starts one in any case, for tests that stop it in mid-flow.
 */
export async function startPostgres(options: { own: true }): Promise<OwnPostgres>;
export async function startPostgres(): Promise<TestPostgres>;
export async function startPostgres(options: { own?: boolean } = {}): Promise<TestPostgres> {
  const given = process.env.TEST_DATABASE_URL;
  return given !== undefined && given !== "" && !options.own ? joinServer(given) : startServer();
}

async function startServer(): Promise<OwnPostgres> {
  const bin = findServer();
  const folder = mkdtempSync(join(shortFolder(), "propusk-pg-"));
  const user = serverUser();
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const removeFolder = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    execFileSync(
      join(bin, "initdb"),
      ["-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", "--locale=C.UTF-8"],
      { ...user, cwd: folder, stdio: ["ignore", "ignore", "pipe"] },
    );
    let server: ChildProcess | undefined;
    const start = async () => {
      server = spawn(join(bin, "postgres"), serverArguments(data, folder), {
        ...user,
        cwd: folder,
        stdio: ["ignore", "ignore", "pipe"],
        // Its own group, so that Ctrl-C reaches the tests first and they end before their database does.
        detached: true,
      });
      await untilReady(server);
    };
    const halt = async () => {
      if (server?.exitCode === null && server.kill("SIGQUIT")) await once(server, "exit");
    };
    const forget = atEnd(() => {
      server?.kill("SIGQUIT");
      waitUntilGone(join(data, "postmaster.pid"));
      removeFolder();
    });
    await start();
    return {
      ...serverAt(socketUrl(folder)),
      halt,
      resume: start,
      stop: async () => {
        forget();
        await halt();
        removeFolder();
      },
    };
  } catch (error) {
    removeFolder();
    throw error;
  }
}

/** Up to two seconds, without giving way: at the end of a process nothing asynchronous happens any more. */
function waitUntilGone(path: string): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let turn = 0; turn < 200 && existsSync(path); turn += 1) Atomics.wait(pause, 0, 0, 10);
}

/** A url for `pg` and `new URL()` alike: the host parameter outranks `localhost` and names the socket. */
function socketUrl(folder: string): string {
  return `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`;
}

function serverArguments(data: string, socketFolder: string): string[] {
  const settings = {
    listen_addresses: "",
    unix_socket_directories: socketFolder,
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    max_connections: "200",
    shared_buffers: "64MB",
  };
  return ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

async function untilReady(server: ChildProcess): Promise<void> {
  const said: string[] = [];
  if (!server.stderr) throw new Error("the server was started without stderr");
  for await (const line of createInterface({ input: server.stderr })) {
    if (line.includes("ready to accept connections")) {
      server.stderr.resume();
      return;
    }
    said.push(line);
  }
  throw new Error(`PostgreSQL did not start:\n${said.join("\n")}`);
}

/** The folder of the server's programs: PG_BIN, the newest of Debian, pg_config, or freshly installed. */
function findServer(): string {
  const found = process.env.PG_BIN ?? newestOfDebian() ?? folderOfPgConfig();
  if (found !== undefined) {
    if (existsSync(join(found, "initdb"))) return found;
    throw new Error(`There is no initdb in ${found}: set PG_BIN to the folder of the PostgreSQL programs.`);
  }
  const installed = installPackages("postgresql") ? newestOfDebian() : undefined;
  if (installed !== undefined) return installed;
  throw new Error(
    `The tests need PostgreSQL ${oldestVersion} or newer: install it (Debian: apt-get install postgresql), ` +
      "or name the folder of its programs in PG_BIN, or a server for the tests in TEST_DATABASE_URL.",
  );
}

function newestOfDebian(): string | undefined {
  const root = "/usr/lib/postgresql";
  if (!existsSync(root)) return undefined;
  const newest = Math.max(...readdirSync(root).map(Number).filter(Number.isInteger));
  const bin = join(root, String(newest), "bin");
  return newest >= oldestVersion && existsSync(join(bin, "initdb")) ? bin : undefined;
}

function folderOfPgConfig(): string | undefined {
  const program = findOnPath("pg_config");
  const folder = program && execFileSync(program, ["--bindir"], { encoding: "utf8" }).trim();
  return folder && existsSync(join(folder, "initdb")) ? folder : undefined;
}

/** PostgreSQL refuses to run as root: as root it runs as `postgres`, or as `nobody` where that is missing. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.");
}

function joinServer(url: string): TestPostgres {
  const made: string[] = [];
  const server = serverAt(url);
  return {
    ...server,
    createDatabase: async (name, options) => {
      const database = await server.createDatabase(name, options);
      made.push(new URL(database).pathname.slice(1));
      return database;
    },
    stop: async () => {
      for (const name of made.splice(0)) await run(url, `drop database if exists "${name}" with (force)`);
    },
  };
}

function serverAt(url: string): Pick<TestPostgres, "url" | "createDatabase"> {
  return {
    url,
    createDatabase: async (name = `test_${crypto.randomUUID().replaceAll("-", "")}`, { template } = {}) => {
      const how = `template "${template ?? "template0"}" strategy ${copying()}`;
      await run(url, `create database "${name}" ${how}`);
      const database = new URL(url);
      database.pathname = `/${name}`;
      return database.href;
    },
  };
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
