/** «Моя страница»: the menu, the personal data, the photo, and who may see them. */
import assert from "node:assert/strict";
import sharp from "sharp";
import { journey } from "../journey.ts";
import { anna, ivan } from "../people.ts";
import { signedIn } from "../steps.ts";
import { type Page, visitor } from "../walker.ts";
import type { World } from "../world.ts";

const SAVE = "Сохранить";

async function picture(): Promise<Buffer> {
  const background = { r: 200, g: 60, b: 40 };
  return sharp({ create: { width: 640, height: 480, channels: 3, background } })
    .withExif({ IFD0: { Copyright: "Иван Сидоров", Software: "camera 7" } })
    .jpeg()
    .toBuffer();
}

function photoOf(page: Page): string {
  return page.all(".account img")[0]?.getAttribute("src") ?? "";
}

journey(
  "M11 M31: every page of a person has the menu, with the way to the own page and out",
  async (world) => {
    await world.addPerson(anna);
    const person = await signedIn(world, anna);
    for (const path of [
      "/me",
      "/me/edit",
      "/me/protection",
      "/me/sessions",
      "/me/history",
      "/help",
      "/nowhere",
    ]) {
      await person.visit(path);
      assert.equal(person.page.all(".account summary").length, 1, path);
      assert.match(person.page.all(".account summary")[0]?.textContent ?? "", /АП\s*Анна Петрова/, path);
      assert.equal(person.page.link("Моя страница"), "/me", path);
      assert.equal(person.page.formOf("Выйти").action, "/sign-out", path);
    }
    await person.press("Выйти");
    assert.equal(person.page.heading, "Вход");
    assert.equal(person.page.all(".account").length, 0);
  },
);

journey(
  "M12 M13 M31: from the own page to the personal data, with the changes under the e-mail",
  async (world) => {
    await world.addPerson(anna);
    const person = await signedIn(world, anna);
    await person.follow("Моя страница");
    const rows = person.page.all(".facts > div").map((row) => row.textContent.replace(/\s+/g, " ").trim());
    assert.match(
      rows[0] ?? "",
      /^E-mail\s*anna@romashka\.example подтверждён\s*Сменить e-mail\s*Сменить пароль$/,
    );
    assert.match(rows[1] ?? "", /^Телефон\s*\+7 916 123-45-67 подтверждён\s*Сменить телефон$/);
    assert.match(rows[2] ?? "", /^Пароль\s*изменён \d+ \S+ 20\d\d$/);
    await person.follow("Редактировать профиль");
    assert.equal(person.page.heading, "Редактировать профиль");
    assert.equal(person.page.link("Сменить e-mail"), "/me/email");
    assert.equal(person.page.link("Сменить пароль"), "/me/password");
    assert.equal(person.page.link("Сменить телефон"), "/me/phone");
  },
);

journey(
  "M32: the boxed style says «Изменить личные данные», and from there «Сменить пароль»",
  async (world) => {
    await world.addPerson(anna);
    const person = await signedIn(world, anna);
    await person.follow("Изменить личные данные");
    assert.equal(person.page.heading, "Изменить личные данные");
    assert.equal(person.page.link("Сменить пароль"), "/me/password");
  },
  { settings: { RECOVERY_STYLE: "control-string" } },
);

journey("M7: without a password the page says so and offers to set one", async (world) => {
  const id = await world.addPerson(anna);
  const person = await signedIn(world, anna);
  await world.service.tools.store.transact((write) =>
    write.deleteFrom("passwords").where("account_id", "=", id).execute(),
  );
  await person.visit("/me");
  assert.match(person.page.text, /Пароль пароля нет/);
  assert.equal(person.page.link("Задать пароль"), "/me/password");
  assert.doesNotMatch(person.page.text, /Сменить пароль/);
});

