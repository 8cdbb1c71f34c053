import { type Claims, type Preset, requiredId, text } from "./preset.ts";

/**
 * GitHub (docs.github.com/apps/oauth-apps): OAuth 2. The numeric id stays when the name changes. The list of
 * mailboxes says of each whether it is proven; the primary one counts.
 */
export const github: Preset = {
  id: "github",
  issuer: "https://github.com",
  addresses: {
    authorize: "https://github.com/login/oauth/authorize",
    token: "https://github.com/login/oauth/access_token",
  },
  scope: "read:user user:email",
  authentication: "body",
  async read({ issuer, accessToken, ask }) {
    const headers = { authorization: `Bearer ${accessToken}` };
    const user = await ask("https://api.github.com/user", { headers });
    const { list } = await ask("https://api.github.com/user/emails", { headers });
    const mailboxes = Array.isArray(list) ? (list as Claims[]) : [];
    const primary = mailboxes.find((mailbox) => mailbox.primary === true);
    return {
      issuer,
      subject: requiredId(user, "id"),
      email: text(primary, "email"),
      emailProven: primary?.verified === true && text(primary, "email") !== null,
      name: text(user, "name") ?? text(user, "login"),
    };
  },
};
