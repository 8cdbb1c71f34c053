import { html } from "hono/html";
import { waitingTime } from "../language/times.ts";
import { linkButton } from "./fields.ts";
import { page } from "./layout.ts";
import type { Html, View } from "./view.ts";
import { words } from "./words.ts";

/** The answer is this status, whatever was asked: bad requests, foreign origins, limits, outages. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: RefusalStatus;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: RefusalStatus, retryAfterSeconds?: number) {
    super(`refused with ${status}`);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export type RefusalStatus = 400 | 403 | 404 | 413 | 415 | 429 | 500 | 503;

/** The whole page for a refusal, with a way on. */
export function refusalPage(view: View, refusal: Refusal, requestId: string): Html {
  const say = words[view.language].refusals;
  const { status } = refusal;
  const { title, text } = say[status];
  const told =
    typeof text === "function"
      ? text(waitingTime((refusal.retryAfterSeconds ?? 60) * 1000, view.language))
      : text;
  const number = status === 500 ? html`<p class="hint">${say[500].request}: ${requestId}</p>` : "";
  return page(view, {
    title,
    body: html`<p class="lead">${told}</p>${number}
${linkButton("/", view.signedIn ? say.homeSignedIn : say.home)}`,
  });
}
