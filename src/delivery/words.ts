import { inBothLanguages } from "../platform/language/language.ts";

/** The trial inbox. What letters say is with the features that send them. */
export const words = inBothLanguages({
  ru: {
    title: "Пробный ящик",
    about: {
      "letters and sms":
        "Почтовый сервер не\u00a0настроен, поэтому письма и\u00a0SMS никуда не\u00a0уходят: они здесь, " +
        "какими их увидел\u00a0бы получатель. Ящик хранит последние 200\u00a0сообщений до\u00a0перезапуска.",
      letters:
        "Почтовый сервер не\u00a0настроен, поэтому письма никуда не\u00a0уходят: они здесь, какими их " +
        "увидел\u00a0бы получатель. SMS уходят по-настоящему. Ящик хранит последние 200\u00a0писем " +
        "до\u00a0перезапуска.",
    },
    empty: "Пока ничего не\u00a0пришло. Запросите смену пароля — сообщение появится здесь.",
    onNumber: "на\u00a0номер",
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
    about: {
      "letters and sms":
        "No mail server is set up, so letters and text messages go nowhere: they are here, as their recipient " +
        "would see them. The inbox keeps the last 200\u00a0messages until a restart.",
      letters:
        "No mail server is set up, so letters go nowhere: they are here, as their recipient would see them. " +
        "Text messages do go out. The inbox keeps the last 200\u00a0letters until a restart.",
    },
    empty: "Nothing has come yet. Ask for a new password, and the message appears here.",
    onNumber: "to",
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
