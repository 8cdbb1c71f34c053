import { inBothLanguages } from "../../platform/language/language.ts";

export const words = inBothLanguages({
  ru: {
    lead: "Что происходило с вашим аккаунтом за последние 180 дней.",
    empty: "За это время ничего не происходило.",
    older: "Показать более ранние",
    newest: "К последним",
    address: "адрес",
    by: {
      you: "вы",
      stranger: "без входа",
      colleague: "коллега",
      desk: "поддержка",
      administrator: "администратор",
      system: "система",
    },
  },
  en: {
    lead: "What happened to your account within the last 180 days.",
    empty: "Nothing happened in this time.",
    older: "Show earlier ones",
    newest: "To the latest",
    address: "address",
    by: {
      you: "you",
      stranger: "not signed in",
      colleague: "a colleague",
      desk: "support",
      administrator: "administrator",
      system: "system",
    },
  },
});
