/** One case as staff see it: what was said on the left, who it is and what to decide on the right. */
import { html } from "hono/html";
import { timeOrDay } from "../../../platform/language/times.ts";
import { fileField, selectField, textArea } from "../../../platform/web/choice-fields.ts";
import {
  backLink,
  checkbox,
  type FieldProblem,
  form,
  linkButton,
  problemSummary,
  quietButton,
  textField,
} from "../../../platform/web/fields.ts";
import { details, facts, notice } from "../../../platform/web/notices.ts";
import { shownAddress } from "../../../platform/web/shown-address.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import { type CaseRow, isHandled, LONGEST_TEXT } from "../../../support/support.ts";
import type { Actor } from "../../acting.ts";
import { maskedContact, maskedLogin } from "../../masks.ts";
import { consolePage } from "../../pages.ts";
import { may, mayAtAll } from "../../rights.ts";
import { evidencePart, risksPart } from "../checks/pages.ts";
import type { GatheredCase } from "../gather.ts";
import { dueOf, PATH, stateChip } from "../pages.ts";
import { threadPart } from "../talk/pages.ts";
import { words } from "../words.ts";

type Problems = readonly FieldProblem[];

/** What was typed and not taken, by the name of its field; and the text of a ready answer. */
export type Typed = Readonly<Record<string, string>>;

export function casePage(
  view: View,
  actor: Actor,
  shown: GatheredCase,
  typed: Typed,
  problems: Problems = [],
): Html {
  const { found } = shown;
  const say = words[view.language];
  return consolePage(view, actor, "cases", {
    title: say.one(found.number),
    styles: ["desk.css"],
    hasProblems: problems.length > 0,
    action: html`<p class="lead who-is">${stateChip(view, found)}</p>`,
    body: html`${backLink(PATH, say.back)}${problemSummary(view, problems)}
<div class="case-head">${headPart(view, actor, shown)}</div>
${stepsPart(view, actor, shown)}
<div class="case"><div class="talk"><h2>${say.thread.title}</h2>
${threadPart(view, actor, shown)}
${isMine(actor, found) ? answerPart(view, shown, typed, problems) : ""}
${notePart(view, found, typed, problems)}</div>
<div class="checks">${evidencePart(view, actor, shown, typed, problems)}
${risksPart(view, shown)}
${decidePart(view, actor, shown, typed, problems)}</div></div>`,
  });
}

/** Who handles the case works in it; everybody else looks and may take it over. */
export function isMine(actor: Actor, found: CaseRow): boolean {
  return isHandled(found.state) && found.handler_id === actor.id;
}

export function actionOf(found: CaseRow, act: string): string {
  return `${PATH}/${found.number}/do/${act}`;
}

function headPart(view: View, actor: Actor, { found, person, names }: GatheredCase): Html {
  const say = words[view.language].head;
  const name = (id: string | null) => names.get(id ?? "") ?? words[view.language].queue.nobody;
  const whole = mayAtAll(actor.role, "see-contacts");
  const about = person
    ? html`<a href="/admin/users/${person.account.id}"><bdi>${person.account.name}</bdi></a>`
    : say.nobody;
  const answer = whole
    ? found.answer_to
    : maskedContact({ kind: "email", value: found.answer_to, key: found.answer_key });
  return facts([
    [say.about, about],
    [say.typed, whole ? found.typed : maskedLogin(found.typed)],
    [say.answer, answer],
    [say.from, `${found.device} · ${shownAddress(view, found.address)}`],
    [say.opened, timeOrDay(found.opened_at, view.now, view.timeZone, view.language)],
    ...(found.opened_by ? [[say.openedBy, name(found.opened_by)] as const] : []),
    ...(found.has_phone ? [[say.hasPhone, say.phoneAtHand] as const] : []),
    [say.handler, html`<bdi>${name(found.handler_id)}</bdi>`],
    [say.due, dueOf(view, found)],
  ]);
}

/** How it stands with the decision, and what one press does. */
function stepsPart(view: View, actor: Actor, shown: GatheredCase): Html {
  const { found, names, staff } = shown;
  const say = words[view.language];
  const time = (at: number | null) => timeOrDay(at ?? 0, view.now, view.timeZone, view.language);
  const approver = names.get(found.approved_by ?? "") ?? "propusk";
  const press = (act: "take" | "put-back") =>
    form(view, { action: actionOf(found, act), body: quietButton(say.acts[act]) });
  switch (found.state) {
    case "new":
      return html`<div class="acts">${press("take")}</div>`;
    case "handling":
    case "asked": {
      const to = staff.map(({ account }) => ({ value: account.id, label: account.name }));
      const over =
        to.length === 0
          ? ""
          : details(
              say.acts["hand-over"],
              form(view, {
                action: actionOf(found, "hand-over"),
                body: html`${selectField(view, {
                  name: "to",
                  label: say.acts.handTo,
                  value: "",
                  choices: to,
                })}
${quietButton(say.acts["hand-over"])}`,
              }),
            );
      return html`<div class="acts">${press("put-back")}</div>${over}`;
    }
    case "proposed":
      return proposedPart(view, actor, shown);
    case "waiting":
      return notice("info", say.waits.waiting(approver, time(found.release_at)));
    case "released":
      return notice("info", say.waits.released(approver));
    case "stopped":
    case "closed": {
      const reasons: Readonly<Record<string, string>> = say.waits.reasons;
      return notice("warn", reasons[found.reason] ?? say.states[found.state]);
    }
    case "done":
      return notice("success", say.events.finish);
    case "refused":
      return notice("warn", html`<div class="words">${found.reason}</div>`, { title: say.states.refused });
    case "unconfirmed":
    case "expired":
      return html``;
  }
}

