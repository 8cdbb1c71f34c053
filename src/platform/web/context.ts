import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { View } from "./view.ts";

/** What the middleware of app.ts leaves for the handlers. */
export interface WebEnv {
  Bindings: HttpBindings;
  Variables: {
    view: View;
    /** The client's address, judged by the number of trusted proxies. */
    address: string;
    /** Names this request in the log. */
    requestId: string;
    /** Letters carry inline styles; only the trial inbox page allows them. */
    inlineStyles?: true;
  };
}

export type WebContext = Context<WebEnv>;