journey("M12: name, position, department, language and time zone are kept and take effect", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  await person.visit("/me/edit");
  person.fill("Имя и фамилия", "  Анна Ким ");
  person.fill("Должность", "Инженер");
  person.fill("Отдел", "Разработка");
  person.fill("Язык страниц и писем", "en");
  person.fill("Часовой пояс", "Asia/Vladivostok");
  await person.press(SAVE);
  assert.equal(person.page.path, "/me?saved");
  assert.equal(person.page.language, "en");
  assert.match(person.page.text, /Personal data saved.*Анна Ким.*Инженер · Разработка/s);
  const elsewhere = visitor(world);
  elsewhere.cookies.set("sid", person.cookies.get("sid") ?? { value: "", until: 0 });
  await elsewhere.visit("/me/history");
  assert.equal(elsewhere.page.language, "en", "the account's language holds where none was picked");
  const there = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Asia/Vladivostok",
    hour: "2-digit",
    hourCycle: "h23",
  });
  const shown = elsewhere.page.all(".events .digits").map((time) => time.textContent.slice(0, 2));
  assert.ok(shown.includes(there.format(world.clock.now()).padStart(2, "0")), shown.join(" "));
  await person.visit("/me/edit");
  assert.equal(person.page.value("Full name"), "Анна Ким");
  person.fill("Language of pages and letters", "");
  person.fill("Position", "");
  await person.press("Save");
  assert.equal(person.page.language, "ru");
  assert.doesNotMatch(person.page.text, /Инженер/);
});

journey(
  "CH1, IO2: names that are none and choices off the list are refused beside the field",
  async (world) => {
    await world.addPerson(anna);
    const person = await signedIn(world, anna);
    await person.visit("/me/edit");
    person.fill("Имя и фамилия", " ");
    person.fill("Должность", "см. https://evil.example");
    person.fill("Отдел", "о".repeat(61));
    person.fill("Часовой пояс", "Moon/Crater");
    await person.press(SAVE);
    assert.equal(person.page.status, 422);
    assert.equal(person.page.problem("Имя и фамилия"), "Введите имя");
    assert.match(person.page.problem("Должность"), /без ссылок/);
    assert.match(person.page.problem("Отдел"), /60 символов/);
    assert.equal(person.page.problem("Часовой пояс"), "Выберите из списка");
    assert.equal(person.page.value("Должность"), "см. https://evil.example");
    const wish = person.formFor(SAVE);
    const body = "name=%D0%90%D0%BD%D0%BD%D0%B0&role=owner&status=blocked&photo=x&__proto__=1";
    const answer = await person.raw("/me/edit", {
      ...wish,
      body,
      headers: { ...wish.headers, Origin: world.url },
    });
    assert.equal(answer.status, 303);
    const stored = await world.service.tools.store.read.selectFrom("accounts").selectAll().execute();
    assert.deepEqual(
      stored.map(({ name, role, status, photo }) => ({ name, role, status, photo })),
      [{ name: "Анна", role: "person", status: "active", photo: null }],
    );
  },
);

journey("M11: a photo is made anew, shown to whoever is signed in, and taken away again", async (world) => {
  await world.addPerson(anna);
  await world.addPerson(ivan);
  const person = await signedIn(world, anna);
  await person.visit("/me/edit");
  person.attach("Фото", await picture());
  await person.press("Загрузить фото");
  assert.equal(person.page.heading, "Редактировать профиль");
  const address = photoOf(person.page);
  assert.match(address, /^\/me\/photo\/[0-9a-f]{32}$/);
  const colleague = await signedIn(world, ivan);
  const shown = await colleague.raw(address);
  assert.equal(shown.status, 200);
  assert.equal(shown.headers["content-type"], "image/webp");
  assert.equal(shown.headers["cache-control"], "private, max-age=31536000, immutable");
  assert.equal(shown.headers["x-content-type-options"], "nosniff");
  assert.equal(shown.headers["cross-origin-resource-policy"], "same-origin");
  const kept = await onlyPhoto(world);
  const { format, width, height, exif } = await sharp(kept).metadata();
  assert.deepEqual(
    { format, width, height, exif },
    { format: "webp", width: 256, height: 256, exif: undefined },
  );
  assert.equal(Buffer.from(kept).includes("Copyright"), false);
  const stranger = await visitor(world).raw(address);
  const guess = await visitor(world).raw(`/me/photo/${"0".repeat(32)}`);
  assert.deepEqual([stranger.status, stranger.body], [303, ""]);
  assert.equal(guess.status, stranger.status);
  await person.press("Удалить фото");
  assert.equal(photoOf(person.page), "");
  assert.equal((await colleague.raw(address)).status, 404);
});

