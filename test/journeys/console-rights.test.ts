/** Who may do what in the console, and what staff never see. */
import assert from "node:assert/strict";
import type { Role } from "../../src/accounts/accounts.ts";
import { words } from "../../src/admin/words.ts";
import { journey } from "../journey.ts";
import { anna } from "../people.ts";
import { signedIn, signIn } from "../steps.ts";
import { type Answer, type Visitor, visitor } from "../walker.ts";
import type { PersonWish, World } from "../world.ts";

const password = "тихая лодка под звёздами";
const users = "/admin/users";
const roles = ["person", "desk", "administrator", "owner"] as const satisfies readonly Role[];

function staffed(role: Role, login: string): PersonWish {
  return { login, name: `${role} ${login}`, role, password };
}

/** A form sent by the browser's own page. */
function post(who: Visitor, address: string, fields: Record<string, string> = {}): Promise<Answer> {
  const headers = { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" };
  return who.raw(address, { method: "POST", headers, body: new URLSearchParams(fields).toString() });
}

const everything = ["edit", "role", "do/link", "do/sessions", "do/block", "do/unblock", "do/dismiss"];
everything.push(
  "do/restore",
  "do/invite",
  "do/invite-sms",
  "do/revive",
  "do/password",
  "sessions",
  "history",
  "record",
);

/** On whom each role may do each thing; whoever is not named is nobody. «self»: one's own account. */
const allowed: Record<Role, (place: string) => readonly (Role | "self")[]> = {
  person: () => [],
  desk: (place) => {
    if (place === "" || place === "deliveries") return [...roles, "self"];
    return place === "do/link" ? ["person"] : [];
  },
  administrator: (place) => {
    if (place === "" || place === "deliveries") return [...roles, "self"];
    const own = ["sessions", "history", "record"].includes(place) ? (["self"] as const) : [];
    return ["person", "desk", ...own];
  },
  owner: (place) => {
    if (place === "" || place === "deliveries") return [...roles, "self"];
    const own = ["sessions", "history", "record"].includes(place) ? (["self"] as const) : [];
    return [...roles, ...own];
  },
};

async function stateOf(world: World, id: string): Promise<unknown> {
  const { read } = world.service.tools.store;
  const account = read.selectFrom("accounts").select(["status", "role", "generation", "name"]);
  const secret = read.selectFrom("passwords").select("hash").where("account_id", "=", id);
  return [await account.where("id", "=", id).executeTakeFirst(), await secret.executeTakeFirst()];
}

journey(
  "AD2: every cell of role, target and action: what is not allowed is a page that is not there",
  async (world) => {
    const targets = new Map<Role, string>();
    for (const role of roles) targets.set(role, await world.addPerson(staffed(role, `target-${role}`)));
    for (const role of roles) {
      const own = await world.addPerson(staffed(role, `actor-${role}`));
      const actor = await signedIn(world, staffed(role, `actor-${role}`));
      for (const place of ["", "deliveries", ...everything]) {
        for (const target of [...roles, "self"] as const) {
          const id = target === "self" ? own : (targets.get(target) ?? "");
          const may = allowed[role](place).includes(target);
          const before = await stateOf(world, id);
          const cell = `${role} → ${target}: ${place}`;
          const seen = await actor.raw(`${users}/${id}${place && "/"}${place}`);
          assert.equal(seen.status !== 404, may, `GET ${cell}: ${seen.status}`);
          if (place === "do/sessions") {
            const one = await post(actor, `${users}/${id}/sessions/end`, { device: id });
            assert.equal(one.status !== 404, may, `POST of one device ${cell}: ${one.status}`);
          }
          if (!place.startsWith("do/") && place !== "edit" && place !== "role") continue;
          const kept = { name: "Имя", login: `l-${role}-${target}`, email: "", phone: "", role: target };
          const done = await post(actor, `${users}/${id}/${place}`, kept);
          assert.equal(done.status !== 404, may, `POST ${cell}: ${done.status}`);
          if (!may) assert.deepEqual(await stateOf(world, id), before, cell);
        }
      }
    }
  },
);

journey("AD2: nobody gives a rank that is not below the own, but owners do", async (world) => {
  const id = await world.addPerson(anna);
  const givable: Record<string, readonly Role[]> = { administrator: ["person", "desk"], owner: roles };
  for (const [role, fine] of Object.entries(givable)) {
    await world.addPerson(staffed(role as Role, role));
    const actor = await signedIn(world, staffed(role as Role, role));
    for (const given of roles) {
      const added = await post(actor, "/admin/new-user", {
        name: "Новый",
        login: `${role}-${given}`,
        email: "",
        phone: "",
        role: given,
      });
      assert.equal(added.status, fine.includes(given) ? 303 : 422, `${role} adds ${given}`);
      const changed = await post(actor, `${users}/${id}/role`, { role: given });
      assert.equal(changed.status, fine.includes(given) ? 303 : 422, `${role} gives ${given}`);
      await post(actor, `${users}/${id}/role`, { role: "person" });
    }
  }
  const extra = await post(await signedIn(world, staffed("owner", "owner")), `${users}/${id}/edit`, {
    name: "Анна",
    login: "anna",
    email: anna.email,
    phone: "",
    role: "owner",
    status: "dismissed",
  });
  assert.equal(extra.status, 303);
  const row = await world.service.tools.store.read
    .selectFrom("accounts")
    .select(["role", "status"])
    .where("id", "=", id)
    .executeTakeFirst();
  assert.equal(row?.status, "active");
  assert.notEqual(row?.role, "dismissed");
});

journey("AD8: strangers, people and foreign ids: always the page that is not there", async (world) => {
  const id = await world.addPerson(anna);
  await world.addPerson(staffed("owner", "olga"));
  const stranger = visitor(world);
  await stranger.visit("/nowhere");
  const person = await signedIn(world, anna);
  const places = [
    "",
    "/deliveries",
    "/deliveries/x",
    "/users",
    "/new-user",
    "/export-people",
    "/new-filter",
    "/filters/x",
    "/many?do=block",
    `/users/${id}`,
    `/users/${id}/edit`,
    "/no",
  ];
  for (const who of [stranger, person]) {
    for (const place of places) {
      await who.visit(`/admin${place}`);
      assert.equal(who.page.status, 404, place);
      assert.equal(who.page.heading, "Такой страницы нет");
    }
    for (const place of [
      "/new-user",
      "/export-people",
      "/new-filter",
      "/filters/x/delete",
      "/many",
      "/undo",
      `/users/${id}/do/block`,
    ]) {
      assert.equal((await post(who, `/admin${place}`)).status, 404, place);
    }
  }
  const staff = await signedIn(world, staffed("owner", "olga"));
  for (const foreign of ["0190aaaa-0000-7000-8000-000000000000", "x", "%00", "..%2f..", "'--"]) {
    for (const place of ["", "/sessions", "/edit", "/do/block"]) {
      await staff.visit(`${users}/${foreign}${place}`);
      assert.equal(staff.page.status, 404, foreign + place);
      assert.equal(staff.page.heading, "Такой страницы нет");
    }
  }
  await staff.visit(`${users}/${id}/do/erase`);
  assert.equal(staff.page.status, 404);
});

journey("AD2: the way around the console names what opens to this role, and nothing else", async (world) => {
  for (const role of ["desk", "administrator", "owner"] as const) {
    await world.addPerson(staffed(role, role));
    const staff = await signedIn(world, staffed(role, role));
    await staff.visit("/admin");
    assert.equal(staff.page.status, 200);
    const home = staff.page.answer.path;
    assert.deepEqual(
      staff.page.all(".places [aria-current=page]").map((link) => link.getAttribute("href")),
      [home],
    );
    const offered = staff.page.all(".places a").map((link) => link.getAttribute("href"));
    for (const name of Object.keys(words.ru.places.names)) {
      const place = `/admin/${name}`;
      const { status } = await staff.raw(place);
      assert.equal(status, offered.includes(place) ? 200 : 404, `${role}: ${place}`);
    }
    const shared = { name: `Для всех ${role}`, status: "blocked", shared: "on" };
    const kept = await post(staff, "/admin/new-filter", shared);
    assert.equal(kept.status, role === "desk" ? 404 : 303, `${role}: conditions for all administrators`);
    const taken = [await staff.raw("/admin/export-people"), await post(staff, "/admin/export-people")];
    const expected = role === "desk" ? [404, 404] : [200, 200];
    assert.deepEqual(
      taken.map(({ status }) => status),
      expected,
      `${role}: the export of people`,
    );
  }
});

journey("AD2: two owners who take each other's rank at the same moment leave one owner", async (world) => {
  const second = await world.another();
  const ids = [
    await world.addPerson(staffed("owner", "one")),
    await world.addPerson(staffed("owner", "two")),
  ];
  const ways = [
    (actor: Visitor, id: string) => post(actor, `${users}/${id}/role`, { role: "person" }),
    (actor: Visitor, id: string) => post(actor, `${users}/${id}/do/block`),
    (actor: Visitor, id: string) => post(actor, `${users}/${id}/do/dismiss`),
  ];
  for (const way of ways) {
    // The one who was taken away comes back for the next round.
    await world.service.tools.store.transact((write) =>
      write.updateTable("accounts").set({ role: "owner", status: "active" }).where("id", "in", ids).execute(),
    );
    const one = await signedIn(world, staffed("owner", "one"));
    const two = await signedIn(world, staffed("owner", "two"), { at: second.url });
    const answers = await Promise.all([way(one, ids[1] ?? ""), way(two, ids[0] ?? "")]);
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((left, right) => left - right),
      [303, 404],
    );
    const left = await world.service.tools.store.read
      .selectFrom("accounts")
      .select("id")
      .where("role", "=", "owner")
      .where("status", "=", "active")
      .execute();
    assert.equal(left.length, 1);
  }
});

