/** What was typed into the form of a group, and what it means. */
import type { Language } from "../../platform/language/language.ts";
import type { FieldProblem } from "../../platform/web/fields.ts";
import type { Form } from "../../platform/web/form-body.ts";
import {
  EVERYONE,
  isPossible,
  type ParameterName,
  type PolicyValues,
  parameterNames,
  parameters,
  type StoredGroup,
  type Way,
  ways,
} from "../../policies/policies.ts";
import { words } from "./words.ts";

/** As it stands in the fields, by their names. */
export interface Draft {
  name: string;
  description: string;
  fields: Record<string, string>;
}

export const wayNames = Object.keys(ways) as Way[];
export const ALL_WAYS = 15;

/** The name of the box for one way. */
export function wayField(way: Way): string {
  return `way-${way}`;
}

export function draftOf({ name, description, values }: Omit<StoredGroup, "id">): Draft {
  const fields: Record<string, string> = {};
  for (const parameter of parameterNames) {
    const value = values[parameter];
    if (parameters[parameter].kind !== "ways") fields[parameter] = value === undefined ? "" : String(value);
  }
  const open = values.recoveryWays ?? ALL_WAYS;
  for (const way of wayNames) if ((open & ways[way]) !== 0) fields[wayField(way)] = "on";
  return { name, description, fields };
}

export function readDraft(sent: Form): Draft {
  const fields: Record<string, string> = {};
  for (const parameter of parameterNames)
    if (parameters[parameter].kind !== "ways") fields[parameter] = sent.text(parameter).trim().slice(0, 10);
  for (const way of wayNames) if (sent.ticked(wayField(way))) fields[wayField(way)] = "on";
  return {
    name: sent.text("name").slice(0, 200),
    description: sent.text("description").slice(0, 600),
    fields,
  };
}

export type Read =
  | { kind: "read"; values: Partial<PolicyValues> }
  | { kind: "refused"; problems: FieldProblem[] };

/** What the fields mean for this group: an empty one is left to other groups, and «Все» leaves none. */
export function readValues({ fields }: Draft, groupId: string, language: Language): Read {
  const say = words[language].problems;
  const problems: FieldProblem[] = [];
  const values: Partial<PolicyValues> = {};
  const keep = (name: ParameterName, text: string) => {
    const { least, most } = parameters[name];
    if (text === "") {
      if (groupId === EVERYONE) problems.push({ field: name, text: say.empty });
      return;
    }
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (isPossible(name, value)) values[name] = value;
    else problems.push({ field: name, text: say.number(least, most) });
  };
  for (const name of parameterNames) if (parameters[name].kind !== "ways") keep(name, fields[name] ?? "");
  const open = wayNames.reduce((sum, way) => sum + (fields[wayField(way)] ? ways[way] : 0), 0);
  if (open === 0) problems.push({ field: wayField("letter"), text: say.ways });
  else if (groupId === EVERYONE || open !== ALL_WAYS) values.recoveryWays = open;
  return problems.length > 0 ? { kind: "refused", problems } : { kind: "read", values };
}
