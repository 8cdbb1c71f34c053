/** The outside services that people may come in through, as data: no protocol is known here. */
import type { Language } from "../platform/language/language.ts";
import { type ServiceId, serviceIds } from "../social-settings.ts";

export type { ServiceId } from "../social-settings.ts";

export type Names = Readonly<Record<Language, string>>;

export interface Service {
  readonly id: ServiceId;
  /** As the service calls itself in each language; on buttons and in sentences. */
  readonly name: Names;
  /**
   * Whose it is. 149-FZ asks for systems of Russian owners, so `SOCIAL_FOREIGN=off` leaves the others out;
   * `own`: whatever the operator connected.
   */
  readonly owner: "ru" | "foreign" | "own";
  /** The service's page for a forgotten password. */
  readonly forgotAt?: string;
  /** Other names of the same way in: VK ID opens Mail.ru and ОК as well. */
  readonly doors?: readonly Door[];
}

/** A button of its own that leads through the service. */
export interface Door {
  /** What the service calls the door. */
  readonly id: string;
  readonly name: Names;
  readonly forgotAt: string;
}

/** The addresses for a forgotten password have been the same for years. */
const catalogue: Readonly<Record<ServiceId, Omit<Service, "id">>> = {
  yandex: {
    name: { ru: "Яндекс ID", en: "Yandex ID" },
    owner: "ru",
    forgotAt: "https://passport.yandex.ru/restoration",
  },
  vk: {
    name: alike("VK ID"),
    owner: "ru",
    forgotAt: "https://vk.com/restore",
    doors: [
      { id: "mail_ru", name: alike("Mail.ru"), forgotAt: "https://account.mail.ru/recovery" },
      { id: "ok_ru", name: { ru: "ОК", en: "OK" }, forgotAt: "https://ok.ru/password/recovery" },
    ],
  },
  sber: { name: { ru: "Сбер ID", en: "Sber ID" }, owner: "ru", forgotAt: "https://id.sber.ru/" },
  tid: { name: { ru: "Т‑ID", en: "T‑ID" }, owner: "ru", forgotAt: "https://www.tbank.ru/help/" },
  google: {
    name: alike("Google"),
    owner: "foreign",
    forgotAt: "https://accounts.google.com/signin/recovery",
  },
  apple: { name: alike("Apple"), owner: "foreign", forgotAt: "https://iforgot.apple.com/" },
  microsoft: {
    name: alike("Microsoft"),
    owner: "foreign",
    forgotAt: "https://account.live.com/password/reset",
  },
  github: { name: alike("GitHub"), owner: "foreign", forgotAt: "https://github.com/password_reset" },
  telegram: { name: alike("Telegram"), owner: "foreign" },
  oidc: { name: alike(""), owner: "own" },
};

/** Every service that the product knows, in the order in which they are offered. */
export const services: readonly Service[] = serviceIds.map((id) => ({ id, ...catalogue[id] }));

/** A name that is the same in both languages. */
export function alike(name: string): Names {
  return { ru: name, en: name };
}
