import assert from "node:assert/strict";
import { test } from "node:test";
import { html } from "hono/html";
import { parse } from "node-html-parser";
import { plainPortal } from "../../../test/plain-portal.ts";
import * as fields from "./fields.ts";
import { passwordField } from "./password-field.ts";
import type { Html, View } from "./view.ts";

const view: View = {
  language: "ru",
  theme: "auto",
  path: "/",
  portal: plainPortal(),
  formToken: () => "token",
  timeZone: "Europe/Moscow",
  now: 1_000_000,
  assets: { url: (name) => name },
  languageChosen: false,
  places: { placeOf: () => undefined },
  signedIn: null,
};
const read = (piece: Html) => parse(String(piece));
const attribute = (piece: Html, selector: string, name: string) =>
  read(piece).querySelector(selector)?.getAttribute(name);

test("a form that changes something carries the guard against forgery, one that only asks does not", () => {
  const guarded = fields.form(view, { action: "/a", body: html``, hidden: { flow: '"x"' } });
  assert.equal(attribute(guarded, "[name=form_token]", "value"), "token");
  assert.equal(attribute(guarded, "[name=flow]", "value"), '"x"');
  const asking = fields.form(view, { action: "/a", method: "get", body: html`` });
  assert.equal(read(asking).querySelector("[name=form_token]"), null);
});

test("every field has a label tied to it", () => {
  const options = { name: "one", label: "Поле" };
  const all = [
    fields.textField(view, options),
    passwordField(view, { ...options, kind: "new", minLength: 12, matches: "two" }),
    fields.codeField(view, options),
    fields.readOnlyField(view, { ...options, value: "x" }),
    fields.checkbox(view, options),
    fields.copyField(view, { ...options, value: "x" }),
  ];
  for (const piece of all) {
    assert.equal(attribute(piece, "label", "for"), "one");
    assert.ok(read(piece).querySelector("#one"));
  }
});

test("what was typed comes back escaped, and a password never does", () => {
  const typed = '"><script>alert(1)</script>';
  const piece = fields.textField(view, { name: "identifier", label: "Логин", value: typed });
  assert.equal(read(piece).querySelector("script"), null);
  assert.equal(attribute(piece, "input", "value"), typed);
  const password = passwordField(view, { name: "password", label: "Пароль", kind: "current" });
  assert.equal(attribute(password, "input", "value"), undefined);
});

test("password managers find the right hints", () => {
  const current = passwordField(view, { name: "p", label: "Пароль", kind: "current" });
  assert.equal(attribute(current, "input", "autocomplete"), "current-password");
  assert.equal(attribute(current, "input", "minlength"), undefined);
  const fresh = passwordField(view, { name: "p", label: "Пароль", kind: "new", minLength: 12 });
  assert.equal(attribute(fresh, "input", "autocomplete"), "new-password");
  assert.equal(attribute(fresh, "input", "passwordrules"), "minlength: 12;");
  const code = fields.codeField(view, { name: "code", label: "Код" });
  assert.equal(attribute(code, "input", "autocomplete"), "one-time-code");
  assert.equal(attribute(code, "input", "inputmode"), "numeric");
  assert.equal(attribute(code, "input", "type"), "text");
});

test("a problem stands at its field in words, and everything that describes the field exists", () => {
  const problems = [
    { field: "p", text: "Слишком короткий" },
    { field: "q", text: "Другое" },
  ];
  const piece = passwordField(view, {
    name: "p",
    label: "Пароль",
    kind: "new",
    minLength: 12,
    hint: "Фраза",
    problems,
  });
  assert.equal(attribute(piece, "input", "aria-invalid"), "true");
  const ids = (attribute(piece, "input", "aria-describedby") ?? "").split(" ");
  assert.deepEqual(ids, ["p-problem", "p-hint", "p-rules"]);
  for (const id of ids) assert.ok(read(piece).querySelector(`#${id}`), id);
  assert.equal(read(piece).querySelector("#p-problem")?.text.trim(), "Ошибка: Слишком короткий");
});

test("the summary leads to each field, and is not there when nothing is wrong", () => {
  const summary = fields.problemSummary(view, [
    { field: "p", text: "Раз" },
    { field: "", text: "Два" },
  ]);
  assert.deepEqual(
    read(summary)
      .querySelectorAll("a")
      .map((link) => link.getAttribute("href")),
    ["#p"],
  );
  assert.equal(read(summary).querySelectorAll("li").length, 2);
  assert.equal(String(fields.problemSummary(view, [])), "");
});

test("a button to wait for says how long, works without scripts, and is plain in due time", () => {
  const waiting = fields.waitButton(view, { label: "Отправить ещё раз", readyAt: view.now + 62_000 });
  assert.equal(read(waiting).querySelector("button")?.text, "Отправить ещё раз — через 1:02");
  assert.equal(attribute(waiting, "button", "disabled"), undefined);
  const ready = fields.waitButton(view, { label: "Отправить ещё раз", readyAt: view.now });
  assert.equal(read(ready).querySelector("button")?.text, "Отправить ещё раз");
  assert.equal(attribute(ready, "button", "data-wait"), undefined);
});
