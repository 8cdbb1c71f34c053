import { html, raw } from "hono/html";
import type { Html } from "./view.ts";

export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** ` name="value"` for each that has one; `true` gives the bare name, `false` and undefined give nothing. */
export function attributes(values: Attributes): Html {
  const written = Object.entries(values).map(([name, value]) => {
    if (value === undefined || value === false) return "";
    return value === true ? ` ${name}` : html` ${raw(name)}="${String(value)}"`;
  });
  return raw(written.join(""));
}
