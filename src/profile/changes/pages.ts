import { html } from "hono/html";
import type { Contact } from "../../accounts/accounts.ts";
import type { LinkLook, PendingChange } from "../../contacts/contacts.ts";
import { waitingTime } from "../../platform/language/times.ts";
import { attributes } from "../../platform/web/attributes.ts";
import { chosenPasswordFields, type ShownRules } from "../../platform/web/chosen-password.ts";
import {
  codeField,
  type FieldProblem,
  form,
  linkButton,
  primaryButton,
  problemSummary,
  quietButton,
  textField,
  waitButton,
} from "../../platform/web/fields.ts";
import { page } from "../../platform/web/layout.ts";
import { notice } from "../../platform/web/notices.ts";
import { passwordField } from "../../platform/web/password-field.ts";
import type { Html, View } from "../../platform/web/view.ts";
import { dialogPage } from "../pages.ts";
import type { Told } from "./told.ts";
import { words } from "./words.ts";

type Problems = readonly FieldProblem[];

/** What the forms of the contacts show. */
interface ContactForm {
  login: string;
  present: Contact | undefined;
  typed?: string;
  withPassword: boolean;
  problems: Problems;
}

export function passwordPage(
  view: View,
  shown: {
    login: string;
    first: boolean;
    form: string;
    rules: ShownRules;
    /** Why it may not be changed yet. */
    tooYoung: string | undefined;
    problems: Problems;
  },
): Html {
  const { password: say, save } = words[view.language];
  const { login, first, problems } = shown;
  const body = html`${first ? accountField(login) : currentPassword(view, login, problems, "next")}
${chosenPasswordFields(view, {
  label: say.field,
  repeat: say.repeat,
  hint: say.phrase,
  rules: shown.rules,
  problems,
})}
<p class="hint">${say.others}</p>`;
  if (shown.tooYoung !== undefined)
    return dialog(view, say.title, problems, [
      notice("info", shown.tooYoung),
      html`<p class="hint">${say.tooYoungHow} <a href="/recovery">${say.tooYoungLink}</a></p>`,
    ]);
  return dialog(view, first ? say.titleFirst : say.title, problems, [
    form(view, { action: "/me/password", hidden: { form: shown.form }, body, submit: save }),
  ]);
}

export function emailPage(view: View, shown: ContactForm): Html {
  const { email: say } = words[view.language];
  const { login, present, problems, withPassword } = shown;
  const unproven = present?.proven === false ? present.value : "";
  const title = unproven ? say.titleProve : present ? say.title : say.titleFirst;
  const body = html`${textField(view, {
    name: "email",
    label: present?.proven ? say.field : say.fieldFirst,
    value: shown.typed ?? unproven,
    keyboard: "email",
    autocomplete: "email",
    enterKey: withPassword ? "next" : "done",
    identifier: true,
    autofocus: true,
    hint: present?.proven ? say.both : say.one,
    problems,
  })}
${withPassword ? currentPassword(view, login, problems, "done") : ""}`;
  return dialog(view, title, problems, [form(view, { action: "/me/email", body, submit: say.submit })]);
}

export function phonePage(view: View, shown: ContactForm & { smsReady: boolean }): Html {
  const { phone: say } = words[view.language];
  const { login, present, problems, withPassword } = shown;
  const unproven = present?.proven === false ? present.value : "";
  const body = html`${textField(view, {
    name: "phone",
    label: present?.proven ? say.field : say.fieldFirst,
    value: shown.typed ?? unproven,
    type: "tel",
    keyboard: "tel",
    autocomplete: "tel",
    enterKey: withPassword ? "next" : "done",
    autofocus: true,
    hint: present?.proven ? say.hint : say.hintFirst,
    problems,
  })}
${withPassword ? currentPassword(view, login, problems, "done") : ""}`;
  const away = html`<p><a href="/me/phone/remove">${say.remove}</a></p>`;
  return dialog(view, present ? say.title : say.titleFirst, problems, [
    shown.smsReady
      ? form(view, { action: "/me/phone", body, submit: say.submit })
      : notice("info", say.noSms),
    present ? away : html``,
  ]);
}

