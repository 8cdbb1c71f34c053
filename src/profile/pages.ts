import { html } from "hono/html";
import type { Contact, Person } from "../accounts/accounts.ts";
import { dayAndTime, dayOf } from "../platform/language/times.ts";
import { attributes } from "../platform/web/attributes.ts";
import { form, linkButton } from "../platform/web/fields.ts";
import { icon } from "../platform/web/icons.ts";
import { page } from "../platform/web/layout.ts";
import { facts, notice } from "../platform/web/notices.ts";
import { portalMark, portrait } from "../platform/web/portrait.ts";
import type { Html, View } from "../platform/web/view.ts";
import type { Device, Session } from "../sessions/sessions.ts";
import { words } from "./words.ts";

const places = [
  ["profile", "/me"],
  ["protection", "/me/protection"],
  ["devices", "/me/sessions"],
  ["history", "/me/history"],
] as const;

export type Place = (typeof places)[number][0];

/** A page among those of «Моя страница»: the list of them stands beside it. */
export function placePage(
  view: View,
  shown: { place: Place; title: string; body: Html; action?: Html; hasProblems?: boolean },
): Html {
  const say = words[view.language].places;
  const side = html`<nav class="side" aria-label="${say.label}"><ul>${places.map(([place, href]) => {
    const link = attributes({ href, "aria-current": place === shown.place && "page" });
    return html`<li><a${link}>${say[place]}</a></li>`;
  })}</ul></nav>`;
  const { place: _, ...options } = shown;
  return page(view, { ...options, side, wide: true });
}

/**
 * One small window to fill in. Without scripts it is a page of its own with `back` as the way out; with them
 * a link of `dialogLink` shows its card above the page that one is on.
 */
export function dialogPage(
  view: View,
  dialog: { title: string; body: Html; back?: string; hasProblems?: boolean },
): Html {
  const cancel = html`<p class="back"><a href="${dialog.back ?? "/me"}" data-close>${
    words[view.language].cancel
  }</a></p>`;
  return page(view, {
    title: dialog.title,
    hasProblems: dialog.hasProblems ?? false,
    body: html`${dialog.body}${cancel}`,
  });
}

/** A link to a `dialogPage`, within text or with the weight of a button. */
export function dialogLink(href: string, label: string, weight: "link" | "button" = "link"): Html {
  const link = attributes({ class: weight === "button" && "button", href, "data-dialog": true });
  return html`<a${link}>${label}</a>`;
}

/** A portal that one may go to. */
export interface Tile {
  name: string;
  logo: string | null;
  address: string;
}

/** What «Моя страница» shows of a person. */
export interface OwnPage {
  person: Person;
  /** When the password was last set; undefined when there is none. */
  passwordChangedAt: number | undefined;
  /** Style `control-string` names things as the boxed edition does. */
  inBox: boolean;
  /** Personal data were saved just now. */
  saved: boolean;
  /** About the changes of contacts and password. */
  notices: Html;
  /** What this person may enter, each with where it begins. */
  portals: readonly Tile[];
  /** The names of the linked outside services; undefined where none is offered and none linked. */
  social: readonly string[] | undefined;
}

export function myPage(view: View, shown: OwnPage): Html {
  const say = words[view.language];
  const { account, login } = shown.person;
  const does = [account.position, account.department].filter(Boolean).join(" · ");
  return placePage(view, {
    place: "profile",
    title: say.title,
    action: linkButton("/me/edit", shown.inBox ? say.editBox : say.edit),
    body: html`${shown.saved ? notice("success", say.saved) : ""}${shown.notices}
${shown.portals.length > 0 ? tiles(view, shown) : ""}
<div class="person">${portrait(account, "large")}<div><h2>${account.name}</h2>
${does ? html`<p class="lead">${does}</p>` : ""}</div></div>
${facts([
  ...contactRows(view, shown),
  ...socialRow(view, shown),
  [say.login, login],
  [say.role, say.roles[account.role]],
])}`,
  });
}

/** The portals, and whose sign-in they will get. */
function tiles(view: View, { portals, person }: OwnPage): Html {
  const say = words[view.language].portals;
  const tile = ({ name, logo, address }: Tile) =>
    html`<li><a href="${address}" rel="noreferrer">${portalMark({
      name,
      logo,
    })}<span><b>${name}</b><span class="host">${new URL(address).host}</span></span></a></li>`;
  const { account, login } = person;
  const other = form(view, {
    action: "/sign-out",
    hidden: { another: "1" },
    body: html`<p>${say.as(account.name, login)} <button class="plain">${say.change}</button></p>`,
  });
  return html`<section class="portals"><h2>${say.title}</h2>
<ul class="tiles">${portals.map(tile)}</ul>${other}</section>`;
}

