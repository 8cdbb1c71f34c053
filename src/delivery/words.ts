import { inBothLanguages } from "../platform/language/language.ts";

/** The trial inbox. What letters say is with the features that send them. */
export const words = inBothLanguages({
  ru: {
    title: "Пробный ящик",
    about:
      "Почтовый сервер не\u00a0настроен, поэтому письма и\u00a0SMS никуда не\u00a0уходят: они здесь, " +
      "какими их увидел\u00a0бы получатель. Ящик хранит последние 200\u00a0сообщений до\u00a0перезапуска.",
    empty: "Пока ничего не\u00a0пришло. Запросите смену пароля — письмо появится здесь.",
    again: "Обновить",
    back: "Все сообщения",
    channels: { email: "Письмо", sms: "SMS" },
    to: "Кому",
    from: "От\u00a0кого",
    arrived: "Пришло",
    kind: "Вид",
    textPart: "Текстовая часть",
    source: "Заголовки",
    files: "Сохранить:",
    wholeLetter: "письмо целиком (.eml)",
    plainText: "только текст (.txt)",
  },
  en: {
    title: "Trial inbox",
    about:
      "No mail server is set up, so letters and text messages go nowhere: they are here, as their recipient " +
      "would see them. The inbox keeps the last 200\u00a0messages until a restart.",
    empty: "Nothing has come yet. Ask for a new password, and the letter appears here.",
    again: "Refresh",
    back: "All messages",
    channels: { email: "Letter", sms: "SMS" },
    to: "To",
    from: "From",
    arrived: "Arrived",
    kind: "Kind",
    textPart: "Text part",
    source: "Headers",
    files: "Save:",
    wholeLetter: "the whole letter (.eml)",
    plainText: "the text alone (.txt)",
  },
});
