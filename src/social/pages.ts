import { html } from "hono/html";
import type { Identity, Service, WayOut } from "../identities/identities.ts";
import { dayOf, waitingTime } from "../platform/language/times.ts";
import { backLink, form, linkButton, primaryButton, quietButton } from "../platform/web/fields.ts";
import { page } from "../platform/web/layout.ts";
import { notice } from "../platform/web/notices.ts";
import {
  serviceButton,
  serviceButtons,
  serviceMark,
  serviceStyles,
} from "../platform/web/service-buttons.ts";
import type { Html, View } from "../platform/web/view.ts";
import type { Fault } from "./failing.ts";
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

/** What did not come about, and why. */
export type Failure =
  | { kind: "failed"; fault: Fault }
  | { kind: "lost" | "known-email" | "taken" }
  | { kind: "unknown" | "closed"; adminContact: string | undefined }
  | { kind: "throttled"; waitMs: number };

/** What the way through the service was for. */
type Purpose = "sign-in" | "link" | "invitation";

export function failurePage(view: View, service: Service, failure: Failure, purpose: Purpose): Html {
  const { title, text } = failureWords(view, service, failure, purpose);
  return page(view, {
    title,
    hasProblems: true,
    body: html`${text.map((line) => html`<p class="lead">${line}</p>`)}
${waysOn(view, service, failure, purpose)}`,
  });
}

interface Told {
  title: string;
  text: string[];
}

function failureWords(view: View, service: Service, failure: Failure, purpose: Purpose): Told {
  const say = words[view.language];
  // «Яндекс ID» stays on one line.
  const name = service.name[view.language].replaceAll(" ", "\u00a0");
  switch (failure.kind) {
    case "failed": {
      const { title, text } = say.failed[failure.fault];
      return { title: title(name), text: [text, say.instead[purpose]] };
    }
    case "lost":
      return purpose === "link"
        ? { title: say.lostLink.title, text: [say.lostLink.text(name)] }
        : { title: say.lost.title, text: [say.lost.text(name)] };
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

function waysOn(view: View, service: Service, failure: Failure, purpose: Purpose): Html {
  const say = words[view.language];
  const [home, homeLabel] = homes(view)[purpose];
  switch (failure.kind) {
    case "failed":
    case "lost": {
      // The letter's key is still held by this browser, and nothing was spent.
      if (purpose === "invitation") return linkButton(home, homeLabel, "primary");
      const action = purpose === "link" ? `/me/social/link/${service.id}` : `/social/${service.id}/start`;
      return html`${form(view, { action, body: html`${primaryButton(say.again)}` })}
${linkButton(home, homeLabel)}`;
    }
    case "known-email":
    case "unknown":
      return html`${linkButton("/sign-in?return_to=/me/social", say.withPassword, "primary")}
<p class="hint"><a href="/recovery">${say.forgot}</a></p>`;
    case "closed":
    case "taken":
    case "throttled":
      return linkButton(home, homeLabel, purpose === "invitation" ? "primary" : undefined);
  }
}

/** Where one came from, and what its link says. */
function homes({ language }: View): Record<Purpose, readonly [address: string, label: string]> {
  const say = words[language];
  return {
    "sign-in": ["/sign-in", say.signIn],
    link: ["/me/social", say.toLinks],
    invitation: ["/invitation", say.toInvitation],
  };
}

/** What has just happened on the page of links. */
export type LinkTold = { kind: "linked" | "unlinked" | "cancelled" | "taken"; name: string };

export interface OwnLinks {
  identities: readonly Identity[];
  /** What may be linked. */
  ways: readonly WayOut[];
  hasPassword: boolean;
  told: LinkTold | undefined;
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

function toldNotice(view: View, { kind, name }: LinkTold): Html {
  const say = words[view.language].own;
  const title = say.done[kind](name);
  if (kind === "taken") return notice("danger", say.takenHow, { title });
  return notice(kind === "cancelled" ? "info" : "success", title);
}

function linkRow(view: View, { id, service, shown, linkedAt, works }: Identity): Html {
  const say = words[view.language].own;
  const day = dayOf(linkedAt, view.timeZone, view.language);
  const body = html`<div>${serviceMark(view, service.id)}<strong>${service.name[view.language]}</strong>
<span class="value">${shown}</span>
<span class="hint">${works ? say.since(day) : say.off}</span></div>
${quietButton(say.unlink(service.name[view.language]), { name: "id", value: id })}`;
  return html`<li>${form(view, { action: "/me/social/unlink", body })}</li>`;
}
