import { html } from "hono/html";
import { type PersonalData, timeZones } from "../../accounts/accounts.ts";
import { languages } from "../../platform/language/language.ts";
import { attributes } from "../../platform/web/attributes.ts";
import { fileField, selectField } from "../../platform/web/choice-fields.ts";
import {
  type FieldProblem,
  form,
  problemSummary,
  quietButton,
  textField,
} from "../../platform/web/fields.ts";
import { facts } from "../../platform/web/notices.ts";
import { portrait } from "../../platform/web/portrait.ts";
import type { Html, View } from "../../platform/web/view.ts";
import { contactRows, type OwnPage, placePage } from "../pages.ts";
import { words as profileWords } from "../words.ts";
import { words } from "./words.ts";

export interface EditPage extends Omit<OwnPage, "notices" | "saved" | "social" | "portals"> {
  /** As typed, when it was refused. */
  data: PersonalData;
  /** The installation's time zone. */
  usualZone: string;
  problems: readonly FieldProblem[];
}

/** «Редактировать профиль», in style `control-string` «Изменить личные данные». */
export function editPage(view: View, shown: EditPage): Html {
  const { edit, editBox } = profileWords[view.language];
  return placePage(view, {
    place: "profile",
    title: shown.inBox ? editBox : edit,
    hasProblems: shown.problems.length > 0,
    body: html`${problemSummary(view, shown.problems)}
${photoSection(view, shown)}
${dataForm(view, shown)}
<section class="apart"><h2>${words[view.language].access}</h2>${facts(contactRows(view, shown))}</section>`,
  });
}

const REMOVE = "remove-photo";

function photoSection(view: View, { person: { account }, problems }: EditPage): Html {
  const say = words[view.language];
  const field = fileField(view, {
    name: "photo",
    label: say.photo,
    hint: say.photoHint,
    accept: "image/jpeg,image/png,image/webp,image/gif",
    problems,
  });
  // A form of its own, whose button stands beside the other one.
  const remove = attributes({ class: "button", form: REMOVE });
  const upload = form(view, {
    action: "/me/photo",
    upload: true,
    body: html`${field}<div class="buttons">${quietButton(say.upload)}
${account.photo ? html`<button${remove}>${say.remove}</button>` : ""}</div>`,
  });
  return html`<div class="person top">${portrait(account, "large")}<div>${upload}</div></div>
${form(view, { id: REMOVE, action: "/me/photo/remove", body: html`` })}`;
}

function dataForm(view: View, { data, usualZone, problems }: EditPage): Html {
  const say = words[view.language];
  const { name, position, department } = data;
  const text = (field: "position" | "department", value: string, autocomplete: string) =>
    textField(view, { name: field, label: say[field], value, autocomplete, maxLength: 60, problems });
  const body = html`${textField(view, {
    name: "name",
    label: say.name,
    hint: say.nameHint,
    value: name,
    autocomplete: "name",
    maxLength: 60,
    problems,
  })}
${text("position", position, "organization-title")}
${text("department", department, "off")}
${selectField(view, {
  name: "language",
  label: say.language,
  value: data.language ?? "",
  choices: (["", ...languages] as const).map((value) => ({ value, label: say.languages[value] })),
  problems,
})}
${zoneField(view, data.timeZone, usualZone, problems)}`;
  return form(view, { action: "/me/edit", body, submit: say.save });
}

/** The zones of Russia by their cities first, then all others as IANA names them. */
function zoneField(view: View, value: string | null, usual: string, problems: readonly FieldProblem[]): Html {
  const { zones, timeZone, timeZoneUsual, russia, elsewhere } = words[view.language];
  const known: Readonly<Record<string, string>> = zones;
  const others = timeZones.filter((zone) => !(zone in known));
  return selectField(view, {
    name: "time_zone",
    label: timeZone,
    value: value ?? "",
    choices: [{ value: "", label: timeZoneUsual(known[usual] ?? usual) }],
    groups: [
      { label: russia, choices: Object.entries(known).map(([zone, label]) => ({ value: zone, label })) },
      { label: elsewhere, choices: others.map((zone) => ({ value: zone, label: zone })) },
    ],
    problems,
  });
}
