/** `propusk portal …`: processes of their own beside the running service. */
import assert from "node:assert/strict";
import { journey } from "../journey.ts";
import { anna } from "../people.ts";
import { askToken, enterPortal, openPortal, travel } from "../portals/portal.ts";
import { signedIn } from "../steps.ts";
import { propusk, settingsOf } from "../terminal-child.ts";
import { send } from "../walker.ts";

const redirect = "https://crm.romashka.example/callback";

journey("contract: portals are added, listed and given secrets from a terminal", async (world) => {
  const { tools } = world.service;
  const run = (...words: string[]) => propusk(settingsOf(world), ["portal", ...words]);
  const done = async (...words: string[]) => {
    const { code, err, out } = await run(...words);
    assert.deepEqual({ code, err }, { code: 0, err: "" }, words.join(" "));
    return out.trim();
  };
  const refused = async (line: RegExp, ...words: string[]) => {
    const ended = await run(...words);
    assert.deepEqual([ended.code, ended.out], [1, ""], words.join(" "));
    assert.match(ended.err.trimEnd(), line);
    assert.equal(ended.err.trimEnd().split("\n").length, 1, ended.err);
  };
  const misused = async (...words: string[]) => {
    const ended = await run(...words);
    assert.equal(ended.code, 2, words.join(" "));
    assert.match(ended.err, /usage:/);
  };

  await misused("add", "--name", "CRM");
  await misused("rotate-secret");
  await refused(
    /^--redirect http:\/\/crm\.romashka\.example\/: .*https/,
    "add",
    "--name",
    "CRM",
    "--redirect",
    "http://crm.romashka.example/",
  );
  await refused(
    /--redirect https:\/\/\*\.romashka\.example\/: .*star.*; --home ftp:\/\/x\/: /,
    "add",
    "--name",
    "CRM",
    "--redirect",
    "https://*.romashka.example/",
    "--home",
    "ftp://x/",
  );
  assert.equal(await done("list"), "");

  const added = await done("add", "--name", "CRM", "--redirect", redirect);
  const [, id = "", first = ""] = /^client_id=(\S+)\nclient_secret=(\S+)$/.exec(added) ?? [];
  assert.ok(first.length >= 43, added);
  const list = await done("list");
  assert.deepEqual(list.split("\t"), [id, "CRM", redirect, "all"]);
  assert.ok(!(await done("list", "--json")).includes(first), "the secret is shown twice");
  await tools.portals.refresh();
  const fields = { grant_type: "refresh_token", refresh_token: "none" };
  const opens = async (secret: string) => {
    const { status } = await askToken(world, { id, secret } as never, fields);
    // 400: whom it is from is known, and what it asks for is not there.
    return status === 400;
  };
  assert.ok(await opens(first));

  // The one before opens until the next: the portal is changed over without standing still.
  const second = /client_secret=(\S+)$/.exec(await done("rotate-secret", id))?.[1] ?? "";
  await tools.portals.refresh();
  assert.deepEqual([await opens(second), await opens(first), await opens("made up")], [true, true, false]);
  const third = JSON.parse(await done("rotate-secret", id, "--json")) as { client_secret: string };
  await tools.portals.refresh();
  const open = [await opens(third.client_secret), await opens(second), await opens(first)];
  assert.deepEqual(open, [true, true, false]);
  await refused(
    /^no portal has the client_id 0190; propusk portal list shows them$/,
    "rotate-secret",
    "0190",
  );
  const app = await done("add", "--public", "--name", "App", "--redirect", "http://127.0.0.1/done");
  const appId = /^client_id=(\S+)$/.exec(app)?.[1] ?? "";
  assert.ok(appId, "a client without a secret was given one");
  await refused(/^the client of this portal keeps no secret$/, "rotate-secret", appId);
});

journey("contract: keys are rotated from a terminal, and portals notice nothing of it", async (world) => {
  await world.addPerson(anna);
  const run = (...words: string[]) => propusk(settingsOf(world), ["portal", "rotate-keys", ...words]);
  const portal = await openPortal(world);
  const second = await world.another();
  const kidsAt = async ({ url }: { url: string }) => {
    const { keys } = JSON.parse((await send(`${url}/oidc/jwks`)).body) as { keys: { kid: string }[] };
    return keys.map(({ kid }) => kid);
  };
  try {
    const person = await signedIn(world, anna);
    const kidOf = (token = "") =>
      (JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()) as { kid: string }).kid;
    const before = await enterPortal(world, person, portal);
    const old = await kidsAt(world);
    assert.equal(old.length, 2);

    const made = await run();
    assert.match(made.out, /^new keys are published and sign from \d{4}-\d\d-\d\dT/);
    const again = await run();
    assert.equal(again.code, 1);
    assert.match(again.err, /^the next keys are published already .*--at-once does not wait$/m);
    world.clock.forward({ seconds: 11 });
    const published = await kidsAt(second);
    assert.equal(published.length, 4);
    assert.deepEqual((await kidsAt(world)).toSorted(), published.toSorted());
    const meanwhile = kidOf((await enterPortal(world, person, portal)).id_token);
    assert.ok(old.includes(meanwhile), "a key signs before portals could have read it");

    world.clock.forward({ hours: 24 });
    const fresh = await signedIn(world, anna);
    const after = await enterPortal(world, fresh, portal);
    assert.ok(!old.includes(kidOf(after.id_token)), "the old key goes on signing");
    assert.ok((await kidsAt(second)).includes(kidOf(before.id_token)));
    // A hint that the old key signed still proves whom the portal means.
    const bye = `${portal.peer.url}/bye`;
    const out = new URLSearchParams({
      id_token_hint: before.id_token ?? "",
      post_logout_redirect_uri: bye,
    });
    const gone = await travel(world, fresh, `${world.url}/oidc/sign-out?${out}`);
    assert.deepEqual(gone, { kind: "away", url: new URL(bye) });

    assert.equal((await run("--at-once")).code, 0);
    world.clock.forward({ seconds: 11 });
    const now = await kidsAt(world);
    assert.equal(now.length, 2);
    assert.ok(!now.some((kid) => published.includes(kid)));
  } finally {
    await portal.close();
  }
});