export function phoneCodePage(
  view: View,
  shown: { phone: string; lifetimeMs: number; readyAt: number; problems: Problems },
): Html {
  const { code: say } = words[view.language];
  const { phone, problems } = shown;
  const field = codeField(view, { name: "code", label: say.field, fromSms: true, autofocus: true, problems });
  return dialog(view, say.title, problems, [
    html`<p class="lead">${whole(say.lead(phone, waitingTime(shown.lifetimeMs, view.language)), phone)}</p>`,
    form(view, { action: "/me/phone/code", body: field, submit: say.submit }),
    form(view, {
      action: "/me/phone/again",
      body: waitButton(view, { label: say.again, readyAt: shown.readyAt }),
    }),
    html`<p><a href="/me/phone">${say.other}</a></p>`,
  ]);
}

export function removePhonePage(
  view: View,
  shown: { login: string; present: Contact; withPassword: boolean; problems: Problems },
): Html {
  const { phone: say } = words[view.language];
  const { login, present, withPassword, problems } = shown;
  const body = html`${withPassword ? currentPassword(view, login, problems, "done") : ""}`;
  return dialog(view, say.remove, problems, [
    html`<p class="lead">${whole(say.removeText(present.value), present.value)}</p>`,
    form(view, { action: "/me/phone/remove", body, submit: say.remove }),
  ]);
}

/** What the link of a confirmation letter leads to, for whoever opens it. */
export function confirmPage(view: View, look: LinkLook, done: { anew: boolean }): Html {
  const { confirm: say } = words[view.language];
  const home = linkButton(
    view.signedIn ? "/me" : "/sign-in",
    view.signedIn ? say.myPage : say.signIn,
    "primary",
  );
  switch (look.kind) {
    case "live":
      return page(view, {
        title: say.title,
        body: html`<p class="lead">${say.live(look.person.login, look.now)}</p>
${look.was && look.was !== look.now ? html`<p>${say.was(look.was)}</p>` : ""}
${form(view, { action: "/me/email/confirm", body: html``, submit: say.submit })}`,
      });
    case "confirmed":
      return page(view, {
        title: say.done,
        body: done.anew
          ? html`<p class="lead">${say.anew}</p>${linkButton("/recovery", say.recover, "primary")}`
          : html`<p class="lead">${say.doneText(look.now)}</p>${home}`,
      });
    case "refused":
      return page(view, { title: say.refused, body: html`<p class="lead">${say.refusedText}</p>${home}` });
    case "over":
      return page(view, { title: say.over, body: html`<p class="lead">${say.overText}</p>${home}` });
  }
}

export function proofFormPage(
  view: View,
  shown: {
    login: string;
    /** Where a code goes; undefined: nowhere. */
    contact: Contact | undefined;
    lifetime: string;
    wanted: "password" | "code";
    returnTo: string;
    since: number;
    sent: boolean;
    problems: Problems;
  },
): Html {
  const { prove: say, code } = words[view.language];
  const { login, contact, wanted, sent, problems } = shown;
  const hidden = { return_to: shown.returnTo, ...(shown.since > 0 && { since: String(shown.since) }) };
  if (wanted === "password") {
    const body = currentPassword(view, login, problems, "done");
    return dialog(view, say.title, problems, [
      html`<p class="lead">${shown.since > 0 ? say.forPortal(login) : say.password}</p>`,
      form(view, { action: "/me/confirm", hidden, body, submit: say.submit }),
      another(view, shown.since),
    ]);
  }
  if (!contact) return dialog(view, say.title, problems, [notice("warn", say.noContact)]);
  const { kind, value } = contact;
  const label = kind === "email" ? code.fieldMail : code.field;
  const fromSms = kind === "phone";
  const lead = fromSms ? whole(say.code.phone(value), value) : say.code.email(value);
  const field = codeField(view, { name: "code", label, fromSms, autofocus: true, problems });
  const send = sent ? quietButton(code.again) : primaryButton(say.send);
  return dialog(view, say.title, problems, [
    sent ? notice("success", say.sent(shown.lifetime)) : html`<p class="lead">${lead}</p>`,
    sent ? form(view, { action: "/me/confirm", hidden, body: field, submit: say.submit }) : html``,
    form(view, { action: "/me/confirm/code", hidden: { ...hidden, sent: sent ? "1" : "" }, body: send }),
    another(view, shown.since),
  ]);
}

