import { helpWith } from "./help-with.ts";
import { tell } from "./status.ts";

/** «показать» and the chip that says why a right password is refused: the Russian layout, Caps Lock. */
function helpWithPassword(inset: HTMLElement): void {
  const input = inset.querySelector("input");
  const chip = inset.querySelector<HTMLElement>(".chip");
  const reveal = inset.querySelector<HTMLButtonElement>(".reveal");
  if (!input || !chip || !reveal) return;
  const say = inset.dataset;
  let layout = "";
  let capsLock = false;

  const showState = (): void => {
    chip.hidden = input.value === "" || (layout === "" && !capsLock);
    chip.textContent = [layout, capsLock ? "Caps" : ""].filter(Boolean).join(" · ");
    const sentences = [capsLock ? say["caps"] : "", layout === "РУС" ? say["ru"] : ""];
    tell(inset, input.value === "" && !capsLock ? "" : sentences.filter(Boolean).join(" · "));
  };

  input.addEventListener("input", (event) => {
    const typed = event instanceof InputEvent ? (event.data ?? "") : "";
    if (/[а-яё]/i.test(typed)) layout = "РУС";
    else if (/[a-z]/i.test(typed)) layout = "EN";
    else if (input.value === "") layout = "";
    showState();
  });
  for (const kind of ["keydown", "keyup"] as const) {
    input.addEventListener(kind, (event) => {
      // Autofill sends key events that are none.
      if (!(event instanceof KeyboardEvent)) return;
      capsLock = event.getModifierState("CapsLock");
      showState();
    });
  }

  reveal.hidden = false;
  reveal.setAttribute("aria-label", say["show"] ?? "");
  reveal.addEventListener("click", () => {
    const visible = input.type === "password";
    input.type = visible ? "text" : "password";
    const shown = reveal.textContent;
    reveal.textContent = reveal.dataset["other"] ?? shown;
    reveal.dataset["other"] = shown ?? "";
    reveal.setAttribute("aria-label", (visible ? say["hide"] : say["show"]) ?? "");
    tell(inset, (visible ? say["shown"] : say["hidden"]) ?? "");
  });
  // Sent as a password again, so that the browser does not keep it among typed texts.
  input.form?.addEventListener("submit", () => {
    input.type = "password";
  });
}

helpWith(HTMLElement, "[data-password]", helpWithPassword);
