import { html } from "hono/html";
import { attributes } from "../../../platform/web/attributes.ts";
import { fileField, selectField } from "../../../platform/web/choice-fields.ts";
import {
  checkbox,
  type FieldProblem,
  field,
  form,
  inputAttributes,
  primaryButton,
  problemSummary,
  quietButton,
  textField,
} from "../../../platform/web/fields.ts";
import { portalMark } from "../../../platform/web/portrait.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import type { Channel, Portal, PortalWish } from "../../../portal-registry/portal-registry.ts";
import type { Actor } from "../../acting.ts";
import { addressOf, portalPage } from "../pages.ts";
import { words } from "../words.ts";

/** Shown on the slider until one chooses: near petrol. */
const FIRST_HUE = 215;

export interface LookPage {
  portal: Portal;
  byDefault: Portal;
  /** As typed, when it was refused. */
  wish: PortalWish;
  /** What holds where the portal leaves it open. */
  open: Pick<Portal, "name" | "style" | "button" | "remindsLogin" | "adminContact" | "senderName">;
  mailFrom: string;
  saved: boolean;
  problems: readonly FieldProblem[];
}

export function lookPage(view: View, actor: Actor, shown: LookPage): Html {
  const say = words[view.language];
  const { portal, problems } = shown;
  return portalPage(view, actor, {
    portal,
    tab: "look",
    hasProblems: problems.length > 0,
    saved: shown.saved ? say.saved : undefined,
    body: html`${problemSummary(view, problems)}
<div class="look"><div>${logoForm(view, shown)}
${form(view, {
  action: addressOf(portal),
  body: html`${nameSection(view, shown)}${recoverySection(view, shown)}${letterSection(view, shown)}
${primaryButton(say.save)}`,
})}</div>
${sample(view, shown)}</div>`,
  });
}

function logoForm(view: View, { portal, problems }: LookPage): Html {
  const say = words[view.language];
  const logo = fileField(view, {
    name: "logo",
    label: say.logo,
    hint: say.logoHint,
    accept: "image/jpeg,image/png,image/webp,image/gif",
    problems,
  });
  const remove = attributes({ class: "button", form: "remove-logo" });
  return html`<section class="logo-form">${portalMark(portal)}<div>${form(view, {
    action: `${addressOf(portal)}/logo`,
    upload: true,
    body: html`${logo}<div class="buttons">${quietButton(say.upload)}
${portal.logo === null ? "" : html`<button${remove}>${say.remove}</button>`}</div>`,
  })}</div></section>
${form(view, { id: "remove-logo", action: `${addressOf(portal)}/logo/remove`, body: html`` })}`;
}

function nameSection(view: View, { portal, wish, open, problems }: LookPage): Html {
  const { look } = words[view.language];
  const inherited = portal.isDefault ? ` ${look.inherit(open.name)}` : "";
  const slider = attributes({
    ...inputAttributes({ name: "hue", label: look.hue, hint: look.hueHint, problems }),
    class: "hue",
    type: "range",
    min: 0,
    max: 359,
    step: 1,
    value: wish.hue === null || wish.hue < 0 ? FIRST_HUE : wish.hue,
    "data-sample": "sample-style",
  });
  return html`<h2>${look.title}</h2>
${textField(view, {
  name: "name",
  label: look.name,
  hint: `${look.nameHint}${inherited}`,
  value: wish.name ?? "",
  autocomplete: "off",
  maxLength: 60,
  problems,
})}
${checkbox(view, { name: "ownHue", label: look.ownHue, checked: wish.hue !== null })}
${field(view, { name: "hue", label: look.hue, hint: look.hueHint, problems }, html`<input${slider}>`)}`;
}

