/** The small habits of one file: state, time, output, switches, tests that run. */
import { child, children, dottedName, type Finding, type Node, nodesOf, type Source } from "./source.ts";
import { houseOf } from "./street.ts";

export function checkHabits(source: Source): Finding[] {
  const nodes = [...nodesOf(source.program)];
  return [
    ...findAll(source, "state", moduleState(source)),
    ...findAll(source, "time", readings(source, nodes)),
    ...findAll(source, "console", prints(source, nodes)),
    ...findAll(source, "outcomes", defaults(nodes)),
    ...findAll(source, "tests", leftOut(source, nodes)),
  ];
}

const messages = {
  state: "no module-level state: main.ts builds what lives, and hands it on in `tools`",
  time: "only platform/clock.ts reads the time: take it from tools.clock",
  console: "only the entry points and scripts print; the rest uses the log",
  outcomes: "a switch over `kind` has no default, so that a new outcome does not compile until it is handled",
  tests: "no test is skipped, left to do, or run alone",
} as const;

function findAll(source: Source, rule: keyof typeof messages, nodes: readonly Node[]): Finding[] {
  return nodes.map(({ start }) => ({
    path: source.path,
    line: source.lineAt(start),
    rule,
    message: messages[rule],
  }));
}

/** `let` and `var`, and collections that are born empty: at module level they are there to be filled. */
function moduleState(source: Source): Node[] {
  const isProduct = source.path.startsWith("src/") || source.path.startsWith("client/");
  if (!isProduct || source.isTest) return [];
  return children(source.program, "body")
    .map((node) => (node.type === "ExportNamedDeclaration" ? child(node, "declaration") : node))
    .filter((node) => node?.type === "VariableDeclaration")
    .flatMap((node) => (node ? children(node, "declarations").filter((each) => isState(node, each)) : []));
}

function isState(declaration: Node, declarator: Node): boolean {
  if (declaration.kind === "let" || declaration.kind === "var") return true;
  const value = child(declarator, "init");
  if (value?.type === "ArrayExpression") return children(value, "elements").length === 0;
  if (value?.type === "ObjectExpression") return children(value, "properties").length === 0;
  const isCollection = ["Map", "Set"].includes(dottedName(value && child(value, "callee")) ?? "");
  return value?.type === "NewExpression" && isCollection && children(value, "arguments").length === 0;
}

function readings(source: Source, nodes: readonly Node[]): Node[] {
  if (!source.path.startsWith("src/") || source.isTest || houseOf(source.path) === "platform/clock")
    return [];
  return nodes.filter((node) => {
    const name = dottedName(child(node, "callee"));
    if (node.type === "NewExpression") return name === "Date" && children(node, "arguments").length === 0;
    return node.type === "CallExpression" && (name === "Date.now" || name?.startsWith("Temporal.Now."));
  });
}

function prints(source: Source, nodes: readonly Node[]): Node[] {
  const house = houseOf(source.path) ?? "";
  const isProduct = house !== "" || source.path.startsWith("client/");
  if (!isProduct || source.isTest || ["main", "cli", "terminal", "needs-node"].includes(house)) return [];
  return nodes.filter((node) => /^console\.\w+$/.test(dottedName(node) ?? ""));
}

function defaults(nodes: readonly Node[]): Node[] {
  return nodes
    .filter((node) => node.type === "SwitchStatement" && isKind(child(node, "discriminant")))
    .flatMap((node) => children(node, "cases"))
    .filter((each) => each.test === null);
}

function isKind(node: Node | undefined): boolean {
  const property = node?.type === "MemberExpression" ? child(node, "property") : undefined;
  return dottedName(property) === "kind";
}

function leftOut(source: Source, nodes: readonly Node[]): Node[] {
  if (!source.isTest) return [];
  return nodes.filter((node) => {
    if (node.type !== "CallExpression") return false;
    const name = dottedName(child(node, "callee")) ?? "";
    if (/^(test|it|describe|suite|t)\.(skip|todo|only)$/.test(name)) return true;
    return /^(test|it|describe|suite)$/.test(name) && children(node, "arguments").some(hasSkipOption);
  });
}

function hasSkipOption(node: Node): boolean {
  if (node.type !== "ObjectExpression") return false;
  return children(node, "properties").some((property) =>
    ["skip", "todo", "only"].includes(dottedName(child(property, "key")) ?? ""),
  );
}
