/** Where SQL may stand, and which folder may touch which table. */
import { basename } from "node:path/posix";
import {
  child,
  children,
  dottedName,
  type Finding,
  type Node,
  nodesOf,
  piecesOf,
  type Source,
  stringValue,
} from "./source.ts";
import { houseOf } from "./street.ts";

export interface TableRights {
  /** The one house that changes the table. */
  readonly owner: string;
  /** Houses that may read it beside their own rows, because one statement has to decide. */
  readonly readers: readonly string[];
}

const changes = ["insertInto", "updateTable", "deleteFrom", "mergeInto"];
const reads = ["selectFrom", "innerJoin", "leftJoin", "rightJoin", "fullJoin", "crossJoin", "using", "from"];
const statements = [...changes, "selectFrom"];
const tableInText = /\b(?:from|join|into|update|table)\s+"?([a-z_]+)/gi;

/** Reads the rights from the docstrings of tables.ts: «Owner: accounts/. Read by proofs/, sessions/.» */
export function readRights(tablesText: string): ReadonlyMap<string, TableRights> {
  const rightsOfType = new Map<string, TableRights>();
  const parts = tablesText.split(/^export interface /m);
  parts.slice(1).forEach((part, index) => {
    const before = parts[index] ?? "";
    const doc = before.slice(before.lastIndexOf("/**"));
    const owner = /Owner: ([a-z/-]+?)\/?\./.exec(doc)?.[1];
    const readers = /Read by ([a-z/, -]+?)\/?\./.exec(doc)?.[1]?.split(/\/?, /) ?? [];
    if (owner !== undefined) rightsOfType.set(part.split(" ", 1)[0] ?? "", { owner, readers });
  });
  const rights = new Map<string, TableRights>();
  for (const [, table = "", type = ""] of tablesText.matchAll(/^ {2}(\w+): (\w+Table);/gm)) {
    const found = rightsOfType.get(type);
    if (!found) throw new Error(`tables.ts: ${type} names no owner («Owner: house/.»)`);
    rights.set(table, found);
  }
  return rights;
}

/** Tests may read the rows that they check; drivers and migrations in platform/store serve every table. */
export function checkSql(source: Source, rights: ReadonlyMap<string, TableRights>): Finding[] {
  const house = houseOf(source.path);
  if (house === undefined || house === "platform/store" || source.isTest) return [];
  const isRows = basename(source.path) === "rows.ts";
  return [...nodesOf(source.program)].flatMap((node) => {
    const line = source.lineAt(node.start);
    if (!isRows) {
      const message = "SQL stands in rows.ts and platform/store only";
      return isStatement(node) ? [{ path: source.path, line, rule: "sql", message }] : [];
    }
    return usesOf(node).flatMap(({ table, changing }) => {
      const right = rights.get(table);
      if (!right || right.owner === house || (!changing && right.readers.includes(house))) return [];
      const message = `${table} belongs to ${right.owner}: ask its door, or name the reader in tables.ts`;
      return [{ path: source.path, line, rule: "tables", message }];
    });
  });
}

function isStatement(node: Node): boolean {
  return isSqlText(node) || statements.includes(methodOf(node) ?? "");
}

/** sql`…`, sql<T>`…` and sql.raw(…). */
function isSqlText(node: Node): boolean {
  if (node.type === "TaggedTemplateExpression") return dottedName(child(node, "tag")) === "sql";
  return node.type === "CallExpression" && (dottedName(child(node, "callee"))?.startsWith("sql.") ?? false);
}

function methodOf(node: Node): string | undefined {
  const callee = node.type === "CallExpression" ? child(node, "callee") : undefined;
  return callee?.type === "MemberExpression" ? dottedName(child(callee, "property")) : undefined;
}

/** The tables that one call or piece of SQL text names; text counts as changing, since it may do anything. */
function usesOf(node: Node): { table: string; changing: boolean }[] {
  if (node.type === "TaggedTemplateExpression" && isSqlText(node)) {
    const text = piecesOf(node).map((piece) => piece.text);
    return [...text.join(" ? ").matchAll(tableInText)].map(([, table = ""]) => ({ table, changing: true }));
  }
  const method = methodOf(node);
  if (method === undefined || ![...changes, ...reads].includes(method)) return [];
  const first = children(node, "arguments")[0];
  const names = first?.type === "ArrayExpression" ? children(first, "elements") : first ? [first] : [];
  const changing = changes.includes(method);
  return names.flatMap((name) => ({ table: stringValue(name)?.split(" ")[0] ?? "", changing }));
}
