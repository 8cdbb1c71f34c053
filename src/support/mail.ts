/** Answers that come by letter: they find their case by the address, never by what a subject says. */
import { judgeContact } from "../accounts/accounts.ts";
import type { InboundMail, IntakeHandler, Taking } from "../intake/intake.ts";
import { createPictureMaker, type PictureMaker } from "../platform/pictures/pictures.ts";
import { PREFIX } from "./reply-address.ts";
import * as rows from "./rows.ts";
import { isOpen } from "./states.ts";
import {
  type FilesOutcome,
  type JudgedFile,
  judgeFiles,
  LONGEST_TEXT,
  MOST_FILES,
  readWords,
  sayAsApplicant,
} from "./thread/thread.ts";
import type { SupportTools } from "./tools.ts";

/** Takes what comes to `case+<number>.<mac>@…`. */
export function caseMail(tools: SupportTools): IntakeHandler {
  const makePicture = createPictureMaker("page");
  return { prefix: PREFIX, take: (mail) => takeCaseMail(tools, makePicture, mail) };
}

/**
 * Puts a letter into its case. What a machine wrote is taken and dropped: answering it would make a loop (RFC
 * 3834). A letter from another address than the confirmed one is kept and shown as such; nothing in a letter
 * proves who wrote it, so none is evidence.
 */
async function takeCaseMail(
  tools: SupportTools,
  makePicture: PictureMaker,
  mail: InboundMail,
): Promise<Taking> {
  if (mail.automatic || mail.nullReturnPath || mail.report !== null) return "taken";
  const found = await rows.caseByNumber(tools.store.read, Number(mail.id));
  if (!found || !isOpen(found.state)) return "refused";
  const from = mail.from?.address ?? "";
  const sender = await judgeContact("email", from);
  const confirmed = sender.kind === "fine" && sender.contact.key === found.answer_key;
  const { files, left } = await filesOf(makePicture, mail);
  const text = [await wordsOf(mail), ...left.map((name) => `[${name}]`)].filter(Boolean).join("\n\n");
  const said = {
    text: text || "—",
    files,
    letter: { from: from || "—", confirmed, firstTime: mail.firstTime },
  };
  const by = { actor: "anonymous", address: "", device: "—" };
  const outcome = await sayAsApplicant(tools, found.id, said, by);
  switch (outcome.kind) {
    case "said":
      return "taken";
    case "over":
    case "full":
      return "refused";
    case "throttled":
      return "later";
  }
}

/** A quoted thread below the answer may be long; its cutting takes the longer the more there is. */
const LONGEST_READ = 20_000;

/** What is new in it: the letter that it answers, and the signature, are left out. */
async function wordsOf({ text }: InboundMail): Promise<string> {
  const { default: EmailReplyParser } = await import("email-reply-parser");
  // Where pictures stood that the letter brought along.
  const plain = text.slice(0, LONGEST_READ).replace(/\[cid:[^\]\s]{1,256}\]/g, "");
  const visible = new EmailReplyParser().parseReply(plain);
  return readWords(visible.slice(0, LONGEST_TEXT)) ?? "";
}

/** Under the rules of the page; what they do not take is named in the text and not kept. */
async function filesOf(makePicture: PictureMaker, mail: InboundMail) {
  const files: JudgedFile[] = [];
  const left: string[] = [];
  for (const { name, bytes } of mail.attachments) {
    const judged: FilesOutcome | undefined =
      files.length < MOST_FILES ? await judgeFiles(makePicture, [{ name, bytes }]) : undefined;
    if (judged?.kind === "fine") files.push(...judged.files);
    else left.push(name || "?");
  }
  return { files, left };
}
