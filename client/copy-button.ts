import { helpWith } from "./help-with.ts";
import { tell } from "./status.ts";

/** Copies a read-only field; where the browser gives no clipboard, the text can still be selected. */
function offerCopy(button: HTMLButtonElement): void {
  const input = document.getElementById(button.dataset["copy"] ?? "");
  if (!(input instanceof HTMLInputElement) || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    void navigator.clipboard.writeText(input.value).then(() => {
      button.textContent = button.dataset["other"] ?? "";
      tell(button.parentElement ?? button, button.textContent);
    });
  });
}

helpWith(HTMLButtonElement, "[data-copy]", offerCopy);
