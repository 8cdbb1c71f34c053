import { helpWith } from "./help-with.ts";

/** The card of the page behind the link, or nothing when it turned out to be another page. */
async function cardBehind(link: HTMLAnchorElement): Promise<Element | undefined> {
  const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok || answer.redirected) return undefined;
  return page.querySelector("main.card") ?? undefined;
}

function show(card: Element): void {
  const dialog = document.createElement("dialog");
  dialog.className = "card";
  dialog.append(...document.importNode(card, true).childNodes);
  const heading = dialog.querySelector("h1");
  if (heading) {
    heading.id = "dialog-title";
    dialog.setAttribute("aria-labelledby", heading.id);
  }
  dialog.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-close]")) return;
    event.preventDefault();
    dialog.close();
  });
  // The browser gives the focus back to the link.
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.dispatchEvent(new Event("filled", { bubbles: true }));
  dialog.showModal();
}

/**
 * Opens the page behind a link above this one. Whatever goes wrong, and for every other way of pressing a
 * link, the page opens by itself.
 */
function openAsDialog(link: HTMLAnchorElement): void {
  let opening = false;
  link.addEventListener("click", (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (opening) return;
    opening = true;
    void cardBehind(link)
      .catch(() => undefined)
      .then((card) => {
        opening = false;
        if (card) show(card);
        else location.assign(link.href);
      });
  });
}

helpWith(HTMLAnchorElement, "[data-dialog]", openAsDialog);
