import { inBothLanguages } from "../../../platform/language/language.ts";
import type { Topic } from "../../words/topic.ts";

export const portals = inBothLanguages<Topic>({
  ru: {
    title: "Порталы",
    question: "Подключить портал и настроить его вид",
    answer: "Портал узнаёт от нас, кто вошёл, по OpenID Connect. Пароля он не видит.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Откройте «Порталы» и нажмите «Добавить портал». Это делает владелец.",
          "Укажите название и «Адреса возврата», нажмите «Добавить и показать секрет» и сразу перенесите секрет в настройки портала: второй раз его не покажут.",
          "Возьмите готовые строки на вкладке «Настройка клиента».",
          "На вкладке «Подключение» нажмите «Проверить»: страница назовёт, что исправить.",
        ],
      },
      {
        kind: "list",
        title: "Остальное",
        items: [
          "«Вид и восстановление» — имя, логотип, оттенок, способы восстановления. Что не задано, берётся у основного портала.",
          "«Администратор портала» — кого спросить, если забыт логин. Это видят все.",
          "«Кто входит» — все, группы или отдельные люди.",
          "«Выпустить новый секрет» портал не останавливает: прежний действует, пока вы его не отключите.",
        ],
      },
    ],
  },
  en: {
    title: "Portals",
    question: "Connect a portal and choose its look",
    answer: "A portal hears from us who signed in, by OpenID Connect. It never sees the password.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Open “Portals” and press “Add a portal”. An owner does that.",
          "Give the name and the “Redirect addresses”, press “Add and show the secret” and put the secret into the portal's settings at once: it is not shown again.",
          "Take the ready lines from the tab “Client settings”.",
          "On the tab “Connection” press “Check”: the page says what to mend.",
        ],
      },
      {
        kind: "list",
        title: "The rest",
        items: [
          "“Look and recovery”: name, logo, hue, ways to recover. What is not set is taken from the default portal.",
          "“The portal's administrator”: whom to ask when the login is forgotten. Everybody sees it.",
          "“Who may enter”: everybody, groups or single people.",
          "“Make a new secret” does not stop the portal: the previous one opens until you end it.",
        ],
      },
    ],
  },
});
