import { html } from "hono/html";
import { attributes } from "../../platform/web/attributes.ts";
import { type Choice, selectField } from "../../platform/web/choice-fields.ts";
import {
  backLink,
  checkbox,
  type FieldProblem,
  field,
  form,
  inputAttributes,
  linkButton,
  primaryButton,
  problemSummary,
  quietButton,
  textField,
} from "../../platform/web/fields.ts";
import { notice } from "../../platform/web/notices.ts";
import type { Html, View } from "../../platform/web/view.ts";
import {
  EVERYONE,
  networks,
  type ParameterName,
  type Preset,
  parameters,
  presets,
  type Section,
  type StoredGroup,
  sections,
} from "../../policies/policies.ts";
import type { Actor } from "../acting.ts";
import { consolePage, table } from "../pages.ts";
import { type Draft, wayField, wayNames } from "./draft.ts";
import { unitOf, valueText, words } from "./words.ts";

type Problems = readonly FieldProblem[];

const STYLES = ["groups.css"];
/** What a password needs that stands alone (NIST SP 800-63B-4, 3.1.1.2). */
const ALONE = 15;

export function groupName(view: View, group: Pick<StoredGroup, "id" | "name">): string {
  return group.id === EVERYONE ? words[view.language].everyone : group.name;
}

export function listPage(
  view: View,
  actor: Actor,
  shown: { groups: readonly (StoredGroup & { members: number })[]; told: string | undefined },
): Html {
  const say = words[view.language];
  const { columns } = say;
  const rows = shown.groups.map((group) => {
    const named = Object.entries(group.values) as [ParameterName, number][];
    const sets = named.slice(0, 4).map(([name, value]) => {
      return `${say.names[name]}: ${valueText(name, value, view.language)}`;
    });
    const more = named.length > 4 ? ` +${named.length - 4}` : "";
    return [
      html`<a href="/admin/groups/${group.id}"><bdi>${groupName(view, group)}</bdi></a>
${group.description ? html`<span class="second">${group.description}</span>` : ""}`,
      group.id === EVERYONE ? say.everybody : html`<span class="digits">${say.people(group.members)}</span>`,
      html`<span class="sets">${sets.length === 0 ? say.setsNothing : `${sets.join(" · ")}${more}`}</span>`,
    ];
  });
  return consolePage(view, actor, "groups", {
    title: say.title,
    styles: STYLES,
    action: linkButton("/admin/new-group", say.add, "primary"),
    body: html`${shown.told ? notice("success", shown.told) : ""}
<p class="lead">${say.lead}</p>
${table(say.title, [columns.name, columns.members, columns.sets], rows)}`,
  });
}

