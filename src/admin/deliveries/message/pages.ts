import { html } from "hono/html";
import type { Contact, Person } from "../../../accounts/accounts.ts";
import type { MessageTrace } from "../../../delivery/delivery.ts";
import { dayAndExactTime, dayOf } from "../../../platform/language/times.ts";
import { backLink, linkButton } from "../../../platform/web/fields.ts";
import { facts, notice } from "../../../platform/web/notices.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import type { Actor } from "../../acting.ts";
import { maskedWithin } from "../../masks.ts";
import { consolePage, moment, table } from "../../pages.ts";
import { may } from "../../rights.ts";
import { words as shared } from "../../words.ts";
import { PATH } from "../address.ts";
import { messageName, traceStrip } from "../parts/pages.ts";
import { adviceOn, answerOf, stepInWords } from "../standing.ts";
import { words } from "../words.ts";

interface ShownMessage {
  trace: MessageTrace;
  person: Person | undefined;
  /** The address that our letters come from. */
  sender: string;
  smsReady: boolean;
}

export function messagePage(view: View, actor: Actor, shown: ShownMessage): Html {
  const say = words[view.language];
  const { trace, person, sender } = shown;
  const whole = may(actor, "see-contacts", person?.account ?? { id: "", role: "person" });
  const hide = (text: string) => (whole ? text : maskedWithin(text));
  const rows = trace.steps.map((step) => {
    const answer = answerOf(view, step);
    return [exactly(view, step.at), stepInWords(view, trace, step), answer ? hide(answer) : "—"];
  });
  const bounced = person?.contacts.find(
    (contact) => contact.bounced && contact.value.toLowerCase() === trace.to.toLowerCase(),
  );
  return consolePage(view, actor, "deliveries", {
    title: messageName(view, trace),
    body: html`${backLink(PATH, say.back)}
<div class="whole-trace">${traceStrip(view, trace)}</div>
${notice("info", adviceOn(view, trace, { sender, hide }), { title: say.adviceTitle })}
${bounced ? returnedNotice(view, bounced) : ""}
${actions(view, actor, shown, whole)}
${messageFacts(view, shown, hide)}
<section class="apart"><h2>${say.stepsTitle}</h2>
${table(say.stepsTitle, [say.columns.when, say.columns.what, say.columns.answer], rows)}</section>`,
  });
}

/** To the second, by which the answers of two servers are told apart. */
function exactly(view: View, at: number): Html {
  const { timeZone, language } = view;
  return html`<span class="digits">${dayAndExactTime(at, view.now, timeZone, language)}</span>`;
}

/** That nothing more is sent there, and since when. */
export function returnedNotice(view: View, { bounced }: Contact): Html {
  const { mailbox } = words[view.language];
  if (!bounced) return html``;
  const day = dayOf(bounced.at, view.timeZone, view.language);
  return notice("warn", mailbox.text(day, bounced.status), { title: mailbox.title });
}

function messageFacts(view: View, { trace, person, sender }: ShownMessage, hide: (text: string) => string) {
  const say = words[view.language];
  const messageId = `<${trace.id}@${sender.split("@").at(-1)}>`;
  const waits = trace.state === "queued" || trace.state === "sending";
  return facts([
    [say.facts.to, html`<bdi>${hide(trace.to)}</bdi>`],
    [
      say.facts.person,
      person
        ? html`<a href="/admin/users/${person.account.id}/deliveries"><bdi>${person.account.name}</bdi></a>`
        : say.nobody,
    ],
    ...(trace.number === null ? [] : [[say.facts.number, String(trace.number)] as const]),
    [say.facts.created, moment(view, trace.createdAt)],
    ...(waits ? [[say.facts.until, moment(view, trace.giveUpAt)] as const] : []),
    ...(trace.gateway ? [[say.facts.gateway, trace.gateway] as const] : []),
    ...(trace.channel === "email"
      ? [[say.facts.id, html`<span class="mono">${messageId}</span>`] as const]
      : []),
  ]);
}

/**
 * Each leads to the page of the person that asks first: the same acts, with the same rights and limits. A
 * link that still lives is sent again; otherwise a new one takes its place.
 */
function actions(view: View, actor: Actor, { trace, person, smsReady }: ShownMessage, whole: boolean): Html {
  const say = words[view.language];
  const { acts } = shared[view.language];
  const links: Html[] = [];
  const offered = person?.account.status === "active" ? (repeats[trace.kind] ?? []) : [];
  for (const [place, { act, right, needs }] of offered.entries()) {
    if (!person || !may(actor, right, person.account)) continue;
    const reached = person.contacts.some(({ kind, bounced }) => kind === needs && !bounced);
    if (!reached || (needs === "phone" && !smsReady)) continue;
    const same = (needs === "email") === (trace.channel === "email");
    const other = needs === "email" ? say.otherByLetter : say.otherBySms;
    const to = `/admin/users/${person.account.id}/do/${act}`;
    links.push(
      linkButton(to, same ? say.repeat : other, place === 0 && links.length === 0 ? "primary" : undefined),
    );
  }
  if (person?.contacts.some(({ bounced }) => bounced) && may(actor, "edit", person.account)) {
    links.push(linkButton(`/admin/users/${person.account.id}/do/revive`, acts.revive));
  }
  if (whole && trace.channel === "email") links.push(linkButton(`${PATH}/${trace.id}/letter`, say.download));
  const untold = repeats[trace.kind] ? "" : html`<p class="hint">${say.cannotRepeat}</p>`;
  return html`<div class="acts" role="group" aria-label="${say.actions}">${links}</div>${untold}`;
}

/** What brings the same thing once more, by the same way first. */
const byLetter = { act: "link", right: "send-link", needs: "email" } as const;
const inviteByLetter = { act: "invite", right: "invite", needs: "email" } as const;
const inviteBySms = { act: "invite-sms", right: "invite", needs: "phone" } as const;
const repeats: Readonly<
  Record<string, readonly (typeof byLetter | typeof inviteByLetter | typeof inviteBySms)[] | undefined>
> = {
  recovery: [byLetter],
  "recovery-code": [byLetter],
  invitation: [inviteByLetter, inviteBySms],
  "invitation-sms": [inviteBySms, inviteByLetter],
};
