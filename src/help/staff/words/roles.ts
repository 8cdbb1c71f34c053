import { inBothLanguages } from "../../../platform/language/language.ts";
import type { Topic } from "../../words/topic.ts";

export const roles = inBothLanguages<Topic>({
  ru: {
    title: "Роли",
    question: "Кто что может в консоли",
    answer:
      "Ролей четыре: пользователь, поддержка, администратор, владелец. Действовать можно только с теми, кто ниже.",
    blocks: [
      {
        kind: "list",
        title: "Поддержка",
        items: [
          "Видит людей и их письма, но контакты закрыты звёздочками.",
          "Высылает ссылку смены пароля и ведёт обращения.",
        ],
      },
      {
        kind: "list",
        title: "Администратор",
        items: [
          "Видит контакты, сеансы, историю, журнал, показатели.",
          "Меняет данные, приглашает, блокирует, выдаёт одноразовый пароль; ведёт группы, импорт, выгрузку и вид порталов.",
        ],
      },
      {
        kind: "list",
        title: "Владелец",
        items: [
          "Делает то же и с администраторами, и с другими владельцами.",
          "Подключает порталы и выпускает их секреты. Последнего владельца снять нельзя.",
        ],
      },
      {
        kind: "note",
        text: "Сеанс сотрудника закрывается через 15 минут без действий и через 12 часов после входа.",
      },
    ],
  },
  en: {
    title: "Roles",
    question: "Who may do what in the console",
    answer: "There are four roles: user, support desk, administrator, owner. One acts only on those below.",
    blocks: [
      {
        kind: "list",
        title: "Support desk",
        items: [
          "Sees people and their messages, with contacts masked.",
          "Sends the link to a new password and works on cases.",
        ],
      },
      {
        kind: "list",
        title: "Administrator",
        items: [
          "Sees contacts, sessions, history, the record and the figures.",
          "Edits, invites, blocks, hands over one-time passwords; keeps groups, imports, exports and the look of portals.",
        ],
      },
      {
        kind: "list",
        title: "Owner",
        items: [
          "Does the same with administrators and with other owners.",
          "Connects portals and makes their secrets. The last owner cannot be removed.",
        ],
      },
      { kind: "note", text: "A session of staff ends after 15 idle minutes and 12 hours after signing in." },
    ],
  },
});
