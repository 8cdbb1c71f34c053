/**
 * Russian and English. Each feature keeps its sentences in `words.ts`, as one object per language of the same
 * shape.
 */
export type Language = "ru" | "en";

export const languages: readonly Language[] = ["ru", "en"];

/** Ties two languages together: a missing key, a wrong name or a missing argument does not compile. */
export function inBothLanguages<T>(words: { ru: T; en: NoInfer<T> }): Record<Language, T> {
  return words;
}

/** The language that an Accept-Language header likes best; Russian when it names neither. */
export function preferredLanguage(header: string | undefined): Language {
  const wishes = (header ?? "")
    .slice(0, 200)
    .split(",")
    .map((part) => {
      const [tag = "", ...rest] = part.trim().toLowerCase().split(";");
      const weight = rest.find((item) => item.trim().startsWith("q="));
      return { tag: tag.split("-")[0] ?? "", weight: weight ? Number(weight.trim().slice(2)) : 1 };
    })
    .filter((wish) => (wish.tag === "ru" || wish.tag === "en") && wish.weight > 0)
    .sort((left, right) => right.weight - left.weight);
  return wishes[0]?.tag === "en" ? "en" : "ru";
}

const rules = { ru: new Intl.PluralRules("ru"), en: new Intl.PluralRules("en") };

/**
 * «1 попытка, 2 попытки, 5 попыток»: the form that goes with the number, with a no-break space between them.
 */
export function countedRu(count: number, one: string, few: string, many: string): string {
  const rule = rules.ru.select(count);
  return `${count}\u00a0${rule === "one" ? one : rule === "few" ? few : many}`;
}

export function countedEn(count: number, one: string, other: string): string {
  return `${count}\u00a0${rules.en.select(count) === "one" ? one : other}`;
}
