/** What the pages of the console share. */
import { html, raw } from "hono/html";
import type { ListedPerson, Person } from "../accounts/accounts.ts";
import { clockTime, timeOrDay } from "../platform/language/times.ts";
import { attributes } from "../platform/web/attributes.ts";
import { form, quietButton } from "../platform/web/fields.ts";
import { type PageOptions, page } from "../platform/web/layout.ts";
import { notice } from "../platform/web/notices.ts";
import type { Html, View } from "../platform/web/view.ts";
import type { Actor } from "./acting.ts";
import { maskedContact, maskedLogin } from "./masks.ts";
import { may } from "./rights.ts";
import type { Told } from "./told.ts";
import { words } from "./words.ts";

export function consolePage(view: View, options: PageOptions): Html {
  return page(view, { ...options, wide: true, styles: ["console.css"] });
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
${form(view, { action: "/admin/users/undo", body: quietButton(say.undo) })}</div>`,
  );
}
