/** Long enough for a slow answer; then a form whose answer never came may be sent again. */
const releaseAfter = 15_000;

function release(form: HTMLFormElement): void {
  form.removeAttribute("aria-busy");
  for (const pressed of form.querySelectorAll("[data-pressed]")) pressed.removeAttribute("data-pressed");
}

/**
 * A form is sent once, however often the button is pressed, and shows that it is on its way. One that brings
 * a file leaves the page as it is, so nothing would say that it has arrived.
 */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return;
  if (form.hasAttribute("data-download")) return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }
  form.setAttribute("aria-busy", "true");
  event.submitter?.setAttribute("data-pressed", "");
  setTimeout(() => release(form), releaseAfter);
});

// Back from the next page: the browser may show this one as it was left.
addEventListener("pageshow", () => document.querySelectorAll("form").forEach(release));

export {};
