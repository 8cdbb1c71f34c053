import { html } from "hono/html";
import { inBothLanguages } from "../language/language.ts";
import { waitingTime } from "../language/times.ts";
import { linkButton } from "./fields.ts";
import { page } from "./layout.ts";
import type { Html, View } from "./view.ts";

/** The answer is this status, whatever was asked: bad requests, foreign origins, limits, outages. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: RefusalStatus;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: RefusalStatus, retryAfterSeconds?: number) {
    super(`refused with ${status}`);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export type RefusalStatus = 400 | 403 | 404 | 413 | 415 | 429 | 500 | 503;

const words = inBothLanguages({
  ru: {
    home: "На страницу входа",
    400: { title: "Запрос не разобран", text: "В запросе не то, что отправляет наша форма. Откройте страницу заново и повторите." },
    403: {
      title: "Форма устарела или открыта не у нас",
      text: "Откройте страницу заново и отправьте форму ещё раз. Если так повторяется, разрешите браузеру cookie этого сайта.",
    },
    404: { title: "Такой страницы нет", text: "Проверьте адрес: возможно, он скопирован не целиком." },
    413: { title: "Слишком большой запрос", text: "Форма принимает до 64 КБ. Сократите введённое и отправьте ещё раз." },
    415: { title: "Запрос не разобран", text: "Ожидается обычная форма. Откройте страницу заново и повторите." },
    429: {
      title: "Слишком много попыток",
      text: (wait: string) => `Слишком много попыток. Следующая — через ${wait}.`,
    },
    500: {
      title: "Не получилось",
      text: "Ошибка на нашей стороне, она записана. Повторите через минуту; если не поможет, назовите администратору номер запроса.",
      request: "Номер запроса",
    },
    503: {
      title: "Сервис занят",
      text: "Сейчас не можем ответить: слишком много запросов или недоступна база данных. Ничего не потеряно, повторите чуть позже.",
    },
  },
  en: {
    home: "To the sign-in page",
    400: { title: "The request was not understood", text: "It is not what our form sends. Open the page anew and try again." },
    403: {
      title: "The form is out of date or not ours",
      text: "Open the page anew and send the form again. If this repeats, let the browser keep this site's cookies.",
    },
    404: { title: "No such page", text: "Check the address: it may have been copied only in part." },
    413: { title: "The request is too large", text: "The form takes up to 64 KB. Shorten what you typed and send it again." },
    415: { title: "The request was not understood", text: "A plain form is expected. Open the page anew and try again." },
    429: { title: "Too many attempts", text: (wait) => `Too many attempts. Try again in ${wait}.` },
    500: {
      title: "It did not work",
      text: "The fault is ours and has been recorded. Try again in a minute; if that does not help, give the administrator the request number.",
      request: "Request number",
    },
    503: {
      title: "The service is busy",
      text: "We cannot answer just now: too many requests, or the database is away. Nothing is lost; try again a little later.",
    },
  },
});

/** The whole page for a refusal, with a way on. */
export function refusalPage(view: View, refusal: Refusal, requestId: string): Html {
  const say = words[view.language];
  const { status } = refusal;
  const { title, text } = say[status];
  const told = typeof text === "function" ? text(waitingTime((refusal.retryAfterSeconds ?? 60) * 1000, view.language)) : text;
  const number = status === 500 ? html`<p class="hint">${say[500].request}: ${requestId}</p>` : "";
  return page(view, {
    title,
    body: html`<p>${told}</p>${number}${linkButton("/sign-in", say.home)}`,
  });
}
