/** What is not a plain form of ours is refused, and what people type stays text. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { journey, rowCounts } from "../journey.ts";
import { anna, newPassword } from "../people.ts";
import { ask, choosePassword, lastLetter, letterFor, signedIn, signIn } from "../steps.ts";
import { type Answer, type Visitor, visitor, type Wish } from "../walker.ts";
import type { World } from "../world.ts";

const FORM = "application/x-www-form-urlencoded";

/** Posts as a browser of ours would, but with any body. */
function post(
  person: Visitor,
  world: World,
  address: string,
  body: Wish["body"],
  type = FORM,
): Promise<Answer> {
  return person.raw(address, { method: "POST", headers: { Origin: world.url, "Content-Type": type }, body });
}

journey("IO1: one plain text per field: doubled, bracketed, NUL and broken UTF-8 get 400", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world);
  const before = await rowCounts(world);
  const bodies = [
    "identifier=anna&identifier=evil%40evil.example",
    "identifier%5B%5D=anna",
    "identifier%5B0%5D=anna",
    "identifier[email]=anna",
    "identifier=anna%00%40romashka.example",
    "identi%00fier=anna",
    "identifier=%ff%fe",
    "identifier=anna&x=%ed%a0%80",
    `identifier=anna&${Array.from({ length: 70 }, (_, index) => `field${index}=x`).join("&")}`,
  ];
  for (const body of bodies) {
    for (const address of ["/recovery", "/sign-in", "/recovery/login", "/recovery/string"]) {
      const answer = await post(person, world, address, body);
      assert.equal(answer.status, 400, `${address} ${body.slice(0, 60)}`);
      assert.match(answer.body, /Запрос не разобран/);
    }
  }
  assert.deepEqual(await rowCounts(world), before, "nothing was counted, sent or recorded");
});

journey("IO1: JSON, multipart and plain bodies are not forms", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world);
  const boundary = "x";
  const multipart = `--x\r\nContent-Disposition: form-data; name="identifier"\r\n\r\nanna\r\n--x--\r\n`;
  const bodies = [
    ["application/json", JSON.stringify({ identifier: ["anna@romashka.example", "evil@evil.example"] })],
    ["application/json", JSON.stringify({ identifier: { $ne: "" } })],
    ["application/json;charset=utf-8", "["],
    [`multipart/form-data; boundary=${boundary}`, multipart],
    ["text/plain", "identifier=anna"],
    ["application/xml", "<identifier>anna</identifier>"],
    ["", "identifier=anna"],
  ] as const;
  for (const [type, body] of bodies) {
    for (const address of ["/recovery", "/sign-in"]) {
      const answer = await post(person, world, address, body, type);
      assert.ok([400, 415].includes(answer.status), `${address} ${type}: ${answer.status}`);
    }
  }
  assert.equal((await world.messagesTo(anna.email)).length, 0);
});

journey("IO2: fields that the form does not have change nothing", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world);
  await person.visit((await letterFor(world, anna.email)).link);
  person.fill("Новый пароль", newPassword);
  person.fill("Подтверждение нового пароля", newPassword);
  const form = person.formFor("Сменить пароль");
  const more = "&role=owner&status=active&account_id=x&__proto__=x&constructor=x&account=evil%40evil.example";
  const body = String(form.body).replace(/account=[^&]*&/, "") + more;
  assert.equal((await person.raw(form.address, { ...form, body })).headers.location, "/recovery/done");
  const own = await signedIn(world, { ...anna, password: newPassword });
  assert.match(own.page.text, /Роль сотрудник/);
});

journey(
  "IO4: a body above 64 KiB gets 413, announced or in chunks, and the service goes on",
  async (world) => {
    await world.addPerson(anna);
    const person = visitor(world);
    const big = `identifier=${"a".repeat(1024 * 1024)}`;
    const announced = await post(person, world, "/recovery", big).catch((error: Error) => error);
    if (!(announced instanceof Error)) assert.equal(announced.status, 413);
    const nearly = await post(person, world, "/recovery", `identifier=${"a".repeat(60_000)}`);
    assert.equal(nearly.status, 422);
    assert.ok(nearly.body.length < 20_000, "what is endless is not given back whole");
    assert.match(await chunked(world), /^HTTP\/1\.1 413 /);
    await ask(person, anna.email);
    assert.equal(person.page.status, 200);
  },
);

