import assert from "node:assert/strict";
import { test } from "node:test";
import { onBothDatabases } from "../../test/both-databases.ts";
import { verifyAudit } from "../audit/audit.ts";
import type { Store } from "../platform/store/store.ts";
import {
  addPortal,
  archivePortal,
  changeMember,
  changePortal,
  endPreviousSecret,
  judgeAddress,
  keepLogo,
  logoNamed,
  mayEnter,
  membersOf,
  openPortals,
  type PortalFault,
  type PortalWish,
  plainWish,
  portalsFor,
  rotateSecret,
  secretFits,
} from "./portal-registry.ts";

const clock = { now: () => 1_800_000_000_000 };
const by = { actor: "anna", address: "192.0.2.1" };
const settings = {
  portalName: "Ромашка",
  adminContact: "it@romashka.example",
  recoveryStyle: "passport",
  mailFrom: { name: "Робот Ромашки", address: "no-reply@romashka.example" },
} as const;
const crm: PortalWish = {
  ...plainWish,
  name: "CRM",
  redirectUris: ["https://crm.romashka.example/oidc/callback"],
};

async function open(store: Store) {
  return { clock, store, portals: await openPortals({ store, settings }) };
}

async function added(tools: Awaited<ReturnType<typeof open>>, wish: PortalWish = crm) {
  const outcome = await addPortal(tools, wish, by);
  assert.equal(outcome.kind, "added");
  if (outcome.kind !== "added") throw new Error("unreachable");
  return outcome;
}

onBothDatabases("an installation that nobody touched looks as its settings say", async (store) => {
  const { portals } = await open(store);
  const portal = portals.defaultPortal();
  assert.deepEqual(
    [portal.name, portal.adminContact, portal.style, portal.senderName, portal.button, portal.hue],
    ["Ромашка", "it@romashka.example", "passport", "Робот Ромашки", "next", null],
  );
  assert.deepEqual([portal.channels, portal.remindsLogin], [["letter", "sms", "desk"], true]);
  assert.deepEqual(portals.all(), [portal]);
});

onBothDatabases("what a portal leaves open is as in the default portal", async (store) => {
  const tools = await open(store);
  const { portal } = await added(tools);
  assert.equal(portal.senderName, "CRM");
  const { id } = tools.portals.defaultPortal();
  const look = { hue: 150, style: "control-string", channels: ["sms", "letter"] } as const;
  assert.deepEqual(await changePortal(tools, id, { ...plainWish, ...look }, by), { kind: "changed" });
  const now = tools.portals.portal(portal.id);
  assert.deepEqual([now?.hue, now?.style, now?.channels], [150, "control-string", ["letter", "sms"]]);
  assert.equal(tools.portals.defaultPortal().name, "Ромашка");
  await changePortal(tools, portal.id, { ...crm, style: "passport" }, by);
  assert.equal(tools.portals.portal(portal.id)?.style, "passport");
  assert.equal((await verifyAudit(store.read)).kind, "whole");
});

onBothDatabases("another instance sees a change as soon as it looks", async (store, another) => {
  const [here, there] = [await open(store), await open(another())];
  const { portal } = await added(here);
  assert.equal(there.portals.portal(portal.id), undefined);
  await there.portals.refresh();
  assert.equal(there.portals.portal(portal.id)?.name, "CRM");
  assert.deepEqual(await archivePortal(there, portal.id, by), { kind: "changed" });
  await here.portals.refresh();
  assert.equal(here.portals.portal(portal.id), undefined);
  assert.deepEqual(await archivePortal(here, portal.id, by), { kind: "unknown" });
  const wishes = Array.from({ length: 6 }, (_, index) => ({ ...crm, name: `Портал ${index}` }));
  await Promise.all(wishes.map((wish, index) => added(index % 2 ? here : there, wish)));
  await Promise.all([here.portals.refresh(), there.portals.refresh()]);
  assert.equal(here.portals.all().length, 7);
  assert.deepEqual(
    here.portals.all().map(({ name }) => name),
    there.portals.all().map(({ name }) => name),
  );
});

onBothDatabases("a secret is known once; during a rotation two open", async (store) => {
  const tools = await open(store);
  const { portal, secret: first } = await added(tools);
  const fits = (secret: string | null) => secretFits(tools.portals.portal(portal.id) ?? portal, secret ?? "");
  assert.ok(first && fits(first));
  assert.equal(fits(`${first}x`), false);
  const rotated = await rotateSecret(tools, portal.id, by);
  assert.equal(rotated.kind, "rotated");
  const second = rotated.kind === "rotated" ? rotated.secret : "";
  assert.deepEqual([fits(first), fits(second)], [true, true]);
  await endPreviousSecret(tools, portal.id, by);
  assert.deepEqual([fits(first), fits(second)], [false, true]);
  const kept = await store.read.selectFrom("portals").selectAll().execute();
  assert.equal(JSON.stringify(kept).includes(second), false);
  const publicOne = await added(tools, { ...crm, authMethod: "none" });
  assert.equal(publicOne.secret, null);
  assert.equal(secretFits(publicOne.portal, ""), false);
  assert.deepEqual(await rotateSecret(tools, publicOne.portal.id, by), { kind: "public" });
});

