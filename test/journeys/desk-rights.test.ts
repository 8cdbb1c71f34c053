/** Who of the staff may do what with whose case, what they see, and what is recorded of it. */
import assert from "node:assert/strict";
import type { Role } from "../../src/accounts/accounts.ts";
import { lowestRole } from "../../src/admin/rights.ts";
import { ANSWER, act, confirmedCase, post, staffed, stateOf } from "../desk.ts";
import { journey } from "../journey.ts";
import { anna } from "../people.ts";
import { letterLike, signedIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

const roles = ["person", "desk", "administrator", "owner"] as const satisfies readonly Role[];
const steps = ["take", "put-back", "hand-over", "answer", "note", "name", "colleague", "meeting"];
steps.push("document", "propose", "return", "recall", "refuse");
const settings = { TRUSTED_PROXY_HOPS: "1" };

/** One line of the table of rights: on whose case each role may do it; «self» never may. */
const allowed: Record<Role, Record<"see-cases" | "handle-case" | "approve-case", readonly Role[]>> = {
  person: { "see-cases": [], "handle-case": [], "approve-case": [] },
  desk: { "see-cases": roles, "handle-case": roles, "approve-case": ["person", "desk"] },
  administrator: {
    "see-cases": roles,
    "handle-case": roles,
    "approve-case": ["person", "desk", "administrator"],
  },
  owner: { "see-cases": roles, "handle-case": roles, "approve-case": roles },
};

function addressed(role: Role, login: string) {
  return { ...staffed("desk", login, `${role} ${login}`), role };
}

journey(
  "AD2, AD8: every cell of role, whom a case is about and what is done: else there is no such page",
  async (world) => {
    let source = 0;
    const numbers = new Map<string, number>();
    const open = async (login: string) => {
      source += 1;
      const options = { address: `198.51.100.${source}`, answer: `a${source}@elsewhere.example` };
      const { applicant, number } = await confirmedCase(world, login, options);
      numbers.set(login, number);
      return { applicant, number };
    };
    for (const role of roles) {
      await world.addPerson(addressed(role, `target-${role}`));
      await world.addPerson(addressed(role, `actor-${role}`));
    }
    const actors = new Map<Role, Visitor>();
    for (const role of roles) actors.set(role, await signedIn(world, addressed(role, `actor-${role}`)));
    for (const role of roles) {
      await open(`target-${role}`);
      await open(`actor-${role}`);
    }
    for (const [role, actor] of actors) {
      for (const about of [...roles, "self"] as const) {
        const number = numbers.get(about === "self" ? `actor-${role}` : `target-${about}`) ?? 0;
        const may = (right: keyof (typeof allowed)[Role]) =>
          about !== "self" && allowed[role][right].includes(about);
        const cell = `${role} → ${about}`;
        const before = await stateOf(world, number);
        const seen = await actor.raw(`/admin/cases/${number}`);
        assert.equal(seen.status, may("see-cases") ? 200 : 404, `${cell}: looks`);
        const found = await actor.raw(`/admin/cases?find=${number}`);
        assert.equal(
          found.status === 200 && found.body.includes(`/admin/cases/${number}"`),
          may("see-cases"),
        );
        const approving = await actor.raw(`/admin/cases/${number}/approve`);
        assert.equal(approving.status !== 404, may("approve-case"), `${cell}: looks at approving`);
        const approved = await post(actor, `/admin/cases/${number}/approve`);
        assert.equal(approved.status !== 404, may("approve-case"), `${cell}: approves`);
        for (const step of steps) {
          const done = await post(actor, `/admin/cases/${number}/do/${step}`);
          assert.equal(done.status !== 404, may("handle-case") && step !== "hand-over", `${cell}: ${step}`);
        }
        if (!may("handle-case")) assert.equal(await stateOf(world, number), before, cell);
        // Back to where everybody begins.
        else await post(actor, `/admin/cases/${number}/do/put-back`);
      }
      for (const [place, right] of [
        ["cases", "see-cases"],
        ["case-figures", "see-cases"],
        ["case-templates", "keep-templates"],
      ] as const) {
        const may = roles.indexOf(role) >= roles.indexOf(lowestRole[right]);
        assert.equal((await actor.raw(`/admin/${place}`)).status, may ? 200 : 404, `${role}: ${place}`);
      }
      if (role === "person" || role === "desk")
        assert.equal((await post(actor, "/admin/case-templates", { name: "x" })).status, 404);
    }
  },
  { settings, embeddedOnly: true },
);

/** The actions in the record since it had so many. */
async function recordedSince(world: World, count: number): Promise<string[]> {
  const { read } = world.service.tools.store;
  const events = await read.selectFrom("audit_events").select("action").orderBy("seq").execute();
  return events.slice(count).map(({ action }) => action);
}

journey(
  "AD4, AD1, AD8: each look at queue, search, case, file, figures and templates is one row; all is masked",
  async (world) => {
    const { read } = world.service.tools.store;
    await world.addPerson(anna);
    await world.addPerson(staffed("desk", "polina", "Полина Орлова"));
    await world.addPerson(staffed("administrator", "olga", "Ольга Белова"));
    const { applicant, number } = await confirmedCase(world, anna.email);
    applicant.fill("Ваше сообщение", "Вот справка");
    applicant.attach("Файлы", Buffer.from("%PDF-1.7 справка"));
    await applicant.press("Отправить");
    const polina = await signedIn(world, staffed("desk", "polina", "Полина Орлова"));
    const olga = await signedIn(world, staffed("administrator", "olga", "Ольга Белова"));
    await act(polina, number, "take");
    await polina.visit(`/admin/cases/${number}`);
    const file = polina.page.link("photo.pdf");
    const foreign = file.replace(/[0-9a-f]{12}$/, "000000000000");
    const looks: [Visitor, string, string[]][] = [
      [polina, "/admin/cases", ["cases.listed"]],
      [polina, "/admin/cases?state=asked&handler=mine&overdue=on", ["cases.listed"]],
      [polina, `/admin/cases?find=${number}`, ["cases.listed"]],
      [polina, `/admin/cases?find=${encodeURIComponent(ANSWER)}`, ["cases.listed"]],
      [polina, "/admin/cases?find=%00%27--", ["cases.listed"]],
      [polina, `/admin/cases/${number}`, ["case.viewed"]],
      [polina, file, ["case.file-taken"]],
      [polina, foreign, []],
      [polina, "/admin/case-figures", ["cases.listed"]],
      [polina, "/admin/cases/99999", []],
      [olga, "/admin/case-templates", ["cases.templates-viewed"]],
    ];
    const all = await read.selectFrom("audit_events").select("seq").execute();
    let count = all.length;
    for (const [who, address, recorded] of looks) {
      const { status } = await who.raw(address);
      assert.equal(status, recorded.length === 0 ? 404 : 200, address);
      assert.deepEqual(await recordedSince(world, count), recorded, address);
      count += recorded.length;
    }
    const refused = await post(polina, `/admin/cases/${number}/do/answer`, { answer: "" });
    assert.equal(refused.status, 422);
    assert.deepEqual(
      await recordedSince(world, count),
      ["case.viewed"],
      "a refused form shows the case again",
    );
    await act(polina, number, "document", { document: "паспорт" });
    await applicant.visit("/support/case");
    const code = /(\d{3}) (\d{3}) По телефону/.exec(applicant.page.text);
    await act(polina, number, "meeting", { meeting: `${code?.[1]}${code?.[2]}` });
    await act(polina, number, "propose", { replaces: "on" });
    count += (await recordedSince(world, count)).length;
    await olga.visit(`/admin/cases/${number}/approve`);
    assert.deepEqual(await recordedSince(world, count), ["case.viewed"]);

    await polina.visit(`/admin/cases?find=${encodeURIComponent(ANSWER)}`);
    assert.ok(polina.page.text.includes(`№ ${number}`), "found by the address for answers");
    for (const answer of polina.answers.filter(({ path }) => path.startsWith("/admin"))) {
      // What was looked for stands in its field again.
      const shown = answer.body.replaceAll(/<input id="find"[^>]*>/g, "");
      for (const secret of [ANSWER, anna.email, "9161234567", "916 123-45"])
        assert.ok(!shown.includes(secret), `${answer.path} shows ${secret}`);
      assert.doesNotMatch(answer.body, /key=[\w-]{20}|\$argon2/, answer.path);
      assert.equal(answer.headers["cache-control"], "no-store", answer.path);
    }
    const details = await read
      .selectFrom("audit_events")
      .select("detail")
      .where("action", "=", "cases.listed")
      .execute();
    assert.ok(!JSON.stringify(details).includes(ANSWER), "the record keeps what was looked for masked");
    assert.ok(JSON.stringify(details).includes("a···@elsewhere.example"));

    // AD1: what opens the account never stood on a page of staff.
    const letters = await world.messagesTo(ANSWER);
    const keys = letters.flatMap(({ link }) => new URL(link).searchParams.get("key") ?? []);
    assert.ok(keys.length > 0);
    for (const who of [polina, olga])
      for (const { body, path } of who.answers)
        for (const key of keys) assert.ok(!body.includes(key), `${path} shows a key`);
    await letterLike(world, ANSWER, `Обращение № ${number}: принято`);
    assert.equal((await visitor(world).raw(file)).status, 404);
  },
);
