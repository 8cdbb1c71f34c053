import { inBothLanguages } from "../../platform/language/language.ts";
import type { Told } from "./topic.ts";

export const portals = inBothLanguages<Told>({
  ru: () => ({
    title: "Вход на порталы",
    question: "Как войти на портал и что он обо мне узнаёт",
    answer: "Один аккаунт открывает все порталы компании: пароль вводят здесь, и портал его не узнаёт.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Откройте портал или нажмите его плитку на странице «Моя страница», в разделе «Порталы».",
          "Если вы уже вошли, портал откроется сразу. Если нет, войдите и вернётесь на портал сами.",
          "Рядом с плитками написано, под каким логином вы войдёте. Логин чужой — нажмите «Сменить», а по пути на портал — «Войти под другим логином».",
        ],
      },
      {
        kind: "list",
        title: "Портал другой компании",
        items: [
          "Сначала появится вопрос: на странице перечислено, что портал узнает. Нажмите «Разрешить и войти» или «Не разрешать».",
          "О разрешении придёт письмо. Если разрешали не вы, нажмите в письме «Это не я».",
          "Передумали — на странице «Моя страница» откройте «Вход и защита», затем «Показать и отозвать» и нажмите «Отозвать доступ». Вход на портале завершится.",
        ],
      },
      {
        kind: "text",
        title: "Портал закрыт для вас",
        text: "Кому открыт портал, решает администратор: попросите его открыть доступ.",
      },
      { kind: "administrator" },
    ],
  }),
  en: () => ({
    title: "Signing in to portals",
    question: "How do I enter a portal, and what does it learn about me",
    answer:
      "One account opens all portals of the company: the password is typed here, and no portal learns it.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Open the portal, or press its tile on “My page”, in the section “Portals”.",
          "If you are signed in already, the portal opens at once. If not, sign in and you end at the portal.",
          "Beside the tiles stands which login you will enter with. If it is not yours, press “Change”; on the way to a portal, “Sign in with another login”.",
        ],
      },
      {
        kind: "list",
        title: "A portal of another company",
        items: [
          "First you are asked: the page lists what the portal would learn. Press “Allow and sign in” or “Do not allow”.",
          "A letter tells of what was allowed. If it was not you, press “It was not me” in it.",
          "If you change your mind, open “Security” on “My page”, then “Show and withdraw”, and press “Withdraw access”. The sign-in at the portal ends.",
        ],
      },
      {
        kind: "text",
        title: "The portal is closed to you",
        text: "The administrator decides whom a portal is open to: ask there.",
      },
      { kind: "administrator" },
    ],
  }),
});
