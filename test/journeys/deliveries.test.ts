/** What staff see of each message, and what nobody sees; an invitation that goes by SMS. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { verifyAudit } from "../../src/audit/audit.ts";
import { traceOf } from "../../src/delivery/delivery.ts";
import { liveThrough, type Office, openOffice, staff } from "../deliveries.ts";
import { anna, newPassword } from "../people.ts";
import { signedIn, signIn } from "../steps.ts";
import { visitor } from "../walker.ts";
import { databases, type World } from "../world.ts";

function inOffice(title: string, walk: (office: Office) => Promise<void>): void {
  for (const database of databases) {
    test(`${title} (${database})`, async () => {
      const office = await openOffice({ database });
      try {
        await walk(office);
        const verdict = await verifyAudit(office.world.service.tools.store.read);
        assert.equal(verdict.kind, "whole", "the record of who did what is broken after this walk");
      } finally {
        await office.world.close();
      }
    });
  }
}

async function looksOf(world: World): Promise<string[]> {
  const events = await world.service.tools.store.read
    .selectFrom("audit_events")
    .select(["action", "detail"])
    .where("action", "like", "deliver%")
    .orderBy("seq")
    .execute();
  return events.map(({ action, detail }) => `${action} ${detail}`);
}

inOffice(
  "M30: every message is found by whom, what, how, when and its number; each look is on record",
  async (office) => {
    const { world } = office;
    await liveThrough(office);
    const olga = await signedIn(world, staff.olga);
    const found = async (query: string) => {
      await olga.visit(`/admin/deliveries${query}`);
      return olga.page.text;
    };
    const all = await found("");
    for (const words of [
      "смена пароля",
      "код для смены пароля",
      "пароль изменён",
      "пароль сменён",
      "вернулось",
    ]) {
      assert.ok(all.includes(words), words);
    }
    assert.ok(all.includes("страница открыта (возможно, проверкой почты)"));
    assert.ok(all.includes("ссылка открыта"));

    const [trace] = await traceOf(world.service.tools.store.read, office.ids.ivan);
    assert.ok(trace?.number);
    for (const query of [
      `?q=${trace.number}`,
      `?q=${encodeURIComponent(`№ ${trace.number}`)}`,
      "?q=IVAN@romashka.example",
      "?q=ivan.sidorov",
      "?state=bounced",
    ]) {
      const text = await found(query);
      assert.ok(text.includes("ivan@romashka.example"), query);
      assert.ok(!text.includes("lena@kontora.example"), query);
    }
    for (const [query, there, away] of [
      ["?q=8 916 123 45 67", "SMS", "ivan@romashka.example"],
      ["?channel=sms", "+79161234567", "ivan@romashka.example"],
      ["?domain=kontora.example", "lena@kontora.example", "anna@romashka.example"],
      ["?gateway=http", "+79161234567", "anna@romashka.example"],
      ["?state=waiting", "Greylisted", "anna@romashka.example"],
      ["?state=failed", "5.7.26", "anna@romashka.example"],
      ["?state=trouble", "5.7.26", "anna@romashka.example"],
      ["?kind=password-changed", "anna@romashka.example", "ivan@romashka.example"],
      ["?kind=vetoed", "ничего не подходит", "anna@romashka.example"],
      ["?q=stranger@romashka.example", "ничего не подходит", "anna@romashka.example"],
    ] as const) {
      const text = await found(query);
      assert.ok(text.includes(there), `${query}: ${there}`);
      assert.ok(!text.includes(away), `${query}: ${away}`);
    }
    await olga.visit("/admin/deliveries?q=nobody-of-that-name");
    assert.equal(olga.page.status, 422);
    world.clock.forward({ hours: 25 });
    const again = await signedIn(world, staff.olga);
    await again.visit("/admin/deliveries?period=day&kind=recovery");
    assert.ok(again.page.text.includes("ничего не подходит"));

    const ofAnna = await traceOf(world.service.tools.store.read, office.ids.anna);
    const open = async (kind: string) => {
      await again.visit(`/admin/deliveries/${ofAnna.find((each) => each.kind === kind)?.id}`);
      return again.page.all(".acts button").map((button) => button.textContent.trim());
    };
    assert.deepEqual(await open("password-changed"), [], "what happened is not repeated");
    assert.match(again.page.text, /Такое сообщение не.повторяют/);
    assert.deepEqual(await open("recovery-code"), ["Отправить письмом"]);
    assert.match(again.page.text, /Код по.SMS действует только в.том браузере/);
    assert.deepEqual(await open("recovery"), ["Повторить"]);
    assert.match(again.page.text, /может получить код по.SMS/);
    await again.press("Повторить");
    assert.equal(again.page.path, `/admin/users/${office.ids.anna}/deliveries`, "one press");
    assert.match(again.page.text, /Письмо отправляется/);
    const after = await traceOf(world.service.tools.store.read, office.ids.anna);
    assert.equal(after.length, ofAnna.length + 1);

    const looks = await looksOf(world);
    assert.ok(
      looks.some((look) => look.startsWith("deliveries.listed") && look.includes("I···@romashka.example")),
    );
    assert.ok(!looks.join().includes("IVAN@"));
  },
);

inOffice(
  "AD2, AD8: the desk sees masked contacts and no file; nobody sees a link or a code",
  async (office) => {
    const { world, ids } = office;
    await liveThrough(office);
    const { read } = world.service.tools.store;
    const [bounced] = await traceOf(read, ids.ivan);
    const messages = [...(await traceOf(read, ids.anna)), ...(await traceOf(read, ids.lena))];
    const secrets = [
      ...(await world.messagesTo(anna.email)),
      ...(await world.messagesTo("ivan@romashka.example")),
    ];
    const keys = secrets
      .flatMap(({ link, code }) => [new URL(link).searchParams.get("key") ?? "", code])
      .filter(Boolean);
    const texts = await world.smsTo("+79161234567");
    keys.push(/\d{6}/.exec(texts.at(-1) ?? "")?.[0] ?? "no code came");

    const dasha = await signedIn(world, staff.dasha);
    for (const place of ["", `/${bounced?.id}`, ...messages.map(({ id }) => `/${id}`)]) {
      await dasha.visit(`/admin/deliveries${place}`);
      assert.equal(dasha.page.status, 200, place);
      for (const whole of ["ivan@", "lena@", "anna@", "79161234567"]) {
        assert.ok(!dasha.answers.at(-1)?.body.includes(whole), `${place}: ${whole}`);
      }
      assert.equal((await dasha.raw(`/admin/deliveries${place || "/x"}/letter`)).status, 404);
    }

    const olga = await signedIn(world, staff.olga);
    for (const { id, channel } of [...messages, ...(bounced ? [bounced] : [])]) {
      await olga.visit(`/admin/deliveries/${id}`);
      const file = await olga.raw(`/admin/deliveries/${id}/letter`);
      assert.equal(file.status, channel === "email" ? 200 : 404);
      for (const key of keys) {
        assert.ok(!olga.answers.at(-1)?.body.includes(key), "a page shows a secret");
        assert.ok(!file.body.includes(key), "a file holds a secret");
      }
      if (channel !== "email") continue;
      assert.match(
        String(file.headers["content-disposition"]),
        /^attachment; filename="[0-9a-f-]{36}\.eml"$/,
      );
      assert.match(file.body, new RegExp(`^Message-ID: <${id}@id\\.romashka\\.example>\\r$`, "m"));
      assert.ok(!/key=/.test(file.body));
    }
    const shadows = await read.selectFrom("messages").select("id").where("state", "=", "shadow").execute();
    for (const foreign of [...shadows.map(({ id }) => id), ids.anna, "x", "%00"]) {
      assert.equal((await olga.raw(`/admin/deliveries/${foreign}`)).status, 404, foreign);
    }
    const person = await signedIn(world, { login: "lena", password: newPassword });
    assert.equal((await person.raw(`/admin/deliveries/${bounced?.id}`)).status, 404);
    assert.ok((await looksOf(world)).some((look) => look.startsWith("delivery.downloaded")));
  },
);

inOffice(
  "M30: pages of messages follow one another, each message once, whatever comes in between",
  async ({ world, ids }) => {
    const { store } = world.service.tools;
    const now = world.clock.now();
    const row = (n: number) => ({
      id: `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`,
      kind: "new-device",
      channel: "email" as const,
      account_id: ids.lena,
      sent_to: "lena@kontora.example",
      language: "ru" as const,
      data: "{}",
      state: "sent" as const,
      attempts: 1,
      trouble: null,
      next_attempt_at: 0,
      give_up_at: 0,
      lease_owner: null,
      lease_until: 0,
      // Many within one millisecond.
      created_at: now - Math.floor(n / 10) * 1_000,
      finished_at: now,
      gateway: null,
      reference: null,
      status: null,
      ask_at: null,
      about: null,
      number: null,
      to_key: "lena@kontora.example",
      domain: "kontora.example",
    });
    const rows = Array.from({ length: 5_120 }, (_, n) => row(n));
    for (let n = 0; n < rows.length; n += 512) {
      await store.transact((write) =>
        write
          .insertInto("messages")
          .values(rows.slice(n, n + 512))
          .execute(),
      );
    }
    const olga = await signedIn(world, staff.olga);
    const seen: string[] = [];
    await olga.visit("/admin/deliveries?domain=kontora.example&period=month");
    for (let page = 0; page < 3; page += 1) {
      const body = olga.answers.at(-1)?.body ?? "";
      seen.push(...[...body.matchAll(/\/admin\/deliveries\/([0-9a-f-]{36})"/g)].map(([, id]) => id ?? ""));
      await olga.follow("Дальше");
    }
    assert.equal(seen.length, 150);
    assert.equal(new Set(seen).size, 150);
    // What hardly anything fits is looked for in steps.
    await olga.visit("/admin/deliveries?domain=kontora.example&period=month&channel=sms");
    assert.match(olga.page.text, /Продолжите поиск/);
    await olga.follow("Дальше");
    assert.match(olga.page.text, /ничего не подходит/);
  },
);

inOffice(
  "M30: somebody with a phone and no mailbox is invited by SMS, from the form and from the card; newest wins",
  async ({ world }) => {
    const { tools } = world.service;
    const olga = await signedIn(world, staff.olga);
    await olga.visit("/admin/new-user");
    olga.fill("Имя", "Пётр Водкин");
    olga.fill("Логин", "petr");
    await olga.press("Добавить");
    assert.equal(olga.page.status, 422);
    assert.match(olga.page.text, /Для приглашения нужен e-mail или телефон/);
    olga.fill("Телефон", "8 (916) 765-43-21");
    await olga.press("Добавить");
    assert.equal(olga.page.heading, "Пётр Водкин");
    const number = "+79167654321";
    const [first = ""] = await world.smsTo(number);
    const short = /https?:\/\/\S+\/i\?k=[\w-]{43}$/;
    assert.match(first, short);
    assert.ok(first.startsWith("Ромашка: "));

    // The caps of all SMS hold, and whoever presses is told.
    await olga.follow("Пригласить по SMS");
    await olga.press("Пригласить по SMS");
    assert.equal(olga.page.status, 422);
    assert.match(olga.page.text, /SMS на этот номер сейчас не уйдёт/);
    world.clock.forward({ minutes: 2 });
    await olga.press("Пригласить по SMS");
    assert.equal(olga.page.heading, "Пётр Водкин");
    const second = (await world.smsTo(number)).at(-1) ?? "";
    assert.notEqual(second, first);

    const petr = visitor(world);
    await petr.visit(short.exec(first)?.[0] ?? "");
    assert.equal(petr.page.status, 410);
    await petr.visit(short.exec(second)?.[0] ?? "");
    assert.equal(petr.page.heading, "Добро пожаловать");
    petr.fill("Новый пароль", "самовар на лодке у острова");
    petr.fill("Подтверждение нового пароля", "самовар на лодке у острова");
    await petr.press("Сохранить пароль");
    assert.equal(petr.page.heading, "Пароль задан");
    await signIn(petr, { login: number, password: "самовар на лодке у острова" });
    assert.equal(petr.page.heading, "Моя страница");

    const phone = await tools.store.read
      .selectFrom("identifiers")
      .selectAll()
      .where("key", "=", number)
      .executeTakeFirstOrThrow();
    assert.ok(phone.confirmed_at, "the link proved the number");
    const [trace] = await traceOf(tools.store.read, phone.account_id);
    const sms = (await traceOf(tools.store.read, phone.account_id)).find(
      ({ kind }) => kind === "invitation-sms",
    );
    assert.ok(trace);
    assert.deepEqual(sms?.steps.map(({ step }) => step).slice(3), ["seen", "opened", "used"]);
    // Whoever has a password needs no invitation.
    await olga.visit(`/admin/users/${phone.account_id}`);
    assert.ok(!olga.page.text.includes("Пригласить по SMS"));
  },
);
