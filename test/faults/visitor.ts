/** A browser as far as these tests need one: cookies, forms, its own address, a connection per request. */
import { type IncomingMessage, request } from "node:http";

export interface Answer {
  readonly status: number;
  /** Where a redirect leads; "" without one. */
  readonly location: string;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/** Longer than anything the service promises; a request that takes more is lost. */
const PATIENCE_MS = 60_000;

export class Visitor {
  readonly #cookies = new Map<string, string>();
  readonly #address = randomAddress();

  /** The same cookies in another browser, as a thief or a backup has them. */
  copy(): Visitor {
    const other = new Visitor();
    for (const [name, value] of this.#cookies) other.#cookies.set(name, value);
    return other;
  }

  visit(origin: string, path: string): Promise<Answer> {
    return this.#ask(origin, "GET", path);
  }

  /** Sends a form as the service's own page would. Rejects when the line breaks before the answer. */
  submit(origin: string, path: string, fields: Record<string, string>): Promise<Answer> {
    return this.#ask(origin, "POST", path, new URLSearchParams(fields).toString());
  }

  #ask(origin: string, method: "GET" | "POST", path: string, body = ""): Promise<Answer> {
    const headers = {
      Cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      "X-Forwarded-For": this.#address,
      ...(method === "POST" && {
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": String(Buffer.byteLength(body)),
        "Sec-Fetch-Site": "same-origin",
      }),
    };
    return new Promise((resolve, reject) => {
      const options = { method, headers, agent: false, timeout: PATIENCE_MS };
      const sent = request(new URL(path, origin), options, (response) => {
        this.#keepCookies(response);
        readAnswer(response).then(resolve, reject);
      });
      sent.once("timeout", () => sent.destroy(new Error(`no answer to ${method} ${path}`)));
      sent.once("error", reject);
      sent.end(body);
    });
  }

  #keepCookies(response: IncomingMessage): void {
    for (const line of response.headers["set-cookie"] ?? []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/;\s*max-age=0\b/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return {
    status: response.statusCode ?? 0,
    location: response.headers.location ?? "",
    retryAfter: response.headers["retry-after"],
    text: Buffer.concat(chunks).toString("utf8"),
  };
}

/** Everybody comes from elsewhere, so that the limits per address stay out of these tests. */
function randomAddress(): string {
  const part = () => Math.floor(Math.random() * 254) + 1;
  return `10.${part()}.${part()}.${part()}`;
}
