import { html } from "hono/html";
import { services } from "../identities/identities.ts";
import type { Language } from "../platform/language/language.ts";
import { backLink, copyField, linkButton } from "../platform/web/fields.ts";
import { page } from "../platform/web/layout.ts";
import { facts as factList, notice } from "../platform/web/notices.ts";
import type { Html, View } from "../platform/web/view.ts";
import {
  type HelpFacts,
  isElsewhere,
  mainWay,
  type TopicId,
  topicIds,
  topics,
  wayOnOf,
  waysOn,
} from "./help.ts";
import { type Block, topicWords, words } from "./words.ts";

/** The three ways, then the question by which a person finds the own situation. */
export function overviewPage(view: View, facts: HelpFacts): Html {
  const { overview, buttons } = words[view.language];
  const told = (id: TopicId) => topicWords[id][view.language](facts);
  const set = typesetter(view.language);
  const ways = [
    [mainWay(facts.style), overview.ways.recovery],
    ["change", overview.ways.ownPage],
    ["support", facts.desk ? overview.ways.desk : overview.ways.administrator],
  ] as const;
  const here = topicIds.filter((id) => !isElsewhere(id, facts.style));
  const elsewhere = topicIds.filter((id) => isElsewhere(id, facts.style));
  return page(view, {
    title: set(overview.title),
    body: html`<p class="lead">${set(overview.lead)}</p>
<ol>${ways.map(
      ([id, way]) => html`<li><a href="/help/${id}">${set(way.title)}</a>. ${set(way.text)}</li>`,
    )}</ol>
${linkButton(waysOn.recover, set(buttons.recover), "primary")}
<section><h2>${set(overview.situations)}</h2>
<ul>${here.map((id) => entry(id, set(told(id).question)))}</ul></section>
<section><h2>${set(overview.elsewhere)}</h2>
<ul>${elsewhere.map((id) => entry(id, set(told(id).title)))}</ul></section>
${backLink("/sign-in", set(overview.back))}`,
  });
}

/** One way or one trouble: the answer, the steps, the button that leads on, what to read next. */
export function topicPage(view: View, facts: HelpFacts, id: TopicId): Html {
  const { topic: say, buttons } = words[view.language];
  const told = topicWords[id][view.language](facts);
  const another = (other: TopicId) => topicWords[other][view.language](facts);
  const set = typesetter(view.language);
  const { next } = topics[id];
  const wayOn = wayOnOf(id, facts);
  const main = mainWay(facts.style);
  const elsewhere = isElsewhere(id, facts.style);
  const further = elsewhere ? [main] : next.filter((other) => !isElsewhere(other, facts.style));
  const other = html`${set(say.elsewhere)} <a href="/help/${main}">${set(another(main).title)}</a>.`;
  return page(view, {
    title: set(told.title),
    body: html`<p class="lead">${set(told.answer)}</p>
${elsewhere ? notice("info", other) : ""}
${told.blocks.map((block) => drawBlock(view, facts, block))}
${linkButton(waysOn[wayOn], set(buttons[wayOn]), "primary")}
<section><h2>${set(say.next)}</h2>
<ul>${further.map((each) => entry(each, set(another(each).question)))}</ul></section>
${backLink("/help", set(say.back))}`,
  });
}

function entry(id: TopicId, text: string): Html {
  return html`<li><a href="/help/${id}">${text}</a></li>`;
}

export function drawBlock(view: View, facts: HelpFacts, block: Block): Html {
  const set = typesetter(view.language);
  const items = (texts: readonly string[]) => texts.map((text) => html`<li>${set(text)}</li>`);
  switch (block.kind) {
    case "steps":
      return html`<ol>${items(block.items)}</ol>`;
    case "list":
      return html`<section><h2>${set(block.title)}</h2><ul>${items(block.items)}</ul></section>`;
    case "text":
      return html`<section><h2>${set(block.title)}</h2><p>${set(block.text)}</p></section>`;
    case "note":
      return notice("info", set(block.text));
    case "warning":
      return notice("warn", set(block.text));
    case "sender":
      return copyField(view, {
        name: "sender",
        label: set(words[view.language].sender),
        value: facts.sender,
      });
    case "administrator":
      return administrator(view, facts);
    case "services":
      return serviceList(view);
  }
}

function administrator(view: View, { adminContact }: HelpFacts): Html {
  const say = words[view.language].administrator;
  const set = typesetter(view.language);
  if (!adminContact) return notice("info", set(say.unknown));
  return factList([[say.label, withMailLinks(adminContact)]]);
}

/** The contact is free text; an e-mail address in it can be pressed. */
function withMailLinks(text: string): Html {
  const parts = text.split(/([\w.+-]+@[\w.-]*\w)/);
  const mailLink = (address: string) => html`<a href="mailto:${address}">${address}</a>`;
  return html`${parts.map((part, index) => (index % 2 === 1 ? mailLink(part) : part))}`;
}

function serviceList(view: View): Html {
  const all = services.flatMap(({ name, forgotAt, doors = [] }) => [{ name, forgotAt }, ...doors]);
  // The host stands beside the name, so that it can be compared with what the browser then shows.
  const host = (url: string) => html`<span class="hint">${new URL(url).host}</span>`;
  return html`<ul>${all.map(({ name, forgotAt: url }) =>
    url ? html`<li><a href="${url}" rel="noreferrer">${name[view.language]}</a> ${host(url)}</li>` : "",
  )}</ul>`;
}

/** Keeps a dash with the word before it and, in Russian, a short word with the word after it. */
export function typesetter(language: Language): (text: string) => string {
  const shortWord = /(?<=^|[\s\u00a0«(])([а-яё]{1,2}) /gi;
  return (text) => {
    const dashed = text.replaceAll(" — ", "\u00a0— ").replaceAll("№ ", "№\u00a0");
    return language === "ru" ? dashed.replace(shortWord, "$1\u00a0") : dashed;
  };
}