journey("AD1: no page or answer of the console shows a link, a code, a token or a hash", async (world) => {
  const id = await world.addPerson(anna);
  const staff = staffed("owner", "olga");
  await world.addPerson(staff);
  await signedIn(world, anna, { remember: true });
  const person = visitor(world);
  await person.visit("/recovery");
  person.fill("E-mail или телефон", anna.email);
  await person.press("Далее");
  const letter = (await world.messagesTo(anna.email)).at(-1);
  const owner = await signedIn(world, staff);
  for (const place of ["", "/sessions", "/history", "/deliveries", "/record", "/edit", "/role", "/do/link"]) {
    await owner.visit(`${users}/${id}${place}`);
    assert.equal(owner.page.status, 200);
  }
  await post(owner, `${users}/${id}/do/invite`);
  await owner.visit(`${users}?q=anna`);
  await owner.visit(`${users}/${id}/deliveries`);
  const { read } = world.service.tools.store;
  const secrets = [
    new URL(letter?.link ?? "").searchParams.get("key") ?? "?",
    letter?.code ?? "?",
    ...(await read.selectFrom("passwords").select("hash").execute()).map(({ hash }) => hash),
    ...(await read.selectFrom("proofs").select("secret_hash").execute()).map((row) => row.secret_hash),
    ...(await read.selectFrom("sessions").select("token_hash").execute()).map((row) => row.token_hash),
    ...[...person.cookies.values()].map(({ value }) => value),
  ].filter(Boolean);
  assert.ok(secrets.length >= 8);
  for (const answer of owner.answers.filter(({ path }) => path.startsWith("/admin"))) {
    for (const secret of secrets) assert.ok(!answer.body.includes(secret), `${answer.path} shows a secret`);
    assert.doesNotMatch(answer.body, /key=[\w-]{20}|\$argon2/, answer.path);
    assert.equal(answer.headers["cache-control"], "no-store");
  }
});

