import type { Hashing } from "../passwords/passwords.ts";
import { waitingTime } from "../platform/language/times.ts";
import type { PictureMaker } from "../platform/pictures/pictures.ts";
import { sourceOf } from "../platform/web/client-address.ts";
import type { WebContext } from "../platform/web/context.ts";
import type { Cookies } from "../platform/web/cookies.ts";
import { deviceName } from "../platform/web/device.ts";
import type { FieldProblem } from "../platform/web/fields.ts";
import type { Html, View } from "../platform/web/view.ts";
import type { Portals } from "../portal-registry/portal-registry.ts";
import { askPhoneCode, type CaseRow, confirmCase } from "./support.ts";
import type { SupportTools, Visitor } from "./tools.ts";

/** What the handlers of this folder work with. */
export type DeskTools = SupportTools & {
  cookies: Cookies;
  hashing: Hashing;
  portals: Portals;
  makePicture: PictureMaker;
};

export type Answer = Response | Promise<Response>;

/** A letter that is waited for: of which case, and what page and limits need. */
interface Asked {
  id: string | null;
  /** Only right after the form: who asks for the letter later may be anybody. */
  number?: number;
  /** The number as it was typed, for asking again. */
  typedNumber: number;
  answer: string;
  answerKey: string;
  again?: boolean;
}

const ASKED = "case-asked";
const OPEN = "case";
const ASKED_MS = 24 * 3_600_000;
/** For how long this browser may open the applicant's page after a link or code. */
const OPEN_MS = 12 * 3_600_000;

export function readAsked({ cookies }: DeskTools, c: WebContext): Asked | undefined {
  return cookies.open(c, ASKED) as Asked | undefined;
}

export function keepAsked({ cookies }: DeskTools, c: WebContext, asked: Asked): void {
  cookies.seal(c, ASKED, asked, ASKED_MS);
}

/** What opens the page here: the key of a letter, or a case whose code was right in this browser. */
export type Opened = { key: string } | { id: string };

export function readOpened({ cookies }: DeskTools, c: WebContext): Opened | undefined {
  return cookies.open(c, OPEN) as Opened | undefined;
}

export function keepOpened({ cookies }: DeskTools, c: WebContext, opened: Opened): void {
  cookies.seal(c, OPEN, opened, OPEN_MS);
}

export function visitorOf(c: WebContext): Visitor {
  const address = c.get("address");
  return {
    source: sourceOf(address),
    address,
    device: deviceName(c.req.header("user-agent") ?? ""),
    language: c.get("view").language,
  };
}

export function byApplicant(c: WebContext) {
  const { address, device } = visitorOf(c);
  return { actor: "anonymous", address, device };
}

/**
 * The address is proved. Whoever ticked that the account's phone is at hand gets the code there now, and not
 * before: nobody else's phone rings for a form that anybody may send. The address to go on to, or undefined.
 */
export async function confirmHere(
  tools: DeskTools,
  c: WebContext,
  found: CaseRow,
): Promise<string | undefined> {
  const first = found.state === "unconfirmed";
  if ((await confirmCase(tools, found, byApplicant(c))).kind === "over") return undefined;
  if (!first || found.has_phone === 0 || !tools.settings.smsReady) return "/support/case";
  // Where a limit is in the way, the button of the page says until when.
  const outcome = await askPhoneCode(tools, found, visitorOf(c));
  return outcome.kind === "asked" ? "/support/case?told=phone" : "/support/case";
}

/** 429 with the same page and the time to wait, in words and in `Retry-After`. */
export function tooMany(
  c: WebContext,
  retryAt: number,
  problem: { field: string; text(wait: string): string },
  draw: (problem: FieldProblem) => Html,
): Answer {
  const { language, now }: View = c.get("view");
  const waitMs = Math.max(1_000, retryAt - now);
  c.header("Retry-After", String(Math.ceil(waitMs / 1_000)));
  const text = problem.text(waitingTime(waitMs, language));
  return c.html(draw({ field: problem.field, text }), 429);
}
