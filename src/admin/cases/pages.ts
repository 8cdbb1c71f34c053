import { html } from "hono/html";
import type { Account } from "../../accounts/accounts.ts";
import { waitingTime } from "../../platform/language/times.ts";
import { selectField, textArea } from "../../platform/web/choice-fields.ts";
import {
  backLink,
  checkbox,
  type FieldProblem,
  form,
  linkButton,
  problemSummary,
  quietButton,
  textField,
} from "../../platform/web/fields.ts";
import { facts } from "../../platform/web/notices.ts";
import type { Html, View } from "../../platform/web/view.ts";
import {
  type CaseRow,
  type DeskFigures,
  FIGURES_DAYS,
  isOpen,
  seenStates,
  type TemplateRow,
} from "../../support/support.ts";
import type { Actor } from "../acting.ts";
import { maskedLogin } from "../masks.ts";
import { consolePage, moment, pager, table } from "../pages.ts";
import { mayAtAll } from "../rights.ts";
import type { QueueAddress } from "./address.ts";
import { queueAddress } from "./address.ts";
import { words } from "./words.ts";

export const PATH = "/admin/cases";

export interface ShownQueue {
  asked: QueueAddress;
  cases: readonly CaseRow[];
  accounts: ReadonlyMap<string, Account>;
  next: string | undefined;
  isFirst: boolean;
}

export function queuePage(view: View, actor: Actor, shown: ShownQueue): Html {
  const say = words[view.language];
  const { asked, cases, next, isFirst } = shown;
  const first = isFirst ? undefined : queueAddress(asked);
  const templates = mayAtAll(actor.role, "keep-templates")
    ? html` ${linkButton("/admin/case-templates", say.templates)}`
    : "";
  return consolePage(view, actor, "cases", {
    title: say.title,
    styles: ["desk.css"],
    action: html`<div class="acts">${linkButton("/admin/case-figures", say.figures)}${templates}</div>`,
    body: html`${queueForm(view, asked)}
${asked.find === "" ? "" : html`<p class="hint">${say.queue.found}</p>`}
${cases.length === 0 ? html`<p>${say.queue.empty}</p>` : queueTable(view, shown)}
${pager(view, say.queue.caption, { first, next })}`,
  });
}

function queueForm(view: View, asked: QueueAddress): Html {
  const say = words[view.language];
  const states = ["open", ...seenStates] as const;
  const handlers = ["any", "mine", "none"] as const;
  const find = textField(view, {
    name: "find",
    label: say.queue.find,
    value: asked.find,
    autocomplete: "off",
    identifier: true,
    maxLength: 320,
  });
  return html`<form method="get" action="${PATH}" class="search queue" role="search">
${find}
${selectField(view, {
  name: "state",
  label: say.queue.state,
  value: asked.state,
  choices: states.map((value) => ({ value, label: say.states[value] })),
})}
${selectField(view, {
  name: "handler",
  label: say.queue.handler,
  value: asked.handler,
  choices: handlers.map((value) => ({ value, label: say.queue.handlers[value] })),
})}
${checkbox(view, { name: "overdue", label: say.queue.overdue, checked: asked.overdue })}
<div class="buttons">${quietButton(say.queue.show)}
<a class="reset" href="${PATH}">${say.queue.reset}</a></div>
</form>`;
}

function queueTable(view: View, { cases, accounts }: ShownQueue): Html {
  const say = words[view.language];
  const rows = cases.map((found) => {
    const account = accounts.get(found.account_id ?? "");
    const handler = accounts.get(found.handler_id ?? "");
    return [
      html`<a href="${PATH}/${found.number}">${say.numbered(found.number)}</a>`,
      account
        ? html`<bdi>${account.name}</bdi>`
        : html`${maskedLogin(found.typed)}<span class="second">${say.queue.unknown}</span>`,
      stateChip(view, found),
      handler ? html`<bdi>${handler.name}</bdi>` : say.queue.nobody,
      dueOf(view, found),
      moment(view, found.confirmed_at ?? found.opened_at),
    ];
  });
  const { queue } = say;
  const heads = [queue.number, queue.whom, queue.state, queue.who, queue.due, queue.opened];
  return table(queue.caption, heads, rows);
}

