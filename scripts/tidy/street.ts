/**
 * The street: every folder of `src/` in order, the highest house first. A folder imports only what stands on
 * a later line; neighbours on one line never import each other. A new house gets its line here.
 */
export const street: readonly (readonly string[])[] = [
  ["main", "cli"],
  ["start", "terminal"],
  ["app"],
  ["admin"],
  ["support"],
  ["setup", "recovery", "veto", "profile", "social", "portals", "directory", "imports", "help", "health"],
  ["invitations"],
  ["sign-in"],
  ["second-factors"],
  ["contacts"],
  ["identities"],
  ["passwords"],
  ["sessions"],
  ["notifications"],
  ["proofs"],
  ["policies"],
  ["accounts"],
  ["delivery"],
  ["intake"],
  ["portal-registry"],
  ["figures"],
  ["audit"],
  ["platform/pictures"],
  ["platform/web"],
  ["platform/places"],
  ["platform/language"],
  ["platform/throttle"],
  ["platform/store"],
  ["platform/secrets"],
  ["platform/clock"],
  ["settings"],
  ["social-settings", "intake-settings", "desk-settings", "portal-settings"],
  ["setting-values", "needs-node"],
];

/** The line on which a house stands, counted from the top; undefined when it is not on the street. */
export function lineOf(house: string): number | undefined {
  const line = street.findIndex((houses) => houses.includes(house));
  return line === -1 ? undefined : line;
}

/**
 * The house of a source: `src/recovery/rows.ts` -> `recovery`, `src/platform/web/fields.ts` ->
 * `platform/web`, `src/app.ts` -> `app`. Undefined for anything outside of `src/`.
 */
export function houseOf(path: string): string | undefined {
  const [root, first, second] = path.split("/");
  if (root !== "src" || first === undefined) return undefined;
  return withoutExtension(first === "platform" && second !== undefined ? `${first}/${second}` : first);
}

/** `rows.ts` -> `rows`, `rows.test.ts` -> `rows`. */
export function withoutExtension(name: string): string {
  return name.replace(/(\.test)?\.[cm]?[jt]s$/, "");
}
