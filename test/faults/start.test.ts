/** A start that would be unsafe or cannot work ends at once, with one line that names what to mend. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { run } from "./service-process.ts";

const dataDir = mkdtempSync(join(tmpdir(), "propusk-start-"));
after(() => rmSync(dataDir, { recursive: true, force: true }));

const postgres = "postgres://nobody@127.0.0.1:1/nothing";
const goodKey = Buffer.from(
  "7f3a91c04be25d68f0137ac9e4528bd61e907f3c4ab85d2296ec01f3d74ab85c",
  "hex",
).toString("base64url");

/** What the operator wrote, and the setting that the one line has to name. */
const mistakes: readonly [settings: Record<string, string>, named: string][] = [
  [{ DATABASE_URL: postgres }, "SECRET_KEY"],
  [{ SECRET_KEY: "c2hvcnQ" }, "SECRET_KEY"],
  [{ SECRET_KEY: "A".repeat(43) }, "SECRET_KEY"],
  [{ SECRET_KEY: "change-me-change-me-change-me-change-me-change-me" }, "SECRET_KEY"],
  [{ SECRET_KEY: "не ключ" }, "SECRET_KEY"],
  [{ SECRET_KEY_FILE: join(dataDir, "absent") }, "SECRET_KEY"],
  [{ PUBLIC_URL: "http://id.company.example" }, "PUBLIC_URL"],
  [{ PUBLIC_URL: "https://id.company.example/path" }, "PUBLIC_URL"],
  [{ HOST: "0.0.0.0" }, "SMTP_URL"],
  [{ SMTP_URL: "mail.company.example" }, "SMTP_URL"],
  [{ MAIL_FROM: "Company" }, "MAIL_FROM"],
  [{ DATABASE_URL: "mysql://localhost" }, "DATABASE_URL"],
  [{ RECOVERY_LINK_LIFETIME: "25h" }, "RECOVERY_LINK_LIFETIME"],
  [{ RECOVERY_LINK_LIFETIME: "60" }, "RECOVERY_LINK_LIFETIME"],
  [{ RECOVERY_CODE_LIFETIME: "1h" }, "RECOVERY_CODE_LIFETIME"],
  [{ RECOVERY_STYLE: "question" }, "RECOVERY_STYLE"],
  [{ TIME_ZONE: "Moscow" }, "TIME_ZONE"],
  [{ PORT: "70000" }, "PORT"],
  [{ DATA_DIR: join(import.meta.filename, "data") }, "DATA_DIR"],
  [{ DATA_DIR: join(import.meta.filename, "data"), SECRET_KEY: goodKey }, "DATA_DIR"],
  [{ DATABASE_URL: postgres, SECRET_KEY: goodKey }, "database"],
];

for (const [settings, named] of mistakes) {
  const told = Object.entries(settings).map(
    ([name, value]) => `${name}=${value.replace(dataDir, "…").replace(import.meta.filename, "…")}`,
  );
  test(`${told.join(" ")} ends the start with one line about ${named}`, async () => {
    await assertEndsWithOneLine(settings, named);
  });
}

test("a port that somebody else listens on ends the start with one line about PORT", async (t) => {
  const other = createServer().listen(0, "127.0.0.1");
  t.after(() => other.close());
  await new Promise((resolve) => other.once("listening", resolve));
  await assertEndsWithOneLine({ PORT: String((other.address() as AddressInfo).port) }, "PORT");
});

async function assertEndsWithOneLine(settings: Record<string, string>, named: string): Promise<void> {
  const environment = { PORT: "0", DATA_DIR: dataDir, ...settings };
  const { child, ended, said, until } = run(process.execPath, ["src/main.ts"], environment);
  // One that starts nevertheless, or never ends, is ended here and fails below.
  const enough = () => child.kill("SIGKILL");
  until(/"event":"listening"/).then(enough, enough);
  const { code } = await ended;
  const words = said();
  assert.equal(code, 1, words);
  assert.match(words, /^[^\n]+\n$/, "not one line");
  assert.ok(words.includes(named), words);
  for (const secret of [settings.SECRET_KEY, settings.DATABASE_URL]) {
    assert.ok(!secret || !words.includes(secret), "the line quotes a secret");
  }
}
