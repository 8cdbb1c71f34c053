/** The trial inbox: a list of messages, and one message as its recipient would see it. */
import { html, raw } from "hono/html";
import { timeOrDay } from "../platform/language/times.ts";
import { backLink, linkButton } from "../platform/web/fields.ts";
import { page } from "../platform/web/layout.ts";
import type { Html, View } from "../platform/web/view.ts";
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
.sms{width:fit-content;max-width:24rem;padding:.75rem 1rem;border-radius:14px;background:var(--sunken);
white-space:pre-line}
.source{overflow-x:auto;margin:0;padding:1rem;border-radius:10px;background:var(--sunken);color:var(--text);
font-size:.8125rem;line-height:1.25rem;white-space:pre-wrap;overflow-wrap:anywhere}
</style>`);

export function inboxPage(view: View, messages: readonly TrialMessage[]): Html {
  const say = words[view.language];
  return page(view, {
    title: say.title,
    wide: true,
    body: html`${look}<p>${say.about}</p>
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
<span>${say.channels[parcel.channel]} · ${parcel.to}</span> <span>${parcel.kind}</span>
${parcel.channel === "email" ? html`<span class="preview">${previewOf(parcel.text)}</span>` : ""}</a></li>`;
}

export function messagePage(view: View, { arrivedAt, parcel }: TrialMessage): Html {
  const say = words[view.language];
  const facts = [
    ...(parcel.channel === "email" ? [[say.from, parcel.from]] : []),
    [say.to, parcel.to],
    [say.arrived, timeOrDay(arrivedAt, view.now, view.timeZone, view.language)],
    [say.kind, parcel.kind],
  ];
  return page(view, {
    title: parcel.channel === "email" ? parcel.subject : say.channels.sms,
    wide: true,
    body: html`${look}
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${
  parcel.channel === "sms"
    ? html`<p class="sms" lang="${parcel.language}">${parcel.text}</p>`
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

function previewOf(text: string): string {
  return text.replaceAll("\n", " ").slice(0, 160);
}

function headersOf(mime: Buffer): string {
  return mime.toString("utf8").split("\r\n\r\n", 1)[0] ?? "";
}
