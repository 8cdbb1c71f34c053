import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { onBothDatabases } from "../../test/both-databases.ts";
import { accountById, addPerson, judgePerson, type Role } from "../accounts/accounts.ts";
import { openSecrets } from "../platform/secrets/secrets.ts";
import type { Store } from "../platform/store/store.ts";
import {
  addGroup,
  allowsWay,
  changeGroup,
  deleteGroup,
  deskRulesFor,
  EVERYONE,
  effectivePolicy,
  type Governed,
  isLooser,
  isSameNetwork,
  listGroups,
  MOST_GROUPS_OF_ONE,
  membersAfter,
  openPolicies,
  type PolicyValues,
  parameterNames,
  policyOf,
  policyOfUnknown,
  presets,
  purgeMembers,
  putMembers,
  removeMembers,
  stricterOf,
  ways,
} from "./policies.ts";

const HOUR = 3_600_000;
const settings = { recoveryLinkLifetimeMs: HOUR };
const START = 1_800_000_000_000;

async function toolsFor(store: Store) {
  let now = START;
  const clock = { now: () => now };
  const policies = await openPolicies({ store, settings });
  return { store, clock, policies, moveTo: (at: number) => (now = at) };
}

type Tools = Awaited<ReturnType<typeof toolsFor>>;

async function person(tools: Tools, login: string, role: Role = "person"): Promise<string> {
  const contacts = { email: undefined, phone: undefined, contactsProven: true };
  const judged = await judgePerson({ login, name: login, role, language: null, ...contacts });
  assert.ok(judged.kind === "fine");
  const added = await tools.store.transact((write) => addPerson(tools, write, judged.draft));
  assert.ok(added.kind === "added");
  return added.id;
}

async function group(tools: Tools, name: string, values: Partial<PolicyValues>, ids: string[] = []) {
  const added = await tools.store.transact((write) =>
    addGroup(tools, write, { name, description: "", values }),
  );
  assert.ok(added.kind === "added");
  await put(tools, added.id, ids);
  return added.id;
}

async function put(tools: Tools, groupId: string, accountIds: string[], fromAt = 0, untilAt = 0) {
  const outcome = await tools.store.transact((write) =>
    putMembers(tools, write, groupId, { accountIds, fromAt, untilAt }),
  );
  await tools.policies.refresh();
  return outcome;
}

async function governed(tools: Tools, id: string): Promise<Governed> {
  const account = await accountById(tools.store.read, id);
  assert.ok(account);
  return account;
}

onBothDatabases(
  "of each parameter the strictest value among the groups holds, and it is told whose",
  async (store) => {
    const tools = await toolsFor(store);
    const anna = await person(tools, "anna");
    const long = await group(tools, "Бухгалтерия", { passwordLength: 20, sessionIdleMinutes: 45 }, [anna]);
    const short = await group(tools, "Склад", { passwordLength: 8, passwordMaxDays: 90, linkMinutes: 10 }, [
      anna,
    ]);
    const policy = policyOf(tools, await governed(tools, anna));
    assert.equal(policy.passwordLength, 20);
    assert.equal(policy.sessionIdleMinutes, 30, "«Все» is stricter than the group");
    assert.equal(policy.passwordMaxDays, 90, "no bound is the loosest of all");
    assert.equal(policy.linkMinutes, 10);
    const told = await effectivePolicy(tools, store.read, anna);
    assert.deepEqual(told?.passwordLength, { value: 20, from: [long] });
    assert.deepEqual(told?.passwordMaxDays.from, [short]);
    assert.deepEqual(told?.sessionIdleMinutes.from, [EVERYONE]);
    const outsider = policyOf(tools, await governed(tools, await person(tools, "ivan")));
    assert.deepEqual(outsider, presets.standard);
  },
);

