/**
 * The HTML half of a letter, in the look of the pages. Mail programs decide the means: tables, inline styles
 * and a background on every cell; Word draws Outlook's letters, so the button has a second form in VML; the
 * dark colours sit in a media query with class names of their own. No images, nothing from the network.
 */
import { type Accent, accentOf } from "../platform/web/accent.ts";
import type { Letter, LetterBrand, LetterLink } from "./letter.ts";

const fonts = "'Golos Text',-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Arial,sans-serif";
const figures = "ui-monospace,'SF Mono',Menlo,Consolas,'Roboto Mono','DejaVu Sans Mono',monospace";

/** sRGB twins of the page's colour tokens; the accent is the portal's. */
const light = {
  page: "#fbfaf7",
  surface: "#ffffff",
  sunken: "#f4f2ee",
  line: "#e1e0da",
  text: "#152127",
  quiet: "#48555c",
  danger: "#b02b27",
};

/** The portal's accent, in both themes. */
interface Ink extends Accent {
  dark: Accent;
}

function inkOf({ hue = null }: LetterBrand): Ink {
  return { ...accentOf(hue, "light"), dark: accentOf(hue, "dark") };
}

const darkRules = ({ dark }: Ink) => `
.pl-page{background-color:#0e1518!important}
.pl-card{background-color:#161e22!important;border-color:#2f383d!important}
.pl-surface{background-color:#161e22!important}
.pl-sunken{background-color:#0a1013!important}
.pl-rule{border-color:#2f383d!important}
.pl-text{color:#eeede8!important}
.pl-quiet{color:#afb9bd!important}
.pl-link{color:${dark.accent}!important}
.pl-on{background-color:${dark.accent}!important}
.pl-off{background-color:#2f383d!important}
.pl-broken{background-color:#f7857d!important}
.pl-button{background-color:${dark.accent}!important}
.pl-label{color:${dark.onAccent}!important}
`;

const styles = (ink: Ink) => `<style>
@media (prefers-color-scheme:dark){${darkRules(ink)}}
@media (max-width:480px){.pl-pad{padding:24px 20px!important}.pl-head{padding:20px 20px 12px!important}
.pl-outer{padding:0!important}
.pl-card{border-left:0!important;border-right:0!important;border-radius:0!important}}
</style>`;

/** The card with everything the recipient reads; safe to put inside another page. */
export function letterBody(letter: Letter, brand: LetterBrand): string {
  const ink = inkOf(brand);
  return `${styles(ink)}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" \
bgcolor="${light.page}" class="pl-page" style="background-color:${light.page};border-collapse:collapse;">
<tr><td align="center" class="pl-outer pl-page" bgcolor="${light.page}" \
style="padding:24px 12px 40px;background-color:${light.page};">
<!--[if mso]><table role="presentation" width="560" cellpadding="0" cellspacing="0" border="0"><tr><td>\
<![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" \
style="max-width:560px;margin:0 auto;">
<tr><td class="pl-head pl-page" align="left" bgcolor="${light.page}" \
style="padding:0 4px 16px;background-color:${light.page};">${head(brand, ink)}</td></tr>
<tr><td class="pl-card pl-pad pl-surface" align="left" bgcolor="${light.surface}" \
style="padding:32px;background-color:${light.surface};border:1px solid ${light.line};border-radius:14px;">
${[
  letter.strip ? strip(letter.strip, ink) : "",
  line(letter.greeting, "text", "font-size:20px;line-height:28px;font-weight:600;margin:0 0 12px;"),
  ...letter.paragraphs.map((text) => line(text, "text", "font-size:16px;line-height:24px;margin:0 0 16px;")),
  letter.button ? button(letter.button, ink) : "",
  letter.code ? code(letter.code) : "",
  letter.facts?.length ? facts(letter.facts) : "",
  ...(letter.closing ?? []).map((text) =>
    line(text, "quiet", "font-size:14px;line-height:20px;margin:0 0 8px;"),
  ),
  letter.link ? lastLink(letter.link, ink) : "",
]
  .filter(Boolean)
  .join("\n")}
</td></tr></table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>`;
}

export function letterDocument(letter: Letter, body: string): string {
  return `<!doctype html>
<html lang="${letter.language}" xmlns="http://www.w3.org/1999/xhtml" \
xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>${escaped(letter.subject)}</title>
<!--[if mso]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch>\
</o:OfficeDocumentSettings></xml><![endif]-->
<style>:root{color-scheme:light dark;supported-color-schemes:light dark}</style>
</head>
<body class="pl-page" bgcolor="${light.page}" style="margin:0;padding:0;background-color:${light.page};\
-webkit-text-size-adjust:100%;">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;\
color:${light.page};">${escaped(letter.preheader)}${"&#847;&zwnj;&nbsp;".repeat(60)}</div>
${body}
</body>
</html>
`;
}

