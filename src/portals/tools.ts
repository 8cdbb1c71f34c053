import type { PortalTools } from "../portal-registry/portal-registry.ts";
import type { GuardTools } from "../sessions/guard.ts";
import type { ProviderTools } from "./engine/provider.ts";
import type { KeyRing } from "./keys/keys.ts";

/** What the pages and the mount work with. */
export type PortalsTools = GuardTools & PortalTools & ProviderTools & { portalKeys: KeyRing };
