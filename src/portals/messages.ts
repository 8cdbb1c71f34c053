/** What portals are told: that somebody has signed out (OpenID Connect Back-Channel Logout 1.0). */
import type { Catalogue } from "../delivery/delivery.ts";
import type { Clock } from "../platform/clock.ts";
import { newId } from "../platform/secrets/ids.ts";
import type { Portals } from "../portal-registry/portal-registry.ts";
import { SIGNED_OUT } from "../sessions/sessions.ts";
import type { Settings } from "../settings.ts";
import { type KeyRing, signToken } from "./keys/keys.ts";

const EVENT = "http://schemas.openid.net/event/backchannel-logout";
/** The specification recommends two minutes at most; every attempt gets a token of its own. */
const LIVES_SECONDS = 120;

export function portalMessages(tools: {
  clock: Clock;
  settings: Pick<Settings, "publicUrl">;
  portals: Portals;
  portalKeys: KeyRing;
}): Catalogue {
  return {
    [SIGNED_OUT]: {
      async prepare(_, message) {
        const { portal: id, sid } = message.data;
        const portal = tools.portals.portal(String(id));
        const url = portal?.client.backchannelLogoutUri;
        if (!portal || !url) return { kind: "dropped", reason: "the portal has no address for it any more" };
        const now = Math.floor(tools.clock.now() / 1_000);
        const claims = {
          iss: tools.settings.publicUrl,
          aud: portal.id,
          sub: message.accountId,
          sid,
          iat: now,
          exp: now + LIVES_SECONDS,
          jti: newId(),
          events: { [EVENT]: {} },
        };
        const token = signToken(await tools.portalKeys.current(), { typ: "logout+jwt" }, claims);
        return { kind: "call", url, form: { logout_token: token } };
      },
    },
  };
}
