import { html } from "hono/html";
import type { Person } from "../../accounts/accounts.ts";
import type { MessageTrace } from "../../delivery/delivery.ts";
import { attributes } from "../../platform/web/attributes.ts";
import { type FieldProblem, problemSummary, quietButton, textField } from "../../platform/web/fields.ts";
import type { Html, View } from "../../platform/web/view.ts";
import type { Actor } from "../acting.ts";
import { consolePage, pager } from "../pages.ts";
import { may } from "../rights.ts";
import { words as shared } from "../words.ts";
import { addressOf, choices, type MessageList, PATH } from "./address.ts";
import { messageItem } from "./parts/pages.ts";
import { words } from "./words.ts";

interface ShownList {
  list: MessageList;
  messages: readonly MessageTrace[];
  people: ReadonlyMap<string, Person>;
  next: string | undefined;
  isFirst: boolean;
  /** Nobody and nothing is called like what was typed. */
  absent: boolean;
}

export function listPage(view: View, actor: Actor, shown: ShownList): Html {
  const say = words[view.language];
  const problems = shown.absent ? [{ field: "q", text: say.absent }] : [];
  return consolePage(view, actor, "deliveries", {
    title: say.title,
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}
${searchForm(view, shown.list, problems)}
${shown.absent ? "" : found(view, actor, shown)}`,
  });
}

function found(view: View, actor: Actor, { list, messages, people, next, isFirst }: ShownList): Html {
  const say = words[view.language];
  const first = isFirst ? undefined : addressOf(list);
  const none = html`<p>${next === undefined ? say.empty : say.emptySoFar}</p>`;
  const items = messages.map((trace) => {
    const person = people.get(trace.accountId ?? "");
    const whole = may(actor, "see-contacts", person?.account ?? { id: "", role: "person" });
    const name =
      person &&
      html`<a href="/admin/users/${person.account.id}/deliveries"><bdi>${person.account.name}</bdi></a>`;
    return messageItem(view, trace, { whole, ...(name && { person: name }) });
  });
  return html`${
    messages.length === 0 ? none : html`<ol class="traces" aria-label="${say.caption}">${items}</ol>`
  }
${pager(view, say.caption, { first, next })}`;
}

/** A plain GET form: what is looked for stands in the address, to be kept and passed on. */
function searchForm(view: View, list: MessageList, problems: readonly FieldProblem[]): Html {
  const say = words[view.language];
  const { list: common } = shared[view.language];
  const text = (name: "q" | "domain" | "gateway", label: string, hint?: string) =>
    textField(view, {
      name,
      label,
      value: list[name],
      autocomplete: "off",
      maxLength: 320,
      problems,
      ...(hint && { hint }),
    });
  const kinds = [["", say.anyKind], ...Object.entries(say.kinds)] as const;
  const open = list.domain !== "" || list.gateway !== "";
  return html`<form method="get" action="${PATH}" class="search record messages" role="search" novalidate>
${text("q", say.search, say.searchHint)}
${choice(
  "state",
  say.state,
  choices.state.map((value) => [value, say.states[value]]),
  list.state,
)}
${choice(
  "channel",
  say.channel,
  choices.channel.map((value) => [value, say.channels[value]]),
  list.channel,
)}
${choice(
  "period",
  say.period,
  choices.period.map((value) => [value, say.periods[value]]),
  list.period,
)}
<details${attributes({ open })}><summary>${say.more}</summary>
<div class="choices">${choice("kind", say.kind, kinds, list.kind)}
${text("domain", say.domain)}
${text("gateway", say.gateway)}</div></details>
<div class="buttons">${quietButton(common.find)}<a class="reset" href="${PATH}">${common.reset}</a></div>
</form>`;
}

function choice(
  name: string,
  label: string,
  options: readonly (readonly [value: string, label: string])[],
  chosen: string,
): Html {
  return html`<div class="field"><label for="${name}">${label}</label>
<select id="${name}" name="${name}">${options.map(
    ([value, shown]) => html`<option${attributes({ value, selected: value === chosen })}>${shown}</option>`,
  )}</select></div>`;
}
