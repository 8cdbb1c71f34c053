import { html } from "hono/html";
import type { Person } from "../../accounts/accounts.ts";
import { attributes } from "../../platform/web/attributes.ts";
import { backLink, linkButton } from "../../platform/web/fields.ts";
import type { Html, View } from "../../platform/web/view.ts";
import type { Actor } from "../acting.ts";
import { consolePage, statusChip, toldNotice } from "../pages.ts";
import { movesFrom } from "../people.ts";
import { may, type Right } from "../rights.ts";
import type { Told } from "../told.ts";
import { words } from "../words.ts";

const tabs = [
  ["protection", "", "see-card"],
  ["rules", "/rules", "see-card"],
  ["sessions", "/sessions", "see-records"],
  ["history", "/history", "see-records"],
  ["deliveries", "/deliveries", "see-card"],
  ["record", "/record", "see-records"],
] as const satisfies readonly (readonly [string, string, Right])[];

export type Tab = (typeof tabs)[number][0];

type CardPerson = Person & { hasPassword: boolean };

export function cardPage(
  view: View,
  actor: Actor,
  shown: { person: CardPerson; tab: Tab; body: Html; told: Told | undefined },
): Html {
  const say = words[view.language];
  const { person, tab, body, told } = shown;
  const { account } = person;
  const address = `/admin/users/${account.id}`;
  const seen = tabs.filter(([, , right]) => may(actor, right, account));
  return consolePage(view, actor, "users", {
    title: account.name,
    action: html`<p class="lead who-is">${statusChip(view, person)}
<span>${say.roles[account.role]}</span></p>`,
    body: html`${backLink("/admin/users", say.card.back)}
${toldNotice(view, told)}
${actions(view, actor, person)}
<nav class="tabs" aria-label="${say.tabs.label}"><ul>${seen.map(([name, path]) => {
      const link = attributes({ href: `${address}${path}`, "aria-current": name === tab && "page" });
      return html`<li><a${link}>${say.tabs[name]}</a></li>`;
    })}</ul></nav>
<section class="part" aria-label="${say.tabs[tab]}">${body}</section>`,
  });
}

/** By letter, unless there is only a phone; by SMS wherever there is one. */
function invitations(contacts: CardPerson["contacts"]) {
  const has = (wanted: "email" | "phone") => contacts.some(({ kind }) => kind === wanted);
  return [
    ...(has("email") || !has("phone") ? ([["invite", "invite"]] as const) : []),
    ...(has("phone") ? ([["invite-sms", "invite"]] as const) : []),
  ];
}

/** Only what this one of the staff may do with this person as they are now. */
function actions(view: View, actor: Actor, { account, hasPassword, contacts }: CardPerson): Html {
  const say = words[view.language];
  const address = `/admin/users/${account.id}`;
  const isOpen = account.status === "active";
  const offered = [
    ...(isOpen
      ? ([
          ["link", "send-link"],
          ["sessions", "end-sessions"],
          ["password", "one-time-password"],
        ] as const)
      : []),
    ...(isOpen && !hasPassword ? invitations(contacts) : []),
    ...(contacts.some((contact) => contact.bounced) ? ([["revive", "edit"]] as const) : []),
    ...movesFrom(account.status).map(
      (name) => [name, name === "block" || name === "unblock" ? "block" : "dismiss"] as const,
    ),
  ].filter(([, right]) => may(actor, right, account));
  const links = offered.map(([name]) => linkButton(`${address}/do/${name}`, say.acts[name]));
  if (may(actor, "edit", account)) links.push(linkButton(`${address}/edit`, say.acts.edit));
  if (may(actor, "give-role", account)) links.push(linkButton(`${address}/role`, say.acts.role));
  return html`<div class="acts" role="group" aria-label="${say.card.actions}">${links}</div>`;
}
