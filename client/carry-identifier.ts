import { helpWith } from "./help-with.ts";

/** «Забыли пароль?» takes along what is typed already, so that nobody types it twice (WCAG 2.2, 3.3.7). */
function carryAlong(link: HTMLAnchorElement): void {
  const input = document.querySelector<HTMLInputElement>(link.dataset["carry"] ?? "");
  if (!input) return;
  const rewrite = (): void => {
    const target = new URL(link.href);
    if (input.value.trim()) target.searchParams.set("identifier", input.value.trim());
    else target.searchParams.delete("identifier");
    link.href = target.href;
  };
  // At the last moment, because autofill may not tell when it fills in.
  for (const kind of ["pointerdown", "focus", "click"]) link.addEventListener(kind, rewrite);
}

helpWith(HTMLAnchorElement, "[data-carry]", carryAlong);
