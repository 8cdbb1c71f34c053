import { helpWith } from "./help-with.ts";

/**
 * A pasted code loses its spaces and hyphens; when it is whole, it is sent. Typing sends nothing by itself.
 */
function helpWithCode(input: HTMLInputElement): void {
  const length = Number(input.dataset["code"]);
  input.addEventListener("input", (event) => {
    if (!(event instanceof InputEvent) || event.inputType !== "insertFromPaste") return;
    input.value = input.value.replace(/[\s\p{Dash}]/gu, "");
    if (new RegExp(`^\\d{${length}}$`).test(input.value)) input.form?.requestSubmit();
  });
}

helpWith("[data-code]", helpWithCode);
