#!/usr/bin/env node
/** `propusk <command>`: the operator's operations from a terminal, also while the service runs. */
import "./needs-node.mjs";
import { parseArgs } from "node:util";
import { DatabaseRefused, StoreUnavailable } from "./platform/store/store.ts";
import { SettingRefused } from "./settings.ts";
import { commands, Refused, UsageMistake, usage } from "./terminal/terminal.ts";

try {
  const { positionals, values } = parse(process.argv.slice(2));
  const wanted = commands.find((command) =>
    command.words.every((word, index) => positionals[index] === word),
  );
  if (!wanted)
    throw new UsageMistake(positionals.length > 0 ? `unknown command: ${positionals.join(" ")}` : "");
  const rest = positionals.slice(wanted.words.length);
  if (rest.length !== wanted.operands) throw new UsageMistake(`usage: propusk ${wanted.usage}`);
  const foreign = Object.keys(values).find((name) => !wanted.options.includes(name));
  if (foreign) throw new UsageMistake(`--${foreign} does not belong to: propusk ${wanted.usage}`);
  await wanted.run(rest, values);
} catch (error) {
  const mistake = error instanceof UsageMistake;
  const expected =
    mistake ||
    error instanceof Refused ||
    error instanceof SettingRefused ||
    error instanceof DatabaseRefused;
  if (!expected && !(error instanceof StoreUnavailable)) throw error;
  if (error.message) console.error(error.message);
  if (mistake && !error.message.startsWith("usage")) console.error(usage);
  process.exitCode = mistake ? 2 : 1;
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      strict: true,
      options: {
        login: { type: "string" },
        email: { type: "string" },
        phone: { type: "string" },
        name: { type: "string" },
        role: { type: "string" },
        unconfirmed: { type: "boolean" },
        "password-stdin": { type: "boolean" },
        json: { type: "boolean" },
        redirect: { type: "string", multiple: true },
        "after-sign-out": { type: "string", multiple: true },
        "sign-out-call": { type: "string" },
        home: { type: "string" },
        foreign: { type: "boolean" },
        public: { type: "boolean" },
        "at-once": { type: "boolean" },
        "dry-run": { type: "boolean" },
        format: { type: "string" },
        encoding: { type: "string" },
        match: { type: "string" },
        vouch: { type: "boolean" },
        invite: { type: "boolean" },
        language: { type: "string" },
        all: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new UsageMistake((error as Error).message);
  }
}
