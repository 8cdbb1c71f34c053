import { type Preset, profileOf } from "./preset.ts";

/** Telegram (core.telegram.org/bots/telegram-login): an OpenID provider that tells no e-mail. */
export const telegram: Preset = {
  id: "telegram",
  issuer: "https://oauth.telegram.org",
  scope: "openid profile",
  authentication: "discovered",
  read: ({ issuer, claims }) => profileOf(issuer, claims, () => false),
};
