/** How far it got: moves by itself where scripts run, and by a press elsewhere. */
import { html, raw } from "hono/html";
import type { Import } from "../../../imports/imports.ts";
import { waitingTime } from "../../../platform/language/times.ts";
import { attributes } from "../../../platform/web/attributes.ts";
import { form, linkButton, quietButton } from "../../../platform/web/fields.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import { words } from "../words.ts";

export function isAtWork({ state }: Import): boolean {
  return state === "checking" || state === "running" || state === "inviting";
}

export function progressSection(view: View, job: Import): Html {
  const say = words[view.language].progress;
  const { state, isPaused } = job;
  const lead = isPaused ? say.paused : say[state === "checking" || state === "inviting" ? state : "running"];
  const address = `/admin/import/${job.id}`;
  const act = (step: string, label: string) =>
    form(view, { action: `${address}/do/${step}`, body: quietButton(label) });
  const going = html`${linkButton(address, say.refresh)}${act("pause", say.pause)}`;
  const moving = attributes({ class: "moving", id: "progress", "data-moving": !isPaused && state });
  return html`<section${moving}><p class="lead">${lead}</p>
${state === "inviting" ? "" : bar(view, job)}
</section>
<div class="acts steer">${isPaused ? act("resume", say.resume) : going}</div>
<details class="stop"><summary>${say.stop}</summary><div><p>${say.stopLead}</p>
<div class="acts">${act("stop", say.stopNow)}</div></div></details>`;
}

function bar(view: View, job: Import): Html {
  const say = words[view.language].progress;
  const share = Math.min(1, job.doneBytes / Math.max(1, job.size));
  const percent = Math.floor(share * 100);
  const progress = attributes({ max: 100, value: percent, "aria-label": say.label });
  const known = job.doneRows > 0 && !job.isPaused;
  const tempo = known ? tempoOf(view, job, share) : [];
  const told = job.doneRows === 0 ? [say.soon] : [say.percent(percent), say.rows(job.doneRows), ...tempo];
  return html`<progress${progress}>${percent} %</progress>
<p class="digits told">${told.map((text, index) => html`${index > 0 ? raw(" · ") : ""}${text}`)}</p>`;
}

function tempoOf(view: View, job: Import, share: number): string[] {
  const say = words[view.language].progress;
  const elapsed = view.now - (job.beganAt ?? view.now);
  if (elapsed < 2_000 || share === 0) return [];
  const left = (elapsed / share) * (1 - share);
  const rate = Math.round((job.doneRows * 1_000) / elapsed);
  return [
    ...(rate > 0 ? [say.rate(rate)] : []),
    ...(share < 1 ? [say.left(waitingTime(left, view.language))] : []),
  ];
}
