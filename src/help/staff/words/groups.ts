import { inBothLanguages } from "../../../platform/language/language.ts";
import type { Topic } from "../../words/topic.ts";

export const groups = inBothLanguages<Topic>({
  ru: {
    title: "Правила групп",
    question: "Какие правила действуют и кто их задал",
    answer:
      "Группа задаёт правила паролей, сеансов и восстановления. В нескольких группах по каждому правилу действует самое строгое.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Откройте «Группы» и нажмите «Создать группу» или название нужной.",
          "Заполните поля или возьмите образец. Пустое поле ничего не задаёт.",
          "Нажмите «Кого это коснётся»: страница назовёт, для скольких людей станет строже, чьи сеансы закончатся и кто не сможет вернуть доступ сам.",
          "Нажмите «Сохранить правила»: они действуют сразу.",
          "На вкладке «Участники» добавьте людей, если нужно — на срок.",
        ],
      },
      {
        kind: "list",
        title: "Где видно итог",
        items: [
          "Карточка человека, вкладка «Правила»: колонка «Действует» — итог, колонка «Кто задал» — группа.",
          "Группа «Все» задаёт правила каждому. Остальные могут только ужесточить их.",
        ],
      },
    ],
  },
  en: {
    title: "Rules of groups",
    question: "Which rules hold and who set them",
    answer:
      "A group sets rules for passwords, sessions and recovery. In several groups, the strictest value of each rule holds.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Open “Groups” and press “Create a group” or the name of one.",
          "Fill in the fields or take a preset. An empty field sets nothing.",
          "Press “Who is affected”: the page says for how many it becomes stricter, whose sessions end and who could not recover any more.",
          "Press “Save the rules”: they hold at once.",
          "On the tab “Members” add people, for a time if it needs one.",
        ],
      },
      {
        kind: "list",
        title: "Where the outcome is seen",
        items: [
          "The card of a person, tab “Rules”: the column “Holds” is the outcome, the column “Set by” the group.",
          "The group “Everyone” sets rules for all. Others can only make them stricter.",
        ],
      },
    ],
  },
});
