/** Groups of the console in a browser: made, filled from a preset, looked at, saved, met at sign-in. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { words as groupWords } from "../../src/admin/groups/words.ts";
import { words as consoleWords } from "../../src/admin/words.ts";
import type { Language } from "../../src/platform/language/language.ts";
import { EVERYONE } from "../../src/policies/policies.ts";
import { openWorld, type World } from "../world.ts";
import { beyond } from "./fits.ts";
import { clean } from "./judges.ts";
import { behindProxy, openStage, type Visitor } from "./stage.ts";

const stage = openStage();
const password = "тихая лодка под звёздами";
const groups = "/admin/groups";

async function office(t: TestContext): Promise<{ world: World; anna: string }> {
  const world = await openWorld({ settings: behindProxy });
  t.after(() => world.close());
  await world.addPerson({ login: "olga", name: "Ольга Орлова", role: "owner", password });
  const anna = await world.addPerson({ login: "anna", name: "Анна Берёзкина-Константинопольская", password });
  return { world, anna };
}

async function comeIn({ page, say, ...visitor }: Visitor, login = "olga"): Promise<void> {
  await page.goto(`/sign-in?return_to=${groups}`);
  await visitor.fill(say.identifier, login);
  await visitor.fill(say.password, password);
  await visitor.press(say.signInButton);
}

for (const [language, scripts] of [
  ["ru", true],
  ["en", false],
] as const satisfies readonly (readonly [Language, boolean])[]) {
  const how = `${language}, scripts ${scripts ? "on" : "off"}`;
  test(`M30: a group is filled from a preset, looked at, saved, and met (${how})`, async (t) => {
    const { world, anna } = await office(t);
    const visitor = await stage.visit(t, world, { language, scripts });
    const { page } = visitor;
    const say = groupWords[language];
    await comeIn(visitor);
    await visitor.follow(say.add);
    await visitor.fill(say.name, "Бухгалтерия");
    await visitor.press(say.create);
    await page.getByText(say.created).waitFor();
    await page.goto("/admin/users");
    await page.getByLabel(consoleWords[language].list.pickOne("Анна Берёзкина-Константинопольская")).check();
    await visitor.press(say.many.act);
    await visitor.press(say.many.submit);
    await page.getByText(say.members.added(1)).waitFor();
    await visitor.follow(say.tabs.rules);
    await visitor.follow(say.presets.box);
    await page.getByText(say.presetFilled(say.presets.box)).waitFor();
    await visitor.press(say.check);
    await visitor.sees(say.checkTitle);
    await page.getByText(say.checkPeople(1)).waitFor();
    await visitor.press(say.save);
    await page.getByText(say.saved).waitFor();
    await page.goto(`/admin/users/${anna}/rules`);
    await page
      .getByRole("row", { name: /Бухгалтерия/ })
      .first()
      .waitFor();

    const person = await stage.visit(t, world, { language, scripts });
    await comeIn(person, "anna");
    const { page: forced } = person;
    await forced.waitForURL(/own-password/);
    const field = forced.locator("#password");
    await field.fill("Kd7-wrMz#qpL");
    if (scripts)
      assert.equal(await forced.locator(".rules .met").count(), 5, "all but the repetition and history");
    await field.fill("вишнёвый трамвай у пруда");
    if (scripts) assert.equal(await forced.locator(".rules .met").count(), 2, "length and small letters");
  });
}

test("axe finds nothing on the pages of groups, which fit 320 px, in both themes", async (t) => {
  const { world, anna } = await office(t);
  const shots = process.env["SHOTS"];
  const { store, policies } = world.service.tools;
  const groupId = crypto.randomUUID();
  await store.transact(async (write) => {
    const times = { created_at: 1, updated_at: 1 };
    const named = { name: "Бухгалтерия", name_key: "бухгалтерия", description: "Кто видит платежи" };
    const parameters = JSON.stringify({ passwordLength: 15, passwordHistory: 5, sessionIdleMinutes: 15 });
    await write
      .insertInto("policy_groups")
      .values({ id: groupId, ...named, parameters, ...times })
      .execute();
    const window = { from_at: 0, until_at: 4_073_587_200_000, added_at: 1 };
    await write
      .insertInto("policy_members")
      .values({ group_id: groupId, account_id: anna, ...window })
      .execute();
  });
  await policies.refresh();
  const visitor = await stage.visit(t, world);
  const { page } = visitor;
  await comeIn(visitor);
  await visitor.sees(groupWords.ru.title);
  for (const [name, address] of Object.entries({
    list: groups,
    everyone: `${groups}/${EVERYONE}`,
    rules: `${groups}/${groupId}?preset=box`,
    members: `${groups}/${groupId}/members?q=анна`,
    new: "/admin/new-group",
    into: `/admin/into-group?person1=${anna}`,
    card: `/admin/users/${anna}/rules`,
    check: "",
  })) {
    if (address !== "") await page.goto(address);
    else {
      await page.goto(`${groups}/${groupId}?preset=box`);
      await visitor.press(groupWords.ru.check);
      await visitor.sees(groupWords.ru.checkTitle);
    }
    assert.deepEqual(await clean(visitor), [], name);
    for (const width of [360, 320, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      assert.ok((await beyond(page)) <= 0, `${name} at ${width}`);
      if (shots && width !== 320)
        await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true });
    }
  }
});
