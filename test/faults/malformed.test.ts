/** Traffic that no browser would send: the process stays, and slow clients are cut off. */
import assert from "node:assert/strict";
import { randomBytes, randomInt } from "node:crypto";
import { connect } from "node:net";
import { test } from "node:test";
import { firstPassword, install, rounds } from "./installation.ts";
import type { ServiceProcess } from "./service-process.ts";
import { Visitor } from "./visitor.ts";

const AT_ONCE = 25;
/** What the server gives a client for its headers. */
const HEADERS_WITHIN_MS = 10_000;

test("thousands of malformed requests end neither the process nor anybody's session", async (t) => {
  const installation = await install({ database: "SQLite" });
  t.after(() => installation.close());
  const [person] = await installation.addPeople(1);
  const service = await installation.start();
  const guest = new Visitor();
  await guest.submit(service.origin, "/sign-in", {
    identifier: person?.login ?? "",
    password: firstPassword,
  });

  const count = rounds(3_000, 100_000);
  const statuses = new Map<string, number>();
  const lane = async () => {
    for (let sent = 0; sent < count / AT_ONCE; sent += 1) {
      const status = await throwAt(service, anyRequest());
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  t.diagnostic(
    `requests ${count}: ${[...statuses].map(([status, times]) => `${status} × ${times}`).join(", ")}`,
  );
  const [fault = ""] = /.*"event":"fault".*/.exec(service.said()) ?? [];
  assert.equal(statuses.get("500"), undefined, fault);
  assert.equal((await guest.visit(service.origin, "/me")).status, 200);
  assert.deepEqual(await service.stop(), { code: 0, signal: null });
});

test("R20: an exception that nobody caught is logged, and the service goes on", async (t) => {
  const installation = await install({ database: "SQLite" });
  t.after(() => installation.close());
  const accident = encodeURIComponent('process.on("SIGUSR2",()=>{throw new Error("accident")})');
  const service = await installation.start({ NODE_OPTIONS: `--import data:text/javascript,${accident}` });
  service.signal("SIGUSR2");
  await service.until(/"event":"uncaught".*accident/);
  assert.equal((await new Visitor().visit(service.origin, "/sign-in")).status, 200);
  assert.deepEqual(await service.stop(), { code: 0, signal: null });
});

test("a client that sends its headers by the drop is cut off, others are served meanwhile", async (t) => {
  const installation = await install({ database: "SQLite" });
  t.after(() => installation.close());
  const service = await installation.start();
  const slow = [
    "",
    "GET /sign-in HTTP/1.1\r\n",
    "GET /sign-in HTTP/1.1\r\nHost: a\r\nX-Slow: ",
    "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n",
  ].map((start) => drip(service, start));
  assert.equal((await new Visitor().visit(service.origin, "/sign-in")).status, 200);
  for (const lasted of await Promise.all(slow)) {
    assert.ok(lasted < 2 * HEADERS_WITHIN_MS, `a slow client was borne for ${lasted} ms`);
  }
});

/** A request as a browser's, of which now and then one part is something else. */
function anyRequest(): Buffer {
  const method = rarely(
    ["HEAD", "PUT", "OPTIONS", "TRACE", "CONNECT", "НЕТ", ""],
    pick(["GET", "POST", "POST"]),
  );
  const body = anyBody();
  const length = rarely(["0", "-1", "99999999999", "1e3", "100"], String(body.length));
  const version = rarely(["HTTP/1.0", "HTTP/2.0", "HTTP/9", ""], "HTTP/1.1");
  const lines = [
    `${method} ${anyPath()} ${version}`,
    rarely([`Host: ${anyText(30)}`, "Host: a\r\nHost: b", "X: no host"], "Host: a"),
    rarely([`X-Forwarded-For: ${anyText(40)}`], `X-Forwarded-For: 10.0.${randomInt(256)}.${randomInt(256)}`),
    rarely(["Sec-Fetch-Site: cross-site", `Origin: ${anyText(20)}`], "Sec-Fetch-Site: same-origin"),
    rarely(oddTypes, "Content-Type: application/x-www-form-urlencoded"),
    ...Array.from({ length: randomInt(3) }, anyHeader),
    `Content-Length: ${length}`,
    "Connection: close",
  ];
  return Buffer.concat([Buffer.from(`${lines.join(rarely(["\n"], "\r\n"))}\r\n\r\n`), body]);
}

const oddTypes = ["multipart/form-data", "application/json", "text/plain; charset=koi8-r", ";;;"].map(
  (type) => `Content-Type: ${type}`,
);
const paths = `
  / /sign-in /sign-out /recovery /recovery/sent /recovery/link /recovery/password /recovery/code
  /recovery/string /recovery/again /recovery/renew /recovery/login /setup /me /help /health/ready
  /assets/x // /% /%ff%00`
  .trim()
  .split(/\s+/);

function anyPath(): string {
  const page = rarely(["*", "http://a/", "http://[::1", "/../../etc/passwd", anyText(20)], pick(paths));
  const name = pick(["key", "lang", "theme", "return_to", "login", "string", "identifier", "__proto__"]);
  const value = anyText(60);
  const query = pick(["", `?${name}=${rarely([value], encodeURIComponent(value))}`, "?%", "?a&a=&=&&"]);
  return page + query;
}

function anyHeader(): string {
  return pick([
    `Cookie: sid=${anyText(43)}; flow=${anyText(60)}; visit=${anyText(43)}; remember=${anyText(43)}`,
    `Cookie: ${anyText(200)}`,
    "Expect: 100-continue",
    "Upgrade: websocket\r\nConnection: Upgrade",
    `User-Agent: ${anyText(2_000)}`,
    `Accept-Language: ${anyText(50)}`,
    `Accept-Encoding: ${pick(["br", "gzip", "*;q=0", anyText(20)])}`,
    rarely(
      [`X-Large: ${"x".repeat(randomInt(40_000))}`, `${anyText(8)}: ${anyText(8)}`, "Transfer-Encoding: a"],
      "Accept: */*",
    ),
  ]);
}

function anyBody(): Buffer {
  const field = () =>
    `${pick(["identifier", "password", "code", "key", "login", "a[]", "__proto__"])}=${anyText(30)}`;
  return pick([
    Buffer.alloc(0),
    Buffer.from(field()),
    Buffer.from(Array.from({ length: randomInt(100) }, field).join("&")),
    Buffer.from("identifier=a&identifier=b"),
    Buffer.from("identifier=%00&password=%FF"),
    randomBytes(randomInt(2_000)),
    Buffer.alloc(70_000, "a"),
    Buffer.from('{"identifier":{"$ne":null}}'),
    Buffer.from("5\r\nhello\r\nzz\r\n"),
  ]);
}

/** Letters mostly; now and then bytes that belong nowhere. */
function anyText(longest: number): string {
  const length = randomInt(longest) + 1;
  const kind = randomInt(4);
  if (kind === 0)
    return randomBytes(length)
      .toString("latin1")
      .replaceAll(/[\r\n]/g, "");
  if (kind === 1)
    return pick(["%00", "%E0%A4%A", "'--", "\u202e", "<script>", "..%2f"]).repeat(Math.ceil(length / 8));
  return randomBytes(length).toString("base64url").slice(0, length);
}

/** Sends it in one or two pieces, half of the time closing its own side, and gives the status. */
function throwAt(service: ServiceProcess, request: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(service.origin).port), "127.0.0.1");
    let answer = "";
    const half = randomInt(3) === 0 ? randomInt(request.length) : request.length;
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? "no answer"));
    // A request that is not whole would wait for the rest; this client leaves after its answer or a moment.
    socket.setTimeout(randomInt(50, 300), () => socket.destroy());
    socket.write(request.subarray(0, half));
    if (half < request.length && randomInt(2) === 0) socket.write(request.subarray(half));
    if (randomInt(2) === 0) socket.end();
  });
}

/** One byte a second for ever; resolves to the milliseconds after which the server had enough. */
function drip(service: ServiceProcess, start: string): Promise<number> {
  return new Promise((resolve) => {
    const began = performance.now();
    const socket = connect(Number(new URL(service.origin).port), "127.0.0.1", () => socket.write(start));
    const drops = setInterval(() => socket.write("a"), 1_000);
    socket.on("error", () => {});
    socket.resume();
    socket.on("close", () => {
      clearInterval(drops);
      resolve(performance.now() - began);
    });
  });
}

function rarely<T>(oddities: readonly T[], usual: T): T {
  return randomInt(8) === 0 ? pick(oddities) : usual;
}

function pick<T>(choices: readonly T[]): T {
  return choices[randomInt(choices.length)] as T;
}
