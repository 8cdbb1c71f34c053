import { html } from "hono/html";
import { type AuditEvent, nameOfAction } from "../../audit/audit.ts";
import { clockTime, dayOf } from "../../platform/language/times.ts";
import { linkButton } from "../../platform/web/fields.ts";
import { shownAddress } from "../../platform/web/shown-address.ts";
import type { Html, View } from "../../platform/web/view.ts";
import { placePage } from "../pages.ts";
import { words as profileWords } from "../words.ts";
import { doerOf, type HistoryPage } from "./history.ts";
import { words } from "./words.ts";

/** The history by days, each event with its time, its device and who did it. */
export function historyPage(view: View, { events, next }: HistoryPage, isFirst: boolean): Html {
  const say = words[view.language];
  const days = Map.groupBy(events, ({ at }) => dayOf(at, view.timeZone, view.language));
  const lists = [...days].map(
    ([day, ofDay]) => html`<section class="apart"><h2>${day}</h2>
<ul class="list events">${ofDay.map((event) => row(view, event))}</ul></section>`,
  );
  return placePage(view, {
    place: "history",
    title: profileWords[view.language].places.history,
    body: html`<p class="lead">${say.lead}</p>
${events.length === 0 ? html`<p>${say.empty}</p>` : lists}
${isFirst ? "" : linkButton("/me/history", say.newest)}
${next === null ? "" : linkButton(`/me/history?before=${next}`, say.older)}`,
  });
}

function row(view: View, event: AuditEvent): Html {
  const say = words[view.language];
  const { device } = event.detail;
  const place = [
    typeof device === "string" && device !== "—" ? device : "",
    // A command on the server comes from no address.
    /[.:]/.test(event.address) ? `${say.address} ${shownAddress(view, event.address)}` : "",
  ];
  const told = [say.by[doerOf(event)], ...place].filter(Boolean).join(" · ");
  return html`<li><span class="digits">${clockTime(event.at, view.timeZone, view.language)}</span>
<div><p>${nameOfAction(event, view.language)}</p><p class="hint">${told}</p></div></li>`;
}
