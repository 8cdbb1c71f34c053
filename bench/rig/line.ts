/** One kept-alive HTTP connection, as thin as it can be: the load must cost less than what it measures. */
import { connect, type Socket } from "node:net";

/** The connection broke before an answer came. */
export const BROKEN = 0;

const HEAD_END = "\r\n\r\n";
const LAST_CHUNK = "0\r\n\r\n";

/** Asks one request after another on one connection. Requests are whole texts as they go over the wire. */
export class Line {
  readonly #socket: Socket;
  #received = "";
  #done: ((status: number) => void) | undefined;

  constructor(port: number) {
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.#socket.setEncoding("latin1");
    this.#socket.on("data", (text: string) => this.#take(text));
    this.#socket.on("error", () => {});
    this.#socket.on("close", () => this.#finish(BROKEN));
  }

  get open(): boolean {
    return !this.#socket.destroyed && this.#socket.writable;
  }

  /** `done` hears the status, or `BROKEN`. Never a second request before the answer to the first. */
  ask(request: string, done: (status: number) => void): void {
    this.#done = done;
    this.#socket.write(request, "latin1");
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(text: string): void {
    this.#received = this.#received === "" ? text : this.#received + text;
    if (isWhole(this.#received)) this.#finish(Number(this.#received.slice(9, 12)));
  }

  #finish(status: number): void {
    const done = this.#done;
    this.#done = undefined;
    this.#received = "";
    done?.(status);
  }
}

function isWhole(answer: string): boolean {
  const headLength = answer.indexOf(HEAD_END);
  if (headLength < 0) return false;
  const head = answer.slice(0, headLength);
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) return answer.length >= headLength + HEAD_END.length + Number(length);
  return /\r\ntransfer-encoding: chunked/i.test(head) ? answer.endsWith(LAST_CHUNK) : true;
}
