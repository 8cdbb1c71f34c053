/** What stands between a request of a portal and its answer: sign-in, choice of person, entry, consent. */
import type { KoaContextWithOIDC, interactionPolicy as Policy } from "oidc-provider";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/store/store.ts";
import { mayEnter, type Portals } from "../../portal-registry/portal-registry.ts";

export interface PolicyTools {
  clock: Clock;
  store: Store;
  portals: Portals;
}

/** What a page has to ask for, by name; the library's and one of ours. */
export type PromptName = "login" | "select_account" | "entry" | "consent";

export function policyOf(tools: PolicyTools, { Prompt, Check, base }: typeof Policy) {
  const policy = base();
  const byDefault = policy.get("login");
  policy.clear();
  // When the page was asked for: a proof from before does not do where a new one is wanted.
  const details = ({ oidc }: KoaContextWithOIDC) => ({
    startedAt: tools.clock.now(),
    login_hint: oidc.params?.login_hint,
  });
  policy.add(
    new Prompt(
      { name: "login", requestable: true },
      details,
      ...["no_session", "id_token_hint"].flatMap((reason) => byDefault?.checks.get(reason) ?? []),
      new Check("max_age", "the sign-in is older than the portal accepts", "login_required", ({ oidc }) => {
        const { max_age: most } = oidc.params ?? {};
        if (most === undefined || oidc.result?.login) return false;
        const at = oidc.session?.authTime();
        return at === undefined || Math.floor(tools.clock.now() / 1_000) - at > Number(most);
      }),
      new Check("acr", "the sign-in is weaker than the portal wishes", "login_required", ({ oidc }) => {
        const wished = String(oidc.params?.acr_values ?? "").split(" ");
        const { acr } = oidc.session ?? {};
        return wished.includes("1") && !wished.includes("0") && acr === "0" && !oidc.result?.login;
      }),
    ),
  );
  policy.add(new Prompt({ name: "select_account", requestable: true }, details));
  policy.add(
    new Prompt(
      { name: "entry" },
      new Check("closed", "the account may not enter this portal", "access_denied", async ({ oidc }) => {
        const portal = tools.portals.portal(oidc.client?.clientId ?? "");
        const accountId = oidc.session?.accountId;
        if (!portal || accountId === undefined) return false;
        return !(await mayEnter(tools.store.read, portal, accountId, tools.clock.now()));
      }),
    ),
  );
  policy.add(
    new Prompt(
      { name: "consent", requestable: true },
      new Check("scope", "the person has not allowed this yet", ({ oidc }) => {
        const granted = new Set((oidc.entities.Grant?.getOIDCScopeEncountered() ?? "").split(" "));
        return [...oidc.requestParamOIDCScopes].some((scope) => !granted.has(scope));
      }),
    ),
  );
  return policy;
}
