/** What browsers are told with every answer, and what other sites cannot make them do. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { journey } from "../journey.ts";
import { anna, newPassword } from "../people.ts";
import { ask, choosePassword, isSignedIn, lastLetter, signedIn, signIn } from "../steps.ts";
import { type Answer, send, visitor } from "../walker.ts";

const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

const fixed = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-robots-tag": "noindex",
} as const;

function carriesTheHeaders(answer: Answer): void {
  const about = `${answer.method} ${answer.path} (${answer.status})`;
  for (const [name, value] of Object.entries(fixed))
    assert.equal(answer.headers[name], value, `${about}: ${name}`);
  assert.match(
    String(answer.headers["permissions-policy"]),
    /camera=\(\), microphone=\(\), geolocation=\(\)/,
    about,
  );
  const policy = String(answer.headers["content-security-policy"]).split("; ");
  for (const directive of [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ]) {
    assert.ok(policy.includes(directive), `${about}: ${directive}`);
  }
  const isAsset = answer.path.startsWith("/assets/") && answer.status === 200;
  assert.equal(
    answer.headers["cache-control"],
    isAsset ? "public, max-age=31536000, immutable" : "no-store",
    about,
  );
  assert.equal(answer.headers.server, undefined, about);
  assert.equal(answer.headers["x-powered-by"], undefined, about);
  for (const name of Object.keys(answer.headers))
    assert.ok(!name.startsWith("access-control-"), `${about}: ${name}`);
  const type = answer.headers["content-type"] ?? "";
  if (type.startsWith("text/")) assert.match(type, /; charset=utf-8$/i, about);
}

journey("HT2, HT4, HT5, HT7: every answer carries the headers, whatever it is", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world, { headers: { Origin: world.url } });
  await ask(person, anna.email);
  await ask(person, anna.email);
  await person.visit((await lastLetter(world, anna.email)).link);
  await choosePassword(person, "короткий");
  await choosePassword(person, newPassword);
  await person.visit("/recovery/link?key=x");
  await signIn(person, { ...anna, password: "неверный пароль" });
  await signIn(person, { ...anna, password: newPassword });
  await person.press("Выйти");
  for (const path of [
    "/",
    "/nowhere",
    "/recovery/nowhere",
    "/assets/nothing.css",
    "/health/live",
    "/health/ready",
    "/.well-known/change-password",
    "/.well-known/passkey-endpoints",
    "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200",
    "/help",
    "/help/nowhere",
    "/me/session",
    "/setup",
    "/inbox",
    "/recovery/string",
  ]) {
    for (const method of ["GET", "HEAD", "OPTIONS"]) await person.raw(path, { method });
  }
  for (const { href, src } of await assetsOf(person.page.answer)) await person.raw(href ?? src ?? "");
  await person.raw("/sign-in", { method: "POST", headers: { ...FORM, Origin: "https://evil.example" } });
  await person.raw("/sign-in", { method: "POST", headers: FORM, body: "a=1&a=2" });
  await person.raw("/sign-in", { method: "POST", headers: FORM, body: "x".repeat(70_000) });
  await person.raw("/sign-in", { method: "DELETE", headers: { Origin: world.url } });
  const seen = new Set(person.answers.map((answer) => answer.status));
  for (const status of [200, 302, 303, 400, 401, 403, 404, 410, 413, 422, 429])
    assert.ok(seen.has(status), String(status));
  for (const answer of person.answers) carriesTheHeaders(answer);
});

journey("HT2: an address that cannot be read is refused with the same headers", async (world) => {
  const { port } = new URL(world.url);
  for (const head of ["GET /sign-in\\x HTTP/1.1\r\nHost: localhost", "GET / HTTP/1.1\r\nHost: a/b?c"]) {
    const socket = connect(Number(port), "127.0.0.1");
    socket.end(`${head}\r\nConnection: close\r\n\r\n`);
    const answer = (await text(socket)).toLowerCase();
    assert.match(answer, /^http\/1\.1 400 /, head);
    for (const [name, value] of Object.entries(fixed))
      assert.ok(answer.includes(`${name}: ${value}`.toLowerCase()), name);
    assert.ok(answer.includes("content-security-policy: default-src 'none'"));
  }
});

async function assetsOf(answer: Answer): Promise<{ href?: string; src?: string }[]> {
  const found = [...answer.body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)];
  assert.ok(found.length >= 3);
  return found.map(([, href = ""]) => ({ href }));
}

journey("HT6: pages name nothing that is not ours", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world);
  await ask(person, anna.email);
  await person.visit((await lastLetter(world, anna.email)).link);
  await choosePassword(person, newPassword);
  await signIn(person, { ...anna, password: newPassword });
  for (const answer of person.answers) {
    for (const [, address = ""] of answer.body.matchAll(/(?:href|src|action)="([^"]*)"/g)) {
      assert.match(address, /^(\/(?!\/)|#|data:image\/svg\+xml)/, `${answer.path}: ${address}`);
    }
    assert.ok(!/<script(?![^>]*src=)/.test(answer.body), "no script stands in a page");
    assert.ok(!/ on\w+="|style="/.test(answer.body), `${answer.path}: no inline handlers or styles`);
  }
});

journey(
  "HT1: other sites cannot send our forms, signed in or not, signing in and out included",
  async (world) => {
    await world.addPerson(anna);
    const person = await signedIn(world, anna);
    const foreign: Record<string, string>[] = [
      { Origin: "https://evil.example" },
      { Origin: "http://localhost.evil.example" },
      { Origin: `${world.url}.evil.example` },
      { Origin: world.url.replace("http:", "https:") },
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
      { "Sec-Fetch-Site": "none" },
      { "Sec-Fetch-Site": "cross-site", Origin: world.url },
      { "Sec-Fetch-Site": "", Origin: world.url },
      { Origin: "null" },
      {},
    ];
    const forms = [
      ["/sign-out", ""],
      ["/sign-in", `identifier=anna&password=${encodeURIComponent(anna.password)}`],
      ["/recovery", "identifier=anna"],
      ["/recovery/again", ""],
      ["/recovery/renew", ""],
      ["/recovery/login", "email=anna%40romashka.example"],
      ["/recovery/code", "code=123456"],
      ["/recovery/password", "password=x&confirmation=x"],
      ["/recovery/string", "login=anna&control_string=x&password=x&confirmation=x"],
      ["/setup", "login=evil"],
      ["/nowhere", ""],
    ] as const;
    for (const headers of foreign) {
      for (const [address, body] of forms) {
        const answer = await person.raw(address, { method: "POST", headers: { ...FORM, ...headers }, body });
        assert.equal(answer.status, 403, `${address} ${JSON.stringify(headers)}`);
        assert.match(answer.body, /Форма устарела или открыта не у нас/);
      }
    }
    for (const method of ["PUT", "PATCH", "DELETE"]) {
      const answer = await person.raw("/me", { method, headers: { Origin: "https://evil.example" } });
      assert.equal(answer.status, 403, method);
    }
    assert.equal(await isSignedIn(person), true);
    assert.equal((await world.messagesTo(anna.email)).length, 0);
  },
);

journey(
  "HT1: our own forms work in browsers that say where they come from, and in those that do not",
  async (world) => {
    await world.addPerson(anna);
    const ways: Record<string, string>[] = [
      {},
      { Origin: "null" },
      { Origin: world.url },
      { "Sec-Fetch-Site": "same-origin", Origin: world.url },
      { "Sec-Fetch-Site": "same-origin" },
    ];
    for (const headers of ways) {
      const person = visitor(world, { headers });
      await signIn(person, anna);
      assert.equal(person.page.heading, "Моя страница", JSON.stringify(headers));
      await person.press("Выйти");
      assert.equal(person.page.heading, "Вход");
    }
  },
);

journey("HT1: a token fits only the visit it was made for", async (world) => {
  await world.addPerson(anna);
  const attacker = visitor(world);
  await attacker.visit("/sign-in");
  attacker.fill("E-mail, телефон или логин", "anna");
  attacker.fill("Пароль", anna.password);
  const form = attacker.formFor("Войти");
  const victim = visitor(world);
  await victim.visit("/sign-in");
  assert.equal((await victim.raw(form.address, form)).status, 403);
  assert.equal((await visitor(world).raw(form.address, form)).status, 403, "no visit at all");
  assert.equal((await attacker.raw(form.address, form)).status, 303);
});

journey("HT3: return_to leads nowhere but to a path of our own", async (world) => {
  await world.addPerson(anna);
  const attacks = [
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/\t/evil.example",
    "/%0d%0aSet-Cookie:x=1",
    "\r\n//evil.example",
    " //evil.example",
    "///evil.example",
    "/./\\evil.example",
    "@evil.example",
    "me",
    "",
    `/${"a".repeat(3_000)}`,
    "/me\u0000",
    "/..//evil.example",
    "/.//evil.example",
    "/me/..//evil.example",
  ];
  for (const attack of attacks) {
    const person = visitor(world);
    await person.visit(`/sign-in?return_to=${encodeURIComponent(attack)}`);
    person.fill("E-mail, телефон или логин", "anna");
    person.fill("Пароль", anna.password);
    const form = person.formFor("Войти");
    const answer = await person.raw(form.address, form);
    staysHere(answer, world.url, attack);
    // Signed in already, and asked for with the query alone.
    staysHere(await person.raw(`/sign-in?return_to=${encodeURIComponent(attack)}`), world.url, attack);
  }
  const person = visitor(world);
  await person.visit("/sign-in?return_to=%2Fhelp%2Fno-letter%3Fa%3Db");
  person.fill("E-mail, телефон или логин", "anna");
  person.fill("Пароль", anna.password);
  await person.press("Войти");
  assert.equal(person.page.path, "/help/no-letter?a=b");
});

/** Judged as browsers do, against the page's own address. */
function staysHere(answer: Answer, url: string, attack: string): void {
  assert.equal(answer.status, 303, JSON.stringify(attack));
  const location = answer.headers.location ?? "";
  assert.equal(new URL(location, `${url}/sign-in`).origin, url, `${JSON.stringify(attack)} -> ${location}`);
  assert.match(location, /^\/(?![/\\])/, JSON.stringify(attack));
}