journey("AD4: the desk sees masked contacts, and every look is one row of the record", async (world) => {
  const id = await world.addPerson(anna);
  await world.addPerson(staffed("desk", "pavel"));
  const desk = await signedIn(world, staffed("desk", "pavel"));
  const looks = async () =>
    (await world.service.tools.store.read.selectFrom("audit_events").selectAll().execute()).filter(
      ({ action }) => action === "people.listed" || action === "person.viewed",
    );
  await post(desk, `${users}/${id}/do/link`);
  await world.messagesTo(anna.email);
  const places = [users, `${users}?q=%2B79161234567`, `${users}/${id}`, `${users}/${id}/deliveries`];
  for (const [index, place] of places.entries()) {
    await desk.visit(place);
    assert.equal(desk.page.status, 200);
    assert.ok(!desk.page.text.includes("anna@romashka"), place);
    assert.doesNotMatch(desk.page.text, /123-45-67|1234567(?!")/, place);
    assert.equal((await looks()).length, index + 1, place);
  }
  assert.match(desk.page.text, /a···@romashka.example/);
  await desk.visit(`${users}/${id}`);
  assert.match(desk.page.text, /\+7 916 ···-··-67/);
  assert.deepEqual(
    desk.page.all(".acts a").map((link) => link.textContent),
    ["Выслать ссылку смены пароля"],
  );
  await world.addPerson(staffed("owner", "olga"));
  const before = (await looks()).length;
  await (await signedIn(world, staffed("owner", "olga"))).visit(`${users}/${id}/edit`);
  assert.equal((await looks()).length, before + 1, "a form with contacts in it is a look as well");
  const searched = (await looks()).find(({ detail }) => detail.includes("···67"));
  assert.ok(searched, "what was looked for is told");
  assert.ok(!JSON.stringify(await looks()).includes("9161234567"), "but not the whole number");
});

journey(
  "AD5: staff are signed out after 15 idle minutes and 12 hours; no device remembers them",
  async (world) => {
    await world.addPerson(staffed("administrator", "olga"));
    const wish = staffed("administrator", "olga");
    const staff = await signedIn(world, wish, { remember: true });
    world.clock.forward({ minutes: 14 });
    assert.equal((await staff.raw(users)).status, 200);
    world.clock.forward({ minutes: 16 });
    assert.equal((await staff.raw(users)).status, 404);
    await signIn(staff, wish);
    for (let minutes = 0; minutes < 11 * 60 + 50; minutes += 10) {
      world.clock.forward({ minutes: 10 });
      assert.equal((await staff.raw(users)).status, 200, `${minutes} minutes`);
    }
    world.clock.forward({ minutes: 11 });
    assert.equal((await staff.raw(users)).status, 404);
  },
  { embeddedOnly: true },
);

journey("AD2: what would let staff in asks first whether it is still them", async (world) => {
  const id = await world.addPerson(anna);
  await world.addPerson(staffed("owner", "olga"));
  const staff = await signedIn(world, staffed("owner", "olga"));
  world.clock.forward({ minutes: 6 });
  const before = await stateOf(world, id);
  for (const place of ["do/password", "edit", "role"]) {
    const asked = await staff.raw(`${users}/${id}/${place}`);
    assert.equal(
      asked.headers.location,
      `/me/confirm?return_to=${encodeURIComponent(`${users}/${id}/${place}`)}`,
    );
    assert.match(
      (await post(staff, `${users}/${id}/${place}`, { role: "desk" })).headers.location ?? "",
      /confirm/,
    );
  }
  assert.deepEqual(await stateOf(world, id), before);
  await staff.visit(`${users}/${id}/role`);
  staff.fill("Текущий пароль", password);
  await staff.press("Продолжить");
  assert.equal(staff.page.heading, "Сменить роль");
});

journey(
  "IO5: pages of the list follow each other without gaps; a made-up place is the first page",
  async (world) => {
    await world.addPerson(staffed("owner", "olga"));
    const staff = await signedIn(world, staffed("owner", "olga"));
    await world.service.tools.store.transact(async (write) => {
      const blank = {
        role: "person",
        status: "active",
        language: null,
        generation: 1,
        created_at: 1,
        updated_at: 1,
      };
      const people = Array.from({ length: 120 }, (_, index) => ({
        ...blank,
        id: `0190aaaa-0000-7000-8000-${String(index).padStart(12, "0")}`,
        name: index % 3 === 0 ? "Одинаковое Имя" : `Имя ${index}`,
        signed_in_at: index % 4 === 0 ? null : 1_000 + (index % 7),
      }));
      await write
        .insertInto("accounts")
        .values(people as never)
        .execute();
    });
    for (const sort of ["name", "last-sign-in"]) {
      await staff.visit(`${users}?sort=${sort}`);
      const seen: string[] = [];
      const linked = () => staff.page.all("tbody td > a").map((link) => link.getAttribute("href") ?? "");
      const first = linked();
      seen.push(...first);
      while (staff.page.all("a[rel=next]").length > 0) {
        await staff.follow("Дальше");
        seen.push(...linked());
      }
      assert.equal(seen.length, 121);
      assert.equal(new Set(seen).size, 121);
      const next = new URL(staff.page.answer.path, world.url).searchParams.get("from") ?? "";
      for (const from of ["x", `${next}x`, next.slice(0, -2), `${"a".repeat(8)}.AAAA`]) {
        await staff.visit(`${users}?sort=${sort}&from=${encodeURIComponent(from)}`);
        assert.deepEqual(linked(), first);
      }
      await staff.visit(`${users}?sort=${sort}&status=active&from=${encodeURIComponent(next)}`);
      assert.deepEqual(linked(), first, "a place of another list is none of this one");
    }
    await staff.visit(`${users}?q=a%00b`);
    assert.equal(staff.page.status, 200);
    await staff.visit(`${users}?seen=never&sort=evil&role=%27--&mail=unproven&q=%00`);
    assert.equal(staff.page.status, 200);
  },
);

journey("CH1: a name or login with markup stays text on every page of the console", async (world) => {
  await world.addPerson(staffed("owner", "olga"));
  const name = `<b onclick="x">&amp;'"`;
  const id = await world.addPerson({ ...anna, name });
  const staff = await signedIn(world, staffed("owner", "olga"));
  for (const place of [
    users,
    `${users}/${id}`,
    `${users}/${id}/edit`,
    `${users}/${id}/role`,
    `${users}/${id}/do/block`,
    `/admin/many?do=block&person1=${id}`,
  ]) {
    await staff.visit(place);
    assert.ok(!staff.page.answer.body.includes("<b onclick"), place);
    assert.equal(staff.page.all("[onclick]").length, 0, place);
  }
  await staff.visit(`${users}/${id}/do/block`);
  staff.fill("Причина", "строка\u202eобратно");
  await staff.press("Заблокировать");
  assert.equal(staff.page.status, 422);
});
