import { Agent, get, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { createBrotliDecompress } from "node:zlib";
import { atMost, type Row } from "../report.ts";
import { startPropusk } from "../rig/contenders.ts";

/** 30 KB of the goal, as networks count. */
const KB = 1000;

/** Everything that a first visit to the sign-in page brings over the wire, heads included. */
export async function measurePage(): Promise<Row[]> {
  const ours = await startPropusk({ cores: "all", people: 1 });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const origin = `http://127.0.0.1:${ours.server.port}`;
  const waiting = ["/sign-in"];
  const seen = new Set(waiting);
  let bytes = 0;
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const answer = await fetchOn(agent, `${origin}${path}`);
    bytes = answer.bytesRead;
    for (const found of partsOf(answer.text)) {
      if (!seen.has(found)) waiting.push(found);
      seen.add(found);
    }
  }
  agent.destroy();
  await ours.stop();
  return [
    {
      figure: "Sign-in page over the wire, brotli accepted",
      ours: `${(bytes / KB).toFixed(1)} KB in ${seen.size} requests`,
      beside: "",
      goal: atMost(30, bytes / KB, "KB"),
    },
  ];
}

/** `bytesRead` counts the whole connection so far. */
async function fetchOn(agent: Agent, url: string): Promise<{ text: string; bytesRead: number }> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent, headers: { "Accept-Encoding": "br" } }, resolve).once("error", reject);
  });
  if (answer.statusCode !== 200) throw new Error(`${url} was answered with ${answer.statusCode}`);
  const { socket } = answer;
  const isPacked = answer.headers["content-encoding"] === "br";
  const body = await text(isPacked ? answer.pipe(createBrotliDecompress()) : answer);
  return { text: body, bytesRead: socket.bytesRead };
}

/** Styles, scripts, icons and fonts that a page or a style sheet asks for by itself. */
function partsOf(source: string): string[] {
  const inTags = source.matchAll(/<(?:link|script|img)\b[^>]*?\b(?:href|src)="(\/[^"]+)"/g);
  const inStyles = source.matchAll(/url\("?(\/[^")]+)"?\)/g);
  return [...inTags, ...inStyles].flatMap(([, path]) => path ?? []);
}
