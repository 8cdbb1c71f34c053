import { html } from "hono/html";
import { form, linkButton, primaryButton, quietButton } from "../platform/web/fields.ts";
import { page } from "../platform/web/layout.ts";
import { facts, notice } from "../platform/web/notices.ts";
import type { Html, View } from "../platform/web/view.ts";
import { words } from "./words.ts";

/** Somebody who is signed in, as the pages name them. */
export interface Signed {
  name: string;
  login: string;
}

/**
 * Stands for a moment between our form and the portal; the browser goes on by itself. A redirect would be
 * held to the `form-action` of the page before (decision 0055).
 */
export function onwardPage(view: View, portal: string, address: string): Html {
  const { onward } = words[view.language];
  return page(view, {
    title: onward.title(portal),
    body: html`<p class="lead">${onward.lead(portal)}</p>
${linkButton(address, onward.button(portal), "primary")}`,
  });
}

/** Whoever is signed in goes on, or makes room for somebody else. */
export function choosePage(
  view: View,
  shown: { portal: string; person: Signed; action: string; otherExpected: boolean },
): Html {
  const { choose: say } = words[view.language];
  const { portal, person, action } = shown;
  const body = html`<div class="stack">${
    shown.otherExpected ? "" : primaryButton(say.go(person.name), { name: "go", value: "on" })
  }
${
  shown.otherExpected
    ? primaryButton(say.another, { name: "go", value: "another" })
    : quietButton(say.another, { name: "go", value: "another" })
}</div>`;
  return page(view, {
    title: say.title,
    body: html`<p class="lead">${shown.otherExpected ? say.other(portal) : say.lead(portal)}</p>
${facts([[words[view.language].consent.asWhom, `${person.name} (${person.login})`]])}
${form(view, { action, body })}`,
  });
}

/** The account may not enter this portal: whom to ask, and the ways on. */
export function closedPage(
  view: View,
  shown: { portal: string; person: Signed; contact: string | undefined; action: string },
): Html {
  const { closed: say } = words[view.language];
  const { portal, person, contact, action } = shown;
  return page(view, {
    title: say.title(portal),
    hasProblems: true,
    body: html`<p class="lead">${say.lead(person.login)}</p>
${notice("info", contact === undefined ? say.askUnknown : say.ask(contact))}
${form(view, {
  action,
  body: html`<div class="stack">${primaryButton(say.another, { name: "go", value: "another" })}
${quietButton(say.back, { name: "go", value: "back" })}</div>`,
})}
${linkButton("/me", say.mine)}`,
  });
}

export interface ConsentShown {
  portal: string;
  host: string;
  person: Signed;
  scopes: readonly string[];
  email: string | undefined;
  phone: string | undefined;
  action: string;
}

export function consentPage(view: View, shown: ConsentShown): Html {
  const { consent: say } = words[view.language];
  const { person } = shown;
  return page(view, {
    title: say.title(shown.portal),
    body: html`<p class="lead">${say.lead(shown.host)}</p>
${facts([[say.asWhom, `${person.name} (${person.login})`]])}
<h2>${say.learns}</h2>
<ul>${learnt(view, shown).map((line) => html`<li>${line}</li>`)}</ul>
<p class="hint">${say.never}</p>
${form(view, {
  action: shown.action,
  body: html`<div class="stack">${primaryButton(say.yes, { name: "go", value: "allow" })}
${quietButton(say.no, { name: "go", value: "refuse" })}
<button class="plain" name="go" value="another">${say.another}</button></div>`,
})}`,
  });
}

function learnt(view: View, { scopes, email, phone }: ConsentShown): string[] {
  const { scopes: say } = words[view.language].consent;
  const told: Record<string, string> = {
    openid: say.openid,
    profile: say.profile,
    email: email === undefined ? say.noEmail : say.email(email),
    phone: phone === undefined ? say.noPhone : say.phone(phone),
    groups: say.groups,
    offline_access: say.offline_access,
  };
  return scopes.flatMap((scope) => told[scope] ?? []);
}

/** A portal wants its person signed out and has shown nothing that proves whose session it means. */
export function signOutPage(
  view: View,
  shown: { portal: string | undefined; person: Signed; action: string; sealed: string },
): Html {
  const { signOut: say } = words[view.language];
  const { portal, person, action, sealed } = shown;
  return page(view, {
    title: say.title,
    body: html`<p class="lead">${portal === undefined ? say.leadUnknown : say.lead(portal)}</p>
${facts([[say.asWhom, `${person.name} (${person.login})`]])}
<p>${say.everywhere}</p>
${form(view, {
  action,
  hidden: { wish: sealed },
  body: html`<div class="stack">${primaryButton(say.yes, { name: "go", value: "out" })}
${quietButton(say.no, { name: "go", value: "stay" })}</div>`,
})}`,
  });
}

/** A way that is over: its cookie or its row is gone. */
export function overPage(view: View): Html {
  const { over, errors } = words[view.language];
  return page(view, {
    title: over.title,
    hasProblems: true,
    body: html`<p class="lead">${over.text}</p>
${linkButton("/", errors.home)}`,
  });
}

/** In the place of the library's page; tells nothing of what was sent. */
export function errorPage(view: View, error: string): Html {
  const { errors: say, over } = words[view.language];
  if (error === "session_not_found") return overPage(view);
  const told: Record<string, string> = {
    invalid_redirect_uri: say.address,
    invalid_client: say.client,
    server_error: say.fault,
  };
  return page(view, {
    title: error === "server_error" ? over.title : say.title,
    hasProblems: true,
    body: html`<p class="lead">${told[error] ?? say.other}</p>
<p class="hint">${say.code}: <span class="mono">${error}</span></p>
${linkButton("/", say.home)}`,
  });
}