function proposedPart(view: View, actor: Actor, { found, person, approver }: GatheredCase): Html {
  const { approve, acts } = words[view.language];
  const address = `${PATH}/${found.number}/approve`;
  if (approver.mine) return html`<div class="acts">${linkButton(address, acts.approve, "primary")}</div>`;
  const text = approver.anybody ? approve.notYou : approve.terminal(found.number);
  const higher = person && !may(actor, "approve-case", person.account);
  return notice(higher || !approver.anybody ? "warn" : "info", text);
}

function answerPart(view: View, shown: GatheredCase, typed: Typed, problems: Problems): Html {
  const { fields, acts } = words[view.language];
  const { found, templates } = shown;
  const choices = [
    { value: "", label: fields.noTemplate },
    ...templates.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const ready =
    templates.length === 0
      ? ""
      : html`<form method="get" action="${PATH}/${found.number}#answer" class="pick">
${selectField(view, { name: "template", label: fields.template, value: typed.template ?? "", choices })}
${quietButton(fields.insert)}</form>`;
  const body = html`${textArea(view, {
    name: "answer",
    label: fields.answer,
    hint: fields.answerHint,
    value: typed.answer ?? "",
    rows: 6,
    maxLength: LONGEST_TEXT,
    problems,
  })}
${fileField(view, {
  name: "files",
  label: fields.files,
  accept: "image/jpeg,image/png,image/webp,image/gif,application/pdf,text/plain",
  several: true,
  problems,
})}`;
  return html`${ready}${form(view, {
    action: actionOf(found, "answer"),
    upload: true,
    body,
    submit: acts.answer,
  })}`;
}

function notePart(view: View, found: CaseRow, typed: Typed, problems: Problems): Html {
  const { fields, acts } = words[view.language];
  const body = html`${textArea(view, {
    name: "note",
    label: fields.note,
    hint: fields.noteHint,
    value: typed.note ?? "",
    rows: 2,
    maxLength: LONGEST_TEXT,
    problems,
  })}${quietButton(acts.note)}`;
  return details(acts.note, form(view, { action: actionOf(found, "note"), body }));
}

function decidePart(view: View, actor: Actor, shown: GatheredCase, typed: Typed, problems: Problems): Html {
  const { fields, acts, parts } = words[view.language];
  const { found } = shown;
  const reason = (name: string, label: string, hint: string) =>
    textArea(view, {
      name,
      label,
      hint,
      value: typed[name] ?? "",
      rows: 2,
      maxLength: LONGEST_TEXT,
      problems,
    });
  const plain = (act: "return" | "recall", name: string) =>
    form(view, {
      action: actionOf(found, act),
      body: html`${reason(name, fields.reason, fields.reasonHint)}${quietButton(acts[act])}`,
    });
  const decide = (content: Html) => html`<section><h2>${parts.decide}</h2>${content}</section>`;
  if (found.state === "proposed") return decide(details(acts.return, plain("return", "return_reason")));
  if (found.state === "waiting" || found.state === "released")
    return decide(details(acts.recall, plain("recall", "recall_reason")));
  if (!isMine(actor, found)) return html``;
  const propose = form(view, {
    action: actionOf(found, "propose"),
    body: html`${checkbox(view, { name: "replaces", label: fields.replaces, checked: typed.replaces !== "" })}
${reason("propose_reason", fields.reason, fields.reasonHint)}`,
    submit: acts.propose,
  });
  const refuse = form(view, {
    action: actionOf(found, "refuse"),
    body: html`${reason("refusal", fields.refusal, fields.refusalHint)}${quietButton(acts.refuse)}`,
  });
  return decide(html`${shown.person ? propose : namePart(view, found, typed, problems)}
${details(acts.refuse, refuse)}`);
}

/** Where what the applicant typed names nobody. */
function namePart(view: View, found: CaseRow, typed: Typed, problems: Problems): Html {
  const { fields, acts } = words[view.language];
  const body = html`${textField(view, {
    name: "account",
    label: fields.account,
    hint: fields.accountHint,
    value: typed.account ?? "",
    autocomplete: "off",
    maxLength: 320,
    problems,
  })}${quietButton(acts.name)}`;
  return form(view, { action: actionOf(found, "name"), body });
}
