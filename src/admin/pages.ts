/** What the pages of the console share. */
import { html, raw } from "hono/html";
import type { ListedPerson, Person } from "../accounts/accounts.ts";
import type { AuditEvent } from "../audit/audit.ts";
import { clockTime, timeOrDay } from "../platform/language/times.ts";
import { attributes } from "../platform/web/attributes.ts";
import { form, quietButton } from "../platform/web/fields.ts";
import { type PageOptions, page } from "../platform/web/layout.ts";
import { notice } from "../platform/web/notices.ts";
import type { Html, View } from "../platform/web/view.ts";
import type { Actor } from "./acting.ts";
import { maskedContact, maskedLogin } from "./masks.ts";
import { may, mayAtAll } from "./rights.ts";
import type { Told } from "./told.ts";
import { words } from "./words.ts";

export function consolePage(view: View, options: PageOptions): Html {
  return page(view, { ...options, wide: true, styles: ["console.css"] });
}

const places = [
  ["users", "see-card"],
  ["audit", "see-audit"],
] as const;

/** The parts of the console that this one of the staff may open; nothing where it is one alone. */
export function placesNav(view: View, actor: Actor, current: (typeof places)[number][0]): Html {
  const say = words[view.language].places;
  const open = places.filter(([, right]) => mayAtAll(actor.role, right));
  if (open.length < 2) return raw("");
  return html`<nav class="tabs" aria-label="${say.label}"><ul>${open.map(([name]) => {
    const link = attributes({ href: `/admin/${name}`, "aria-current": name === current && "page" });
    return html`<li><a${link}>${say[name]}</a></li>`;
  })}</ul></nav>`;
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
  const state = waiting ? "waiting" : status;
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
  const more = [role, detail.reason && `${card.reason}: ${detail.reason}`, device].filter(Boolean);
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
