import { parseSync } from "oxc-parser";

/** One parsed file. `path` is relative to the project, with slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly program: Node;
  readonly isTest: boolean;
  /** Line of an offset, counted from 1. */
  lineAt(offset: number): number;
}

export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

/** A node of the syntax tree (ESTree with TypeScript's additions), read without trusting its shape. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** Throws when the text is not TypeScript. */
export function parseSource(path: string, text: string): Source {
  const parsed = parseSync(path, text);
  const error = parsed.errors[0];
  if (error) throw new Error(`${path}: ${error.message}`);
  if (!isNode(parsed.program)) throw new Error(`${path}: the parser gave no program`);
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  return {
    path,
    text,
    program: parsed.program,
    isTest: path.endsWith(".test.ts") || path.startsWith("test/"),
    lineAt: (offset) => lineStarts.findLastIndex((start) => start <= offset) + 1,
  };
}

/** Every node of the tree, parents before children. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* nodesOf(child);
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** A child node by its field, if the field holds one. */
export function child(node: Node, field: string): Node | undefined {
  const value = node[field];
  return isNode(value) ? value : undefined;
}

/** The child nodes of a field that holds a list. */
export function children(node: Node, field: string): Node[] {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** `now` for an identifier, `clock.now` for a member; undefined when it is not a plain dotted name. */
export function dottedName(node: Node | undefined): string | undefined {
  if (node?.type === "Identifier" && typeof node.name === "string") return node.name;
  if (node?.type !== "MemberExpression" || node.computed === true) return undefined;
  const object = dottedName(child(node, "object"));
  const property = dottedName(child(node, "property"));
  return object === undefined || property === undefined ? undefined : `${object}.${property}`;
}

/** The value of a string literal. */
export function stringValue(node: Node | undefined): string | undefined {
  return node?.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
}

export interface Piece {
  readonly start: number;
  readonly text: string;
}

/** The literal pieces of a tagged template, between its expressions, as they are written. */
export function piecesOf(template: Node): Piece[] {
  const quasi = child(template, "quasi");
  return (quasi ? children(quasi, "quasis") : []).map(({ start, value }) => ({
    start: start + 1,
    text: typeof value === "object" && value !== null && "raw" in value ? String(value.raw) : "",
  }));
}

export interface Import {
  readonly from: string;
  readonly start: number;
}

/** Everything that the file imports or re-exports, with the literal ones of `import()`; types included. */
export function importsOf(source: Source): Import[] {
  const kinds = ["ImportDeclaration", "ExportNamedDeclaration", "ExportAllDeclaration", "ImportExpression"];
  return [...nodesOf(source.program)].flatMap((node) => {
    const from = kinds.includes(node.type) ? stringValue(child(node, "source")) : undefined;
    return from === undefined ? [] : [{ from, start: node.start }];
  });
}
