import assert from "node:assert/strict";
import { test } from "node:test";
import { simpleParser } from "mailparser";
import { parse } from "node-html-parser";
import { exampleLetter } from "../../test/outbox.ts";
import { type Letter, renderLetter } from "./letter.ts";
import { composeLetter } from "./mail.ts";

const link = "https://id.example.ru/recovery/l/Zy9-_example--secret";
const brand = { name: "Ромашка" };
const row = {
  id: "01920000-0000-7000-8000-000000000417",
  kind: "recovery-link",
  channel: "email" as const,
  accountId: null,
  to: "anna@romashka.ru",
  language: "ru" as const,
  data: {},
  createdAt: Date.UTC(2026, 10, 22, 11, 5),
};
const sender = {
  from: { name: "Ромашка", address: "no-reply@id.example.ru" },
  portalName: "Ромашка",
  hue: null,
};

async function rawOf(letter: Letter = exampleLetter(), message: Partial<typeof row> = {}): Promise<string> {
  return (await composeLetter({ ...row, ...message }, letter, sender)).mime.toString("utf8");
}

test("both halves of a letter carry the link, last, and the code", () => {
  const { html, text } = renderLetter(exampleLetter(), brand);
  assert.equal(text.trimEnd().split("\n").at(-1), link);
  const links = parse(html)
    .querySelectorAll("a")
    .map((found) => found.getAttribute("href"));
  assert.deepEqual(links, [link, link]);
  assert.ok(parse(html).querySelector("body")?.structuredText.trimEnd().endsWith(link));
  for (const half of [html, text]) assert.ok(half.includes("482913"));
});

test("lines of the text half stay under 76 characters, and an address stands alone on its line", () => {
  const long = "Очень длинное предложение о\u00a0том, что делать дальше, ".repeat(8).trim();
  const { text } = renderLetter(exampleLetter({ paragraphs: [long] }), brand);
  for (const line of text.split("\n")) assert.ok(line.length < 76, line);
  assert.equal(text.split("\n").filter((line) => line === link).length, 1);
});

test("a letter is small, asks nothing of the network and colours every cell", () => {
  const { html } = renderLetter(exampleLetter(), brand);
  assert.ok(Buffer.byteLength(html) < 100_000);
  assert.equal(/<img|<script|url\(|@import|<link/i.test(html), false);
  for (const cell of parse(html).querySelectorAll("td")) {
    if (!cell.querySelector("td")) assert.ok(cell.getAttribute("bgcolor"), cell.outerHTML.slice(0, 120));
  }
  assert.ok(html.includes("v:roundrect"));
  assert.ok(html.includes("prefers-color-scheme:dark"));
});

test("markup in a name stays text", () => {
  const name = `Анна <img src=x onerror=alert(1)> "&' </td>`;
  const { html, text } = renderLetter(exampleLetter({ greeting: `Здравствуйте, ${name}.` }), { name });
  assert.equal(parse(html).querySelector("img"), null);
  assert.ok(html.includes("&lt;img src=x onerror=alert(1)&gt; &quot;&amp;&#39; &lt;/td&gt;"));
  assert.ok(text.includes(name));
});

test("line breaks and marks that turn text around reach neither headers nor lines", async () => {
  const nasty = "Анна\r\nBcc: eve@evil.example\r\n\r\n<p>\u202Eevil\u2066\u200b\u0000";
  const letter = exampleLetter({ subject: nasty, greeting: nasty });
  const raw = await rawOf(letter);
  const parsed = await simpleParser(raw);
  assert.equal(parsed.subject, "Анна Bcc: eve@evil.example <p>evil");
  assert.equal(parsed.headers.has("bcc"), false);
  assert.ok(parsed.text?.startsWith("Анна Bcc: eve@evil.example <p>evil\n"));
  assert.equal(/[\u202e\u2066\u200b\u0000]/.test(`${parsed.text}${parsed.subject}`), false);
});

test("the headers say: sent by a machine, do not answer, one stable id", async () => {
  const raw = await rawOf();
  const parsed = await simpleParser(raw);
  const header = (name: string) => parsed.headers.get(name);
  assert.equal(parsed.messageId, `<${row.id}@id.example.ru>`);
  assert.equal(parsed.from?.text, '"Ромашка" <no-reply@id.example.ru>');
  assert.equal(Array.isArray(parsed.to) ? "" : parsed.to?.text, "anna@romashka.ru");
  assert.equal(parsed.date?.getTime(), row.createdAt);
  assert.equal(header("auto-submitted"), "auto-generated");
  assert.equal(header("x-auto-response-suppress"), "DR, RN, NRN, OOF, AutoReply");
  assert.equal(header("feedback-id"), "recovery-link:id.example.ru:security:propusk");
  assert.equal(header("x-mailru-msgtype"), "recovery-link");
  assert.equal(header("x-request-number"), "417");
  assert.match(raw, /^List-Id: <recovery-link\.id\.example\.ru>\r$/im);
  assert.equal(/^(List-Unsubscribe|Precedence|In-Reply-To|References|X-Mailer):/im.test(raw), false);
});

test("the same row makes the same letter, byte for byte", async () => {
  assert.equal(await rawOf(), await rawOf());
  assert.notEqual(
    await rawOf(),
    await rawOf(exampleLetter(), { id: "01920000-0000-7000-8000-000000000529" }),
  );
});

test("a letter never links to anything but web pages", () => {
  const bad = exampleLetter({ button: { label: "x", url: "javascript:alert(1)" } });
  assert.throws(() => renderLetter(bad, brand), /http/);
});
