/** What became of letters and SMS: all of them, and one. */
import { type Person, peopleByIds, personById } from "../../accounts/accounts.ts";
import { letterWithoutSecrets, listMessages, type MessageTrace, traceById } from "../../delivery/delivery.ts";
import type { WebContext } from "../../platform/web/context.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import { type Actor, recordLook } from "../acting.ts";
import { type AdminTools, actorOf, isId } from "../handling.ts";
import { maskedWithin } from "../masks.ts";
import { may, mayAtAll } from "../rights.ts";
import { addressOf, filterOf, openPlace, readList, sealPlace } from "./address.ts";
import { messagePage } from "./message/pages.ts";
import { listPage } from "./pages.ts";
import { words } from "./words.ts";

const PAGE_SIZE = 50;

/** Whoever may see cards may see what was sent to whom. */
function lookerOf(c: WebContext): Actor {
  const actor = actorOf(c);
  if (!mayAtAll(actor.role, "see-deliveries")) throw new Refusal(404);
  return actor;
}

export async function showDeliveries(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = lookerOf(c);
  const view = c.get("view");
  const { read } = tools.store;
  const list = readList((name) => c.req.query(name));
  // What was looked for names people, so the record keeps it masked.
  const detail = { query: maskedWithin(list.q), conditions: addressOf({ ...list, q: "" }) };
  await recordLook(tools, actor, { action: "deliveries.listed", accountId: null, detail });
  const filter = await filterOf(read, list, view.now);
  if (!filter) {
    const none = { list, messages: [], people: new Map(), next: undefined, isFirst: true, absent: true };
    return c.html(listPage(view, actor, none), 422);
  }
  const after = openPlace(tools, list, c.req.query("from"), view.now);
  const found = await listMessages(read, { filter, after, most: PAGE_SIZE });
  const people = await peopleOf(tools, found.messages);
  const next = found.next && addressOf(list, sealPlace(tools, list, found.next, view.now));
  const { messages } = found;
  const shown = { list, messages, people, next, isFirst: after === undefined, absent: false };
  return c.html(listPage(view, actor, shown));
}

async function peopleOf(tools: AdminTools, messages: readonly MessageTrace[]): Promise<Map<string, Person>> {
  const ids = [...new Set(messages.flatMap(({ accountId }) => accountId ?? []))];
  const people = await peopleByIds(tools.store.read, ids);
  return new Map(people.map((person) => [person.account.id, person]));
}

/** The message of the address; for what is not there, or was never sent to anybody, there is no page. */
async function messageOf(tools: AdminTools, c: WebContext): Promise<MessageTrace> {
  const id = c.req.param("id") ?? "";
  const trace = isId(id) ? await traceById(tools.store.read, id) : undefined;
  if (!trace) throw new Refusal(404);
  return trace;
}

export async function showDelivery(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = lookerOf(c);
  const trace = await messageOf(tools, c);
  const person = await personById(tools.store.read, trace.accountId ?? "");
  const detail = { message: trace.id };
  await recordLook(tools, actor, { action: "delivery.viewed", accountId: trace.accountId, detail });
  const { mailFrom, smsReady } = tools.settings;
  const facts = { sender: mailFrom.address, smsReady };
  return c.html(messagePage(c.get("view"), actor, { trace, person, ...facts }));
}

/** For the IT of the recipient: whole headers, no link and no code. Names a mailbox, so not for the desk. */
export async function takeLetter(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = lookerOf(c);
  const trace = await messageOf(tools, c);
  const person = await personById(tools.store.read, trace.accountId ?? "");
  const target = person?.account ?? { id: "", role: "person" as const };
  if (trace.channel !== "email" || !may(actor, "see-contacts", target)) throw new Refusal(404);
  const detail = { message: trace.id };
  await recordLook(tools, actor, { action: "delivery.downloaded", accountId: trace.accountId, detail });
  const { settings, catalogue, portals, store } = tools;
  const say = words[trace.language];
  const kinds: Readonly<Record<string, string>> = say.kinds;
  const stub = {
    subject: say.eml.subject(kinds[trace.kind] ?? trace.kind),
    paragraphs: [say.eml.gone],
  };
  const { mailFrom, publicUrl } = settings;
  const from = { read: store.read, catalogue, portals, mailFrom: mailFrom.address, publicUrl };
  const mime = await letterWithoutSecrets(from, trace, stub);
  return c.body(new Uint8Array(mime), 200, {
    "Content-Type": "message/rfc822",
    "Content-Disposition": `attachment; filename="${trace.id}.eml"`,
  });
}
