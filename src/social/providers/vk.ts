import { inner, joined, jsonObject, type Preset, requiredId, text } from "./preset.ts";

/**
 * VK ID, OAuth 2.1 (id.vk.com/about/business/go/docs, «Авторизация без SDK»). The answer brings a `device_id`
 * that the exchange asks for again. Client and token go in the body; the ID token is not a usable JWT, and
 * `token_type` may be missing. An e-mail is not known to be proven. Mail.ru and ОК come in by the same way,
 * as `provider`. It refuses whoever sends a field that it does not know, our secret included.
 */
export const vk: Preset = {
  id: "vk",
  issuer: "https://id.vk.ru",
  addresses: { authorize: "https://id.vk.ru/authorize", token: "https://id.vk.ru/oauth2/auth" },
  scope: "vkid.personal_info email",
  authentication: "none",
  leave: ({ door }) => (door === undefined ? {} : { provider: door }),
  unwrap,
  exchange: (answer) => ({ device_id: answer.get("device_id") ?? "", state: answer.get("state") ?? "" }),
  mend: ({ id_token: _unusable, ...token }) => ({ token_type: "bearer", ...token }),
  async read({ issuer, accessToken, connected, ask }) {
    const answer = await ask("https://id.vk.ru/oauth2/user_info", {
      form: { client_id: connected.clientId, access_token: accessToken },
    });
    const user = inner(answer, "user");
    return {
      issuer,
      subject: requiredId(user, "user_id"),
      email: text(user, "email"),
      emailProven: false,
      name: joined(text(user, "first_name"), text(user, "last_name")),
    };
  },
};

const answered = ["code", "state", "device_id", "error"] as const;

/** Its answer may come as one parameter with JSON in it, as its own library gets it. */
function unwrap(answer: URLSearchParams): URLSearchParams {
  const wrapped = jsonObject(answer.get("payload") ?? "");
  if (!wrapped || answer.has("code")) return answer;
  const plain = new URLSearchParams();
  for (const name of answered) {
    const value = text(wrapped, name);
    if (value !== null) plain.set(name, value);
  }
  return plain;
}
