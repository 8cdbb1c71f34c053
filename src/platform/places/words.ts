import { inBothLanguages } from "../language/language.ts";

export const words = inBothLanguages({
  ru: { roughly: (place: string) => `примерно ${place}` },
  en: { roughly: (place) => `about ${place}` },
});