function recoverySection(view: View, { portal, wish, open, byDefault, problems }: LookPage): Html {
  const { recovery: say, styles } = words[view.language];
  const channels: readonly Channel[] = wish.channels ?? (portal.isDefault ? all : byDefault.channels);
  return html`<h2>${say.title}</h2>
${selectField(view, {
  name: "style",
  label: say.style,
  value: wish.style ?? "",
  choices: [
    { value: "", label: say.styleChoices[""](styles[open.style]) },
    { value: "passport", label: say.styleChoices.passport },
    { value: "control-string", label: say.styleChoices["control-string"] },
  ],
  problems,
})}
${selectField(view, {
  name: "button",
  label: say.button,
  value: wish.button ?? "",
  choices: [
    ...(portal.isDefault ? [] : [{ value: "", label: say.buttonChoices[""](say.buttons[open.button]) }]),
    { value: "next", label: say.buttonChoices.next },
    { value: "send", label: say.buttonChoices.send },
  ],
  problems,
})}
${channelFields(view, channels, problems)}
${selectField(view, {
  name: "remindsLogin",
  label: say.reminds,
  value: wish.remindsLogin === null ? (portal.isDefault ? "on" : "") : wish.remindsLogin ? "on" : "off",
  choices: [
    ...(portal.isDefault
      ? []
      : [{ value: "", label: say.remindsChoices[""](say.onOff[open.remindsLogin ? "on" : "off"]) }]),
    { value: "on", label: say.remindsChoices.on },
    { value: "off", label: say.remindsChoices.off },
  ],
  problems,
})}
${textField(view, {
  name: "adminContact",
  label: say.contact,
  hint: `${say.contactHint} ${words[view.language].look.inherit(open.adminContact ?? say.none)}`,
  value: wish.adminContact ?? "",
  autocomplete: "off",
  maxLength: 200,
  problems,
})}`;
}

const all: readonly Channel[] = ["letter", "sms", "desk"];

function channelFields(view: View, chosen: readonly Channel[], problems: readonly FieldProblem[]): Html {
  const { recovery: say } = words[view.language];
  const problem = problems.find(({ field: name }) => name === "channels");
  const told = html`<p class="problem" id="channels-problem"><span>${problem?.text}</span></p>`;
  const group = attributes({ class: "ways", id: "channels", "aria-describedby": "channels-hint" });
  return html`<fieldset${group}><legend>${say.channels}</legend>
${all.map((name) =>
  checkbox(view, {
    name: `channel_${name}`,
    label: say.channelNames[name],
    checked: chosen.includes(name),
  }),
)}
${problem ? told : ""}<p class="hint" id="channels-hint">${say.channelsHint}</p></fieldset>`;
}

function letterSection(view: View, { wish, open, mailFrom, problems }: LookPage): Html {
  const { letters: say, look } = words[view.language];
  return html`<h2>${say.title}</h2>
${textField(view, {
  name: "senderName",
  label: say.sender,
  hint: `${say.senderHint(mailFrom)} ${look.inherit(open.senderName)}`,
  value: wish.senderName ?? "",
  autocomplete: "off",
  maxLength: 60,
  problems,
})}`;
}

/** What the page of a recovery looks like with it, in both themes; scripts follow the slider. */
function sample(view: View, { portal }: LookPage): Html {
  const { look, recovery } = words[view.language];
  const hue = portal.hue ?? "none";
  const one = (theme: "light" | "dark", title: string) => html`<figure class="sample ${theme}">
<figcaption>${title}</figcaption>
<div class="sample-page" aria-hidden="true"><div class="sample-brand">${portalMark(portal)}
<strong data-sample-name>${portal.name}</strong></div>
<div class="sample-field">${look.sampleField}</div>
<div class="sample-button">${recovery.buttons[portal.button]}</div>
<div class="sample-link">${look.sampleLink}</div></div></figure>`;
  return html`<aside class="samples" aria-label="${look.sample}"><h2>${look.sample}</h2>
<link rel="stylesheet" id="sample-style" href="/look/sample/${hue}.css">
${one("light", look.sampleLight)}${one("dark", look.sampleDark)}</aside>`;
}