journey("HT3: the form's own return_to is judged like the query's", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world);
  await person.visit("/sign-in");
  person.fill("E-mail, телефон или логин", "anna");
  person.fill("Пароль", anna.password);
  const form = person.formFor("Войти");
  const body = String(form.body).replace(/return_to=[^&]*/, "return_to=%2F%2Fevil.example");
  assert.ok(body.includes("evil"));
  staysHere(await person.raw(form.address, { ...form, body }), world.url, "//evil.example in the form");
});

journey("HT3: the links of a page stay here, whatever address it was opened by", async (world) => {
  for (const path of [
    "//evil.example/x",
    "///evil.example",
    "/\\evil.example/",
    "//evil.example%2f..",
    "/.//evil.example",
  ]) {
    for (const query of ["", "?lang=en", "?theme=dark"]) {
      const answer = await send(`${world.url}/`, { path: `${path}${query}` });
      assert.ok([400, 404].includes(answer.status), path);
      for (const [, href = ""] of answer.body.matchAll(/(?:href|action)="([^"]*)"/g)) {
        if (href.startsWith("data:")) continue;
        assert.equal(new URL(href, world.url).origin, world.url, `${path}: ${href}`);
      }
    }
  }
});

journey("HT4: after signing out, nothing of the own page is left to go back to", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  const own = person.page.answer;
  assert.equal(own.headers["cache-control"], "no-store");
  await person.press("Выйти");
  const back = await person.raw("/me");
  assert.equal(back.status, 303);
  assert.ok(!back.body.includes("Анна"));
});

