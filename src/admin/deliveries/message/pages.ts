import { html } from "hono/html";
import type { Contact, Person } from "../../../accounts/accounts.ts";
import type { MessageTrace } from "../../../delivery/delivery.ts";
import { dayAndExactTime, dayOf } from "../../../platform/language/times.ts";
import { backLink, form, linkButton, primaryButton, quietButton } from "../../../platform/web/fields.ts";
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
 * One press does it, with the rights and limits of the same act on the person's card, and leads to what
 * becomes of it; what stands in the way is told by the page of that act. A link that still lives is sent
 * again, otherwise a new one takes its place.
 */
function actions(view: View, actor: Actor, shown: ShownMessage, whole: boolean): Html {
  const say = words[view.language];
  const { acts, ask } = shared[view.language];
  const { trace, person } = shown;
  const offered = offeredTo(actor, shown);
  const presses = offered.map(({ act, needs }, place) => {
    const same = (needs === "email") === (trace.channel === "email");
    const label = same ? say.repeat : needs === "email" ? say.otherByLetter : say.otherBySms;
    return form(view, {
      action: `/admin/users/${person?.account.id}/do/${act}`,
      hidden: { to: "deliveries" },
      body: place === 0 ? primaryButton(label) : quietButton(label),
    });
  });
  const links: Html[] = [];
  if (person?.contacts.some(({ bounced }) => bounced) && may(actor, "edit", person.account)) {
    links.push(linkButton(`/admin/users/${person.account.id}/do/revive`, acts.revive));
  }
  if (whole && trace.channel === "email") links.push(linkButton(`${PATH}/${trace.id}/letter`, say.download));
  const [first] = offered;
  const hints = [
    ...(first ? [ask[first.act]] : []),
    ...(repeats[trace.kind] ? [] : [say.cannotRepeat]),
    ...selfHelp(view, shown),
  ];
  return html`<div class="acts" role="group" aria-label="${say.actions}">${presses}${links}</div>
${hints.map((hint) => html`<p class="hint">${hint}</p>`)}`;
}

/** What this one of the staff may start for whoever it was sent to, and what can reach them. */
function offeredTo(actor: Actor, { trace, person, smsReady }: ShownMessage): readonly Repeat[] {
  if (person?.account.status !== "active") return [];
  return (repeats[trace.kind] ?? []).filter(({ right, needs }) => {
    const reached = person.contacts.some(({ kind, bounced }) => kind === needs && !bounced);
    return reached && (needs === "email" || smsReady) && may(actor, right, person.account);
  });
}

/** What only the person can start: a code belongs to the browser that asked for it. */
function selfHelp(view: View, { trace, person, smsReady }: ShownMessage): string[] {
  const say = words[view.language];
  if (person?.account.status !== "active") return [];
  if (trace.kind === "recovery-code") return [say.codeAgain];
  const hasPhone = person.contacts.some(({ kind, proven }) => kind === "phone" && proven);
  return trace.kind === "recovery" && hasPhone && smsReady ? [say.codeInstead] : [];
}

/** What brings the same thing once more, by the same way first. */
const byLetter = { act: "link", right: "send-link", needs: "email" } as const;
const inviteByLetter = { act: "invite", right: "invite", needs: "email" } as const;
const inviteBySms = { act: "invite-sms", right: "invite", needs: "phone" } as const;
type Repeat = typeof byLetter | typeof inviteByLetter | typeof inviteBySms;

const repeats: Readonly<Record<string, readonly Repeat[] | undefined>> = {
  recovery: [byLetter],
  "recovery-code": [byLetter],
  invitation: [inviteByLetter, inviteBySms],
  "invitation-sms": [inviteBySms, inviteByLetter],
};
