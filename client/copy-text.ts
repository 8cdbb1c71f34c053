import { tell } from "./status.ts";

/** Copies a whole block; where the browser gives no clipboard, the text can still be selected. */
function offerCopyOfText(button: HTMLButtonElement): void {
  const block = document.getElementById(button.dataset["copyText"] ?? "");
  if (!block || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    void navigator.clipboard.writeText(block.textContent ?? "").then(() => {
      button.textContent = button.dataset["other"] ?? "";
      tell(button, button.textContent);
    });
  });
}

for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy-text]")) {
  offerCopyOfText(button);
}
