import { html } from "hono/html";
import { backLink, linkButton } from "../../platform/web/fields.ts";
import { page } from "../../platform/web/layout.ts";
import type { Html, View } from "../../platform/web/view.ts";
import type { HelpFacts } from "../help.ts";
import { drawBlock, typesetter } from "../pages.ts";
import { type StaffTopicId, staffTopicIds, staffTopics } from "./staff.ts";
import { words } from "./words.ts";

const HOME = "/help/staff";

/** What staff do in the console, by what is to be done. */
export function staffOverviewPage(view: View): Html {
  const say = words[view.language];
  return page(view, {
    title: say.title,
    body: html`<p class="lead">${say.lead}</p>
<section><h2>${say.topics}</h2><ul>${staffTopicIds.map((id) => entry(view, id))}</ul></section>
${wayOn(view, "/admin", say.toConsole)}
${backLink("/help", say.people)}`,
  });
}

/** One task: the answer, the steps, the button into the console, and the other tasks. */
export function staffTopicPage(view: View, facts: HelpFacts, id: StaffTopicId): Html {
  const say = words[view.language];
  const { words: texts, place } = staffTopics[id];
  const told = texts[view.language];
  const set = typesetter(view.language);
  const others = staffTopicIds.filter((other) => other !== id);
  return page(view, {
    title: set(told.title),
    body: html`<p class="lead">${set(told.answer)}</p>
${told.blocks.map((block) => drawBlock(view, facts, block))}
${wayOn(view, `/admin/${place}`, say.open)}
<section><h2>${say.next}</h2><ul>${others.map((other) => entry(view, other))}</ul></section>
${backLink(HOME, say.back)}`,
  });
}

/** The console is there for staff alone: whoever is not signed in as such comes in first. */
function wayOn(view: View, address: string, text: string): Html {
  return view.signedIn?.isStaff
    ? linkButton(address, text, "primary")
    : linkButton("/sign-in", words[view.language].signIn, "primary");
}

function entry(view: View, id: StaffTopicId): Html {
  const { question } = staffTopics[id].words[view.language];
  return html`<li><a href="${HOME}/${id}">${typesetter(view.language)(question)}</a></li>`;
}
