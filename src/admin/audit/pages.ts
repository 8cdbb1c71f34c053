import { html, raw } from "hono/html";
import { type AuditDamage, type AuditEvent, nameOfAction } from "../../audit/audit.ts";
import { dayAndTime } from "../../platform/language/times.ts";
import { attributes } from "../../platform/web/attributes.ts";
import {
  type FieldProblem,
  field,
  form,
  inputAttributes,
  problemSummary,
  quietButton,
  textField,
} from "../../platform/web/fields.ts";
import { notice } from "../../platform/web/notices.ts";
import { shownAddress } from "../../platform/web/shown-address.ts";
import type { Html, View } from "../../platform/web/view.ts";
import type { Actor } from "../acting.ts";
import { formats } from "../files.ts";
import { consolePage, moment, moreOf, pager, table } from "../pages.ts";
import { words } from "../words.ts";
import { addressOf, type ConditionProblem, type Conditions, choices, fieldsOf, PATH } from "./conditions.ts";

interface ShownAudit {
  conditions: Conditions;
  problems: readonly ConditionProblem[];
  events: readonly AuditEvent[];
  /** Before which number the next page begins; undefined on the last one. */
  next: number | undefined;
  isFirst: boolean;
  /** A check was asked for that has not ended yet. */
  isChecking: boolean;
  /** The last check that ended. */
  checked: AuditEvent | undefined;
  names: ReadonlyMap<string, string>;
}

export function auditPage(view: View, actor: Actor, shown: ShownAudit): Html {
  const say = words[view.language].audit;
  const problems = shown.problems.map(({ field, why }) => ({ field, text: say.problems[why] }));
  return consolePage(view, actor, "audit", {
    title: say.title,
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}
${conditionsForm(view, shown.conditions, problems)}
${problems.length > 0 ? "" : found(view, shown)}
${problems.length > 0 ? "" : exportPart(view, shown.conditions)}
${checkPart(view, shown)}`,
  });
}

/** A plain GET form: what is looked for stands in the address, to be kept and passed on. */
function conditionsForm(view: View, conditions: Conditions, problems: readonly FieldProblem[]): Html {
  const { audit: say, list } = words[view.language];
  const account = (name: "whom" | "who") =>
    textField(view, {
      name,
      label: say[name],
      value: conditions[name],
      autocomplete: "off",
      hint: say.accountHint,
      maxLength: 320,
      problems,
    });
  return html`<form method="get" action="${PATH}" class="search record" role="search" novalidate>
${choiceField(view, conditions, "group")}
${account("whom")}
${account("who")}
${choiceField(view, conditions, "result")}
${dayField(view, conditions, "from", problems)}
${dayField(view, conditions, "to", problems)}
<div class="buttons">${quietButton(list.find)}<a class="reset" href="${PATH}">${list.reset}</a></div>
</form>`;
}

function choiceField(view: View, conditions: Conditions, name: keyof typeof choices): Html {
  const say = words[view.language].audit;
  const named: Record<string, string> = say.choices[name];
  return html`<div class="field"><label for="${name}">${say[name]}</label>
<select id="${name}" name="${name}">${choices[name].map(
    (value) =>
      html`<option${attributes({ value, selected: conditions[name] === value })}>${named[value]}</option>`,
  )}</select></div>`;
}

/** The browser's own field for a day; where it has none, one types 2026-11-22. */
function dayField(
  view: View,
  conditions: Conditions,
  name: "from" | "to",
  problems: readonly FieldProblem[],
): Html {
  const shown = inputAttributes({ name, label: "", problems });
  const input = attributes({ ...shown, type: "date", value: conditions[name] });
  return field(view, { name, label: words[view.language].audit[name], problems }, html`<input${input}>`);
}

function found(view: View, { conditions, events, next, isFirst, names }: ShownAudit): Html {
  const { audit: say, card } = words[view.language];
  if (events.length === 0 && isFirst) return html`<p>${say.empty}</p>`;
  const rows = events.map((event) => [
    moment(view, event.at),
    html`<span>${nameOfAction(event, view.language)}</span> ${moreOf(view, event)}`,
    whoIs(view, event.actor, names),
    event.accountId === null
      ? "—"
      : event.accountId === event.actor
        ? card.self
        : whoIs(view, event.accountId, names),
    shownAddress(view, event.address),
  ]);
  const heads = [card.when, card.what, say.who, say.whom, card.address];
  const following = next === undefined ? undefined : addressOf(conditions, next);
  const first = isFirst ? undefined : addressOf(conditions);
  return html`${table(say.caption, heads, rows)}${pager(view, say.caption, { first, next: following })}`;
}

/** An account leads to its card; whoever has none is named by what it is. */
function whoIs(view: View, id: string, names: ReadonlyMap<string, string>): Html {
  const { card } = words[view.language];
  const name = names.get(id);
  if (name !== undefined) return html`<a href="/admin/users/${id}"><bdi>${name}</bdi></a>`;
  if (id === "anonymous") return html`${card.anonymous}`;
  return id === "system" || id === "cli" ? html`${card.system}` : html`<span class="mono">${id}</span>`;
}

function exportPart(view: View, conditions: Conditions): Html {
  const say = words[view.language].audit;
  const buttons = (Object.keys(formats) as (keyof typeof formats)[]).map((format) =>
    quietButton(say.formats[format], { name: "format", value: format }),
  );
  return html`<section class="apart"><h2>${say.exportTitle}</h2><p class="lead">${say.exportLead}</p>
${form(view, {
  action: `${PATH}/export`,
  download: true,
  hidden: fieldsOf(conditions),
  body: html`<div class="acts">${buttons}</div>`,
})}</section>`;
}

function checkPart(view: View, { isChecking, checked, names }: ShownAudit): Html {
  const say = words[view.language].audit;
  return html`<section class="apart" id="check"><h2>${say.checkTitle}</h2><p class="lead">${say.checkLead}</p>
${isChecking ? notice("info", say.checking) : ""}
${checked ? verdictNotice(view, checked, names) : ""}
${form(view, {
  action: `${PATH}/check`,
  body: html`<div class="acts">${quietButton(say.check)}</div>`,
})}</section>`;
}

/** The verdict as the record keeps it. */
function verdictNotice(view: View, checked: AuditEvent, names: ReadonlyMap<string, string>): Html {
  const say = words[view.language].audit;
  const { verdict, events, head, seq, why } = checked.detail;
  const time = dayAndTime(checked.at, view.timeZone, view.language);
  const by = say.checkedBy(time, names.get(checked.actor) ?? checked.actor);
  if (verdict !== "whole") {
    const damage = say.damages[why as AuditDamage];
    return notice("danger", html`<p>${say.broken(String(seq), damage)} ${by}</p>`);
  }
  const kept = head ? html`<p class="hint">${say.headHash} <span class="mono">${head}</span></p>` : raw("");
  return notice("success", html`<p>${say.whole(String(events))} ${by}</p>${kept}`);
}
