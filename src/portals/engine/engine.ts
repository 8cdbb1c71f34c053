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

/**
 * The library warns that it does not know this Node, since the one from npm does not say that it is an LTS;
 * what else it has to say is let through.
 */
async function readQuietly(): Promise<typeof import("oidc-provider")> {
  const printing = globalThis.console;
  const { warn } = printing;
  printing.warn = (...said: unknown[]) => {
    if (!String(said[0]).includes("Unsupported runtime")) warn.apply(printing, said);
  };
  try {
    return await import("oidc-provider");
  } finally {
    printing.warn = warn;
  }
}

export function createEngine(tools: ProviderTools & { portalKeys: KeyRing }, around: Surroundings): Engine {
  let library: Promise<typeof import("oidc-provider")> | undefined;
  let built: { version: string; provider: OpenedProvider } | undefined;
  const read = () => {
    library ??= readQuietly();
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
