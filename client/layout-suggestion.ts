import { helpWith } from "./help-with.ts";

const russianKeys = 'йцукенгшщзхъфывапролджэячсмитьбюё"';
const latinKeys = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`@";

/** What the same keys give in the Latin layout: «шмфтщм"ьфшдюкг» is ivanov@mail.ru. */
function inLatinLayout(typed: string): string {
  return [...typed.toLowerCase()]
    .map((character) => {
      const place = russianKeys.indexOf(character);
      return place < 0 ? character : (latinKeys[place] ?? character);
    })
    .join("");
}

/** Offers the e-mail that was meant; one tap takes it, nothing is changed unasked. */
function suggestLayout(input: HTMLInputElement): void {
  const offer = document.createElement("button");
  offer.type = "button";
  offer.className = "plain suggestion";
  offer.hidden = true;
  offer.addEventListener("click", () => {
    input.value = offer.value;
    offer.hidden = true;
    input.focus();
  });
  const line = document.createElement("div");
  line.setAttribute("role", "status");
  line.append(offer);
  input.after(line);

  input.addEventListener("change", () => {
    const typed = input.value.trim();
    const meant = inLatinLayout(typed);
    offer.hidden = !/[а-яё]/i.test(typed) || !/^[\w.+-]+@[a-z\d-]+(\.[a-z\d-]+)*\.[a-z]{2,}$/.test(meant);
    offer.value = meant;
    offer.textContent = `${input.dataset["suggest"]} ${meant}`;
  });
}

helpWith(HTMLInputElement, "[data-suggest]", suggestLayout);
