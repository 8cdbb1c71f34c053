/**
 * Stops with one clear line when the Node that runs us is too old. Plain JavaScript, because an old Node
 * cannot read TypeScript: npm scripts load it with `--import`, and the entry points import it first.
 */
const needed = 26;
const major = Number(process.versions.node.split(".")[0]);

if (major < needed) {
  console.error(
    `Propusk needs Node ${needed} or newer; this is ${process.versions.node}. ` +
      "Run npm ci without --omit=optional: it brings the pinned Node for Linux. Elsewhere install Node 26.",
  );
  process.exit(1);
}
