/** What the applicant does on the page of the own case. */
import type { WebContext } from "../../platform/web/context.ts";
import type { FieldProblem } from "../../platform/web/fields.ts";
import { readForm } from "../../platform/web/form-body.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import { readUploadForm } from "../../platform/web/upload.ts";
import { readCode } from "../../proofs/proofs.ts";
import {
  type Answer,
  byApplicant,
  confirmHere,
  type DeskTools,
  keepOpened,
  readOpened,
  tooMany,
  visitorOf,
} from "../handling.ts";
import { caseBehind, MEETING_MS, meetingCodes } from "../keys.ts";
import { confirmPage, overPage } from "../pages.ts";
import {
  appealCase,
  askPhoneCode,
  type CaseRow,
  caseById,
  enterPhoneCode,
  evidenceOf,
  fileOf,
  isOpen,
  judgeFiles,
  LONGEST_TEXT,
  readWords,
  sendLinkAgain,
  threadOf,
  withdrawCase,
} from "../support.ts";
import { downloadHeaders, MOST_FILE_BYTES, MOST_FILES, sayAsApplicant } from "../thread/thread.ts";
import { words } from "../words.ts";
import { casePage, type ShownCase } from "./pages.ts";

const HOME = "/support/case";

/** The key leaves the address bar at once; nothing is looked up, so nothing can be learned or spent. */
export function openLink(tools: DeskTools, c: WebContext): Answer {
  keepOpened(tools, c, { key: (c.req.query("key") ?? "").slice(0, 100) });
  return c.redirect(HOME, 303);
}

/** The case that this browser has opened. */
async function caseHere(tools: DeskTools, c: WebContext): Promise<CaseRow | undefined> {
  const opened = readOpened(tools, c);
  if (!opened) return undefined;
  const { read } = tools.store;
  const found = "key" in opened ? await caseBehind(read, opened.key) : await caseById(read, opened.id);
  return found?.state === "expired" ? undefined : found;
}

/** The same, once its address is confirmed; nobody else does anything with it. */
async function confirmedHere(tools: DeskTools, c: WebContext): Promise<CaseRow> {
  const found = await caseHere(tools, c);
  if (!found || found.state === "unconfirmed") throw new Refusal(404);
  return found;
}

const tellable = ["said", "phone", "link"] as const;

async function shownCase(
  tools: DeskTools,
  c: WebContext,
  found: CaseRow,
  more: Partial<ShownCase> = {},
): Promise<ShownCase> {
  const { now } = c.get("view");
  const [thread, evidence] = await Promise.all([
    threadOf(tools.store.read, found.id),
    evidenceOf(tools.store.read, found.id),
  ]);
  const [code] = meetingCodes(tools, found, now);
  const proved = evidence.some(({ kind, state }) => kind === "phone" && state === "given");
  const offered = found.phone_proof_id === null ? "offered" : "sent";
  return {
    found,
    thread,
    meeting:
      code === undefined ? undefined : { code, until: (Math.floor(now / MEETING_MS) + 2) * MEETING_MS },
    phone: proved ? "given" : tools.settings.smsReady ? offered : "unavailable",
    told: tellable.find((each) => c.req.query("told") === each),
    text: "",
    ...more,
  };
}

export async function showCase(tools: DeskTools, c: WebContext): Promise<Response> {
  const view = c.get("view");
  if (!readOpened(tools, c)) return c.redirect("/support/find", 303);
  const found = await caseHere(tools, c);
  if (!found) return c.html(overPage(view), 410);
  if (found.state === "unconfirmed") return c.html(confirmPage(view, found));
  return c.html(casePage(view, await shownCase(tools, c, found)));
}

export async function takeConfirm(tools: DeskTools, c: WebContext): Promise<Response> {
  const found = await caseHere(tools, c);
  const next = found && (await confirmHere(tools, c, found));
  return next === undefined ? c.html(overPage(c.get("view")), 410) : c.redirect(next, 303);
}

