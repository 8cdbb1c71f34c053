/** The kinds of people and installations that a whole way is walked for, and how it is walked. */
import assert from "node:assert/strict";
import { after, before, type TestContext } from "node:test";
import type { Settings } from "../../src/settings.ts";
import { type DatabaseKind, databases, openWorld, type World } from "../world.ts";
import { behindProxy } from "./stage.ts";

export interface Variant {
  style: Settings["recoveryStyle"];
  language: "ru" | "en";
  scripts: boolean;
  database: DatabaseKind;
}

export interface Step<Walk> {
  promise: string;
  walk(walk: Walk): Promise<void>;
}

const embedded: Variant[] = (["passport", "control-string"] as const).flatMap((style) =>
  (["ru", "en"] as const).flatMap((language) =>
    [true, false].map((scripts): Variant => ({ style, language, scripts, database: "SQLite" })),
  ),
);
const onPostgres: Variant[] = embedded
  .filter(({ language, scripts }) => language === "ru" && scripts)
  .map((variant) => ({ ...variant, database: "PostgreSQL" }));

/** Everybody on the embedded database, the main ones on PostgreSQL where there is one. */
export const variants: readonly Variant[] = [
  ...embedded,
  ...(databases.includes("PostgreSQL") ? onPostgres : []),
];

/** For the title of a walk. */
export function named({ style, language, scripts, database }: Variant): string {
  return `${style}, ${language}, scripts ${scripts ? "on" : "off"}, ${database}`;
}

/** One world per style and database, open while the tests of the calling file run. */
export function openWorlds(): (variant: Variant) => World {
  const worlds = new Map<string, World>();
  const nameOf = ({ style, database }: Variant) => `${style} ${database}`;
  before(async () => {
    for (const variant of variants) {
      const { style, database } = variant;
      if (worlds.has(nameOf(variant))) continue;
      const settings = { ...behindProxy, RECOVERY_STYLE: style };
      worlds.set(nameOf(variant), await openWorld({ database, settings }));
    }
  });
  after(async () => {
    for (const world of worlds.values()) await world.close();
  });
  return (variant) => {
    const world = worlds.get(nameOf(variant));
    assert.ok(world);
    return world;
  };
}

/** Each step is a test of its own; after the first that fails, the rest of the way is closed. */
export async function walkAll<Walk>(t: TestContext, steps: readonly Step<Walk>[], walk: Walk): Promise<void> {
  for (const step of steps) {
    let arrived = false;
    await t.test(step.promise, async () => {
      await step.walk(walk);
      arrived = true;
    });
    if (!arrived) return;
  }
}
