import { html } from "hono/html";
import { form, quietButton, textField } from "../../../platform/web/fields.ts";
import { type IconName, icon } from "../../../platform/web/icons.ts";
import { notice } from "../../../platform/web/notices.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import type { Portal } from "../../../portal-registry/portal-registry.ts";
import { addressOf } from "../pages.ts";
import type { Checked, Finding, Said } from "./check.ts";
import { words } from "./words.ts";

type State = keyof typeof icons;

const icons = { good: "success", bad: "warn", unknown: "info" } as const satisfies Record<string, IconName>;

/** What is not named here is fine. */
const states: Partial<Record<Said, State>> = {
  undescribed: "bad",
  misdescribed: "bad",
  keyless: "bad",
  "request-refused": "bad",
  "request-lost": "bad",
  "secret-missing": "bad",
  "secret-previous": "bad",
  "secret-wrong": "bad",
  "header-lost": "bad",
  "token-lost": "bad",
  "open-to-nobody": "bad",
  "you-may-not": "unknown",
  startless: "bad",
  "not-there": "bad",
  broken: "bad",
  nameless: "bad",
  untrusted: "bad",
  late: "bad",
  closed: "bad",
  "out-of-reach": "unknown",
  "own-machine": "unknown",
  "told-anything": "bad",
  "told-elsewhere": "bad",
  untold: "bad",
};

const stateOf = ({ said }: Finding): State => states[said] ?? "good";

/** The form of the check, with what it has just found, and the way into the portal itself. */
export function checkPart(view: View, portal: Portal, checked: Checked | undefined): Html {
  const say = words[view.language];
  const secret = textField(view, {
    name: "secret",
    label: say.secret,
    hint: say.secretHint,
    value: "",
    autocomplete: "off",
    identifier: false,
    maxLength: 200,
    problems: [],
  });
  const body = html`${portal.client.authMethod === "none" ? "" : secret}${quietButton(say.button)}`;
  return html`<section id="check"><h2>${say.title}</h2><p class="hint">${say.lead}</p>
${checked ? resultOf(view, checked) : ""}
${form(view, { action: `${addressOf(portal, "connection")}/check#check`, body })}
${startButton(view, portal)}</section>`;
}

function resultOf(view: View, checked: Checked): Html {
  const say = words[view.language];
  const parts = ["ours", "people", "portal"] as const;
  const bad = parts.flatMap((part) => checked[part].filter((each) => stateOf(each) === "bad")).length;
  return html`<div role="status">${notice(bad === 0 ? "success" : "warn", say.result(bad))}
${parts.map(
  (part) => html`<h3>${say.parts[part]}</h3>
<ul class="checks">${checked[part].map((each) => row(view, each))}</ul>`,
)}
<p class="hint">${say.elsewhere}</p></div>`;
}

function row(view: View, finding: Finding): Html {
  const say = words[view.language];
  const state = stateOf(finding);
  const sentence = say.said[finding.said];
  const text = typeof sentence === "string" ? sentence : sentence(finding.detail ?? "");
  const { address } = finding;
  const where = address === undefined ? "" : html` <span class="second mono">${address}</span>`;
  const told = html`<span class="unseen">${say.states[state]}: </span>${text}${where}`;
  return html`<li class="${state}">${icon(icons[state])}<div>${told}</div></li>`;
}

/** Opens the portal itself, which begins the sign-in as people will. */
function startButton(view: View, { client, homeUrl }: Portal): Html {
  const say = words[view.language];
  const address = client.initiateLoginUri ?? homeUrl;
  if (address === null) return html``;
  return html`<p><a class="button" href="${address}" target="_blank" rel="noreferrer">${say.open}</a></p>
<p class="hint">${say.openHint} ${new URL(address).host}</p>`;
}