journey(
  "HT8: no page needs a script: every form has its button, its method and its fields",
  async (world) => {
    await world.addPerson(anna);
    const person = visitor(world);
    await ask(person, anna.email);
    const link = (await lastLetter(world, anna.email)).link;
    for (const path of ["/sign-in", "/recovery", "/recovery/sent", "/recovery/login", link]) {
      await person.visit(path);
      const forms = person.page.all("main form");
      assert.ok(forms.length > 0, path);
      for (const form of forms) {
        assert.ok(form.querySelector("button:not([hidden])"), `${path} ${form.getAttribute("action")}`);
        assert.match(form.getAttribute("action") ?? "", /^\//);
        assert.equal(form.getAttribute("method"), "post");
        for (const input of form.querySelectorAll("input:not([type=hidden])")) {
          const id = input.getAttribute("id");
          assert.ok(
            person.page.all("label").some((label) => label.getAttribute("for") === id),
            `${path}: ${id}`,
          );
        }
      }
    }
  },
);

journey("HT9: the well-known addresses answer as browsers and managers expect", async (world) => {
  const change = await send(`${world.url}/.well-known/change-password`);
  assert.equal(change.status, 302);
  const form = await send(new URL(change.headers.location ?? "", world.url).href);
  assert.equal(form.headers.location, "/sign-in?return_to=%2Fme%2Fpassword", "by way of the sign-in");
  const probe = "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200";
  assert.equal((await send(`${world.url}${probe}`)).status, 404);
  const passkeys = await send(`${world.url}/.well-known/passkey-endpoints`);
  assert.equal(passkeys.status, 200);
  assert.match(String(passkeys.headers["content-type"]), /^application\/json/);
});

journey("ST8: errors tell no stack, path or version", async (world) => {
  const person = visitor(world, { headers: { Origin: world.url } });
  const answers = [
    await person.raw("/nowhere"),
    await person.raw("/%"),
    await person.raw("/%ff%fe"),
    await person.raw("/recovery/%2e%2e/%2e%2e/etc/passwd"),
    await person.raw("/recovery/link?key=%"),
    await person.raw(`/recovery?identifier=${"a".repeat(9_000)}`),
    await person.raw("/sign-in", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{",
    }),
    await person
      .raw("/", { headers: { Cookie: "visit=%; sid=%00; flow=\u0001; typed=a.b" } })
      .catch(() => undefined),
    await person.raw("/", { headers: { Host: "a b" } }),
    await person.raw("/", { headers: { Host: "" } }),
    await person.raw("/", { headers: { Host: "[" } }),
  ];
  for (const answer of answers) {
    if (!answer) continue;
    assert.ok(answer.status < 500, `${answer.path}: ${answer.status}`);
    assert.ok(
      !/\bat .*\.ts|node_modules|\/src\/|Error:|hono|v?\d+\.\d+\.\d+/i.test(answer.body),
      answer.body,
    );
  }
});
