/** The checklist: what speaks for the applicant, and what should make one look twice. */
import { html } from "hono/html";
import { timeOrDay } from "../../../platform/language/times.ts";
import { codeField, type FieldProblem, form, quietButton, textField } from "../../../platform/web/fields.ts";
import { icon } from "../../../platform/web/icons.ts";
import { details } from "../../../platform/web/notices.ts";
import { shownAddress } from "../../../platform/web/shown-address.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import {
  type EvidenceKind,
  evidenceKinds,
  isHandled,
  isUnanswered,
  type Risk,
} from "../../../support/support.ts";
import type { Actor } from "../../acting.ts";
import type { GatheredCase } from "../gather.ts";
import { actionOf, isMine, type Typed } from "../one/pages.ts";
import { words } from "../words.ts";

type Problems = readonly FieldProblem[];

export function evidencePart(
  view: View,
  actor: Actor,
  shown: GatheredCase,
  typed: Typed,
  problems: Problems,
): Html {
  const say = words[view.language].evidence;
  const { has, policy, found } = shown;
  const count = policy ? html` <span class="second">${say.count(has, policy.evidence)}</span>` : "";
  const forms =
    isHandled(found.state) && shown.person
      ? html`${isMine(actor, found) ? colleagueForm(view, shown, typed, problems) : ""}
${meetingForm(view, shown, problems)}${documentForm(view, shown, typed, problems)}`
      : "";
  return html`<section><h2>${say.title}${count}</h2>
<ul class="evidence"><li class="given">${icon("check")}<span>${say.address}
<span class="second">${say.addressHint}</span></span></li>
${evidenceKinds.map((kind) => kindLine(view, shown, kind))}</ul>${forms}</section>`;
}

function kindLine(view: View, { evidence, names }: GatheredCase, kind: EvidenceKind): Html {
  const say = words[view.language].evidence;
  const pieces = evidence.filter((piece) => piece.kind === kind);
  const state = pieces.some((piece) => piece.state === "given")
    ? "given"
    : pieces.some((piece) => piece.state === "declined")
      ? "declined"
      : pieces.length > 0
        ? "asked"
        : "missing";
  const sign = { given: "check", declined: "problem", asked: "info", missing: "none" } as const;
  const lines = pieces.map((piece) => {
    const name = names.get((kind === "colleague" ? piece.account_id : piece.by_id) ?? "") ?? "";
    const at = timeOrDay(piece.at, view.now, view.timeZone, view.language);
    const who = name === "" ? at : say.by(name, at);
    const note = kind !== "document" ? "" : ` · ${piece.note}`;
    const state = isUnanswered(piece, view.now) ? "unanswered" : piece.state;
    return html`<span class="second">${say.states[state]}: <bdi>${who}${note}</bdi></span>`;
  });
  const hint = kind === "phone" && pieces.length === 0 ? say.phoneHint : "";
  const shown = sign[state];
  return html`<li class="${state}">${shown === "none" ? html`<span class="icon empty"></span>` : icon(shown)}
<span>${say.kinds[kind]}
${lines.length === 0 ? html`<span class="second">${hint || say.missing}</span>` : lines}
</span></li>`;
}

function colleagueForm(view: View, { found }: GatheredCase, typed: Typed, problems: Problems): Html {
  const say = words[view.language].evidence;
  const body = html`${textField(view, {
    name: "colleague",
    label: say.colleague,
    value: typed.colleague ?? "",
    autocomplete: "off",
    maxLength: 320,
    problems,
  })}${quietButton(say.colleagueAsk)}`;
  return details(say.colleagueAsk, form(view, { action: actionOf(found, "colleague"), body }));
}

function meetingForm(view: View, { found }: GatheredCase, problems: Problems): Html {
  const say = words[view.language].evidence;
  const body = html`${codeField(view, { name: "meeting", label: say.meeting, problems })}
${quietButton(say.meetingNote)}`;
  return details(say.meetingNote, form(view, { action: actionOf(found, "meeting"), body }));
}

function documentForm(view: View, { found }: GatheredCase, typed: Typed, problems: Problems): Html {
  const say = words[view.language].evidence;
  const body = html`${textField(view, {
    name: "document",
    label: say.document,
    hint: say.documentHint,
    value: typed.document ?? "",
    autocomplete: "off",
    maxLength: 60,
    problems,
  })}${quietButton(say.documentNote)}`;
  return details(say.documentNote, form(view, { action: actionOf(found, "document"), body }));
}

export function risksPart(view: View, { risks }: GatheredCase): Html {
  const say = words[view.language].risk;
  if (risks.length === 0)
    return html`<section><h2>${say.title}</h2><p class="hint">${say.none}</p></section>`;
  return html`<section><h2>${say.title}</h2><ul class="risks">${risks.map(
    (risk) => html`<li>${icon("warn")}<span>${riskText(view, risk)}</span></li>`,
  )}</ul></section>`;
}

function riskText(view: View, risk: Risk): string {
  const say = words[view.language].risk;
  const time = (at: number) => timeOrDay(at, view.now, view.timeZone, view.language);
  switch (risk.kind) {
    case "signed-in-lately":
    case "in-use":
    case "changed-lately":
    case "stopped-before":
      return say[risk.kind](time(risk.at));
    case "earlier-cases":
    case "address-of-others":
      return say[risk.kind](risk.count);
    case "new-address":
    case "new-place":
      return say[risk.kind](shownAddress(view, risk.address));
    case "free-mailbox":
    case "staff":
    case "not-vouched":
    case "same-source":
    case "new-account":
      return say[risk.kind];
  }
}
