import assert from "node:assert/strict";
import { sql } from "kysely";
import { onBothDatabases } from "../../../test/both-databases.ts";
import { planOfLast } from "../../../test/plan.ts";
import type { OpenStore } from "../../platform/store/open.ts";
import { addPerson, judgePerson, noteSignIn, proveMailbox, setRole, setStatus } from "../accounts.ts";
import { listPeople, searchIsIndexed, searchWords } from "./people.ts";
import { type PeopleFilter, type PeoplePlace, pageOfPeople } from "./rows.ts";
import { pageOfFinds } from "./search/rows.ts";

const clock = { now: () => 1_000_000 };
const everybody: PeopleFilter = {
  words: [],
  status: "any",
  role: "any",
  signedIn: "any",
  password: "any",
  phone: "any",
  mail: "any",
};

async function add(store: OpenStore, login: string, name: string, phone?: string): Promise<string> {
  const email = `${login}@romashka.example`;
  const more = { phone, role: "person", language: null, contactsProven: false } as const;
  const judged = await judgePerson({ login, name, email, ...more });
  assert.ok(judged.kind === "fine");
  const added = await store.transact((write) => addPerson({ clock, store }, write, judged.draft));
  assert.ok(added.kind === "added");
  return added.id;
}

async function names(store: OpenStore, filter: Partial<PeopleFilter>): Promise<string[]> {
  const wish = { filter: { ...everybody, ...filter }, order: "name", after: undefined, most: 50 } as const;
  return (await listPeople({ store }, wish)).people.map(({ account }) => account.name);
}

onBothDatabases("M30: the list follows every change by itself", async (store) => {
  const yana = await add(store, "yana", "Яна Ёлкина");
  await add(store, "anna", "Анна");
  assert.deepEqual(await names(store, {}), ["Анна", "Яна Ёлкина"]);
  assert.deepEqual(await names(store, { words: searchWords("елкина") }), ["Яна Ёлкина"]);
  assert.deepEqual(await names(store, { mail: "unproven" }), ["Анна", "Яна Ёлкина"]);
  await store.transact(async (write) => {
    await proveMailbox(write, yana, "yana@romashka.example", 5);
    await setRole({ clock }, write, yana, "desk");
    await setStatus({ clock }, write, yana, "blocked");
    await noteSignIn(write, yana, 7);
    await write.updateTable("accounts").set({ name: "Юлия" }).where("id", "=", yana).execute();
    await write
      .insertInto("passwords")
      .values({ account_id: yana, hash: "x", changed_at: 1, changed_by: null, once_until: null })
      .execute();
  });
  assert.deepEqual(await names(store, { words: searchWords("елкина") }), []);
  for (const filter of [
    { words: searchWords("юлия yana@") },
    { status: "blocked" },
    { role: "desk" },
    { role: "staff" },
    { signedIn: { since: 7 } },
    { signedIn: { before: 7 } },
    { password: "yes" },
  ] as const) {
    assert.deepEqual(await names(store, filter), ["Юлия"], JSON.stringify(filter));
  }
  assert.deepEqual(await names(store, { mail: "unproven" }), ["Анна"]);
  assert.deepEqual(await names(store, { signedIn: "never" }), ["Анна"]);
  await store.transact(async (write) => {
    for (const table of ["identifiers", "passwords"] as const)
      await write.deleteFrom(table).where("account_id", "=", yana).execute();
    await write.deleteFrom("accounts").where("id", "=", yana).execute();
  });
  assert.deepEqual(await names(store, {}), ["Анна"]);
});

onBothDatabases(
  "M30: what fits is counted once, with the first page, and so is what is searched",
  async (store) => {
    for (const [index, name] of ["Анна", "Борис", "Вера"].entries()) await add(store, `p${index}`, name);
    const wish = { order: "name", after: undefined, most: 1 } as const;
    for (const words of [[], searchWords("romashka.example")]) {
      const filter = { ...everybody, words };
      const first = await listPeople({ store }, { ...wish, filter });
      const second = await listPeople({ store }, { ...wish, filter, after: first.next });
      const third = await listPeople({ store }, { ...wish, filter, after: second.next });
      const pages = [first, second, third];
      assert.deepEqual(
        pages.map(({ people: [one], count, next }) => [one?.account.name, count, next?.count]),
        [
          ["Анна", 3, 3],
          ["Борис", 3, 3],
          ["Вера", 3, undefined],
        ],
      );
      const nobody = await listPeople({ store }, { ...wish, filter: { ...filter, role: "desk" } });
      assert.deepEqual({ ...nobody }, { people: [], count: 0, next: undefined, tooMany: false });
    }
  },
);

