import { inBothLanguages } from "../platform/language/language.ts";

export const words = inBothLanguages({
  ru: {
    onward: {
      title: (portal: string) => `Переходим на портал «${portal}»`,
      lead: "Если ничего не происходит, нажмите кнопку.",
      button: "Продолжить",
    },
  },
  en: {
    onward: {
      title: (portal) => `Taking you to ${portal}`,
      lead: "If nothing happens, press the button.",
      button: "Continue",
    },
  },
});