async function onlyPhoto(world: World): Promise<Uint8Array> {
  const rows = await world.service.tools.store.read.selectFrom("photos").select("bytes").execute();
  assert.equal(rows.length, 1);
  return rows[0]?.bytes ?? new Uint8Array();
}

/** Few bytes, many points. */
async function bomb(): Promise<Buffer> {
  const create = { width: 5_000, height: 5_000, channels: 3 as const, background: "#ffffff" };
  const sent = await sharp({ create, limitInputPixels: false }).png({ palette: true }).toBuffer();
  assert.ok(sent.length < 100_000);
  return sent;
}

journey(
  "IO4: what is no photo gets one sentence beside the field, and the service lives on",
  async (world) => {
    await world.addPerson(anna);
    const person = await signedIn(world, anna);
    const refusals: [sent: Buffer, sentence: RegExp][] = [
      [Buffer.alloc(0), /Выберите файл с фото/],
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), /Это не фото/],
      [Buffer.from("не картинка"), /Это не фото/],
      [(await picture()).subarray(0, 1_500), /повреждён/],
      [Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"), /HEIC.*JPEG или загрузите снимок экрана/],
      [await bomb(), /больше 24 миллионов точек/],
      [Buffer.alloc(5 * 1024 * 1024 + 1, "x"), /больше 5.МБ/],
      [Buffer.alloc(20 * 1024 * 1024, "x"), /больше 5.МБ/],
    ];
    for (const [sent, sentence] of refusals) {
      await person.visit("/me/edit");
      person.attach("Фото", sent);
      await person.press("Загрузить фото");
      assert.equal(person.page.status, 422, String(sentence));
      assert.match(person.page.problem("Фото"), sentence);
    }
    assert.equal(photoOf(person.page), "");
    const alien = await person.raw("/me/photo", {
      method: "POST",
      headers: { "Content-Type": "multipart/form-data; boundary=x", Origin: world.url },
      body: "--y\r\nnonsense",
    });
    assert.equal(alien.status, 400);
    const other = await person.raw("/me/edit", {
      method: "POST",
      headers: { "Content-Type": "multipart/form-data; boundary=x", Origin: world.url },
      body: "--x--\r\n",
    });
    assert.equal(other.status, 400, "no other form takes files");
  },
);

journey("RL3: photos are limited for each account, told with the time to wait", async (world) => {
  await world.addPerson(anna);
  world.clock.standStill();
  const person = await signedIn(world, anna);
  await person.visit("/me/edit");
  for (let round = 0; round < 21; round += 1) {
    person.attach("Фото", Buffer.from(`не фото ${round}`));
    await person.press("Загрузить фото");
  }
  assert.equal(person.page.status, 429);
  assert.equal(person.page.answer.headers["retry-after"], "180");
  assert.match(person.page.problem("Фото"), /через 3 минуты/);
});

journey("SE3: nothing below /me is kept by a browser or a proxy but the photo", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  for (const path of [
    "/me",
    "/me/edit",
    "/me/protection",
    "/me/sessions",
    "/me/sessions/all",
    "/me/history",
  ]) {
    assert.equal((await person.raw(path)).headers["cache-control"], "no-store", path);
    const stranger = await visitor(world).raw(path);
    assert.equal(stranger.status, 303, path);
    assert.match(stranger.headers.location ?? "", /^\/sign-in/, path);
  }
});
