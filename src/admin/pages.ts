/** What the pages of the console share. */
import { html, raw } from "hono/html";
import type { ListedPerson, Person, Role } from "../accounts/accounts.ts";
import type { AuditEvent } from "../audit/audit.ts";
import { clockTime, timeOrDay } from "../platform/language/times.ts";
import { attributes } from "../platform/web/attributes.ts";
import { form, quietButton } from "../platform/web/fields.ts";
import { icon } from "../platform/web/icons.ts";
import { type PageOptions, page } from "../platform/web/layout.ts";
import { notice } from "../platform/web/notices.ts";
import type { Html, View } from "../platform/web/view.ts";
import type { Actor } from "./acting.ts";
import { maskedContact, maskedLogin } from "./masks.ts";
import { addressOfPlace, placesFor } from "./places.ts";
import { may } from "./rights.ts";
import type { Told } from "./told.ts";
import { type PlaceName, words } from "./words.ts";

/** A page of the console, in its place among the others; `narrow` where there is one thing to fill in. */
export function consolePage(view: View, actor: Actor, place: PlaceName, options: PageOptions): Html {
  const side = placesNav(view, actor.role, place);
  return page(view, { ...options, side, wide: true, styles: ["console.css", ...(options.styles ?? [])] });
}

/**
 * The way around the console. One list for all windows: beside the page where there is room, else a drawer
 * that the browser itself opens and closes, without scripts; a browser that knows no drawers shows the list.
 * Last the help, at the page of this place.
 */
function placesNav(view: View, role: Role, current: PlaceName): Html {
  const say = words[view.language].places;
  const links = (name: PlaceName) => {
    const link = attributes({ href: addressOfPlace(name), "aria-current": name === current && "page" });
    return html`<li><a${link}>${icon(name)}<span>${say.names[name]}</span></a></li>`;
  };
  const hide = attributes({ popovertarget: "places", popovertargetaction: "hide" });
  return html`<div class="around">
<button type="button" class="to-places" popovertarget="places">${icon("menu")}<span><span class="unseen">${
    say.label
  }: </span>${say.names[current]}</span></button>
<nav class="places" id="places" aria-label="${say.label}" popover>
<button type="button" class="plain"${hide}>${icon("close")}<span>${say.close}</span></button>
${placesFor(role).map((names) => html`<ul>${names.map(links)}</ul>`)}
<ul><li><a href="/help/staff/${current}">${icon("help")}<span>${say.help}</span></a></li></ul></nav></div>`;
}

/** The head of a column; `label` stands before its cells where the rows are cards. */
export type Head = string | { label: string; shown: Html; sort?: "ascending" | "descending" | false };

/** A table that becomes a stack of cards on a phone; the roles keep it a table for readers there. */
export function table(
  caption: string,
  heads: readonly Head[],
  rows: readonly (readonly (Html | string)[])[],
): Html {
  const labels = heads.map((head) => (typeof head === "string" ? head : head.label) || undefined);
  return html`<table class="grid" role="table"><caption class="unseen">${caption}</caption>
<thead role="rowgroup"><tr role="row">${heads.map((head) => {
    const { shown, sort } = typeof head === "string" ? { shown: head, sort: undefined } : head;
    return html`<th${attributes({ scope: "col", role: "columnheader", "aria-sort": sort })}>${shown}</th>`;
  })}</tr></thead>
<tbody role="rowgroup">${rows.map(
    (cells) =>
      html`<tr role="row">${cells.map(
        (cell, index) => html`<td${attributes({ role: "cell", "data-label": labels[index] })}>${cell}</td>`,
      )}</tr>`,
  )}</tbody></table>`;
}

/** The way to the first page and to the next one; nothing when there is neither. */
export function pager(
  view: View,
  label: string,
  to: { first: string | undefined; next: string | undefined },
): Html {
  const { list } = words[view.language];
  if (to.first === undefined && to.next === undefined) return raw("");
  return html`<nav class="pager" aria-label="${label}">
${to.first === undefined ? "" : html`<a href="${to.first}">${list.first}</a>`}
${to.next === undefined ? "" : html`<a rel="next" href="${to.next}">${list.next}</a>`}</nav>`;
}

/** «● активен»: told by shape and word, not by colour alone. */
export function statusChip(view: View, person: Person & Partial<ListedPerson>): Html {
  const say = words[view.language].statuses;
  const { status } = person.account;
  const waiting = status === "active" && person.hasPassword === false && !person.account.signed_in_at;
  const bounced = status === "active" && person.contacts.some((contact) => contact.bounced);
  const state = bounced ? "bounced" : waiting ? "waiting" : status;
  return html`<span class="status ${state}">${say[state]}</span>`;
}

/** How this one of the staff sees the login and the contacts of a person. */
export function seen(actor: Actor, person: Person) {
  const whole = may(actor, "see-contacts", { id: person.account.id, role: person.account.role });
  return {
    login: whole ? person.login : maskedLogin(person.login),
    contacts: person.contacts.map((contact) => ({
      ...contact,
      shown: whole ? contact.value : maskedContact(contact),
    })),
  };
}

export function moment(view: View, at: number): Html {
  return html`<span class="digits">${timeOrDay(at, view.now, view.timeZone, view.language)}</span>`;
}

/** What the record keeps of an event beside who and when: the role given, the reason, the device. */
export function moreOf(view: View, { detail }: AuditEvent): Html {
  const { card, roles } = words[view.language];
  const role = detail.role && roles[detail.role as keyof typeof roles];
  const device = detail.device === "—" ? "" : detail.device;
  const group = detail.group && `«${detail.group}»`;
  const more = [
    group,
    detail.changes,
    role,
    detail.reason && `${card.reason}: ${detail.reason}`,
    device,
  ].filter(Boolean);
  return more.length > 0 ? html`<span class="second">${more.join(" · ")}</span>` : raw("");
}

/** What was done just now, with its way back. */
export function toldNotice(view: View, told: Told | undefined): Html {
  if (!told) return raw("");
  const say = words[view.language];
  const { act, done, passed, undo } = told;
  const text = [say.told[act](done), passed > 0 ? say.told.passed(passed) : ""].join(" ").trim();
  if (!undo || undo.until <= view.now) return notice("success", text);
  const time = clockTime(undo.until, view.timeZone, view.language);
  return notice(
    "success",
    html`<div class="undo"><p>${text} ${say.undoUntil(time)}</p>
${form(view, { action: "/admin/undo", body: quietButton(say.undo) })}</div>`,
  );
}
