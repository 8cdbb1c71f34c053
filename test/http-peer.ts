/** A server on loopback that answers requests, or does not, as it is told. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo, Socket } from "node:net";

export interface PeerRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The fields of a form, or of the query when there is no form. */
  readonly fields: Readonly<Record<string, string>>;
}

export type PeerAnswer =
  | { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> }
  /** Says nothing more, until the client leaves. */
  | "hang"
  /** Cuts the line after the whole request has come. */
  | "cut"
  /** Promises more than it says, and cuts the line. */
  | "cut-answer";

export interface HttpPeer {
  readonly url: string;
  /** `127.0.0.1:port` */
  readonly host: string;
  /** Every whole request so far. */
  readonly requests: PeerRequest[];
  /** Replaces the answer for what comes from now on. */
  answerWith(next: (request: PeerRequest) => PeerAnswer): void;
  close(): Promise<void>;
}

export async function startHttpPeer(): Promise<HttpPeer> {
  const requests: PeerRequest[] = [];
  const sockets = new Set<Socket>();
  let next: (request: PeerRequest) => PeerAnswer = () => ({ status: 200 });
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on("data", (part: Buffer) => parts.push(part));
    incoming.on("end", () => {
      const body = Buffer.concat(parts).toString("utf8");
      const { method = "", url: path = "", headers } = incoming;
      const form = headers["content-type"]?.includes("form") ? body : (path.split("?")[1] ?? "");
      const request = { method, path, headers, body, fields: Object.fromEntries(new URLSearchParams(form)) };
      requests.push(request);
      const answer = next(request);
      if (answer === "hang") return;
      if (answer === "cut") {
        incoming.socket.destroy();
      } else if (answer === "cut-answer") {
        response.writeHead(200, { "Content-Length": "1000" });
        response.write("{", () => incoming.socket.destroy());
      } else {
        response.writeHead(answer.status, answer.headers).end(answer.body ?? "");
      }
    });
  });
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    requests,
    answerWith(answer) {
      next = answer;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
