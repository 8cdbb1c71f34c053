/** Who may import whom: the order of the street, the doors of its houses, and the few places of HTTP. */
import { basename, dirname, join } from "node:path/posix";
import { type Finding, type Import, importsOf, type Source } from "./source.ts";
import { houseOf, lineOf, withoutExtension } from "./street.ts";

const httpRooms = ["routes", "pages", "messages", "guard"];

/** Tests stand outside of the street: they look into the rooms of their own house and into `test/`. */
export function checkImports(source: Source): Finding[] {
  const house = houseOf(source.path);
  if (house === undefined || source.isTest) return [];
  if (lineOf(house) === undefined) {
    return [
      found(source, 0, "street", `${house} is not on the street: give it a line in scripts/tidy/street.ts`),
    ];
  }
  return importsOf(source).flatMap((each) =>
    each.from.startsWith(".") ? checkOwn(source, house, each) : checkHttp(source, house, each),
  );
}

function checkOwn(source: Source, house: string, each: Import): Finding[] {
  const target = join(dirname(source.path), each.from);
  const other = houseOf(target);
  if (other === undefined) return [found(source, each.start, "street", `${target} is outside of src/`)];
  if (other === house || other === "needs-node") return [];
  const here = lineOf(house);
  const there = lineOf(other);
  if (here === undefined || there === undefined || there <= here) {
    return [
      found(source, each.start, "street", `${house} must not import ${other}: imports go down the street`),
    ];
  }
  if (isDoor(target, other, house)) return [];
  return [found(source, each.start, "doors", `enter ${other} by its door ${other}/${other}.ts or guard.ts`)];
}

function isDoor(target: string, house: string, visitor: string): boolean {
  if (house.startsWith("platform/") || target === `src/${house}.ts`) return true;
  const room = target.slice(`src/${house}/`.length, -".ts".length);
  return (
    room === house || room === "guard" || (visitor === "app" && (room === "routes" || room === "messages"))
  );
}

function checkHttp(source: Source, house: string, each: Import): Finding[] {
  const isServer = each.from.startsWith("@hono/");
  if (each.from !== "hono" && !each.from.startsWith("hono/") && !isServer) return [];
  if (house === "app" || house === "platform/web" || (house === "start" && isServer)) return [];
  if (!house.startsWith("platform/") && httpRooms.includes(withoutExtension(basename(source.path))))
    return [];
  const places = `app, platform/web and ${httpRooms.join(", ")}`;
  return [found(source, each.start, "hono", `only ${places} know HTTP, so ${each.from} stays out of here`)];
}

function found(source: Source, offset: number, rule: string, message: string): Finding {
  return { path: source.path, line: source.lineAt(offset), rule, message };
}