onBothDatabases("only those who are listed enter a portal that is not open to all", async (store) => {
  const tools = await open(store);
  const { portal } = await added(tools, { ...crm, access: "listed" });
  const { portal: wiki } = await added(tools, { ...crm, name: "Вики" });
  const names = async (account: string) => (await portalsFor(tools, account)).map(({ name }) => name);
  assert.deepEqual(await names("oleg"), ["Вики"]);
  const member = { kind: "account", id: "oleg" } as const;
  await changeMember(tools, portal.id, { member, may: true }, by);
  assert.deepEqual(await names("oleg"), ["CRM", "Вики"]);
  assert.deepEqual(await membersOf(store.read, portal.id, { kind: "account", most: 10 }), ["oleg"]);
  assert.equal(await mayEnter(store.read, portal, "oleg", clock.now()), true);
  assert.equal(await mayEnter(store.read, portal, "maria", clock.now()), false);
  assert.equal(await mayEnter(store.read, wiki, "maria", clock.now()), true);
  await changeMember(tools, portal.id, { member, may: false }, by);
  assert.equal(await mayEnter(store.read, portal, "oleg", clock.now()), false);
});

onBothDatabases("a group lets its members in, for as long as each belongs to it", async (store) => {
  const tools = await open(store);
  const { portal } = await added(tools, { ...crm, access: "listed" });
  await changeMember(tools, portal.id, { member: { kind: "group", id: "sales" }, may: true }, by);
  const now = clock.now();
  const times = {
    always: [0, 0],
    until: [0, now + 1],
    over: [0, now],
    since: [now, 0],
    later: [now + 1, 0],
  } as const;
  for (const [account_id, [from_at, until_at]] of Object.entries(times)) {
    const member = { group_id: "sales", account_id, from_at, until_at, added_at: now };
    await store.transact((write) => write.insertInto("policy_members").values(member).execute());
  }
  const may = await Promise.all(
    [...Object.keys(times), "stranger"].map((account) => mayEnter(store.read, portal, account, now)),
  );
  assert.deepEqual(may, [true, true, false, true, false, false]);
});

onBothDatabases("a logo is named by its content and goes when it is taken away", async (store) => {
  const tools = await open(store);
  const { portal } = await added(tools);
  await keepLogo(tools, portal.id, Buffer.from("picture"), by);
  const logo = tools.portals.portal(portal.id)?.logo ?? "";
  assert.match(logo, /^[0-9a-f]{32}$/);
  assert.equal(Buffer.from((await logoNamed(store.read, logo)) ?? []).toString(), "picture");
  await keepLogo(tools, portal.id, null, by);
  assert.equal(tools.portals.portal(portal.id)?.logo, null);
  assert.equal(await logoNamed(store.read, logo), undefined);
});

onBothDatabases("what cannot be kept is refused field by field, and nothing is kept", async (store) => {
  const tools = await open(store);
  const outcome = await addPortal(
    tools,
    {
      ...crm,
      name: " ",
      senderName: "Отдел\r\nBcc: evil@evil.example",
      hue: 360,
      channels: ["desk"],
      redirectUris: ["https://crm.example/cb", "http://crm.example/cb"],
      homeUrl: "javascript:alert(1)",
    },
    by,
  );
  const faults: PortalFault[] = outcome.kind === "refused" ? outcome.faults : [];
  assert.deepEqual(
    faults.map(({ field, kind, value }) => [field, kind, value]),
    [
      ["name", "not-plain", undefined],
      ["senderName", "not-plain", undefined],
      ["hue", "range", undefined],
      ["channels", "none-left", undefined],
      ["redirectUris", "not-https", "http://crm.example/cb"],
      ["homeUrl", "scheme", "javascript:alert(1)"],
    ],
  );
  assert.equal(tools.portals.all().length, 1);
  const id = tools.portals.defaultPortal().id;
  assert.deepEqual(await archivePortal(tools, id, by), { kind: "unknown" });
});

test("OP1, HT3: addresses are judged as browsers read them", () => {
  const good = [
    "https://crm.example/cb",
    "https://crm.example",
    "https://crm.example:8443/a?b=c",
    "http://localhost:3000/cb",
    "http://127.0.0.1/cb",
    "http://[::1]:8080/cb",
  ];
  for (const address of good) assert.equal(judgeAddress(address), undefined, address);
  const bad = {
    "/cb": "not-an-address",
    "//evil.example/cb": "not-an-address",
    "crm.example/cb": "not-an-address",
    "https:crm.example/cb": "not-an-address",
    "https:///crm.example": "not-an-address",
    "https://": "not-an-address",
    "javascript:alert(1)": "scheme",
    "com.example.app:/cb": "scheme",
    "http://crm.example/cb": "not-https",
    "http://localhost.evil.example/cb": "not-https",
    "http://127.0.0.1.evil.example/cb": "not-https",
    "https://*.crm.example/cb": "wildcard",
    "https://crm.example/cb#top": "fragment",
    "https://crm.example/cb#": "fragment",
    "https://crm.example@evil.example/cb": "user",
    "https://CRM.example/cb": "spelling",
    "https://crm.example/a/../cb": "spelling",
    "https://crm.example:443/cb": "spelling",
    "https://crm.example\\@evil.example/cb": "spelling",
    "https://crm.example/cb\n": "spelling",
    "https://портал.рф/cb": "spelling",
    [`https://crm.example/${"a".repeat(1_000)}`]: "too-long",
  };
  for (const [address, kind] of Object.entries(bad)) {
    assert.equal(judgeAddress(address)?.kind, kind, address);
  }
  assert.equal(judgeAddress("https://портал.рф/cb")?.instead, "https://xn--80awhdgm.xn--p1ai/cb");
});