/** One megabyte without a Content-Length, written until the server has had enough. */
function chunked(world: World): Promise<string> {
  const { port, host } = new URL(world.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), "127.0.0.1");
    let said = "";
    socket.setEncoding("utf8");
    socket.on("data", (part: string) => {
      said += part;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(said));
    setTimeout(() => reject(new Error("no answer")), 10_000).unref();
    const head = [
      "POST /recovery HTTP/1.1",
      `Host: ${host}`,
      `Origin: ${world.url}`,
      `Content-Type: ${FORM}`,
    ];
    socket.write(`${[...head, "Transfer-Encoding: chunked", "Connection: close"].join("\r\n")}\r\n\r\n`);
    socket.write(`b\r\nidentifier=\r\n`);
    for (let part = 0; part < 64; part += 1) socket.write(`4000\r\n${"a".repeat(0x4000)}\r\n`);
    socket.write("0\r\n\r\n");
  });
}

journey("IO5: quotes and operators are text like any other", async (world) => {
  await world.addPerson(anna);
  const before = await rowCounts(world);
  const texts = [
    "' or 1=1 --",
    '"; drop table accounts; --',
    "anna' /*",
    "%",
    "_",
    "\\",
    "#{7*7}",
    "{{7*7}}",
    "<%= 7*7 %>",
  ];
  for (const text of texts) {
    const person = visitor(world);
    await signIn(person, { login: text, password: text });
    assert.equal(person.page.status, 422, text);
    assert.equal(person.page.value("E-mail, телефон или логин"), text);
    await ask(person, text);
    assert.equal(person.page.status, 200, text);
    await person.visit(`/recovery/link?key=${encodeURIComponent(text)}`);
    assert.equal(person.page.status, 410);
  }
  const after = await rowCounts(world);
  for (const table of ["accounts", "identifiers", "passwords", "sessions"])
    assert.equal(after[table], before[table]);
  assert.equal(world.mail.received.length, 0);
});

journey("CH1: what is typed comes back as text, wherever a page shows it", async (world) => {
  const text = `"><script>alert(1)</script><img src=x onerror=alert(1)>'&amp;`;
  const person = visitor(world);
  await signIn(person, { login: text, password: "какой-то пароль" });
  assert.equal(person.page.value("E-mail, телефон или логин"), text);
  await ask(person, text);
  assert.ok(person.page.text.includes(text), person.page.text);
  await person.visit(`/recovery?identifier=${encodeURIComponent(text)}`);
  assert.equal(person.page.value("E-mail или телефон"), text);
  await person.visit(`/nowhere/${encodeURIComponent(text)}?lang=en&${encodeURIComponent(text)}=1`);
  assert.equal(person.page.status, 404);
  await person.visit("/recovery/login");
  person.fill("E-mail", text);
  await person.press("Send reminder").catch(() => person.press("Напомнить логин"));
  for (const answer of person.answers) {
    assert.ok(!answer.body.includes("<script>alert"), answer.path);
    assert.ok(!answer.body.includes("<img src=x"), answer.path);
  }
});

journey(
  "IO3: control and invisible characters in an identifier go no further than the field",
  async (world) => {
    await world.addPerson(anna);
    for (const text of [
      "anna\u0001",
      "an\u200bna@romashka.example",
      "anna\u2028@romashka.example",
      "anna\r\nx",
    ]) {
      const person = visitor(world);
      await ask(person, text);
      assert.equal(person.page.status, 422, JSON.stringify(text));
    }
    const person = visitor(world);
    await ask(person, `\ufeff${anna.email}\u200b`);
    await lastLetter(world, anna.email);
  },
);

journey("PW1, PW7: fifteen emoji are fifteen characters; NFC and NFD are one password", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world);
  await person.visit((await letterFor(world, anna.email)).link);
  const password = "Ёжик в тумане ищет друга";
  await choosePassword(person, password.normalize("NFD"), password.normalize("NFC"));
  assert.equal(person.page.path, "/recovery/done");
  await signedIn(world, { ...anna, password: password.normalize("NFC") });
  const other = visitor(world);
  await signIn(other, { ...anna, password: password.toLowerCase() });
  assert.equal(other.page.status, 422, "case tells passwords apart");
  await signIn(other, { ...anna, password: `${password} ` });
  assert.equal(other.page.status, 422, "and so does a space at the end");
});
