import { html } from "hono/html";
import type { Person } from "../accounts/accounts.ts";
import { dayAndTime } from "../platform/language/times.ts";
import { linkButton } from "../platform/web/fields.ts";
import { page } from "../platform/web/layout.ts";
import { facts } from "../platform/web/notices.ts";
import type { Html, View } from "../platform/web/view.ts";
import { words } from "./words.ts";

export function myPage(view: View, person: Person, since: number): Html {
  const say = words[view.language];
  const contact = (kind: "email" | "phone") => {
    const found = person.contacts.find((item) => item.kind === kind);
    return found ? `${found.value} · ${found.proven ? say.proven : say.unproven}` : say.absent;
  };
  return page(view, {
    title: say.title,
    wide: true,
    body: html`<p class="lead">${say.greeting(person.account.name)}</p>
${facts([
  [say.login, person.login],
  [say.email, contact("email")],
  [say.phone, contact("phone")],
  [say.role, say.roles[person.account.role]],
  [say.since, dayAndTime(since, view.timeZone, view.language)],
])}
${linkButton("/recovery", say.changePassword)}
<p class="hint">${say.changeHint}</p>`,
  });
}
