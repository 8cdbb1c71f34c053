import { html } from "hono/html";
import type { Undone } from "../contacts/contacts.ts";
import { dayAndTime } from "../platform/language/times.ts";
import { form, linkButton } from "../platform/web/fields.ts";
import { page } from "../platform/web/layout.ts";
import type { Html, View } from "../platform/web/view.ts";
import type { VetoLook } from "./veto.ts";
import { words } from "./words.ts";

/** What a press will do, what it has done, or that this link does nothing any more. */
export function vetoPage(view: View, look: VetoLook): Html {
  const say = words[view.language];
  const time = (at: number) => dayAndTime(at, view.timeZone, view.language);
  switch (look.kind) {
    case "live":
      return page(view, {
        title: say.title,
        body: html`<p class="lead">${say.lead(look.login, time(look.at))}</p>
<h2>${say.heading}</h2>
<ul><li>${say.sessions}</li>
${look.undone.map((undone) => html`<li>${undoneText(view, undone)}</li>`)}
${look.unlinked.map((service) => html`<li>${say.unlinked(service[view.language])}</li>`)}
${look.withdrawn.map((portal) => html`<li>${say.withdrawn(portal)}</li>`)}
<li>${say.password}</li><li>${say.proofs}</li></ul>
${form(view, { action: "/veto", body: html``, submit: say.submit })}
<p class="hint">${say.mine}</p>`,
      });
    case "done":
      return page(view, {
        title: say.done,
        body: html`<p class="lead">${say.doneText(time(look.at))}</p>
${linkButton("/recovery", say.recover, "primary")}`,
      });
    case "over":
      return page(view, {
        title: say.over,
        body: html`<p class="lead">${say.overText}</p>
${linkButton("/recovery", say.recover, "primary")}`,
      });
  }
}

function undoneText(view: View, { kind, back, gone }: Undone): string {
  const say = words[view.language];
  if (back === null) return say.gone[kind](gone ?? "");
  return say.back[kind](back, gone === back ? null : gone);
}
