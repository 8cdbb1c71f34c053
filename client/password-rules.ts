import { helpWith } from "./help-with.ts";

/** Ticks off the rules under a new password while it is typed; the server checks them all again. */
function watchRules(list: HTMLElement): void {
  const fieldOf = (name: string | undefined) =>
    document.getElementById(name ?? "") as HTMLInputElement | null;
  const input = fieldOf(list.dataset["rules"]);
  if (!input) return;
  const rules = [...list.querySelectorAll("li")];

  const isMet = ({ length, same, pattern }: DOMStringMap): boolean => {
    const value = input.value.normalize("NFC");
    if (length) return [...value].length >= Number(length);
    if (pattern) return new RegExp(pattern, "u").test(value);
    // What only the server knows, such as earlier passwords, is never ticked off here.
    return same !== undefined && input.value !== "" && input.value === fieldOf(same)?.value;
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
