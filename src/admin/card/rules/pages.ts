import { html } from "hono/html";
import { dayOf } from "../../../platform/language/times.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import {
  type Effective,
  EVERYONE,
  type Membership,
  type ParameterName,
  parameterNames,
} from "../../../policies/policies.ts";
import type { Actor } from "../../acting.ts";
import { valueText, words } from "../../groups/words.ts";
import { table } from "../../pages.ts";
import { mayAtAll } from "../../rights.ts";

/** What holds for one person, rule by rule, and which group says so. */
export function rulesPart(
  view: View,
  actor: Actor,
  shown: {
    memberships: readonly Membership[];
    names: ReadonlyMap<string, string>;
    policy: Record<ParameterName, Effective>;
  },
): Html {
  const say = words[view.language];
  const { card } = say;
  const linked = mayAtAll(actor.role, "edit-groups");
  const named = (id: string): Html => {
    if (id === "staff") return html`${say.staff}`;
    const name = id === EVERYONE ? say.everyone : (shown.names.get(id) ?? id);
    return linked ? html`<a href="/admin/groups/${id}">${name}</a>` : html`${name}`;
  };
  const groups = shown.memberships.map((each) => html`${named(each.groupId)}${window(view, each)}`);
  const rows = parameterNames.map((name) => {
    const { value, from } = shown.policy[name];
    return [
      say.names[name],
      html`<strong>${valueText(name, value, view.language)}</strong>`,
      joined(from.map(named)),
    ];
  });
  return html`<p class="in-groups"><strong>${card.groups}:</strong> ${
    groups.length === 0 ? card.noGroups : joined(groups)
  }</p>
${table(card.caption, [card.columns.rule, card.columns.value, card.columns.from], rows)}`;
}

function joined(parts: readonly Html[]): Html {
  return html`${parts.map((part, index) => html`${index > 0 ? ", " : ""}${part}`)}`;
}

function window(view: View, { fromAt, untilAt }: Membership): string {
  const { members } = words[view.language];
  const day = (at: number) => dayOf(at, view.timeZone, view.language);
  const parts = [
    fromAt > 0 ? members.since(day(fromAt)) : "",
    untilAt > 0 ? members.till(day(untilAt)) : "",
  ].filter(Boolean);
  return parts.length === 0 ? "" : ` (${parts.join(" ")})`;
}
