import type { ViewPortal } from "../src/platform/web/view.ts";

/** A portal that nobody changed anything of. */
export function plainPortal(changes: Partial<ViewPortal> = {}): ViewPortal {
  return {
    id: "01900000-0000-7000-8000-000000000000",
    isDefault: true,
    name: "Ромашка",
    logo: null,
    hue: null,
    style: "passport",
    button: "next",
    channels: ["letter", "sms", "desk"],
    remindsLogin: true,
    adminContact: undefined,
    ...changes,
  };
}
