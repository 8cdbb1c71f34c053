import { joined, type Preset, requiredId, text } from "./preset.ts";

/**
 * Яндекс ID, OAuth 2 with PKCE (yandex.ru/dev/id/doc). No flag says that `default_email` was proven, and it
 * can be one of a foreign mailbox, so it proves nothing. The profile wants the scheme `OAuth` in the place of
 * `Bearer`.
 */
export const yandex: Preset = {
  id: "yandex",
  issuer: "https://oauth.yandex.ru",
  addresses: { authorize: "https://oauth.yandex.ru/authorize", token: "https://oauth.yandex.ru/token" },
  scope: "login:info login:email",
  authentication: "body",
  // Whoever links sees which account it will be, also when the browser is signed in there.
  leave: ({ purpose }) => (purpose === "link" ? { force_confirm: "yes" } : {}),
  async read({ issuer, accessToken, ask }) {
    const profile = await ask("https://login.yandex.ru/info?format=json", {
      headers: { authorization: `OAuth ${accessToken}` },
    });
    return {
      issuer,
      subject: requiredId(profile, "id"),
      email: text(profile, "default_email"),
      emailProven: false,
      name: text(profile, "real_name") ?? joined(text(profile, "first_name"), text(profile, "last_name")),
    };
  },
};
