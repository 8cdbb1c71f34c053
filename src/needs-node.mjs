/**
 * What has to happen before anything else. Stops with one clear line when the Node that runs us is too old.
 * Plain JavaScript, because an old Node cannot read TypeScript: npm scripts load it with `--import`, and the
 * entry points import it first.
 */
import * as module from "node:module";

const needed = 26;
const major = Number(process.versions.node.split(".")[0]);

if (major < needed) {
  console.error(
    `Propusk needs Node ${needed} or newer; this is ${process.versions.node}. ` +
      "Run npm ci without --omit=optional: it brings the pinned Node for Linux. Elsewhere install Node 26.",
  );
  process.exit(1);
}

// From here on compiled code is kept between starts, that of the entry point itself included: the second
// start needs neither the time nor the 20 MiB of the parser that strips types.
module.enableCompileCache();