function head(brand: LetterBrand, ink: Ink): string {
  const mark = `<table role="presentation" aria-hidden="true" cellpadding="0" cellspacing="0" border="0"><tr>\
<td class="pl-button" width="14" height="14" bgcolor="${ink.accent}" style="width:14px;height:14px;\
background-color:${ink.accent};border-radius:3px;font-size:0;line-height:0;">&nbsp;</td></tr></table>`;
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>\
<td class="pl-page" valign="middle" bgcolor="${light.page}" style="background-color:${light.page};">\
${mark}</td>\
<td class="pl-quiet pl-page" bgcolor="${light.page}" style="padding-left:10px;background-color:${light.page};\
font-family:${fonts};font-size:14px;line-height:20px;font-weight:600;color:${light.quiet};">\
${escaped(brand.name)}</td></tr></table>`;
}

/** The twelve ticks of the pages as cells; `aria-hidden`, because the words say the same. */
function strip(state: { readonly filled: number; readonly brokenAt?: number }, ink: Ink): string {
  const ticks = Array.from({ length: 12 }, (_, index) => {
    const place = index + 1;
    const [name, colour] =
      place === state.brokenAt
        ? ["pl-broken", light.danger]
        : place <= state.filled
          ? ["pl-on", ink.accent]
          : ["pl-off", light.line];
    return `<td class="${name}" width="10" height="6" bgcolor="${colour}" style="width:10px;height:6px;\
background-color:${colour};border-radius:1px;font-size:0;line-height:0;">&nbsp;</td>`;
  });
  const gap = `<td class="pl-surface" width="3" bgcolor="${light.surface}" style="width:3px;\
background-color:${light.surface};font-size:0;line-height:0;">&nbsp;</td>`;
  return `<table role="presentation" aria-hidden="true" cellpadding="0" cellspacing="0" border="0" \
style="margin:0 0 20px;"><tr>${ticks.join(gap)}</tr></table>`;
}

function button(link: LetterLink, ink: Ink): string {
  const url = escaped(link.url);
  const label = escaped(link.label);
  return `<!--[if mso]><v:roundrect xmlns:v="urn:schemas-microsoft-com:vml" \
xmlns:w="urn:schemas-microsoft-com:office:word" href="${url}" \
style="height:48px;v-text-anchor:middle;width:300px;" arcsize="21%" stroke="f" fillcolor="${ink.accent}">\
<w:anchorlock/><center style="color:${ink.onAccent};\
font-family:'Segoe UI',Arial,sans-serif;font-size:16px;font-weight:600;">${label}</center></v:roundrect>\
<p style="margin:0 0 16px;font-size:0;line-height:0;">&nbsp;</p><![endif]-->
<!--[if !mso]><!--><table role="presentation" cellpadding="0" cellspacing="0" border="0" \
style="margin:8px 0 24px;"><tr><td class="pl-button" align="center" bgcolor="${ink.accent}" \
style="background-color:${ink.accent};border-radius:10px;"><a href="${url}" class="pl-label" \
style="display:inline-block;padding:12px 28px;font-family:${fonts};font-size:16px;line-height:24px;\
font-weight:600;color:${ink.onAccent};text-decoration:none;border-radius:10px;">${label}</a>\
</td></tr></table>\
<!--<![endif]-->`;
}

/** A short code is read and typed; a long control string only has to fit, so it is set smaller. */
function code(given: NonNullable<Letter["code"]>): string {
  const size =
    given.value.length <= 10 ? "font-size:28px;line-height:36px;" : "font-size:18px;line-height:28px;";
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" \
style="margin:0 0 24px;"><tr><td class="pl-sunken" bgcolor="${light.sunken}" style="padding:14px 16px;\
background-color:${light.sunken};border-radius:10px;">
${line(given.label, "quiet", "font-size:14px;line-height:20px;margin:0 0 2px;")}
<p class="pl-text" style="font-family:${figures};${size}font-weight:600;\
letter-spacing:0.08em;margin:0;color:${light.text};overflow-wrap:anywhere;">${escaped(given.value)}</p>
${given.note ? line(given.note, "quiet", "font-size:14px;line-height:20px;margin:2px 0 0;") : ""}
</td></tr></table>`;
}

function facts(list: NonNullable<Letter["facts"]>): string {
  const cell = `font-family:${fonts};font-size:14px;line-height:20px;background-color:${light.surface};`;
  const rows = list.map(
    (fact) => `<tr><td class="pl-quiet pl-surface" valign="top" bgcolor="${light.surface}" \
style="${cell}padding:2px 16px 2px 0;color:${light.quiet};white-space:nowrap;">${escaped(fact.label)}</td>\
<td class="pl-text pl-surface" valign="top" bgcolor="${light.surface}" style="${cell}padding:2px 0;\
color:${light.text};word-break:break-word;">${escaped(fact.value)}</td></tr>`,
  );
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px;">
${rows.join("\n")}
</table>`;
}

function lastLink(link: LetterLink, ink: Ink): string {
  const url = escaped(link.url);
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" \
style="margin:20px 0 0;"><tr><td class="pl-rule pl-surface" bgcolor="${light.surface}" \
style="padding:16px 0 0;background-color:${light.surface};border-top:1px solid ${light.line};">
${line(link.label, "quiet", "font-size:14px;line-height:20px;margin:0 0 4px;")}
<p style="font-family:${fonts};font-size:14px;line-height:20px;margin:0;word-break:break-all;">\
<a href="${url}" class="pl-link" style="color:${ink.accent};text-decoration:underline;">${url}</a></p>
</td></tr></table>`;
}

function line(text: string, tone: "text" | "quiet", style: string): string {
  const look = `font-family:${fonts};${style}color:${light[tone]};`;
  return `<p class="pl-${tone}" style="${look}">${escaped(text)}</p>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
