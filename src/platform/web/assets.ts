/**
 * Styles, scripts and the font of `client/`, made ready once at start: imports joined into one file, types
 * removed, and named by their content, so that a browser asks for each version once.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { acceptsEncoding } from "./encodings.ts";

export interface Assets {
  /**
   * The address of the current version of "page.css". Throws for a name that does not exist: a mistake in
   * the source.
   */
  url(name: string): string;
  /** The answer for a path below /assets/, or undefined when the path is somebody else's. */
  respond(path: string, acceptEncoding: string | undefined): AssetAnswer | undefined;
}

export interface AssetAnswer {
  readonly status: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

interface Asset {
  readonly type: string;
  readonly plain: Uint8Array<ArrayBuffer>;
  /** The best first. */
  readonly encoded: ReadonlyArray<readonly [encoding: "br" | "gzip", body: () => Uint8Array<ArrayBuffer>]>;
}

/** What pages ask for; everything else in `client/` is imported by one of these. */
const entries = [
  "golos-text.woff2",
  "services.svg",
  "page.css",
  "console.css",
  "groups.css",
  "charts.css",
  "desk.css",
  "import.css",
  "services.css",
] as const;
const scriptEntries = ["app.ts", "import.ts"] as const;

const clientFolder = new URL("../../../client/", import.meta.url);

/** Reads and prepares all assets; about 0.1 s, once per process. */
export function loadAssets(folder: URL = clientFolder): Assets {
  const urls = new Map<string, string>();
  const byPath = new Map<string, Asset>();
  const put = (name: string, asset: Asset): void => {
    const hash = createHash("sha256").update(asset.plain).digest("hex").slice(0, 8);
    const path = `/assets/${name.replace(".", `.${hash}.`)}`;
    urls.set(name, path);
    byPath.set(path, asset);
  };
  for (const entry of entries) {
    if (entry.endsWith(".css")) put(entry, text("text/css", style(folder, entry, urls)));
    else if (entry.endsWith(".svg"))
      put(entry, text("image/svg+xml", readFileSync(new URL(entry, folder), "utf8")));
    else
      put(entry, {
        type: "font/woff2",
        plain: new Uint8Array(readFileSync(new URL(entry, folder))),
        encoded: [],
      });
  }
  const sources = scriptEntries.map((entry) => scriptSource(folder, entry));
  for (const [index, plain] of withoutTypes(sources).entries())
    put(scriptEntries[index]?.replace(".ts", ".js") ?? "", text("text/javascript", tidied(plain)));
  return {
    url(name) {
      const url = urls.get(name);
      if (!url) throw new Error(`no asset is called ${name}`);
      return url;
    },
    respond(path, acceptEncoding) {
      if (!path.startsWith("/assets/")) return undefined;
      const asset = byPath.get(path);
      return asset ? found(asset, acceptEncoding) : missing;
    },
  };
}

const always = { "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin" };

const missing: AssetAnswer = {
  status: 404,
  headers: { ...always, "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  body: new TextEncoder().encode("Not found\n"),
};

function found(asset: Asset, acceptEncoding: string | undefined): AssetAnswer {
  const [encoding, encoded] = asset.encoded.find(([name]) => acceptsEncoding(acceptEncoding, name)) ?? [];
  const body = encoded?.() ?? asset.plain;
  return {
    status: 200,
    headers: {
      ...always,
      "Content-Type": asset.type,
      "Cache-Control": "public, max-age=31536000, immutable",
      "Content-Length": String(body.byteLength),
      ...(asset.encoded.length > 0 && { Vary: "Accept-Encoding" }),
      ...(encoding && { "Content-Encoding": encoding }),
    },
    body,
  };
}

function text(type: string, content: string): Asset {
  const plain = new TextEncoder().encode(content);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  return {
    type: `${type}; charset=utf-8`,
    plain,
    encoded: [
      ["br", once(() => new Uint8Array(brotliCompressSync(plain, quality)))],
      ["gzip", once(() => new Uint8Array(gzipSync(plain, { level: 9 })))],
    ],
  };
}

/** Made for the first who asks, in a few milliseconds; all of them at once would delay every start. */
function once<Made extends object>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

/**
 * One style sheet with its `@import "./x.css";` lines filled in and `url("x")` pointing at versioned names.
 */
function style(folder: URL, entry: string, urls: ReadonlyMap<string, string>): string {
  return joined(folder, entry, /^@import "\.\/(.+)";$/)
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,]) ?/g, "$1")
    .replaceAll(";}", "}")
    .replace(/url\("([^"/:]+)"\)/g, (_, name: string) => `url("${urls.get(name) ?? name}")`)
    .trim();
}

/**
 * One script: the files that it imports stand before it in the same scope, so a name may be used once in
 * `client/`.
 */
function scriptSource(folder: URL, entry: string): string {
  return joined(folder, entry, /^import (?:\{[^}]*\} from )?"\.\/(.+)";$/).replace(/^export /gm, "");
}

/**
 * Whole lines of comment and indentation go, which is why a client script has no template text over several
 * lines.
 */
function tidied(script: string): string {
  return script
    .replace(/^\s*\/\*[\s\S]*?\*\/\s*$/gm, "")
    .replace(/^\s*(\/\/.*)?\n/gm, "")
    .replace(/^\s+|[ \t]+$/gm, "");
}

/** The text of a file after the text of the files that it imports, each of them once. */
function joined(folder: URL, entry: string, importLine: RegExp, seen: Set<string> = new Set()): string {
  seen.add(entry);
  const lines = readFileSync(new URL(entry, folder), "utf8").split("\n");
  const parts = lines.map((line) => {
    const name = importLine.exec(line)?.[1];
    if (!name) return line;
    return seen.has(name) ? "" : joined(folder, name, importLine, seen);
  });
  return parts.join("\n");
}

/**
 * Node's own type stripping, in one process that ends again: its parser would stay in this one's memory, and
 * its notice of being experimental would greet everyone at every start.
 */
function withoutTypes(sources: readonly string[]): string[] {
  const stripper = fileURLToPath(new URL("strip-types.mjs", import.meta.url));
  const given = { input: JSON.stringify(sources), encoding: "utf8" } as const;
  return JSON.parse(execFileSync(process.execPath, ["--no-warnings", stripper], given));
}
