import assert from "node:assert/strict";
import { onBothDatabases } from "../../test/both-databases.ts";
import { accountById, addPerson, judgePerson } from "../accounts/accounts.ts";
import { changeGroup, EVERYONE, openPolicies } from "../policies/policies.ts";
import { findSession, newVisitId, openVisit, startSession, visitById } from "./sessions.ts";

onBothDatabases(
  "a device beyond those that are remembered ends with its visits to portals",
  async (store) => {
    const clock = { now: () => 1_800_000_000_000 };
    const policies = await openPolicies({ store, settings: { recoveryLinkLifetimeMs: 3_600_000 } });
    const tools = { store, clock, policies, deliveryBell: { ring: () => {} } };
    const everyone = { name: "Все", description: "", values: { rememberedDevices: 1 } };
    await store.transact((write) => changeGroup(tools, write, EVERYONE, everyone));
    await policies.refresh();
    const contacts = { email: undefined, phone: undefined, contactsProven: true };
    const judged = await judgePerson({
      login: "anna",
      name: "Анна",
      role: "person",
      language: null,
      ...contacts,
    });
    assert.ok(judged.kind === "fine");
    const added = await store.transact((write) => addPerson(tools, write, judged.draft));
    assert.ok(added.kind === "added");
    const account = await accountById(store.read, added.id);
    assert.ok(account);
    const visitor = { address: "192.0.2.1", agent: "" };
    const begin = () =>
      store.transact((write) =>
        startSession(tools, write, { account, visitor, remember: true, browserId: null }),
      );

    const first = await findSession(tools, (await begin()).token, () => visitor.address);
    assert.ok(first);
    const portal = await store.read.selectFrom("portals").select("id").executeTakeFirstOrThrow();
    const visit = {
      sessionId: first.id,
      accountId: account.id,
      portalId: portal.id,
      scope: "openid",
      logoutUri: null,
    };
    const id = await store.transact((write) => openVisit(tools, write, { id: newVisitId(), ...visit }));
    assert.ok(id !== undefined && (await visitById(tools, id)));
    await begin();
    assert.equal(await visitById(tools, id), undefined);
  },
);
