import { html } from "hono/html";
import { dayAndTime, dayOf, timeOrDay } from "../../platform/language/times.ts";
import { deviceName } from "../../platform/web/device.ts";
import { checkbox, form } from "../../platform/web/fields.ts";
import { notice } from "../../platform/web/notices.ts";
import { shownAddress } from "../../platform/web/shown-address.ts";
import type { Html, View } from "../../platform/web/view.ts";
import type { Device } from "../../sessions/sessions.ts";
import { dialogLink, dialogPage, placePage } from "../pages.ts";
import { words as profileWords } from "../words.ts";
import { words } from "./words.ts";

/** `seen_at` is noted once a minute, so whoever is here was seen at most that long ago. */
const NOW_MS = 2 * 60_000;

export interface DevicesPage {
  devices: readonly Device[];
  hasPassword: boolean;
  /** What has just been ended. */
  ended: "one" | "all" | null;
}

export function devicesPage(view: View, shown: DevicesPage): Html {
  const say = words[view.language];
  const done = { one: say.ended, all: say.endedAll };
  return placePage(view, {
    place: "devices",
    title: profileWords[view.language].places.devices,
    body: html`<p class="lead">${say.lead}</p>
${shown.ended ? notice("success", done[shown.ended]) : ""}
<ul class="list">${shown.devices.map((device) => row(view, device))}</ul>
${dialogLink("/me/sessions/all", say.endAll, "button")}
<p class="hint">${say.stranger} ${dialogLink("/me/password", shown.hasPassword ? say.change : say.set)}</p>`,
  });
}

function row(view: View, device: Device): Html {
  const say = words[view.language];
  const { states } = say;
  const name = deviceName(device.agent);
  const state =
    device.state === "remembered"
      ? states.remembered(dayOf(device.until, view.timeZone, view.language))
      : states[device.state];
  const seen =
    device.here || view.now - device.seenAt < NOW_MS
      ? say.now
      : timeOrDay(device.seenAt, view.now, view.timeZone, view.language);
  const times = `${say.signedInAt}: ${dayAndTime(device.signedInAt, view.timeZone, view.language)}`;
  return html`<li><div><p><b>${name}</b> ${
    device.here ? html`<span class="tag good">${say.here}</span>` : html`<span class="tag">${state}</span>`
  }</p>
<p class="hint">${times}</p>
<p class="hint">${say.seenAt}: ${seen} · ${say.address}: ${shownAddress(view, device.address)}</p></div>
${device.here ? signOut(view) : end(view, device, name)}</li>`;
}

function end(view: View, device: Device, name: string): Html {
  const say = words[view.language];
  const label = device.state === "known" ? say.forget : say.end;
  const button = html`<button class="button">${label}<span class="unseen">: ${name}</span></button>`;
  return form(view, { action: "/me/sessions/end", hidden: { device: device.id }, body: button });
}

function signOut(view: View): Html {
  const button = html`<button class="button">${words[view.language].signOut}</button>`;
  return form(view, { action: "/sign-out", body: button });
}

/** «Выйти на всех устройствах»: asks whether this one is meant, too. */
export function endAllPage(view: View): Html {
  const say = words[view.language];
  const here = checkbox(view, { name: "here", label: say.endHere });
  return dialogPage(view, {
    title: say.endAll,
    back: "/me/sessions",
    body: html`<p class="lead">${say.endAllLead}</p>
${form(view, { action: "/me/sessions/all", body: here, submit: say.endAll })}`,
  });
}