onBothDatabases("a membership counts from its first moment to before its last", async (store) => {
  const tools = await toolsFor(store);
  const anna = await person(tools, "anna");
  const id = await group(tools, "Практика", { passwordLength: 20 });
  await put(tools, id, [anna], START + HOUR, START + 2 * HOUR);
  const lengthAt = async (at: number) => {
    tools.moveTo(at);
    return policyOf(tools, await governed(tools, anna)).passwordLength;
  };
  assert.equal(await lengthAt(START + HOUR - 1), 12);
  assert.equal(await lengthAt(START + HOUR), 20);
  assert.equal(await lengthAt(START + 2 * HOUR - 1), 20);
  assert.equal(await lengthAt(START + 2 * HOUR), 12);
  await put(tools, id, [anna]);
  assert.equal(await lengthAt(START + 2 * HOUR), 20, "given another time, it counts without end");
  assert.deepEqual(await membersAfter(store.read, id, "", 10), [{ accountId: anna, fromAt: 0, untilAt: 0 }]);
});

onBothDatabases(
  "another instance heeds a change within its next look, members at once",
  async (store, another) => {
    const tools = await toolsFor(store);
    const elsewhere = await toolsFor(another());
    const anna = await person(tools, "anna");
    const id = await group(tools, "Касса", { passwordLength: 16 }, [anna]);
    elsewhere.policies.poll();
    const seen = async () => policyOf(elsewhere, await governed(elsewhere, anna)).passwordLength;
    const until = Date.now() + 10_000;
    while ((await seen()) !== 16 && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(await seen(), 16);
    await store.transact((write) => removeMembers(write, id, [anna]));
    assert.equal(await seen(), 12);
    elsewhere.policies.stop();
  },
);

onBothDatabases(
  "two who put one person into different groups at once do not forget each other",
  async (store, another) => {
    const tools = await toolsFor(store);
    const elsewhere = await toolsFor(another());
    const ids = await Promise.all(Array.from({ length: 6 }, (_, index) => person(tools, `p${index}`)));
    const one = await group(tools, "Одна", { passwordLength: 14 });
    const two = await group(tools, "Другая", { passwordHistory: 3 });
    await Promise.all([
      ...ids.map((id) => put(tools, one, [id])),
      ...ids.map((id) => put(elsewhere, two, [id])),
    ]);
    for (const id of ids) {
      const { passwordLength, passwordHistory } = policyOf(tools, await governed(tools, id));
      assert.deepEqual([passwordLength, passwordHistory], [14, 3]);
    }
  },
);

onBothDatabases("a group that is deleted counts no more, and its rows go", async (store) => {
  const tools = await toolsFor(store);
  const anna = await person(tools, "anna");
  const id = await group(tools, "Временная", { passwordLength: 20 }, [anna]);
  await store.transact((write) => deleteGroup(write, id));
  await tools.policies.refresh();
  assert.equal(policyOf(tools, await governed(tools, anna)).passwordLength, 12);
  await purgeMembers(tools);
  assert.equal((await governed(tools, anna)).policy_groups, "");
  assert.deepEqual(await store.transact((write) => deleteGroup(write, EVERYONE)), { kind: "absent" });
});

onBothDatabases(
  "«Все» may be changed, names do not repeat in any letter case, and bounds hold",
  async (store) => {
    const tools = await toolsFor(store);
    const wish = { name: "Все", description: "", values: { passwordLength: 15 } };
    const changed = await store.transact((write) => changeGroup(tools, write, EVERYONE, wish));
    assert.equal(changed.kind, "changed");
    await tools.policies.refresh();
    const anna = await person(tools, "anna");
    assert.equal(policyOf(tools, await governed(tools, anna)).passwordLength, 15);
    const add = (name: string, values: Partial<PolicyValues> = {}) =>
      store.transact((write) => addGroup(tools, write, { name, description: "", values }));
    assert.equal((await add("Цех")).kind, "added");
    assert.deepEqual(await add("цЕХ"), { kind: "taken" });
    for (const name of ["", "a\u0000b", "x\u202ey", "я".repeat(61)])
      assert.deepEqual(await add(name), { kind: "unusable", field: "name" });
    await assert.rejects(() => add("Плохая", { passwordLength: 1 }), /cannot be/);
    const many: string[] = [];
    for (let index = 0; index < MOST_GROUPS_OF_ONE; index += 1)
      many.push(await group(tools, `Группа ${index}`, {}, [anna]));
    const last = await group(tools, "Лишняя", {});
    const full = await put(tools, last, [anna]);
    assert.deepEqual(full, { kind: "put", accountIds: [], full: [anna] });
    assert.equal((await listGroups(store.read)).length, 2 + many.length + 1);
  },
);

onBothDatabases(
  "staff keep their short sessions whatever groups say, and ways are what all groups allow",
  async (store) => {
    const tools = await toolsFor(store);
    const boss = await person(tools, "boss", "administrator");
    const { letter, sms, desk } = ways;
    const id = await group(tools, "Письмо и SMS", { recoveryWays: letter | sms, sessionHours: 48 }, [boss]);
    await group(tools, "Письмо и поддержка", { recoveryWays: letter | desk }, [boss]);
    const account = await governed(tools, boss);
    assert.equal(policyOf(tools, account).sessionHours, 12);
    assert.equal(policyOf(tools, account).rememberedDevices, 0);
    assert.deepEqual([allowsWay(tools, account, "letter"), allowsWay(tools, account, "sms")], [true, false]);
    assert.deepEqual(deskRulesFor(tools, account), { allowed: false, deskEvidence: 2, deskWaitHours: 24 });
    const told = await effectivePolicy(tools, store.read, boss);
    assert.deepEqual(told?.sessionHours, { value: 12, from: ["staff"] });
    assert.ok(told?.recoveryWays.from.includes(id), "each group that takes a way away is told");
  },
);

onBothDatabases(
  "RL12: a name that nobody has is held to a group's rules as often as members are met",
  async (store) => {
    const tools = { ...(await toolsFor(store)), secrets: openSecrets([randomBytes(32)]) };
    const ids = await Promise.all(Array.from({ length: 4 }, (_, index) => person(tools, `p${index}`)));
    await group(tools, "Строгая", { attemptsFree: 3 }, ids.slice(0, 2));
    const frees = Array.from(
      { length: 400 },
      (_, index) => policyOfUnknown(tools, `name ${index}`).attemptsFree,
    );
    const strict = frees.filter((free) => free === 3).length;
    assert.ok(strict > 140 && strict < 260, `${strict} of 400`);
    assert.equal(policyOfUnknown(tools, "name 7").attemptsFree, frees[7]);
  },
);

test("every parameter has a stricter one of two values, and presets keep within the bounds", () => {
  assert.equal(stricterOf("passwordMaxDays", 0, 90), 90);
  assert.equal(stricterOf("passwordMaxDays", 30, 90), 30);
  assert.equal(stricterOf("recoveryWays", 0b0111, 0b1101), 0b0101);
  assert.equal(isLooser("passwordLength", 12, 8), true);
  assert.equal(isLooser("passwordLength", 8, 12), false);
  assert.equal(isLooser("passwordMaxDays", 90, 0), true);
  assert.equal(isLooser("recoveryWays", 0b0001, 0b0011), true);
  for (const preset of Object.values(presets))
    for (const name of parameterNames)
      assert.equal(stricterOf(name, preset[name], preset[name]), preset[name]);
});

test("a network is so many bits of an IPv4 address, and what answers to them in IPv6", () => {
  assert.equal(isSameNetwork(24, "10.1.2.3", "10.1.2.200"), true);
  assert.equal(isSameNetwork(24, "10.1.2.3", "10.1.3.3"), false);
  assert.equal(isSameNetwork(32, "10.1.2.3", "10.1.2.4"), false);
  assert.equal(isSameNetwork(0, "10.1.2.3", "192.168.0.1"), true);
  assert.equal(isSameNetwork(32, "2001:db8:1:2::5", "2001:db8:1:2:aaaa::1"), true, "one device, new address");
  assert.equal(isSameNetwork(32, "2001:db8:1:2::5", "2001:db8:1:3::5"), false);
  assert.equal(isSameNetwork(16, "2001:db8:1::5", "2001:db8:1:ffff::5"), true);
  assert.equal(isSameNetwork(8, "10.1.2.3", "2001:db8::1"), false);
});
