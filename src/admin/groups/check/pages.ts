import { html } from "hono/html";
import { backLink, form, primaryButton, quietButton } from "../../../platform/web/fields.ts";
import { notice } from "../../../platform/web/notices.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import type { StoredGroup } from "../../../policies/policies.ts";
import type { Actor } from "../../acting.ts";
import { consolePage, table } from "../../pages.ts";
import type { Affected, ChangedRule } from "../affected.ts";
import type { Draft } from "../draft.ts";
import { groupName, warnings } from "../pages.ts";
import { valueText, words } from "../words.ts";

/** What saving would do, before it is done. The typed values travel along unseen. */
export function checkPage(
  view: View,
  actor: Actor,
  group: Pick<StoredGroup, "id" | "name">,
  shown: { draft: Draft; affected: Affected; higher: string | undefined },
): Html {
  const say = words[view.language];
  const { draft, affected, higher } = shown;
  const { name, description, fields } = draft;
  const address = `/admin/groups/${group.id}`;
  const body = html`<div class="save">${
    higher === undefined ? primaryButton(say.save, { name: "do", value: "save" }) : ""
  }${quietButton(say.edit, { name: "do", value: "edit" })}</div>`;
  return consolePage(view, actor, "groups", {
    title: say.checkTitle,
    styles: ["groups.css"],
    hasProblems: higher !== undefined,
    body: html`${backLink(address, groupName(view, group))}
${higher === undefined ? "" : notice("danger", higher)}
${warnings(view, draft)}
${affected.rules.length === 0 ? html`<p>${say.checkNothing}</p>` : summary(view, affected)}
${form(view, { action: address, hidden: { name, description, ...fields }, body })}`,
  });
}

function summary(view: View, affected: Affected): Html {
  const say = words[view.language];
  const { columns, rows } = rulesTable(view, affected);
  const unfelt = affected.rules
    .filter((rule) => !isFelt(rule))
    .map(({ name }) => say.names[name].toLowerCase());
  const effects = (["expired", "recheck", "sessions", "devices", "stranded"] as const).filter(
    (name) => affected[name] > 0,
  );
  const lead = affected.people === 0 ? say.checkNobody : say.checkPeople(affected.people);
  return html`<p class="lead">${lead}</p>
${
  effects.length === 0
    ? ""
    : notice(
        "warn",
        html`<ul class="effects">${effects.map(
          (name) => html`<li>${say.effects[name](affected[name])}</li>`,
        )}</ul>`,
      )
}
${rows.length > 0 ? table(say.checkTitle, columns, rows) : ""}
${unfelt.length > 0 ? html`<p class="hint">${say.unchanged(unfelt.join(", "))}</p>` : ""}`;
}

/** A value that nobody meets because a stricter one holds already is told by its name alone. */
function isFelt({ stricter, looser }: ChangedRule): boolean {
  return stricter > 0 || looser > 0;
}

function rulesTable(view: View, { rules }: Affected) {
  const { names, checkColumns, people } = words[view.language];
  const columns = [
    checkColumns.rule,
    checkColumns.was,
    checkColumns.willBe,
    checkColumns.stricter,
    checkColumns.looser,
  ];
  const whole = (text: string) => html`<span class="whole">${text}</span>`;
  const count = (number: number) => whole(number === 0 ? "—" : people(number));
  const rows = rules
    .filter(isFelt)
    .map((rule) => [
      html`<strong>${names[rule.name]}</strong>`,
      whole(valueText(rule.name, rule.before, view.language)),
      whole(valueText(rule.name, rule.after, view.language)),
      count(rule.stricter),
      count(rule.looser),
    ]);
  return { columns, rows };
}