/** On the way to a portal whoever is asked may be somebody else; the way waits for who comes in. */
function another(view: View, since: number): Html {
  if (since === 0) return html``;
  const body = html`<button class="plain">${words[view.language].prove.another}</button>`;
  return form(view, { action: "/sign-out", hidden: { another: "1" }, body });
}

/** What has just been done, in one line above the page. */
export function toldNotice(view: View, told: Told): Html {
  const { password, email, phone } = words[view.language];
  const said: Record<Told, readonly [title: string, text?: string]> = {
    "password-changed": [password.changed, password.changedText],
    "password-set": [password.set, password.changedText],
    "email-sent-again": [email.sentAgain],
    "email-cancelled": [email.cancelled],
    "phone-changed": [phone.changed],
    "phone-removed": [phone.removed],
    "phone-cancelled": [phone.cancelled],
  };
  const [title, text] = said[told];
  return text === undefined ? notice("success", title) : notice("success", text, { title });
}

/** A change that waits for its proof, with what one may do about it. */
export function pendingNotice(view: View, kind: Contact["kind"], { was, now }: PendingChange): Html {
  const { email, phone, again, cancel } = words[view.language];
  const button = (action: string, label: string) => form(view, { action, body: quietButton(label) });
  const way = kind === "email" ? button("/me/email/again", again) : linkButton("/me/phone/code", phone.enter);
  const text =
    kind === "email"
      ? email.pending(now.value, was === now.value ? null : was)
      : whole(phone.pending(now.value), now.value);
  return notice(
    "info",
    html`<p>${text}</p>
<div class="row">${way}${button(`/me/${kind}/cancel`, cancel)}</div>`,
  );
}

/** Letters to this address come back: what that means, and the two ways on. */
export function returnedNotice(view: View, { value }: Contact): Html {
  const { returned } = words[view.language];
  const body = html`<p>${returned.text}</p>
${form(view, { action: "/me/email/works", body: quietButton(returned.works) })}`;
  return notice("warn", body, { title: returned.title(value) });
}

/** The text with the number in it on one line: a number broken in two is hard to compare. */
function whole(text: string, number: string): Html {
  const [before = "", after = ""] = text.split(number);
  return html`${before}<span class="whole">${number}</span>${after}`;
}

function dialog(view: View, title: string, problems: Problems, parts: readonly Html[]): Html {
  const body = html`${problemSummary(view, problems)}${parts}`;
  return dialogPage(view, { title, body, hasProblems: problems.length > 0 });
}

function currentPassword(view: View, login: string, problems: Problems, enterKey: "next" | "done"): Html {
  const say = words[view.language];
  return html`${accountField(login)}
${passwordField(view, {
  name: "current_password",
  label: say.current,
  kind: "current",
  enterKey,
  aside: { href: `/recovery?identifier=${encodeURIComponent(login)}`, label: say.forgot },
  problems,
})}`;
}

/** Tells password managers whose password it is; nobody else needs to see it here. */
function accountField(login: string): Html {
  return html`<input${attributes({ type: "text", autocomplete: "username", value: login, hidden: true })}>`;
}
