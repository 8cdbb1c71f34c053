/**
 * Reads TypeScript on stdin and writes it without its types. A process of its own: the parser takes 20 MiB.
 */
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";

process.stdout.write(stripTypeScriptTypes(readFileSync(0, "utf8")));
