/** Every step that a handler may take by one form, what it reads, and how it may end. */
import { personById, readIdentifier } from "../../accounts/accounts.ts";
import { waitingTime } from "../../platform/language/times.ts";
import * as budgets from "../../platform/throttle/budgets.ts";
import { spend } from "../../platform/throttle/throttle.ts";
import type { WebContext } from "../../platform/web/context.ts";
import { readUploadForm } from "../../platform/web/upload.ts";
import { readCode } from "../../proofs/proofs.ts";
import {
  answerCase,
  askColleague,
  type CaseRow,
  handOver,
  judgeFiles,
  MOST_FILE_BYTES,
  MOST_FILES,
  nameAccount,
  noteDocument,
  noteInside,
  noteMeeting,
  proposeCase,
  putBack,
  readWords,
  recallCase,
  refuseCase,
  returnCase,
  takeCase,
} from "../../support/support.ts";
import type { Actor } from "../acting.ts";
import { isId } from "../handling.ts";
import { isStaff } from "../rights.ts";
import { actOnCase } from "./acting.ts";
import type { CaseTools } from "./case-handlers.ts";
import type { Typed } from "./one/pages.ts";
import { words } from "./words.ts";

const acts = [
  "take",
  "put-back",
  "hand-over",
  "answer",
  "note",
  "name",
  "colleague",
  "meeting",
  "document",
  "propose",
  "return",
  "recall",
  "refuse",
] as const;

export type CaseAct = (typeof acts)[number];

export function readAct(text: string | undefined): CaseAct | undefined {
  return acts.find((act) => act === text);
}

interface Problem {
  field: string;
  text: string;
  /** What was typed, by field, to stand there again. */
  typed: Typed;
}

export type StepEnd =
  | { kind: "done" }
  | { kind: "absent" }
  | ({ kind: "refused" | "stale" } & Problem)
  | ({ kind: "throttled"; retryAt: number } & Problem);

interface Wish {
  actor: Actor;
  number: number;
  act: CaseAct;
}

type Sent = { text(name: string): string; files: readonly { name: string; bytes: Uint8Array }[] };

const LONGEST_DOCUMENT = 60;

/** Reads the form of the step, takes it, and says in words why it was not taken. */
export async function step(tools: CaseTools, c: WebContext, wish: Wish): Promise<StepEnd> {
  const say = words[c.get("view").language].problems;
  const sent = await readUploadForm(c, "files", MOST_FILES * MOST_FILE_BYTES);
  if (sent.kind === "too-large") return { kind: "refused", field: "files", text: say.files, typed: {} };
  switch (wish.act) {
    case "take":
    case "put-back":
    case "hand-over":
      return passOn(tools, wish, sent, say);
    case "answer":
      return answer(tools, wish, sent, say);
    case "note":
    case "return":
    case "recall":
    case "refuse":
      return inWords(tools, wish, sent, say);
    case "name":
    case "colleague":
      return byIdentifier(tools, wish, sent, say);
    case "meeting":
      return meeting(tools, wish, sent, { say, language: c.get("view").language });
    case "document":
      return document(tools, wish, sent, say);
    case "propose":
      return propose(tools, wish, sent, say);
  }
}

type Say = (typeof words)["ru"]["problems"];

/** Ends that need no words of their own, at the form as a whole. */
function plainEnd(
  end: { kind: "done" | "absent" | "stale" | "barred" | "stopped" | "no-account" },
  say: Say,
  typed: Typed = {},
): StepEnd {
  switch (end.kind) {
    case "done":
    case "absent":
      return { kind: end.kind };
    case "stale":
      return { kind: "stale", field: "", text: say.stale, typed };
    case "barred":
    case "stopped":
    case "no-account":
      return { kind: "refused", field: "", text: say[end.kind], typed };
  }
}

function passOn(tools: CaseTools, { actor, number, act }: Wish, sent: Sent, say: Say): Promise<StepEnd> {
  const done = actOnCase(tools, actor, number, "handle-case", async (write, found, { by }) => {
    if (act === "take") return takeCase(tools, write, found, by);
    if (act === "put-back") return putBack(tools, write, found, by);
    const to = sent.text("to");
    const next = isId(to) ? await personById(write, to) : undefined;
    const fits = next?.account.status === "active" && isStaff(next.account.role) && to !== found.account_id;
    return fits ? handOver(tools, write, found, { ...by, to }) : { kind: "absent" as const };
  });
  return done.then((end) => plainEnd(end, say));
}

/** Only the handler speaks, asks and proposes. */
function asHandler<Outcome extends { kind: string }>(
  tools: CaseTools,
  { actor, number }: Wish,
  work: Parameters<typeof actOnCase<Outcome>>[4],
): Promise<Outcome | { kind: "absent" } | { kind: "stale" }> {
  return actOnCase<Outcome | { kind: "stale" }>(
    tools,
    actor,
    number,
    "handle-case",
    async (write, found, about) =>
      found.handler_id === actor.id ? work(write, found, about) : { kind: "stale" },
  );
}