/** Told by words and by shape. */
export function stateChip(view: View, { state }: CaseRow): Html {
  const tone = isOpen(state)
    ? state === "new" || state === "proposed"
      ? "waiting"
      : "active"
    : state === "done"
      ? "dismissed"
      : "blocked";
  return html`<span class="status ${tone}">${words[view.language].states[state]}</span>`;
}

export function dueOf(view: View, { due_at: due }: CaseRow): Html | string {
  if (due === null) return "—";
  const late = due < view.now;
  const say = words[view.language].queue;
  return html`${moment(view, due)}${late ? html` <span class="overdue">${say.late}</span>` : ""}`;
}

export function figuresPage(view: View, actor: Actor, figures: DeskFigures): Html {
  const say = words[view.language];
  const { numbers } = say;
  const lasting = (ms: number | undefined) =>
    ms === undefined ? numbers.none : waitingTime(ms, view.language);
  const oldest = figures.oldestAt === undefined ? undefined : view.now - figures.oldestAt;
  const share = (count: number) => {
    const percent = (count / Math.max(1, figures.approved)).toLocaleString(view.language, {
      style: "percent",
    });
    return numbers.share(count, percent);
  };
  return consolePage(view, actor, "cases", {
    title: numbers.title,
    body: html`${backLink(PATH, say.back)}
<section class="part"><h2>${numbers.now}</h2>${facts([
      [numbers.open, String(figures.open)],
      [numbers.overdue, String(figures.overdue)],
      [numbers.unassigned, String(figures.unassigned)],
      [numbers.oldest, lasting(oldest)],
    ])}</section>
<section class="part"><h2>${numbers.lately(FIGURES_DAYS)}</h2>${facts([
      [numbers.decided, String(figures.decided?.count ?? 0)],
      [numbers.p50, lasting(figures.decided?.p50)],
      [numbers.p90, lasting(figures.decided?.p90)],
      [numbers.approved, String(figures.approved)],
      [numbers.refused, String(figures.refused)],
      [numbers.vetoed, share(figures.vetoed)],
      [numbers.signedIn, share(figures.signedIn)],
    ])}</section>`,
  });
}

export interface TypedTemplate {
  id: string;
  name: string;
  ru: string;
  en: string;
}

export function templatesPage(
  view: View,
  actor: Actor,
  shown: { templates: readonly TemplateRow[]; typed: TypedTemplate | undefined },
  problems: readonly FieldProblem[] = [],
): Html {
  const say = words[view.language];
  const { templates, typed } = shown;
  const fresh = typed?.id === "" ? typed : { id: "", name: "", ru: "", en: "" };
  const one = ({ id, name, text_ru: ru, text_en: en }: TemplateRow) => {
    const mine = typed?.id === id;
    return html`<details${mine ? html` open` : ""}><summary>${name}</summary><div>
${templateForm(view, mine ? typed : { id, name, ru, en }, mine ? problems : [], say.keep.save)}
${form(view, {
  action: "/admin/case-templates",
  hidden: { id, remove: "1" },
  body: quietButton(say.keep.remove),
})}
</div></details>`;
  };
  return consolePage(view, actor, "cases", {
    title: say.keep.title,
    hasProblems: problems.length > 0,
    body: html`${backLink(PATH, say.back)}${problemSummary(view, problems)}
<p class="lead">${say.keep.lead}</p>
${templates.length === 0 ? html`<p>${say.keep.empty}</p>` : templates.map(one)}
<section class="part"><h2>${say.keep.add}</h2>
${templateForm(view, fresh, typed?.id === "" ? problems : [], say.keep.add)}</section>`,
  });
}

/** Names of fields are ids, so each form's carry its template's. */
function templateForm(
  view: View,
  typed: TypedTemplate,
  problems: readonly FieldProblem[],
  submit: string,
): Html {
  const say = words[view.language].keep;
  const field = (name: string) => (typed.id === "" ? name : `${name}-${typed.id}`);
  const body = html`${textField(view, {
    name: field("name"),
    label: say.name,
    value: typed.name,
    autocomplete: "off",
    maxLength: 80,
    problems,
  })}
${textArea(view, { name: field("ru"), label: say.ru, value: typed.ru, maxLength: 4_000, problems })}
${textArea(view, { name: field("en"), label: say.en, value: typed.en, maxLength: 4_000, problems })}`;
  return form(view, { action: "/admin/case-templates", hidden: { id: typed.id }, body, submit });
}
