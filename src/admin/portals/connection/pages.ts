import { html } from "hono/html";
import { selectField } from "../../../platform/web/choice-fields.ts";
import {
  backLink,
  checkbox,
  copyField,
  type FieldProblem,
  form,
  linkButton,
  problemSummary,
  quietButton,
  textField,
} from "../../../platform/web/fields.ts";
import { notice } from "../../../platform/web/notices.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import type { Portal, PortalWish } from "../../../portal-registry/portal-registry.ts";
import type { Actor } from "../../acting.ts";
import { consolePage } from "../../pages.ts";
import type { Checked } from "../check/check.ts";
import { checkPart } from "../check/pages.ts";
import { stateOf } from "../list/pages.ts";
import { addressOf, linesField, portalPage } from "../pages.ts";
import { words } from "../words.ts";

type Problems = readonly FieldProblem[];

/** Everything about a new portal that cannot wait: its name, its addresses, how it proves itself. */
export function newPage(view: View, actor: Actor, wish: PortalWish, problems: Problems = []): Html {
  const say = words[view.language];
  const name = textField(view, {
    name: "name",
    label: say.look.name,
    hint: say.look.nameHint,
    value: wish.name ?? "",
    autocomplete: "off",
    maxLength: 60,
    autofocus: true,
    problems,
  });
  return consolePage(view, actor, "portals", {
    narrow: true,
    title: say.newTitle,
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}<p class="lead">${say.connection.lead}</p>
${form(view, {
  action: "/admin/new-portal",
  body: html`${name}${addressFields(view, wish, problems)}`,
  submit: say.newButton,
})}
${backLink("/admin/portals", say.back)}`,
  });
}

export interface ConnectionPage {
  portal: Portal;
  wish: PortalWish;
  issuer: string;
  saved: string | undefined;
  checked: Checked | undefined;
  problems: Problems;
}

export function connectionPage(view: View, actor: Actor, shown: ConnectionPage): Html {
  const say = words[view.language];
  const { portal, wish, problems, saved, checked } = shown;
  const action = addressOf(portal, "connection");
  return portalPage(view, actor, {
    portal,
    tab: "connection",
    hasProblems: problems.length > 0,
    saved,
    body: html`${problemSummary(view, problems)}<div class="narrow-part">
<section><h2>${say.connection.secret}</h2>${secretPart(view, shown)}</section>
${checkPart(view, portal, checked)}
<section><h2>${say.connection.title}</h2><p class="hint">${say.connection.lead}</p>
${form(view, { action, body: addressFields(view, wish, problems), submit: say.save })}</section>
<section>${linkButton(`${addressOf(portal)}/archive`, say.connection.archive)}</section></div>`,
  });
}

function secretPart(view: View, { portal, issuer }: ConnectionPage): Html {
  const { connection: say } = words[view.language];
  const state = stateOf(portal);
  return html`${copyField(view, { name: "issuer", label: say.issuer, value: issuer })}
${copyField(view, { name: "client_id", label: say.clientId, value: portal.id })}
${notice(state === "no-secret" ? "warn" : "info", say.secretStates[state])}
${state === "public" ? "" : linkButton(`${addressOf(portal)}/secret`, say.rotate)}
${
  state === "changing"
    ? form(view, { action: `${addressOf(portal)}/secret/end`, body: quietButton(say.endPrevious) })
    : ""
}`;
}

function addressFields(view: View, wish: PortalWish, problems: Problems): Html {
  const { connection: say } = words[view.language];
  const several = (name: "redirectUris" | "postLogoutRedirectUris", label: string, hint: string) =>
    linesField(view, { name, label, hint, value: wish[name].join("\n"), rows: 3, problems });
  const one = (name: "homeUrl" | "initiateLoginUri" | "backchannelLogoutUri", label: string, hint: string) =>
    textField(view, {
      name,
      label,
      hint,
      value: wish[name] ?? "",
      keyboard: "text",
      autocomplete: "off",
      identifier: false,
      problems,
    });
  return html`${several("redirectUris", say.redirect, say.redirectHint)}
${one("homeUrl", say.home, say.homeHint)}
${one("initiateLoginUri", say.initiate, say.initiateHint)}
${several("postLogoutRedirectUris", say.logout, say.logoutHint)}
${one("backchannelLogoutUri", say.backchannel, say.backchannelHint)}
${selectField(view, {
  name: "authMethod",
  label: say.method,
  value: wish.authMethod,
  choices: (["client_secret_basic", "client_secret_post", "none"] as const).map((value) => ({
    value,
    label: say.methods[value],
  })),
  problems,
})}
${checkbox(view, { name: "isForeign", label: say.foreign, hint: say.foreignHint, checked: wish.isForeign })}`;
}

/** Before a secret is made: what happens to the one before. */
export function askSecretPage(view: View, actor: Actor, portal: Portal): Html {
  const { secretPage: say, connection, back } = words[view.language];
  return consolePage(view, actor, "portals", {
    narrow: true,
    title: say.ask,
    body: html`<p class="whom"><strong>${portal.name}</strong></p><p class="lead">${say.askLead}</p>
${form(view, { action: `${addressOf(portal)}/secret`, body: html``, submit: connection.rotate })}
${backLink(addressOf(portal, "connection"), back)}`,
  });
}

/** The one time that a secret is shown, in the answer to the press that made it. */
export function secretPage(view: View, actor: Actor, portal: Portal, secret: string | null): Html {
  const { secretPage: say, connection } = words[view.language];
  return consolePage(view, actor, "portals", {
    narrow: true,
    title: say.title,
    body: html`<p class="whom"><strong>${portal.name}</strong></p>
<p class="lead">${secret === null ? say.publicLead : say.lead}</p>
${copyField(view, { name: "client_id", label: connection.clientId, value: portal.id })}
${secret === null ? "" : copyField(view, { name: "client_secret", label: say.label, value: secret })}
${linkButton(addressOf(portal, "clients"), say.next, "primary")}`,
  });
}

export function archivePage(view: View, actor: Actor, portal: Portal): Html {
  const { archivePage: say, back } = words[view.language];
  return consolePage(view, actor, "portals", {
    narrow: true,
    title: say.title,
    body: html`<p class="whom"><strong>${portal.name}</strong></p><p class="lead">${say.lead}</p>
${form(view, { action: `${addressOf(portal)}/archive`, body: html``, submit: say.button })}
${backLink(addressOf(portal, "connection"), back)}`,
  });
}