async function answer(tools: CaseTools, wish: Wish, sent: Sent, say: Say): Promise<StepEnd> {
  const typed = { answer: sent.text("answer") };
  const text = readWords(typed.answer);
  if (text === undefined) return { kind: "refused", field: "answer", text: say.text, typed };
  const judged = await judgeFiles(tools.makePicture, sent.files);
  if (judged.kind !== "fine") return { kind: "refused", field: "files", text: say.files, typed };
  const end = await asHandler(tools, wish, (write, found, { by }) =>
    answerCase(tools, write, found, { text, files: judged.files }, by),
  );
  return plainEnd(end, say, typed);
}

const fieldOf = {
  note: "note",
  return: "return_reason",
  recall: "recall_reason",
  refuse: "refusal",
} as const satisfies Partial<Record<CaseAct, string>>;

async function inWords(tools: CaseTools, wish: Wish, sent: Sent, say: Say): Promise<StepEnd> {
  const act = wish.act as keyof typeof fieldOf;
  const field = fieldOf[act];
  const typed = { [field]: sent.text(field) };
  const text = readWords(sent.text(field));
  if (text === undefined)
    return { kind: "refused", field, text: act === "note" ? say.text : say.reason, typed };
  if (act === "refuse") {
    const end = await asHandler(tools, wish, (write, found, { by }) =>
      refuseCase(tools, write, found, text, by),
    );
    return plainEnd(end, say, typed);
  }
  const { actor, number } = wish;
  const end = await actOnCase(tools, actor, number, "handle-case", (write, found, { by }) => {
    if (act === "note") return noteInside(tools, write, found, text, by);
    if (act === "return") return returnCase(tools, write, found, text, by);
    return recallCase(tools, write, found, text, by);
  });
  return plainEnd(end, say, typed);
}

async function byIdentifier(tools: CaseTools, wish: Wish, sent: Sent, say: Say): Promise<StepEnd> {
  const field = wish.act === "name" ? "account" : "colleague";
  const typed = { [field]: sent.text(field) };
  const refused = (text: string): StepEnd => ({ kind: "refused", field, text, typed });
  const understood = await readIdentifier(sent.text(field));
  if (understood.kind !== "understood") return refused(say.identifier);
  const { identifier } = understood;
  const by = (found: { actor: string; address: string; device: string }) => ({
    ...found,
    language: wish.actor.language,
  });
  const end =
    wish.act === "name"
      ? await asHandler(tools, wish, (write, found, about) =>
          nameAccount(tools, write, found, identifier, about.by),
        )
      : await asHandler(tools, wish, (write, found, about) =>
          askColleague(tools, write, found, identifier, by(about.by)),
        );
  switch (end.kind) {
    case "nobody":
    case "unfit":
    case "enough":
      return refused(say[end.kind]);
    case "done":
    case "absent":
    case "stale":
      return plainEnd(end, say, typed);
  }
}

async function meeting(
  tools: CaseTools,
  { actor, number }: Wish,
  sent: Sent,
  { say, language }: { say: Say; language: "ru" | "en" },
): Promise<StepEnd> {
  const field = "meeting";
  const typed = readCode(sent.text(field));
  if (!typed) return { kind: "refused", field, text: say.code, typed: {} };
  const limited = await spend(tools, [{ budget: budgets.deskMeetings, subject: String(number) }]);
  if (limited.kind === "limited") {
    const wait = waitingTime(Math.max(1_000, limited.retryAt - tools.clock.now()), language);
    return {
      kind: "throttled",
      retryAt: limited.retryAt,
      field,
      text: say.throttled(wait),
      typed: {},
    };
  }
  const end = await actOnCase(tools, actor, number, "handle-case", (write, found, { by }) =>
    noteMeeting(tools, write, found, typed, by),
  );
  if (end.kind === "wrong") return { kind: "refused", field, text: say.wrong, typed: {} };
  return plainEnd(end, say);
}

async function document(tools: CaseTools, { actor, number }: Wish, sent: Sent, say: Say): Promise<StepEnd> {
  const typed = { document: sent.text("document") };
  const text = readWords(typed.document);
  if (text === undefined || text.length > LONGEST_DOCUMENT || text.includes("\n"))
    return { kind: "refused", field: "document", text: say.document, typed };
  const end = await actOnCase(tools, actor, number, "handle-case", (write, found, { by }) =>
    noteDocument(tools, write, found, text, by),
  );
  return plainEnd(end, say, typed);
}

async function propose(tools: CaseTools, wish: Wish, sent: Sent, say: Say): Promise<StepEnd> {
  const replacesEmail = sent.text("replaces") !== "";
  const typed = { propose_reason: sent.text("propose_reason"), replaces: sent.text("replaces") };
  const reason = readWords(typed.propose_reason) ?? "";
  const end = await asHandler(tools, wish, (write, found: CaseRow, { account, by }) =>
    proposeCase(tools, write, found, { account, replacesEmail, reason }, by),
  );
  switch (end.kind) {
    case "too-little":
      return { kind: "refused", field: "", text: say["too-little"](end.has, end.needs), typed };
    case "not-allowed":
      return { kind: "refused", field: "", text: say["not-allowed"], typed };
    case "address-taken":
      return { kind: "refused", field: "replaces", text: say["address-taken"], typed };
    case "no-account":
    case "done":
    case "absent":
    case "stale":
      return plainEnd(end, say, typed);
  }
}
