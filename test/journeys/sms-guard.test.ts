/** CH5: what holds an SMS back while the page looks the same; each cap by itself. */
import assert from "node:assert/strict";
import { createManagement } from "../../src/app.ts";
import { type Admission, admitSms, smsConfirmed } from "../../src/delivery/delivery.ts";
import { journey } from "../journey.ts";
import { anna, newPassword } from "../people.ts";
import { ask, choosePassword, signedIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

const NUMBER = "+79161234567";
const behindProxy = { TRUSTED_PROXY_HOPS: "1" };

/** Somebody's wish, as another feature would have it: a number of a block, from a source of its own. */
function wish(index: number, over: Partial<Parameters<typeof admitSms>[1]> = {}) {
  return {
    to: `+7916123${String(index).padStart(4, "0")}`,
    accountId: `account ${index}`,
    source: `10.0.${index >> 8}.${index & 255}`,
    ...over,
  };
}

async function admit(world: World, index: number, over: Partial<Parameters<typeof admitSms>[1]> = {}) {
  return told(await admitSms(world.service.tools, wish(index, over)));
}

function told(admission: Admission): string {
  return admission.kind === "held" ? admission.by : "admitted";
}

/** How often each cap has been told to the operator. */
function alarms(world: World): Record<string, number> {
  return Object.fromEntries(world.service.tools.alarms);
}

async function askByPhone(world: World, typed: string, address: string): Promise<Visitor> {
  const person = visitor(world, { address });
  await ask(person, typed);
  return person;
}

journey(
  "CH5: a source has five SMS an hour; the page says nothing, log and figures do",
  async (world) => {
    const lines: object[] = [];
    world.service.tools.log.warn = (line: object) => lines.push(line);
    for (let index = 0; index < 6; index += 1) {
      await world.addPerson({ login: `p${index}`, phone: `+7916000000${index}`, password: anna.password });
    }
    const pages: string[] = [];
    for (let index = 0; index < 6; index += 1) {
      const person = await askByPhone(world, `8 916 000-00-0${index}`, "203.0.113.7");
      assert.equal(person.page.status, 200);
      pages.push(person.page.text.replace(/\d/g, ""));
    }
    assert.equal(new Set(pages).size, 1, "all pages are alike");
    await world.smsTo(NUMBER);
    assert.equal(world.sms.received.length, 5);
    assert.deepEqual(lines, [{ event: "sms_held", by: "source" }], "without name, number and address");
    assert.deepEqual(alarms(world), { "sms_held source": 1 });
    const management = await createManagement(world.service.tools);
    const figures = await (await management.request("/metrics")).text();
    assert.match(figures, /^propusk_alarms_total\{event="sms_held",by="source"\} 1$/m);
    const elsewhere = await askByPhone(world, "8 916 000-00-05", "203.0.113.8");
    assert.equal(elsewhere.page.status, 429, "what was typed has had its minute");
  },
  { settings: behindProxy },
);

journey(
  "CH5, decision 9: number and account have one SMS a minute, three an hour and five a day by every spelling",
  async (world) => {
    await world.addPerson(anna);
    world.clock.standStill();
    const ways = [NUMBER, anna.email, "anna"];
    let sources = 0;
    const asking = async () => {
      for (const typed of ways) {
        sources += 1;
        const person = await askByPhone(world, typed, `203.0.113.${sources}`);
        if (person.page.heading === "Проверьте почту") await person.press("Отправить код по SMS");
      }
      return (await world.smsTo(NUMBER)).length;
    };
    assert.equal(await asking(), 1);
    for (let sent = 2; sent <= 3; sent += 1) {
      world.clock.forward({ minutes: 1 });
      assert.equal(await asking(), sent);
    }
    world.clock.forward({ minutes: 5 });
    assert.equal(await asking(), 3);
    // The hour gives one back every 20 minutes, until the day's five are used up.
    for (let hours = 0; hours < 2; hours += 1) {
      world.clock.forward({ hours: 1 });
      await asking();
    }
    const sent = (await world.smsTo(NUMBER)).length;
    assert.equal(sent, 5);
    world.clock.forward({ hours: 1 });
    assert.equal(await asking(), 5);
    world.clock.forward({ hours: 24 });
    assert.equal(await asking(), 6);
  },
  { settings: behindProxy },
);

journey("CH5: a prefix has fifty SMS an hour, whoever asks", async (world) => {
  const seen: string[] = [];
  for (let index = 0; index < 51; index += 1) {
    seen.push(await admit(world, index));
    if (index % 5 === 0) await confirm(world, wish(index).to);
  }
  assert.deepEqual([...new Set(seen.slice(0, 50))], ["admitted"]);
  assert.equal(seen[50], "prefix");
  assert.equal(await admit(world, 51, { to: "+79161240051" }), "admitted", "other neighbours");
  world.clock.forward({ hours: 1 });
  assert.equal(await admit(world, 52), "admitted");
});

journey(
  "CH5: a day has SMS_DAY_LIMIT of them, and nobody's number costs none",
  async (world) => {
    for (let index = 0; index < 5; index += 1) await admit(world, 100 + index, { accountId: null });
    for (let index = 0; index < 3; index += 1) assert.equal(await admit(world, index * 10_000), "admitted");
    assert.equal(await admit(world, 40_000), "day");
    assert.deepEqual(alarms(world), { "sms_held day": 1 });
    world.clock.forward({ hours: 24 });
    assert.equal(await admit(world, 50_000), "admitted");
  },
  { settings: { SMS_DAY_LIMIT: "3" } },
);

journey(
  "CH5: SMS go to the countries of SMS_COUNTRIES alone",
  async (world) => {
    assert.equal(await admit(world, 1, { to: "+375291234567" }), "admitted");
    for (const to of ["+79161234567", "+77011234567", "+12025550123", "+3751"]) {
      assert.equal(await admit(world, 2, { to }), to.startsWith("+375") ? "admitted" : "country", to);
    }
    assert.deepEqual(alarms(world), { "sms_held country": 3 });
  },
  { settings: { SMS_COUNTRIES: "+375,+374" } },
);

journey("CH5: a block of numbers whose codes nobody types is stopped at the fiftieth", async (world) => {
  let sent = 0;
  while ((await admit(world, sent)) === "admitted") {
    sent += 1;
    world.clock.forward({ minutes: 2 });
    assert.ok(sent <= 50);
  }
  assert.equal(sent, 50);
  assert.equal(await admit(world, 60), "unanswered");
  assert.equal(await admit(world, 61, { knownBrowser: true }), "admitted", "the owner's own browser");
  world.clock.forward({ hours: 24 });
  assert.equal(await admit(world, 62), "admitted", "a quiet day lets it try again");
});

journey("CH5: where one code in five is typed, the block goes on for good", async (world) => {
  for (let index = 0; index < 120; index += 1) {
    assert.equal(await admit(world, index), "admitted", String(index));
    if (index % 5 === 4) await confirm(world, wish(index).to);
    world.clock.forward({ minutes: 2 });
  }
});

function confirm(world: World, to: string): Promise<void> {
  const { tools } = world.service;
  return tools.store.transact((write) => smsConfirmed(tools, write, to));
}

journey("CH5: a right code on the page makes up for five that nobody typed", async (world) => {
  await world.addPerson(anna);
  for (let index = 0; index < 49; index += 1) {
    await admit(world, index);
    world.clock.forward({ minutes: 2 });
  }
  const person = visitor(world);
  await ask(person, NUMBER);
  assert.equal(await admit(world, 50), "unanswered");
  person.fill("Код из SMS", /\d{6}/.exec((await world.smsTo(NUMBER))[0] ?? "")?.[0] ?? "");
  await person.press("Далее");
  await choosePassword(person, newPassword);
  assert.equal(person.page.heading, "Пароль был успешно изменен");
  assert.equal(await admit(world, 51), "admitted");
});

journey(
  "EN6: strangers use up the number's SMS, and the owner's known browser still gets one",
  async (world) => {
    await world.addPerson(anna);
    const own = await signedIn(world, anna, { address: "198.51.100.1" });
    await own.press("Выйти");
    for (let index = 0; index < 3; index += 1) {
      await askByPhone(world, NUMBER, `203.0.113.${index}`);
      world.clock.forward({ minutes: 1 });
    }
    assert.equal((await askByPhone(world, NUMBER, "203.0.113.9")).page.status, 429);
    const before = (await world.smsTo(NUMBER)).length;
    await ask(own, NUMBER);
    assert.equal(own.page.heading, "Введите код из SMS");
    assert.equal((await world.smsTo(NUMBER)).length, before + 1);
  },
  { settings: behindProxy },
);

journey(
  "decision 8: a repeat that is held back leaves the code of the first SMS alive",
  async (world) => {
    await world.addPerson(anna);
    const person = await askByPhone(world, NUMBER, "203.0.113.7");
    for (let index = 0; index < 5; index += 1) await admit(world, index * 10_000, { source: "203.0.113.7" });
    world.clock.forward({ minutes: 1 });
    await person.press("Отправить ещё раз");
    assert.equal(person.page.status, 200);
    const texts = await world.smsTo(NUMBER);
    assert.equal(texts.length, 1, "held back");
    person.fill("Код из SMS", /\d{6}/.exec(texts[0] ?? "")?.[0] ?? "");
    await person.press("Далее");
    assert.equal(person.page.path, "/recovery/password");
  },
  { settings: behindProxy },
);

journey(
  "CH5, EN7: of many wishes at once at two instances no more than the limit is admitted",
  async (world) => {
    const two = await world.another();
    const seen = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const { tools } = index % 2 === 0 ? world.service : two.service;
        return told(await admitSms(tools, wish(index * 10_000, { source: "203.0.113.7" })));
      }),
    );
    assert.equal(seen.filter((each) => each === "admitted").length, 5);
    assert.equal(seen.filter((each) => each === "source").length, 35);
  },
);
