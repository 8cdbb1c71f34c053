/** The trial inbox: a list of messages, and one message as its recipient would see it. */
import { html, raw } from "hono/html";
import { showPhone } from "../platform/language/phone.ts";
import { timeOrDay } from "../platform/language/times.ts";
import { backLink, linkButton } from "../platform/web/fields.ts";
import { page } from "../platform/web/layout.ts";
import type { Html, View } from "../platform/web/view.ts";
import type { PersonalParcel, SmsParcel } from "./transport.ts";
import type { TrialMessage } from "./trial-inbox.ts";
import { words } from "./words.ts";

/** Only here: letters bring inline styles anyway, so this page may have its few rules inside. */
const look = raw(`<style>
.inbox{list-style:none;padding:0;border-bottom:1px solid var(--line)}
.inbox li{margin:0;border-top:1px solid var(--line)}
.inbox a{display:grid;grid-template-columns:1fr auto;gap:0 1rem;padding:.75rem 0}
.inbox a,.inbox a:hover{color:inherit;text-decoration:none}
.inbox a:hover strong{text-decoration:underline}
.inbox span{color:var(--text-2);font-size:.875rem;line-height:1.25rem;min-width:0}
.inbox a>:nth-child(even){text-align:right}
.inbox .preview{grid-column:1/-1;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.letter{border:1px solid var(--line);border-radius:14px;overflow:hidden}
.phone{max-width:23rem;margin:1.5rem 0;border:1px solid var(--line);border-radius:1.75rem;overflow:hidden;
background:var(--surface)}
.phone header{padding:.875rem 1.25rem .75rem;border-bottom:1px solid var(--line);text-align:center}
.phone header span,.phone time{display:block;color:var(--text-2);font-size:.8125rem;line-height:1.25rem}
.phone time{text-align:center}
.phone div{padding:1rem 1rem 3rem}
.phone p{width:fit-content;max-width:92%;margin:.5rem 0 0;padding:.625rem .875rem;background:var(--sunken);
border-radius:1.125rem 1.125rem 1.125rem .25rem;white-space:pre-line;overflow-wrap:anywhere}
.source{overflow-x:auto;margin:0;padding:1rem;border-radius:10px;background:var(--sunken);color:var(--text);
font-size:.8125rem;line-height:1.25rem;white-space:pre-wrap;overflow-wrap:anywhere}
</style>`);

/** `holds`: what comes here; SMS do not once there is a gateway for them. */
export function inboxPage(
  view: View,
  messages: readonly TrialMessage[],
  holds: "letters" | "letters and sms",
): Html {
  const say = words[view.language];
  return page(view, {
    title: say.title,
    wide: true,
    body: html`${look}<p>${say.about[holds]}</p>
${
  messages.length === 0
    ? html`<p>${say.empty}</p>`
    : html`<ul class="inbox">${messages.map((message) => listItem(view, message))}</ul>`
}
${linkButton("/inbox", say.again)}`,
  });
}

function listItem(view: View, { arrivedAt, parcel }: TrialMessage): Html {
  const say = words[view.language];
  const subject = parcel.channel === "email" ? parcel.subject : parcel.text;
  const time = timeOrDay(arrivedAt, view.now, view.timeZone, view.language);
  return html`<li><a href="/inbox/${parcel.id}"><strong>${subject}</strong> <span>${time}</span>
<span>${say.channels[parcel.channel]} · ${shownTo(parcel)}</span> <span>${parcel.kind}</span>
${parcel.channel === "email" ? html`<span class="preview">${previewOf(parcel.text)}</span>` : ""}</a></li>`;
}

export function messagePage(view: View, { arrivedAt, parcel }: TrialMessage): Html {
  const say = words[view.language];
  const time = timeOrDay(arrivedAt, view.now, view.timeZone, view.language);
  // A phone says the rest by itself.
  const ofLetter =
    parcel.channel === "email"
      ? [
          [say.from, parcel.from],
          [say.to, parcel.to],
          [say.arrived, time],
        ]
      : [];
  const facts = [...ofLetter, [say.kind, parcel.kind]];
  return page(view, {
    title: parcel.channel === "email" ? parcel.subject : say.channels.sms,
    wide: true,
    body: html`${look}
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${
  parcel.channel === "sms"
    ? phoneWith(view, parcel, time)
    : html`<article class="letter" lang="${parcel.language}">${raw(parcel.body)}</article>
<details><summary>${say.textPart}</summary>
<pre class="source" lang="${parcel.language}">${parcel.text}</pre></details>
<details><summary>${say.source}</summary><pre class="source">${headersOf(parcel.mime)}</pre></details>
<p>${say.files} <a href="/inbox/${parcel.id}.eml">${say.wholeLetter}</a>,
<a href="/inbox/${parcel.id}.txt">${say.plainText}</a></p>`
}
${backLink("/inbox", say.back)}`,
  });
}

/** As a phone shows it: under the name of the sender, which is the portal's here. */
function phoneWith(view: View, parcel: SmsParcel, time: string): Html {
  return html`<article class="phone"><header><strong>${view.portal.name}</strong>
<span>${words[view.language].onNumber} ${shownTo(parcel)}</span></header>
<div><time>${time}</time><p lang="${parcel.language}">${parcel.text}</p></div></article>`;
}

function shownTo(parcel: PersonalParcel): string {
  return parcel.channel === "sms" ? showPhone(parcel.to) : parcel.to;
}

function previewOf(text: string): string {
  return text.replaceAll("\n", " ").slice(0, 160);
}

function headersOf(mime: Buffer): string {
  return mime.toString("utf8").split("\r\n\r\n", 1)[0] ?? "";
}
