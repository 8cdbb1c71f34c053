/**
 * Gives its help to every element of the kind that fits, on the page and in each dialog that opens on it
 * later.
 */
export function helpWith<E extends HTMLElement>(
  kind: new () => E,
  selector: string,
  help: (element: E) => void,
): void {
  const helpIn = (place: ParentNode): void => {
    for (const found of place.querySelectorAll(selector)) if (found instanceof kind) help(found);
  };
  helpIn(document);
  document.addEventListener("filled", ({ target }) => {
    if (target instanceof HTMLDialogElement) helpIn(target);
  });
}
