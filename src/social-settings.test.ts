import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { offeredServices, waysOut } from "./identities/identities.ts";
import { describeSettings, readSettings } from "./settings.ts";

function read(settings: Record<string, string>) {
  return readSettings({ DATA_DIR: mkdtempSync(join(tmpdir(), "propusk-social-")), ...settings });
}

function refuses(settings: Record<string, string>, name: string): void {
  assert.throws(() => read(settings), { name: "SettingRefused", message: new RegExp(`^${name}\\b`) });
}

const key = (curve: string) =>
  generateKeyPairSync("ec", { namedCurve: curve }).privateKey.export({ format: "pem", type: "pkcs8" });
const yandex = { SOCIAL_YANDEX_CLIENT_ID: "id", SOCIAL_YANDEX_SECRET: "secret" };
const google = { SOCIAL_GOOGLE_CLIENT_ID: "id", SOCIAL_GOOGLE_SECRET: "secret" };
const oidc = { SOCIAL_OIDC_CLIENT_ID: "id", SOCIAL_OIDC_SECRET: "secret" };
const apple = {
  SOCIAL_APPLE_CLIENT_ID: "id",
  SOCIAL_APPLE_SECRET: key("P-256"),
  SOCIAL_APPLE_TEAM_ID: "team",
  SOCIAL_APPLE_KEY_ID: "key",
};

test("nothing is offered until both settings of a service are there", () => {
  assert.deepEqual(offeredServices(read({})), []);
  assert.deepEqual(
    offeredServices(read({ ...google, ...yandex })).map(({ id }) => id),
    ["yandex", "google"],
  );
  refuses({ SOCIAL_YANDEX_CLIENT_ID: "id" }, "SOCIAL_YANDEX_SECRET");
  refuses({ SOCIAL_YANDEX_SECRET: "secret" }, "SOCIAL_YANDEX_CLIENT_ID");
});

test("VK ID comes with the doors of Mail.ru and ОК", () => {
  const settings = read({ SOCIAL_VK_CLIENT_ID: "id", SOCIAL_VK_SECRET: "secret" });
  assert.deepEqual(
    waysOut(settings).map(({ name }) => name.ru),
    ["VK ID", "Mail.ru", "ОК"],
  );
});

test("SOCIAL_FOREIGN=off leaves out foreign owners, and counts the generic provider as one's own", () => {
  const all = { ...google, ...yandex, ...oidc, ...apple, SOCIAL_OIDC_ISSUER: "https://sso.company.example" };
  const settings = read({ ...all, SOCIAL_FOREIGN: "off" });
  assert.deepEqual(
    offeredServices(settings).map(({ id }) => id),
    ["yandex", "oidc"],
  );
  refuses({ SOCIAL_FOREIGN: "no" }, "SOCIAL_FOREIGN");
});

test("an issuer is https, or on this machine", () => {
  refuses(oidc, "SOCIAL_OIDC_ISSUER");
  refuses({ ...oidc, SOCIAL_OIDC_ISSUER: "http://sso.company.example" }, "SOCIAL_OIDC_ISSUER");
  refuses({ ...oidc, SOCIAL_OIDC_ISSUER: "sso.company.example" }, "SOCIAL_OIDC_ISSUER");
  refuses({ ...oidc, SOCIAL_OIDC_ISSUER: "https://a:b@sso.company.example" }, "SOCIAL_OIDC_ISSUER");
  assert.ok(read({ ...oidc, SOCIAL_OIDC_ISSUER: "http://127.0.0.1:4000" }));
});

test("Apple wants a P-256 key with its names, Сбер ID a certificate with its key", () => {
  assert.ok(read(apple).social.connected[0]?.signer);
  refuses({ ...apple, SOCIAL_APPLE_SECRET: key("P-384") }, "SOCIAL_APPLE_SECRET");
  refuses({ ...apple, SOCIAL_APPLE_SECRET: "not a key" }, "SOCIAL_APPLE_SECRET");
  refuses({ ...apple, SOCIAL_APPLE_TEAM_ID: "" }, "SOCIAL_APPLE_TEAM_ID");
  const sber = { SOCIAL_SBER_CLIENT_ID: "id", SOCIAL_SBER_SECRET: "secret" };
  refuses(sber, "SOCIAL_SBER_CERTIFICATE");
  refuses({ ...sber, SOCIAL_SBER_CERTIFICATE: "-----BEGIN" }, "SOCIAL_SBER_CERTIFICATE");
});

test("new people come from the named mail domains alone", () => {
  assert.deepEqual(read({}).social.newPeopleFrom, []);
  const domains = read({ SOCIAL_NEW_PEOPLE: "Company.example, пример.рф" }).social.newPeopleFrom;
  assert.deepEqual(domains, ["company.example", "пример.рф"]);
  for (const wrong of ["*", "on", "company", "@company.example", "company.example,"]) {
    refuses({ SOCIAL_NEW_PEOPLE: wrong }, "SOCIAL_NEW_PEOPLE");
  }
});

test("the settings of each connected service are shown by name, their secrets masked", () => {
  const shown = describeSettings(yandex).filter(({ name }) => name.startsWith("SOCIAL_"));
  const value = (name: string) => shown.find((each) => each.name === name)?.value;
  assert.equal(value("SOCIAL_YANDEX_CLIENT_ID"), "id");
  assert.equal(value("SOCIAL_YANDEX_SECRET"), "••••••");
  assert.equal(value("SOCIAL_<ID>_ISSUER"), "the service's own");
});
