import { helpWith } from "./help-with.ts";

/** Not among the types of the DOM yet: https://wicg.github.io/web-otp/ */
interface SmsCredential extends Credential {
  readonly code?: string;
}

/**
 * A pasted code loses its spaces and hyphens; when it is whole, it is sent. Typing sends nothing by itself.
 */
function helpWithCode(input: HTMLInputElement): void {
  const length = Number(input.dataset["code"]);
  const take = (text: string): void => {
    input.value = text.replace(/[\s\p{Dash}]/gu, "");
    if (new RegExp(`^\\d{${length}}$`).test(input.value)) input.form?.requestSubmit();
  };
  input.addEventListener("input", (event) => {
    if (event instanceof InputEvent && event.inputType === "insertFromPaste") take(input.value);
  });
  if ("sms" in input.dataset && "OTPCredential" in window) void takeFromSms(input, take);
}

/** Waits for the SMS that names this site, until the form is sent. Who declines types the code. */
async function takeFromSms(input: HTMLInputElement, take: (code: string) => void): Promise<void> {
  const waiting = new AbortController();
  input.form?.addEventListener("submit", () => waiting.abort());
  const wish = { otp: { transport: ["sms"] }, signal: waiting.signal };
  try {
    const found: SmsCredential | null = await navigator.credentials.get(wish);
    if (found?.code && input.value === "") take(found.code);
  } catch {
    // Declined, too late, or no phone at hand.
  }
}

helpWith(HTMLInputElement, "[data-code]", helpWithCode);
