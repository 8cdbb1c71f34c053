import { html } from "hono/html";
import type { Identity, Service, WayOut } from "../identities/identities.ts";
import { dayOf, waitingTime } from "../platform/language/times.ts";
import { backLink, form, linkButton, primaryButton, quietButton } from "../platform/web/fields.ts";
import { page } from "../platform/web/layout.ts";
import { notice } from "../platform/web/notices.ts";
import { serviceButton, serviceButtons, serviceStyles } from "../platform/web/service-buttons.ts";
import type { Html, View } from "../platform/web/view.ts";
import { words } from "./words.ts";

/** Where the button of a letter leads: nothing begins before it is pressed here. */
export function entrancePage(view: View, service: Service): Html {
  const say = words[view.language];
  return page(view, {
    title: say.entrance.title(service.name[view.language]),
    styles: serviceStyles,
    body: html`<p class="lead">${say.entrance.lead(service.name[view.language])}</p>
${form(view, {
  action: `/social/${service.id}/start`,
  body: serviceButton(view, service.id, say.entrance.submit(service.name[view.language])),
})}
${backLink("/sign-in", say.signIn)}`,
  });
}

/** Stands for a moment between our form and the service; the browser goes on by itself. */
export function onwardPage(view: View, service: Service, address: string): Html {
  const { onward } = words[view.language];
  return page(view, {
    title: onward.title(service.name[view.language]),
    body: html`<p class="lead">${onward.lead(service.name[view.language])}</p>
${linkButton(address, onward.button(service.name[view.language]), "primary")}`,
  });
}

/** A sign-in that did not come about, and why. */
export type Failure =
  | { kind: "out-of-reach" | "refused" | "lost" | "known-email" | "taken" }
  | { kind: "unknown" | "closed"; adminContact: string | undefined }
  | { kind: "throttled"; waitMs: number };

export function failurePage(
  view: View,
  service: Service,
  failure: Failure,
  from: "sign-in" | "invitation",
): Html {
  const { title, text } = failureWords(view, service, failure);
  return page(view, {
    title,
    hasProblems: true,
    body: html`${text.map((line) => html`<p class="lead">${line}</p>`)}
${from === "invitation" ? backToInvitation(view) : waysOn(view, service, failure)}`,
  });
}

/** The letter's key is still held by this browser, and nothing was spent. */
function backToInvitation(view: View): Html {
  return linkButton("/invitation", words[view.language].toInvitation, "primary");
}

function failureWords(view: View, service: Service, failure: Failure): { title: string; text: string[] } {
  const say = words[view.language];
  const name = service.name[view.language];
  switch (failure.kind) {
    case "out-of-reach":
      return { title: say.outOfReach.title(name), text: [say.outOfReach.text] };
    case "refused":
      return { title: say.refused.title(name), text: [say.refused.text] };
    case "lost":
      return { title: say.lost.title, text: [say.lost.text(name)] };
    case "known-email":
      return { title: say.knownEmail.title, text: [say.knownEmail.text(name)] };
    case "taken":
      return { title: say.own.done.taken(name), text: [say.own.takenHow] };
    case "unknown": {
      const { title, text, admin, adminUnknown } = say.unknown;
      const contact = failure.adminContact;
      return { title: title(name), text: [text(name), contact ? admin(contact) : adminUnknown] };
    }
    case "closed": {
      const { title, text, admin, adminUnknown } = say.closed;
      const contact = failure.adminContact;
      return { title, text: [text, contact ? admin(contact) : adminUnknown] };
    }
    case "throttled":
      return {
        title: say.throttled.title,
        text: [say.throttled.text(waitingTime(failure.waitMs, view.language))],
      };
  }
}

function waysOn(view: View, service: Service, failure: Failure): Html {
  const say = words[view.language];
  const toSignIn = linkButton("/sign-in", say.signIn);
  switch (failure.kind) {
    case "out-of-reach":
    case "refused":
    case "lost":
      return html`${form(view, {
        action: `/social/${service.id}/start`,
        body: html`${primaryButton(say.again)}`,
      })}${toSignIn}`;
    case "known-email":
    case "unknown":
      return html`${linkButton("/sign-in?return_to=/me/social", say.withPassword, "primary")}
<p class="hint"><a href="/recovery">${say.forgot}</a></p>`;
    case "closed":
    case "taken":
    case "throttled":
      return toSignIn;
  }
}

/** What has just happened on the page of links. */
export type Told = { kind: "linked" | "unlinked" | "cancelled" | "taken"; name: string };

export interface OwnLinks {
  identities: readonly Identity[];
  /** What may be linked. */
  ways: readonly WayOut[];
  hasPassword: boolean;
  told: Told | undefined;
  /** The link that was to go is the last way in. */
  last: boolean;
}

/** «Соцсети» of «Моя страница». */
export function ownLinksPage(view: View, shown: OwnLinks): Html {
  const say = words[view.language].own;
  const { identities, ways, hasPassword, told, last } = shown;
  const action = (service: string) => `/me/social/link/${service}`;
  const linkable = html`<section><h2>${say.more}</h2>
${serviceButtons(view, { ways, label: say.more, action })}</section>`;
  const noPassword = html`<section><h2>${say.password}</h2><p>${say.noPassword}</p>
${linkButton("/me/password", say.setPassword)}</section>`;
  const links = html`<ul class="links">${identities.map((identity) => linkRow(view, identity))}</ul>`;
  return page(view, {
    title: say.title,
    styles: serviceStyles,
    hasProblems: last,
    body: html`${told ? toldNotice(view, told) : ""}${last ? notice("danger", say.last) : ""}
<p class="lead">${say.lead}</p>
<section><h2>${say.linked}</h2>
${identities.length === 0 ? html`<p class="hint">${say.nothing}</p>` : links}</section>
${ways.length > 0 ? linkable : ""}${hasPassword ? "" : noPassword}
${backLink("/me", say.back)}`,
  });
}

function toldNotice(view: View, { kind, name }: Told): Html {
  const say = words[view.language].own;
  const title = say.done[kind](name);
  if (kind === "taken") return notice("danger", say.takenHow, { title });
  return notice(kind === "cancelled" ? "info" : "success", title);
}

function linkRow(view: View, { id, service, shown, linkedAt, works }: Identity): Html {
  const say = words[view.language].own;
  const day = dayOf(linkedAt, view.timeZone, view.language);
  const body = html`<div><strong>${service.name[view.language]}</strong>
<span class="value">${shown}</span>
<span class="hint">${works ? say.since(day) : say.off}</span></div>
${quietButton(say.unlink(service.name[view.language]), { name: "id", value: id })}`;
  return html`<li>${form(view, { action: "/me/social/unlink", body })}</li>`;
}
