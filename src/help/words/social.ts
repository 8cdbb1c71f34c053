import { inBothLanguages } from "../../platform/language/language.ts";
import type { Told } from "./topic.ts";

export const social = inBothLanguages<Told>({
  ru: (facts) => ({
    title: "Пароль от соцсети",
    question: "Забыт пароль от Яндекса, VK или другого сервиса",
    answer: "Пароль соцсети восстанавливают у неё самой: мы его не знаем и сменить не можем.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Выберите сервис, пароль от которого забыт.",
          "Проверьте адрес в строке браузера: он должен совпадать с указанным рядом с названием.",
          "Восстановите доступ по указаниям сервиса.",
        ],
      },
      { kind: "services" },
      {
        kind: "note",
        text: "Пароль этого портала — отдельный. Если забыт он, восстановите его письмом.",
      },
      ...(facts.services
        ? [
            {
              kind: "list",
              title: "Вход через сервис",
              items: [
                "Нажмите кнопку сервиса на странице входа: пароль портала не понадобится.",
                "Первый раз войдите паролем и привяжите сервис: «Моя страница», строка «Соцсети». Там же его отвязывают.",
                "Единственный способ входа отвязать нельзя: сначала задайте пароль или привяжите другой сервис.",
                "Пароля портала нет, и вы запросили восстановление? Придёт письмо с кнопкой вашего сервиса.",
                "После выхода с портала вход в сам сервис остаётся: на чужом устройстве выйдите и там.",
              ],
            } as const,
            {
              kind: "list",
              title: "Если сервис не пустил",
              items: [
                "Не отвечает, нет связи или сбой — попробуйте позже или войдите другим способом.",
                "Аккаунт сервиса ни к кому не привязан — войдите паролем и привяжите его.",
                "Привязан к другому человеку — выберите в сервисе другой свой аккаунт.",
              ],
            } as const,
          ]
        : []),
    ],
  }),
  en: (facts) => ({
    title: "Password of a social network",
    question: "I forgot the password of Yandex, VK or another service",
    answer:
      "A social network's password is recovered at the network itself: we neither know it nor can change it.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Choose the service whose password is forgotten.",
          "Check the address in the browser: it must be the one beside the name.",
          "Follow the service's instructions.",
        ],
      },
      { kind: "services" },
      {
        kind: "note",
        text: "The password of this portal is a separate one. If that is forgotten, reset it by e-mail.",
      },
      ...(facts.services
        ? [
            {
              kind: "list",
              title: "Signing in through a service",
              items: [
                "Press the service's button on the sign-in page: no password of the portal is needed.",
                "The first time, sign in with the password and link the service: “My page”, row “Social sign-in”. It is unlinked there, too.",
                "The only way in cannot be unlinked: first set a password or link another service.",
                "No password of the portal, and you asked for recovery? The letter has the button of your service.",
                "Signing out of the portal leaves you signed in at the service: on somebody else's device sign out there as well.",
              ],
            } as const,
            {
              kind: "list",
              title: "If the service did not let you in",
              items: [
                "It does not answer, or has a fault: try later or sign in another way.",
                "Its account is not linked to anybody: sign in with the password and link it.",
                "It is linked to somebody else: choose another account of yours at the service.",
              ],
            } as const,
          ]
        : []),
    ],
  }),
});
