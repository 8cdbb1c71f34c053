/** The commands of `propusk`, each over the same operations that the pages use. */
import { approveFromTerminal } from "./cases.ts";
import { importFromTerminal } from "./imports.ts";
import { addFromTerminal, listPeople, recoverPerson, seed, showPerson } from "./people.ts";
import {
  addPortalFromTerminal,
  listPortals,
  rotateKeysFromTerminal,
  rotateSecretFromTerminal,
} from "./portals.ts";
import { type Options, withStore, withTools } from "./tools.ts";
import {
  printAuditVerdict,
  printMigrations,
  printReportAddresses,
  printSettings,
  printSetupLink,
} from "./upkeep.ts";

export { Refused, UsageMistake } from "./tools.ts";

interface Command {
  words: string[];
  operands: number;
  options: string[];
  usage: string;
  run(operands: string[], options: Options): Promise<void>;
}

const addOptions = ["login", "email", "phone", "name", "role", "unconfirmed", "password-stdin"];

const portalOptions = ["name", "redirect", "after-sign-out", "sign-out-call", "home", "foreign", "public"];

const portalCommands: readonly Command[] = [
  {
    words: ["portal", "add"],
    operands: 0,
    options: [...portalOptions, "json"],
    usage:
      "portal add --name N --redirect URL [--redirect URL ...] [--after-sign-out URL ...] " +
      "[--sign-out-call URL] [--home URL] [--foreign] [--public] [--json]",
    run: (_, options) => withTools((tools) => addPortalFromTerminal(tools, options)),
  },
  {
    words: ["portal", "list"],
    operands: 0,
    options: ["json"],
    usage: "portal list [--json]",
    run: (_, options) => withTools((tools) => listPortals(tools, options.json === true)),
  },
  {
    words: ["portal", "rotate-secret"],
    operands: 1,
    options: ["json"],
    usage: "portal rotate-secret CLIENT_ID [--json]",
    run: ([id = ""], options) => withTools((tools) => rotateSecretFromTerminal(tools, id, options)),
  },
  {
    words: ["portal", "rotate-keys"],
    operands: 0,
    options: ["at-once"],
    usage: "portal rotate-keys [--at-once]",
    run: (_, options) => withTools((tools) => rotateKeysFromTerminal(tools, options)),
  },
];

export const commands: readonly Command[] = [
  {
    words: ["person", "add"],
    operands: 0,
    options: addOptions,
    usage:
      "person add --login L --email E [--phone P] [--name N] [--role admin|desk] [--unconfirmed] " +
      "--password-stdin",
    run: (_, options) => withTools((tools) => addFromTerminal(tools, options)),
  },
  {
    words: ["person", "list"],
    operands: 0,
    options: ["json"],
    usage: "person list [--json]",
    run: (_, options) => withTools((tools) => listPeople(tools, options.json === true)),
  },
  {
    words: ["person", "show"],
    operands: 1,
    options: ["json"],
    usage: "person show WHO [--json]",
    run: ([who = ""], options) => withTools((tools) => showPerson(tools, who, options.json === true)),
  },
  {
    words: ["person", "recover"],
    operands: 1,
    options: [],
    usage: "person recover WHO",
    run: ([who = ""]) => withTools((tools) => recoverPerson(tools, who)),
  },
  ...portalCommands,
  {
    words: ["case", "approve"],
    operands: 1,
    options: [],
    usage: "case approve NUMBER",
    run: ([number = ""]) => withTools((tools) => approveFromTerminal(tools, number)),
  },
  {
    words: ["import"],
    operands: 1,
    options: ["dry-run", "format", "encoding", "match", "vouch", "invite", "language", "all"],
    usage:
      "import FILE [--dry-run] [--format csv|bitrix|jsonl] [--encoding utf-8|windows-1251|utf-16] " +
      "[--match external-id|login|email] [--vouch] [--invite [--language ru|en]] [--all]",
    run: ([file = ""], options) => withTools((tools) => importFromTerminal(tools, file, options)),
  },
  {
    words: ["setup-link"],
    operands: 0,
    options: [],
    usage: "setup-link",
    run: () => withTools(printSetupLink),
  },
  { words: ["seed"], operands: 0, options: [], usage: "seed", run: () => withTools(seed) },
  { words: ["migrate"], operands: 0, options: [], usage: "migrate", run: () => withStore(printMigrations) },
  {
    words: ["audit", "verify"],
    operands: 0,
    options: [],
    usage: "audit verify",
    run: () => withTools(printAuditVerdict),
  },
  {
    words: ["sms-reports"],
    operands: 0,
    options: [],
    usage: "sms-reports",
    run: () => withTools(printReportAddresses),
  },
  { words: ["settings"], operands: 0, options: ["json"], usage: "settings [--json]", run: printSettings },
];

export const usage = ["usage:", ...commands.map((command) => `  propusk ${command.usage}`)].join("\n");