/** «Вход и защита»: what lets this person in, and what brings them back in. */
export function protectionPage(
  view: View,
  shown: OwnPage & { session: Session; devices: readonly Device[]; access: number | undefined },
): Html {
  const say = words[view.language];
  const { session, devices, person, passwordChangedAt } = shown;
  const since = dayAndTime(session.created_at, view.timeZone, view.language);
  const ways = person.contacts
    .filter((contact) => contact.proven)
    .map(({ value }) => html`<li>${value}</li>`);
  const change = passwordChangedAt !== undefined && dialogLink("/me/password", say.changePassword);
  return placePage(view, {
    place: "protection",
    title: say.places.protection,
    body: html`<p class="lead">${say.protectionLead}</p>
${facts([
  [say.password, html`${passwordValue(view, passwordChangedAt)}${change ? actions(change) : ""}`],
  ...socialRow(view, shown),
  [say.signedIn, html`${say.since[session.method](since)}`],
  [
    say.places.devices,
    html`${say.deviceCount(devices.length)}${actions(html`<a href="/me/sessions">${say.showDevices}</a>`)}`,
  ],
  ...accessRow(view, shown.access),
  [say.wayBack, ways.length > 0 ? html`<ul>${ways}</ul>` : say.noWayBack],
])}`,
  });
}

/** How many portals have access, and the way to see and end it. */
function accessRow(view: View, count: number | undefined): [label: string, value: Html][] {
  const { portals: say } = words[view.language];
  if (count === undefined) return [];
  return [
    [
      say.access,
      html`${say.accessCount(count)}${actions(html`<a href="/me/portals">${say.showAccess}</a>`)}`,
    ],
  ];
}

/** E-mail, phone and password, each with the way to change it. */
export function contactRows(
  view: View,
  { person, passwordChangedAt }: Pick<OwnPage, "person" | "passwordChangedAt">,
): (readonly [label: string, value: Html])[] {
  const say = words[view.language];
  const of = (kind: Contact["kind"]) => person.contacts.find((contact) => contact.kind === kind);
  const email = of("email");
  const phone = of("phone");
  const hasPassword = passwordChangedAt !== undefined;
  return [
    [
      say.email,
      html`${contactValue(view, email)}${actions(
        dialogLink("/me/email", email ? say.changeEmail : say.addEmail),
        hasPassword && dialogLink("/me/password", say.changePassword),
      )}`,
    ],
    [
      say.phone,
      html`${contactValue(view, phone)}${actions(
        dialogLink("/me/phone", phone ? say.changePhone : say.addPhone),
      )}`,
    ],
    [say.password, passwordValue(view, passwordChangedAt)],
  ];
}

/** «Соцсети», with the way to link and unlink. */
function socialRow(view: View, { social }: OwnPage): [label: string, value: Html][] {
  const say = words[view.language];
  if (social === undefined) return [];
  const names = social.length > 0 ? social.join(", ") : html`<span class="hint">${say.noSocial}</span>`;
  return [[say.social, html`${names}${actions(html`<a href="/me/social">${say.changeSocial}</a>`)}`]];
}

/** «изменён 3 марта 2026», or that there is none and the way to set one. */
export function passwordValue(view: View, changedAt: number | undefined): Html {
  const say = words[view.language];
  if (changedAt === undefined) {
    return html`${say.noPassword}${actions(dialogLink("/me/password", say.setPassword))}`;
  }
  return html`${say.passwordChanged(dayOf(changedAt, view.timeZone, view.language))}`;
}

export function actions(...links: (Html | false)[]): Html {
  return html`<span class="actions">${links.filter((link) => link !== false)}</span>`;
}

function contactValue(view: View, contact: Contact | undefined): Html {
  const say = words[view.language];
  if (!contact) return html`<span class="hint">${say.absent}</span>`;
  const state = contact.proven
    ? html`<span class="tag good">${icon("check")}${say.proven}</span>`
    : html`<span class="tag">${say.unproven}</span>`;
  return html`<span class="value">${contact.value}</span> ${state}`;
}
