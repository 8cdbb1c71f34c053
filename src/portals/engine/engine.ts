/**
 * The one provider of this process: its library is read at the first request that needs it (a tenth of a
 * gigabyte that an installation without portals never pays for), and it is built anew when the keys change.
 */
import type { KeyRing } from "../keys/keys.ts";
import { type OpenedProvider, openProvider, type ProviderTools, type Surroundings } from "./provider.ts";

export interface Engine {
  provider(): Promise<OpenedProvider>;
  /** The faults that the library throws. */
  errors(): Promise<typeof import("oidc-provider").errors>;
}

export function createEngine(tools: ProviderTools & { portalKeys: KeyRing }, around: Surroundings): Engine {
  let library: Promise<typeof import("oidc-provider")> | undefined;
  let built: { version: string; provider: OpenedProvider } | undefined;
  const read = () => {
    library ??= import("oidc-provider");
    return library;
  };
  return {
    errors: async () => (await read()).errors,
    async provider() {
      const keys = await tools.portalKeys.current();
      if (built?.version === keys.version) return built.provider;
      const provider = openProvider(tools, await read(), keys, around);
      // Requests in flight end with the provider that they began with.
      built = { version: keys.version, provider };
      return provider;
    },
  };
}
