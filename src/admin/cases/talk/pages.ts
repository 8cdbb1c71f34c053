import { html } from "hono/html";
import { timeOrDay } from "../../../platform/language/times.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import { sizeText, type ThreadEntry } from "../../../support/support.ts";
import type { Actor } from "../../acting.ts";
import { maskedContact } from "../../masks.ts";
import { mayAtAll } from "../../rights.ts";
import type { GatheredCase } from "../gather.ts";
import { PATH } from "../pages.ts";
import { words } from "../words.ts";

/** Everything that was said, staff's own notes included. */
export function threadPart(view: View, actor: Actor, { found, thread, names }: GatheredCase): Html {
  const say = words[view.language].thread;
  const first = said(view, { who: say.applicant, at: found.opened_at, text: found.story });
  return html`<ol class="thread"><li class="applicant">${first}</li>${thread.map((entry) =>
    entryPart(view, actor, { entry, names, number: found.number }),
  )}</ol>`;
}

/** The words themselves stand beside it. */
const spoken: readonly string[] = ["ask", "answer"];

function entryPart(
  view: View,
  actor: Actor,
  { entry, names, number }: { entry: ThreadEntry; names: ReadonlyMap<string, string>; number: number },
): Html {
  const { thread: say, events } = words[view.language];
  const author = names.get(entry.author_id ?? "");
  if (entry.kind === "event") {
    if (spoken.includes(entry.text)) return html``;
    const known: Readonly<Record<string, string>> = events;
    const by = author === undefined ? "" : html` · <bdi>${author}</bdi>`;
    return html`<li class="event"><span class="digits">${time(view, entry.at)}</span>
${known[entry.text] ?? entry.text}${by}</li>`;
  }
  const sender = mayAtAll(actor.role, "see-contacts")
    ? entry.sender
    : maskedContact({ kind: "email", value: entry.sender, key: entry.sender });
  const who = {
    applicant: say.applicant,
    foreign: say.foreign(sender),
    desk: author ?? say.desk,
    note: author ?? say.desk,
  }[entry.kind];
  const files = entry.files.map(
    (file) => html`<li><a href="${PATH}/${number}/files/${file.id}" download><bdi>${file.name}</bdi></a>
<span class="hint">${say.download(sizeText(file.size, view.language))}</span></li>`,
  );
  return html`<li class="${entry.kind}">${said(view, { who, at: entry.at, text: entry.text })}
${entry.kind === "note" ? html`<p class="hint">${say.note}</p>` : ""}
${files.length === 0 ? "" : html`<ul class="sent-files">${files}</ul>`}</li>`;
}

function said(view: View, { who, at, text }: { who: string; at: number; text: string }): Html {
  return html`<p class="said-by"><b><bdi>${who}</bdi></b> <span class="digits">${time(view, at)}</span></p>
<div class="words"><bdi>${text}</bdi></div>`;
}

function time(view: View, at: number): string {
  return timeOrDay(at, view.now, view.timeZone, view.language);
}
