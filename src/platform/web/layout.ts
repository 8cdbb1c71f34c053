import { html, raw } from "hono/html";
import { languages } from "../language/language.ts";
import { accentOf } from "./accent.ts";
import { icon } from "./icons.ts";
import { portrait } from "./portrait.ts";
import { type Strip, strip } from "./strip.ts";
import type { Html, SignedIn, View, ViewPortal } from "./view.ts";
import { words } from "./words.ts";

export interface PageOptions {
  /** The heading, and with the portal's name the title of the tab. */
  readonly title: string;
  /** When the heading on the page says more than the title of the tab. */
  readonly heading?: string;
  readonly strip?: Strip;
  readonly body: Html;
  /** Scripts of `client/` that this page needs beyond the one that all pages have. */
  readonly scripts?: readonly string[];
  /** Styles of `client/` beyond those that all pages have. */
  readonly styles?: readonly string[];
  /** Puts «Ошибка:» before the title, so that it is the first thing heard. */
  readonly hasProblems?: boolean;
  /** A page with tables or sections instead of the narrow column. */
  readonly wide?: boolean;
  /** Within a wide page the card itself is a column: one thing to read or to fill in. */
  readonly narrow?: boolean;
  /** The way to the pages that belong together with this one; stands beside the card, on phones above it. */
  readonly side?: Html;
  /** What one may do with the whole page, at its top right. */
  readonly action?: Html;
}

const languageNames = {
  ru: { short: "Рус", full: "Русский" },
  en: { short: "En", full: "English" },
} as const;
const themes = ["auto", "light", "dark"] as const;

/** The mark ◪ as the tab's icon; a data address saves the browser its own request for /favicon.ico. */
function tabIcon({ hue }: ViewPortal): string {
  const fill = accentOf(hue, "light").accent.replace("#", "%23");
  return (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'%3E" +
    `%3Crect width='20' height='20' rx='4' fill='${fill}'/%3E%3Cpath d='M5 5h10L5 15z' fill='%23fff'/%3E` +
    "%3Cpath d='M5 5h10v10H5z' fill='none' stroke='%23fff' stroke-width='1.5'/%3E%3C/svg%3E"
  );
}

/** The whole document: the frame that every page shares, with the page's own body inside its card. */
export function page(view: View, options: PageOptions): Html {
  const say = words[view.language];
  const { hue } = view.portal;
  const title = `${options.hasProblems ? say.problemInTitle : ""}${options.title} · ${view.portal.name}`;
  return html`<!doctype html>
<html lang="${view.language}" data-theme="${view.theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${view.theme === "auto" ? "light dark" : view.theme}">
<title>${title}</title>
<link rel="preload" href="${view.assets.url("golos-text.woff2")}" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="${view.assets.url("page.css")}">
${(options.styles ?? []).map((name) => html`<link rel="stylesheet" href="${view.assets.url(name)}">`)}
${hue === null ? "" : html`<link rel="stylesheet" href="/look/accent/${hue}.css">`}
<link rel="icon" href="${raw(tabIcon(view.portal))}">
${["app.js", ...(options.scripts ?? [])].map(
  (name) => html`<script type="module" src="${view.assets.url(name)}"></script>`,
)}
</head>
<body>
<a class="skip" href="#main">${say.skip}</a>
<div class="frame${options.wide ? " wide" : ""}">
${header(view)}
${options.side ? html`<div class="sided">${options.side}${main(options)}</div>` : main(options)}
${footer(view)}
</div>
</body>
</html>`;
}

function main(options: PageOptions): Html {
  const heading = html`<h1>${options.heading ?? options.title}</h1>`;
  return html`<main class="card${options.narrow ? " narrow" : ""}" id="main">
${options.strip ? strip(options.strip) : ""}
${options.action ? html`<div class="head">${heading}${options.action}</div>` : heading}
${options.body}
</main>`;
}

function header(view: View): Html {
  const say = words[view.language];
  return html`<header class="top">
<a class="brand" href="/">${brandMark(view.portal)}<span>${view.portal.name}</span></a>
<nav class="languages" aria-label="${say.language}">${languages.map((language) => {
    const { short, full } = languageNames[language];
    const name = html`<abbr title="${full}" lang="${language}">${short}</abbr>`;
    return language === view.language
      ? html`<span aria-current="true">${name}</span>`
      : html`<a href="${withChoice(view, "lang", language)}" hreflang="${language}">${name}</a>`;
  })}</nav>
${view.signedIn ? accountMenu(view, view.signedIn) : ""}
</header>`;
}

/** The name stands beside it, so readers are told nothing twice. */
function brandMark({ logo }: ViewPortal): Html {
  return logo === null
    ? icon("mark")
    : html`<img class="logo" src="/look/logo/${logo}" alt="" width="28" height="28">`;
}

/**
 * The menu behind photo and name. It opens without scripts; with them Escape and a press elsewhere close it.
 */
function accountMenu(view: View, { name, photo, isStaff }: SignedIn): Html {
  const say = words[view.language];
  return html`<nav class="account" aria-label="${say.account}"><details data-menu>
<summary>${portrait({ name, photo })}<span class="who">${name}</span></summary>
<ul><li><a href="/me">${say.myPage}</a></li>
${isStaff ? html`<li><a href="/admin">${say.console}</a></li>` : ""}
<li><form method="post" action="/sign-out"><input type="hidden" name="form_token" value="${view.formToken()}">
<button class="plain">${say.signOut}</button></form></li></ul>
</details></nav>`;
}

/** Help stands last and in the same order on every page (WCAG 2.2, 3.2.6). */
function footer(view: View): Html {
  const say = words[view.language];
  return html`<footer class="bottom">
<nav class="themes" aria-label="${say.theme}">${themes.map((theme) => {
    const current = theme === view.theme ? raw(' aria-current="true"') : "";
    return html`<a href="${withChoice(view, "theme", theme)}" title="${say.themes[theme]}"${current}>${icon(
      theme,
    )}<span class="unseen">${say.themes[theme]}</span></a>`;
  })}</nav>
<nav class="help" aria-label="${say.help}"><a href="/help">${say.help}</a>
${view.portal.channels.includes("desk") ? html`<a href="/support">${say.noAccess}</a>` : ""}</nav>
</footer>`;
}

/** This very page with another language or theme. */
function withChoice(view: View, name: "lang" | "theme", value: string): string {
  return `${view.path}${view.path.includes("?") ? "&" : "?"}${name}=${value}`;
}
