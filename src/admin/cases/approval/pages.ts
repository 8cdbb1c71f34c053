import { html } from "hono/html";
import { backLink, form } from "../../../platform/web/fields.ts";
import { notice } from "../../../platform/web/notices.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import type { Actor } from "../../acting.ts";
import { maskedContact } from "../../masks.ts";
import { consolePage } from "../../pages.ts";
import { mayAtAll } from "../../rights.ts";
import { evidencePart, risksPart } from "../checks/pages.ts";
import type { GatheredCase } from "../gather.ts";
import { PATH } from "../pages.ts";
import { words } from "../words.ts";

/** What approving sets going, and what speaks for it and against it. */
export function approvePage(view: View, actor: Actor, shown: GatheredCase): Html {
  const { approve: say, backTo } = words[view.language];
  const { found, person, policy } = shown;
  const answer = mayAtAll(actor.role, "see-contacts")
    ? found.answer_to
    : maskedContact({ kind: "email", value: found.answer_to, key: found.answer_key });
  const hours = Math.round((policy?.waitMs ?? 0) / 3_600_000);
  const action = `${PATH}/${found.number}/approve`;
  const decide = shown.approver.mine
    ? form(view, { action, body: html``, submit: say.submit })
    : notice("warn", say.notYou);
  return consolePage(view, actor, "cases", {
    title: say.title(found.number),
    styles: ["desk.css"],
    narrow: true,
    body: html`${backLink(`${PATH}/${found.number}`, backTo(found.number))}
<p class="lead">${say.lead(person?.account.name ?? "—", hours)}</p>
<p>${found.replaces_email ? say.email(answer) : say.keep} ${say.factors}</p>
${evidencePart(view, actor, shown, {}, [])}${risksPart(view, shown)}
${decide}`,
  });
}
