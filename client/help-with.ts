/** Gives its help to every element that fits, on the page and in each dialog that opens on it later. */
export function helpWith<E extends Element>(selector: string, help: (element: E) => void): void {
  document.querySelectorAll<E>(selector).forEach(help);
  document.addEventListener("filled", ({ target }) => {
    if (target instanceof HTMLDialogElement) target.querySelectorAll<E>(selector).forEach(help);
  });
}
