/** The physical limit of answering: node:http with a constant answer the size of a session check. */
import { createServer } from "node:http";

const body = JSON.stringify({
  signed_in: true,
  id: "01900000-0000-7000-8000-000000000000",
  name: "Person 0",
  role: "person",
  until: 0,
});

createServer((_request, response) => {
  response.setHeader("Content-Type", "application/json");
  response.setHeader("Content-Length", body.length);
  response.end(body);
}).listen(Number(process.env.PORT), "127.0.0.1");