export function newPage(
  view: View,
  actor: Actor,
  typed: { name: string; description: string; preset: string },
  problems: Problems = [],
): Html {
  const say = words[view.language];
  const choices: Choice[] = [
    { value: "", label: say.presetNone },
    ...(Object.keys(presets) as Preset[]).map((value) => ({ value, label: say.presets[value] })),
  ];
  const body = html`${nameFields(view, typed, problems)}
${selectField(view, { name: "preset", label: say.preset, value: typed.preset, choices, problems })}`;
  return consolePage(view, actor, "groups", {
    title: say.newTitle,
    narrow: true,
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}<p class="lead">${say.newLead}</p>
${form(view, { action: "/admin/new-group", body, submit: say.create })}
${backLink("/admin/groups", say.back)}`,
  });
}

export function groupTabs(view: View, id: string, current: "rules" | "members"): Html {
  const { tabs } = words[view.language];
  if (id === EVERYONE) return html``;
  const link = (name: "rules" | "members", path: string) => {
    const shown = attributes({
      href: `/admin/groups/${id}${path}`,
      "aria-current": name === current && "page",
    });
    return html`<li><a${shown}>${tabs[name]}</a></li>`;
  };
  return html`<nav class="tabs" aria-label="${tabs.label}"><ul>${link("rules", "")}${link(
    "members",
    "/members",
  )}</ul></nav>`;
}

/** The rules of a group as one form, by sections; a preset fills it and saves nothing. */
export function groupPage(
  view: View,
  actor: Actor,
  group: Pick<StoredGroup, "id" | "name">,
  shown: { draft: Draft; preset: Preset | undefined; told: string | undefined; problems: Problems },
): Html {
  const say = words[view.language];
  const { draft, preset, told, problems } = shown;
  const isEveryone = group.id === EVERYONE;
  const address = `/admin/groups/${group.id}`;
  const fill = (Object.keys(presets) as Preset[]).map((name) => {
    const link = attributes({ href: `${address}?preset=${name}`, "aria-current": name === preset && "true" });
    return html`<li><a${link}>${say.presets[name]}</a></li>`;
  });
  const body = html`${isEveryone ? "" : nameFields(view, draft, problems)}
${(Object.keys(sections) as Section[]).map((section) =>
  sectionOf(view, section, draft, { isEveryone, problems }),
)}
<div class="save">${primaryButton(say.check, { name: "do", value: "check" })}
${quietButton(say.save, { name: "do", value: "save" })}</div>`;
  return consolePage(view, actor, "groups", {
    title: groupName(view, group),
    styles: STYLES,
    hasProblems: problems.length > 0,
    body: html`${backLink("/admin/groups", say.back)}
${told ? notice("success", told) : ""}${problemSummary(view, problems)}
${groupTabs(view, group.id, "rules")}
${isEveryone ? html`<p class="lead">${say.everyoneLead}</p>` : ""}
<nav class="presets" aria-label="${say.presetsLead}"><span>${say.presetsLead}</span><ul>${fill}</ul></nav>
${preset ? notice("info", say.presetFilled(say.presets[preset])) : ""}
${warnings(view, draft)}
${form(view, { action: address, body })}
${isEveryone ? "" : html`<p class="danger-zone"><a href="${address}/delete">${say.remove}</a></p>`}`,
  });
}

/** What the rules of a draft leave open, as far as the service can tell. */
export function warnings(view: View, { fields }: Draft): Html {
  const say = words[view.language];
  const length = fields["passwordLength"] ?? "";
  return html`${length !== "" && Number(length) < ALONE ? notice("warn", say.weak) : ""}
${fields["passwordBlocklist"] === "0" ? notice("warn", say.weakList) : ""}`;
}

function nameFields(view: View, typed: { name: string; description: string }, problems: Problems): Html {
  const say = words[view.language];
  const text = (name: "name" | "description") =>
    textField(view, { name, label: say[name], value: typed[name], autocomplete: "off", problems });
  return html`<div class="named">${text("name")}${text("description")}</div>`;
}

function sectionOf(
  view: View,
  section: Section,
  draft: Draft,
  shown: { isEveryone: boolean; problems: Problems },
): Html {
  const names = Object.keys(sections[section]) as ParameterName[];
  return html`<fieldset class="rules-of"><legend>${words[view.language].sections[section]}</legend>
<div class="rule-fields">${names.map((name) => parameterField(view, name, draft, shown))}</div></fieldset>`;
}

function parameterField(
  view: View,
  name: ParameterName,
  { fields }: Draft,
  { isEveryone, problems }: { isEveryone: boolean; problems: Problems },
): Html {
  const say = words[view.language];
  const value = fields[name] ?? "";
  const hint = say.hints[name];
  const options = { name, label: say.names[name], problems, ...(hint && { hint }) };
  const unset: Choice[] = isEveryone ? [] : [{ value: "", label: say.unset }];
  switch (parameters[name].kind) {
    case "yes-no": {
      const choices = [...unset, { value: "0", label: say.no }, { value: "1", label: say.yes }];
      return selectField(view, { ...options, value, choices });
    }
    case "network": {
      const shown = networks.map((bits) => ({ value: String(bits), label: say.networks[bits] ?? "" }));
      return selectField(view, { ...options, value, choices: [...unset, ...shown] });
    }
    case "ways": {
      const boxes = wayNames.map((way) =>
        checkbox(view, {
          name: wayField(way),
          label: say.ways[way],
          checked: fields[wayField(way)] !== undefined,
          problems,
        }),
      );
      return html`<div class="ways" role="group" aria-labelledby="ways"><p id="ways">${say.names[name]}</p>
${boxes}<p class="hint">${hint}</p></div>`;
    }
    case "number": {
      const unit = unitOf[name];
      const input = attributes({
        ...inputAttributes(options),
        type: "text",
        inputmode: "numeric",
        autocomplete: "off",
        value,
        placeholder: isEveryone ? undefined : say.unset,
      });
      const after = unit ? html`<span class="unit">${say.unitShort[unit]}</span>` : "";
      return field(view, options, html`<span class="counted"><input${input}>${after}</span>`);
    }
  }
}

/** Asks before a group goes. */
export function deletePage(view: View, actor: Actor, group: StoredGroup, problems: Problems = []): Html {
  const say = words[view.language];
  const address = `/admin/groups/${group.id}`;
  return consolePage(view, actor, "groups", {
    title: say.remove,
    narrow: true,
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}<p><strong><bdi>${group.name}</bdi></strong></p>
<p class="lead">${say.removeLead}</p>
${form(view, { action: `${address}/delete`, body: primaryButton(say.remove) })}
${backLink(address, say.edit)}`,
  });
}