export async function takeReply(tools: DeskTools, c: WebContext): Promise<Response> {
  const found = await confirmedHere(tools, c);
  const view = c.get("view");
  const say = words[view.language].problems;
  const sent = await readUploadForm(c, "files", MOST_FILES * MOST_FILE_BYTES);
  const typed = sent.kind === "form" ? sent.text("text").slice(0, 2 * LONGEST_TEXT) : "";
  const refuse = async (problem: FieldProblem) =>
    c.html(casePage(view, await shownCase(tools, c, found, { text: typed }), [problem]), 422);
  if (sent.kind === "too-large") return refuse({ field: "files", text: say.files.all });
  const text = readWords(typed);
  if (text === undefined)
    return refuse({ field: "text", text: say.reply(LONGEST_TEXT.toLocaleString(view.language)) });
  if (!isOpen(found.state)) return refuse({ field: "", text: say.over });
  const judged = await judgeFiles(tools.makePicture, sent.files);
  if (judged.kind !== "fine") return refuse({ field: "files", text: fileProblem(judged, say.files) });
  const outcome = await sayAsApplicant(tools, found.id, { text, files: judged.files }, byApplicant(c));
  switch (outcome.kind) {
    case "said":
      return c.redirect(`${HOME}?told=said`, 303);
    case "over":
      return refuse({ field: "", text: say.over });
    case "full":
      return refuse({ field: "files", text: say.files.full });
    case "throttled": {
      const shown = await shownCase(tools, c, found, { text: typed });
      return tooMany(c, outcome.retryAt, { field: "text", text: say.wait }, (problem) =>
        casePage(view, shown, [problem]),
      );
    }
  }
}

function fileProblem(
  { kind, name }: { kind: "too-many" | "too-large" | "not-taken" | "broken" | "busy"; name: string },
  say: (typeof words)["ru"]["problems"]["files"],
): string {
  const text = say[kind];
  return typeof text === "function" ? text(name) : text;
}

/** A file of the thread goes onto the disk and is never shown inside of a page of ours. */
export async function showFile(tools: DeskTools, c: WebContext): Promise<Response> {
  const found = await confirmedHere(tools, c);
  const id = c.req.param("id") ?? "";
  const file = /^[0-9a-f-]{36}$/.test(id) ? await fileOf(tools.store.read, found.id, id) : undefined;
  if (!file) throw new Refusal(404);
  return c.body(new Uint8Array(file.bytes), 200, downloadHeaders(file));
}

export async function askPhone(tools: DeskTools, c: WebContext): Promise<Response> {
  const found = await confirmedHere(tools, c);
  if (!isOpen(found.state) || !tools.settings.smsReady) return c.redirect(HOME, 303);
  const outcome = await askPhoneCode(tools, found, visitorOf(c));
  if (outcome.kind === "asked") return c.redirect(`${HOME}?told=phone`, 303);
  const shown = await shownCase(tools, c, found);
  const text = words[c.get("view").language].problems.wait;
  return tooMany(c, outcome.retryAt, { field: "", text }, (problem) =>
    casePage(c.get("view"), shown, [problem]),
  );
}

export async function takePhoneCode(tools: DeskTools, c: WebContext): Promise<Response> {
  const found = await confirmedHere(tools, c);
  const view = c.get("view");
  const say = words[view.language].problems;
  const refuse = async (text: string) =>
    c.html(casePage(view, await shownCase(tools, c, found), [{ field: "sms_code", text }]), 422);
  const typed = readCode((await readForm(c)).text("sms_code"));
  if (!typed) return refuse(say.codeSms);
  const outcome = await enterPhoneCode(tools, found, typed, visitorOf(c));
  switch (outcome.kind) {
    case "right":
      return c.redirect(HOME, 303);
    case "wrong":
      return refuse(say.wrong(outcome.triesLeft));
    case "dead":
      return refuse(say.deadSms);
    case "throttled": {
      const shown = await shownCase(tools, c, found);
      return tooMany(c, outcome.retryAt, { field: "sms_code", text: say.wait }, (problem) =>
        casePage(view, shown, [problem]),
      );
    }
  }
}

export async function takeWithdraw(tools: DeskTools, c: WebContext): Promise<Response> {
  const found = await confirmedHere(tools, c);
  await withdrawCase(tools, found.id, byApplicant(c));
  return c.redirect(HOME, 303);
}

export async function takeAppeal(tools: DeskTools, c: WebContext): Promise<Response> {
  const found = await confirmedHere(tools, c);
  await appealCase(tools, found.id, byApplicant(c));
  return c.redirect(HOME, 303);
}

export async function takeLinkAgain(tools: DeskTools, c: WebContext): Promise<Response> {
  const found = await confirmedHere(tools, c);
  const outcome = await sendLinkAgain(tools, found.id);
  if (outcome.kind !== "throttled")
    return c.redirect(outcome.kind === "sent" ? `${HOME}?told=link` : HOME, 303);
  const shown = await shownCase(tools, c, found);
  const text = words[c.get("view").language].problems.wait;
  return tooMany(c, outcome.retryAt, { field: "", text }, (problem) =>
    casePage(c.get("view"), shown, [problem]),
  );
}
