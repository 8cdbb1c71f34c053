import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { loadAssets } from "./assets.ts";

const assets = loadAssets();
const text = (name: string) =>
  new TextDecoder().decode(assets.respond(assets.url(name), undefined)?.body ?? new Uint8Array());

test("an address carries the hash of the content and is kept for a year", () => {
  assert.match(assets.url("page.css"), /^\/assets\/page\.[0-9a-f]{8}\.css$/);
  const answer = assets.respond(assets.url("page.css"), undefined);
  assert.equal(answer?.status, 200);
  assert.equal(answer.headers["Cache-Control"], "public, max-age=31536000, immutable");
  assert.equal(answer.headers["Content-Type"], "text/css; charset=utf-8");
  assert.equal(answer.headers["X-Content-Type-Options"], "nosniff");
});

test("an old or made-up address below /assets/ is a real 404, and another path is left to others", () => {
  assert.equal(assets.respond("/assets/page.00000000.css", "br")?.status, 404);
  assert.equal(assets.respond("/assets/../package.json", "br")?.status, 404);
  assert.equal(assets.respond("/sign-in", "br"), undefined);
  assert.throws(() => assets.url("nowhere.css"), /nowhere\.css/);
});

test("the browser's best encoding is used, and none that it refuses", () => {
  const encodingFor = (header: string | undefined) =>
    assets.respond(assets.url("app.js"), header)?.headers["Content-Encoding"];
  assert.equal(encodingFor("gzip, deflate, br, zstd"), "br");
  assert.equal(encodingFor("gzip, br;q=0"), "gzip");
  assert.equal(encodingFor("identity"), undefined);
  assert.equal(encodingFor(undefined), undefined);
  const plain = text("app.js");
  const packed = (header: string) => assets.respond(assets.url("app.js"), header)?.body ?? new Uint8Array();
  assert.equal(brotliDecompressSync(packed("br")).toString(), plain);
  assert.equal(gunzipSync(packed("gzip")).toString(), plain);
});

test("the script is one piece of valid JavaScript without types, imports and comments", async () => {
  const script = text("app.js");
  assert.doesNotMatch(script, /^\s*(import|export)\b|^\s*(\/\/|\/\*)|: HTMLElement/m);
  assert.match(script, /function helpWithPassword\(/);
  // A module that cannot be parsed says SyntaxError; one that runs without a browser misses `document`.
  await assert.rejects(import(`data:text/javascript,${encodeURIComponent(script)}`), ReferenceError);
});

test("the style sheet has its imports filled in and names the font's current version", () => {
  const style = text("page.css");
  assert.doesNotMatch(style, /@import|\/\*/);
  assert.match(style, /--accent:\s?#0f5f6f/);
  assert.ok(style.includes(`url("${assets.url("golos-text.woff2")}")`));
});

test("style, script and font together stay below 26 KB on the wire, which leaves 4 KB for the page", () => {
  const size = ["page.css", "app.js", "golos-text.woff2"]
    .map((name) => assets.respond(assets.url(name), "br")?.body.byteLength ?? 0)
    .reduce((sum, one) => sum + one, 0);
  assert.ok(size < 26 * 1024, `${size} bytes`);
});

test("each script of the browser stays readable at a glance: 80 lines at most", () => {
  for (const line of readFileSync(new URL("../../../client/app.ts", import.meta.url), "utf8").split("\n")) {
    const name = /^import "(.+)";$/.exec(line)?.[1];
    if (!name) continue;
    const script = readFileSync(new URL(`../../../client/${name}`, import.meta.url), "utf8");
    assert.ok(script.split("\n").length <= 81, name);
  }
});
