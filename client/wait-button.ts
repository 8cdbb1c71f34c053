import { helpWith } from "./help-with.ts";
import { tell } from "./status.ts";

/** Counts down to the moment when the button makes sense, and says once that it has come. */
function countDown(button: HTMLButtonElement): void {
  const left = button.querySelector("[data-left]");
  const until = performance.now() + Number(button.dataset["wait"]) * 1000;
  const secondsLeft = (): number => Math.max(0, Math.ceil((until - performance.now()) / 1000));

  const timer = setInterval(() => {
    const seconds = secondsLeft();
    if (left) left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (seconds > 0) return;
    clearInterval(timer);
    button.removeAttribute("aria-disabled");
    button.querySelector(".wait")?.remove();
    tell(button, button.dataset["ready"] ?? "");
  }, 1000);

  button.setAttribute("aria-disabled", "true");
  button.addEventListener("click", (event) => {
    if (secondsLeft() > 0) event.preventDefault();
  });
}

helpWith(HTMLButtonElement, "[data-wait]", countDown);
