import { inBothLanguages } from "../../platform/language/language.ts";
import { MOST_FILTERS } from "./filters.ts";

export const words = inBothLanguages({
  ru: {
    label: "Сохранённые условия",
    save: "Сохранить условия",
    saveTitle: "Сохранить условия списка",
    edit: "Изменить",
    editTitle: "Сохранённые условия",
    lead: "Условия появятся над списком под этим именем. Видите их только вы.",
    name: "Название",
    submit: "Сохранить",
    remove: "Удалить",
    removeLead: "Люди и\u00a0список останутся как есть: пропадёт только это имя над списком.",
    back: "К\u00a0списку",
    problems: {
      unusable: "Введите название: до\u00a060\u00a0символов, без ссылок",
      taken: "Условия с\u00a0таким названием у\u00a0вас уже есть",
      "too-many": `Сохранено уже ${MOST_FILTERS}. Сначала удалите те, что не\u00a0нужны`,
      nothing: "Условий нет: сначала выберите их над списком",
    },
  },
  en: {
    label: "Saved conditions",
    save: "Save conditions",
    saveTitle: "Save the conditions of the list",
    edit: "Change",
    editTitle: "Saved conditions",
    lead: "The conditions will stand above the list under this name. Only you see them.",
    name: "Name",
    submit: "Save",
    remove: "Delete",
    removeLead: "People and the list stay as they are: only this name above the list goes.",
    back: "To the list",
    problems: {
      unusable: "Enter a name: up to 60 characters, no links",
      taken: "You have conditions of this name already",
      "too-many": `There are ${MOST_FILTERS} already. First delete those that you do not need`,
      nothing: "There are no conditions: choose them above the list first",
    },
  },
});
