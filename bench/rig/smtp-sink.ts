/** Takes every letter and forgets it. */
import { createServer } from "node:net";
import { createInterface } from "node:readline";

const answers: Readonly<Record<string, string>> = {
  EHLO: "250-sink\r\n250-PIPELINING\r\n250 8BITMIME",
  HELO: "250 sink",
  DATA: "354 go on",
  QUIT: "221 bye",
};

// Without `noDelay` the second of two short answers would wait for the other side: 40 ms a letter.
createServer({ noDelay: true }, (socket) => {
  let isLetter = false;
  socket.write("220 sink\r\n");
  const lines = createInterface({ input: socket });
  // Clients that are ended in the middle of a letter are nothing to speak of.
  for (const each of [socket, lines]) each.on("error", () => {});
  lines.on("line", (line) => {
    if (isLetter && line !== ".") return;
    const verb = isLetter ? "." : (line.split(" ", 1)[0] ?? "").toUpperCase();
    isLetter = verb === "DATA";
    socket.write(`${answers[verb] ?? "250 ok"}\r\n`);
    if (verb === "QUIT") socket.end();
  });
}).listen(Number(process.env.PORT), "127.0.0.1", () => process.send?.("listening"));