onBothDatabases("M30: names are sorted without case, and «ё» as «е», after every change", async (store) => {
  const sorted = [
    "anna Émile",
    "Anna émilie",
    "ёлкина Яна",
    "Ёлкина яша",
    "Ель",
    "ян",
    "Ян Ґудзь",
    "ян ґуля",
  ];
  const ids: string[] = [];
  for (const [index, name] of sorted.toReversed().entries()) ids.push(await add(store, `p${index}`, name));
  assert.deepEqual(await names(store, {}), sorted);
  await store.transact((write) =>
    write
      .updateTable("accounts")
      .set({ name: "яРИНА" })
      .where("id", "=", ids[0] ?? "")
      .execute(),
  );
  await store.transact((write) => setRole({ clock }, write, ids[2] ?? "", "desk"));
  assert.deepEqual(await names(store, {}), [...sorted.slice(0, -1), "яРИНА"]);
});

/** How the database would go about the statement that this page sends. */
function planOf(store: OpenStore, filter: Partial<PeopleFilter>, after?: PeoplePlace): Promise<string> {
  const wish = { filter: { ...everybody, ...filter }, order: "name", after, most: 50 } as const;
  const page = wish.filter.words.length > 0 ? pageOfFinds : pageOfPeople;
  return planOfLast(store, (read) => page(read, store.kind, wish));
}

onBothDatabases("M30: the list walks its index, and the search asks the trigrams", async (store) => {
  await add(store, "anna", "Анна");
  // The first page counts on to a thousand, which PostgreSQL sorts sooner where it guesses at fewer.
  assert.match(await planOf(store, {}, { key: "", accountId: "", count: 1 }), /people_by_name/);
  assert.match(await planOf(store, { status: "blocked" }), /people_closed/);
  for (const [filter, index] of [
    [{ password: "no" }, "people_by_password"],
    [{ phone: "no" }, "people_by_phone"],
    [{ phone: "yes" }, "people_by_phone"],
    [{ mail: "unproven" }, "people_by_proof"],
    [{ signedIn: "never" }, "people_by_last_sign_in"],
    [{ mail: "bounced" }, "people_bounced"],
  ] as const) {
    assert.match(await planOf(store, filter), new RegExp(index), "the few among the many have theirs");
  }
  if (store.kind === "sqlite") {
    const plan = await planOf(store, { signedIn: { before: 5 } });
    assert.match(plan, /people_by_last_sign_in/, "few came, so they are sorted");
  }
  const search = await planOf(store, { words: searchWords("анна 8916") });
  assert.match(
    search,
    store.kind === "sqlite" ? /people_trigrams VIRTUAL TABLE INDEX/ : /people_words_by_trigram/,
  );
  assert.equal(await searchIsIndexed(store), true);
});

onBothDatabases("M30: without pg_trgm the search finds the same, and the start says so", async (store) => {
  await add(store, "anna", "Анна");
  if (store.kind === "postgres") await sql`drop index people_words_by_trigram`.execute(store.migrating);
  assert.equal(await searchIsIndexed(store), store.kind === "sqlite");
  assert.deepEqual(await names(store, { words: searchWords("анн anna@roma") }), ["Анна"]);
});

onBothDatabases("M30: a whole number or address finds its holder alone", async (store) => {
  await add(store, "anna", "Анна", "+7 916 123-45-67");
  await add(store, "boris", "Борис", "+7 903 123-45-67");
  for (const typed of ["8 916 123-45-67", "+79161234567", "79161234567", "9161234567", "916 1234567"]) {
    assert.deepEqual(await names(store, { words: searchWords(typed) }), ["Анна"], typed);
  }
  assert.deepEqual(await names(store, { words: searchWords("анна +79161234567") }), ["Анна"]);
  assert.deepEqual(await names(store, { words: searchWords("борис +79161234567") }), []);
  assert.deepEqual(await names(store, { words: searchWords("1234567") }), ["Анна", "Борис"]);
  for (const typed of [
    "anna@romashka.example",
    "ANNA@roma",
    "nna@romashka",
    "борис boris@romashka.example",
  ]) {
    assert.equal((await names(store, { words: searchWords(typed) })).length, 1, typed);
  }
  assert.deepEqual(await names(store, { words: searchWords("anna@kontora.example") }), []);
});
