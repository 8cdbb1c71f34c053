import { helpWith } from "./help-with.ts";

/** Ticks off the rules under a new password while it is typed; the server checks them all again. */
function watchRules(list: HTMLElement): void {
  const fieldOf = (name: string | undefined) =>
    document.getElementById(name ?? "") as HTMLInputElement | null;
  const input = fieldOf(list.dataset["rules"]);
  if (!input) return;
  const rules = [...list.querySelectorAll("li")];

  const isMet = ({ length, same }: DOMStringMap): boolean => {
    if (length) return [...input.value.normalize("NFC")].length >= Number(length);
    return input.value !== "" && input.value === fieldOf(same)?.value;
  };
  const update = (): void => {
    for (const rule of rules) {
      const met = isMet(rule.dataset);
      rule.classList.toggle("met", met);
      const word = rule.querySelector(".unseen") ?? rule.appendChild(document.createElement("span"));
      word.className = "unseen";
      word.textContent = met ? (list.dataset["met"] ?? "") : "";
    }
  };

  for (const rule of rules) fieldOf(rule.dataset["same"])?.addEventListener("input", update);
  input.addEventListener("input", update);
}

helpWith(HTMLElement, "[data-rules]", watchRules);
