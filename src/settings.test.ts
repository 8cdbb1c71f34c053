import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { testCertificate } from "../test/certificate.ts";
import { definitions, describeSettings, readSettings, SettingRefused } from "./settings.ts";

const KEY = "kJ8vXw2QpLr5TnYb0ZsDf7GhMc3EaUi9oVqWx1RtNeB";

function inFolder(body: (dataDir: string) => void): void {
  const dataDir = mkdtempSync(join(tmpdir(), "propusk-settings-"));
  try {
    body(dataDir);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function refusal(environment: Record<string, string>): string {
  let line = "";
  inFolder((DATA_DIR) => {
    assert.throws(
      () => readSettings({ DATA_DIR, SECRET_KEY: KEY, ...environment }),
      (error) => {
        assert.ok(error instanceof SettingRefused, String(error));
        line = error.message;
        return true;
      },
    );
  });
  assert.ok(!line.includes("\n"), line);
  return line;
}

test("without any setting the service runs on loopback with an embedded database and a trial inbox", () => {
  inFolder((DATA_DIR) => {
    const settings = readSettings({ DATA_DIR });
    assert.equal(settings.host, "127.0.0.1");
    assert.equal(settings.port, 3000);
    assert.equal(settings.publicUrl, "http://localhost:3000");
    assert.equal(settings.databaseUrl, undefined);
    assert.equal(settings.smtpUrl, undefined);
    assert.deepEqual(settings.mailFrom, { name: "Пропуск", address: "no-reply@localhost" });
    assert.equal(settings.recoveryStyle, "passport");
    assert.equal(settings.recoveryLinkLifetimeMs, 3_600_000);
    assert.equal(settings.recoveryCodeLifetimeMs, 600_000);
    assert.equal(settings.recoveryReissueAfterMs, 600_000);
    assert.equal(settings.trustedProxyHops, 0);
  });
});

test("CH5, EN10: SMS go to +7 and a thousand a day unless told otherwise; the values are judged", () => {
  inFolder((DATA_DIR) => {
    const usual = readSettings({ DATA_DIR });
    assert.deepEqual(usual.smsCountries, ["+7"]);
    assert.deepEqual([usual.smsDayLimit, usual.smsBoundLine], [1_000, true]);
    const own = { SMS_COUNTRIES: "+7, +375", SMS_DAY_LIMIT: "50", SMS_BOUND_LINE: "off" };
    const chosen = readSettings({ DATA_DIR, ...own });
    assert.deepEqual(chosen.smsCountries, ["+7", "+375"]);
    assert.deepEqual([chosen.smsDayLimit, chosen.smsBoundLine], [50, false]);
  });
  for (const SMS_COUNTRIES of ["7", "RU", "+", "+0", "+7,", "+7;+375", "+12345678"]) {
    assert.match(refusal({ SMS_COUNTRIES }), /^SMS_COUNTRIES must look like/, SMS_COUNTRIES);
  }
  for (const SMS_DAY_LIMIT of ["0", "-1", "many", "1000001"]) {
    assert.match(refusal({ SMS_DAY_LIMIT }), /^SMS_DAY_LIMIT must be/, SMS_DAY_LIMIT);
  }
  assert.match(refusal({ SMS_BOUND_LINE: "yes" }), /^SMS_BOUND_LINE must be one of/);
});

test("ST7: a missing, short or sample secret stops the start, with a line that names the setting", () => {
  for (const [key, line] of [
    ["short", /^SECRET_KEY must be 32 or more bytes/],
    ["A".repeat(43), /^SECRET_KEY is a sample or repeats itself/],
    [Buffer.from("change-me-change-me-change-me-change-me").toString("base64url"), /^SECRET_KEY /],
    ["changeme-changeme-changeme-changeme-changeme", /^SECRET_KEY /],
    ["кириллица".repeat(6), /^SECRET_KEY must be 32 or more bytes/],
    [`${KEY},short`, /^SECRET_KEY /],
    [`${KEY},`, /^SECRET_KEY /],
  ] as const) {
    assert.match(refusal({ SECRET_KEY: key }), line, key);
  }
  assert.match(
    refusal({ SECRET_KEY: "", DATABASE_URL: "postgres://localhost/x" }),
    /^SECRET_KEY is required with PostgreSQL/,
  );
});

test("ST2: the key of an embedded installation is made once, for its owner's eyes", () => {
  inFolder((DATA_DIR) => {
    const [first] = readSettings({ DATA_DIR }).secretKeys;
    const [second] = readSettings({ DATA_DIR }).secretKeys;
    assert.equal(first?.length, 32);
    assert.deepEqual(first, second);
    const file = join(DATA_DIR, "secret.key");
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(readFileSync(file, "utf8").trim(), first?.toString("base64url"));
  });
});

test("ST6: older keys after a comma still open what they made", () => {
  inFolder((DATA_DIR) => {
    const older = Buffer.from(KEY).toString("base64url");
    const { secretKeys } = readSettings({ DATA_DIR, SECRET_KEY: `${KEY}, ${older}` });
    assert.equal(secretKeys.length, 2);
    assert.deepEqual(secretKeys[0], Buffer.from(KEY, "base64url"));
  });
});

test("unsafe or unreadable values stop the start, with a line that names the setting", () => {
  const cases: [Record<string, string>, RegExp][] = [
    [{ PUBLIC_URL: "http://id.company.ru" }, /^PUBLIC_URL must start with https:\/\//],
    [{ PUBLIC_URL: "https://id.company.ru/path" }, /^PUBLIC_URL must be an origin only/],
    [{ PUBLIC_URL: "https://user@id.company.ru" }, /^PUBLIC_URL must be an origin only/],
    [{ PUBLIC_URL: "https://id.company.ru/?x" }, /^PUBLIC_URL must be an origin only/],
    [{ PUBLIC_URL: "ftp://id.company.ru" }, /^PUBLIC_URL must be an http or https address/],
    [{ PUBLIC_URL: "id.company.ru" }, /^PUBLIC_URL /],
    [{ PUBLIC_URL: "http://localhost.evil.example" }, /^PUBLIC_URL must start with https/],
    [{ PUBLIC_URL: "http://127.evil.example" }, /^PUBLIC_URL must start with https/],
    [{ HOST: "0.0.0.0" }, /^SMTP_URL is unset: the trial inbox shows every letter/],
    [{ PORT: "65536" }, /^PORT must be a whole number from 0 to 65535/],
    [{ PORT: "3000x" }, /^PORT /],
    [{ PORT: "-1" }, /^PORT /],
    [{ DATABASE_URL: "mysql://localhost/x" }, /^DATABASE_URL must start with postgres:\/\//],
    [{ SMTP_URL: "http://mail.company.ru" }, /^SMTP_URL must look like/],
    [{ SMTP_URL: "mail.company.ru" }, /^SMTP_URL must look like/],
    [{ SMS_URL: "smsaero://login:key" }, /^SMS_URL must hold addresses that begin with smsru:\/\/, /],
    [{ SMS_URL: "KEY" }, /^SMS_URL must hold addresses that begin with/],
    [{ SMS_URL: "smsru://" }, /^SMS_URL must hold addresses that begin with/],
    [{ SMS_URL: "smsru://KEY two" }, /^SMS_URL must hold addresses that begin with/],
    [{ SMS_URL: "http://sms.company.ru/send" }, /^SMS_URL must use https:\/\/ unless it is loopback/],
    [
      { SMS_URL: "smsc://me@mail.ru:pass" },
      /^SMS_URL: the address of smsc cannot be read; check port and percent/,
    ],
    [
      { SMS_URL: "smpp://id:50%off@10.0.0.1" },
      /^SMS_URL: the address of smpp cannot be read; check port and percent/,
    ],
    [{ SMS_URL: "smpp://id@10.0.0.1:2775" }, /^SMS_URL: smpp needs a name and a password/],
    [{ SMS_URL: "twilio://AC1?from=+15550001111" }, /^SMS_URL: twilio needs a name and a password/],
    [{ SMS_URL: "twilio://AC1:token" }, /^SMS_URL: twilio needs a sender, like \?from=COMPANY/],
    [{ SMS_URL: "exolve://KEY" }, /^SMS_URL: exolve needs a sender/],
    [{ SMS_URL: "smsru://KEY?prefix=seven" }, /^SMS_URL: prefix must look like \+7 or \+7,\+375/],
    [{ MAIL_FROM: "no address" }, /^MAIL_FROM must look like/],
    [{ MAIL_FROM: "A <a@b.example>, B <b@b.example>" }, /^MAIL_FROM must look like/],
    [{ MAIL_FROM: "A\u0007 <a@b.example>" }, /^MAIL_FROM must not hold control characters/],
    [{ PORTAL_NAME: "x".repeat(61) }, /^PORTAL_NAME is longer than 60 characters/],
    [{ PORTAL_NAME: "a\u202eb" }, /^PORTAL_NAME must not hold control characters/],
    [{ ADMIN_CONTACT: "x".repeat(201) }, /^ADMIN_CONTACT is longer than 200 characters/],
    [{ RECOVERY_STYLE: "none" }, /^RECOVERY_STYLE must be one of: passport, control-string/],
    [{ RECOVERY_LINK_LIFETIME: "25h" }, /^RECOVERY_LINK_LIFETIME must be a duration from 5m to 24h/],
    [{ RECOVERY_LINK_LIFETIME: "60" }, /^RECOVERY_LINK_LIFETIME /],
    [{ RECOVERY_CODE_LIFETIME: "11m" }, /^RECOVERY_CODE_LIFETIME must be a duration from 1m to 10m/],
    [{ RECOVERY_REISSUE_AFTER: "-1s" }, /^RECOVERY_REISSUE_AFTER /],
    [{ TIME_ZONE: "Moscow" }, /^TIME_ZONE must be an IANA name/],
    [{ TRUSTED_PROXY_HOPS: "all" }, /^TRUSTED_PROXY_HOPS must be a whole number from 0 to 10/],
    [{ MANAGEMENT_PORT: "http" }, /^MANAGEMENT_PORT /],
    [{ LOG_LEVEL: "loud" }, /^LOG_LEVEL must be one of: /],
    [{ HASH_THREADS: "0" }, /^HASH_THREADS must be a whole number from 1 to 64/],
    [{ SMTP_URL_FILE: "/nonexistent/file" }, /^SMTP_URL_FILE: cannot read the file it names/],
  ];
  for (const [environment, line] of cases) {
    assert.match(refusal(environment), line, JSON.stringify(environment));
  }
});

test("SMS_URL holds gateways in order, each with its key, its sender and its prefixes", () => {
  const read = (value: string) => {
    let found: unknown[] = [];
    inFolder((DATA_DIR) => {
      found = readSettings({ DATA_DIR, SMS_URL: value }).smsRoutes.map(({ url, prefixes }) => [
        url.href.split("?")[0],
        url.searchParams.get("from"),
        ...prefixes,
      ]);
    });
    return found;
  };
  assert.deepEqual(read("smsru://11-AA"), [["smsru://11-AA@sms.ru", null]]);
  assert.deepEqual(read("exolve://eyJ.x-y_z?from=+79160000000"), [
    ["exolve://eyJ.x-y_z@api.exolve.ru", "+79160000000"],
  ]);
  assert.deepEqual(
    read(
      "smsc://anna:p%40ss@smsc.kz?prefix=+7,+375&from=ROMASHKA, twilio://AC1:t?from=+1555\n" +
        "https://gw.example/a",
    ),
    [
      ["smsc://anna:p%40ss@smsc.kz", "ROMASHKA", "7", "375"],
      ["twilio://AC1:t@api.twilio.com", "+1555"],
      ["https://gw.example/a", null],
    ],
  );
});

test("SMS can be sent through a gateway, or on a trial into the inbox that takes the letters", () => {
  const SMTP_URL = "smtp://127.0.0.1";
  const SMS_URL = "smsru://KEY";
  for (const [environment, ready] of [
    [{}, true],
    [{ SMTP_URL }, false],
    [{ SMS_URL }, true],
    [{ SMTP_URL, SMS_URL }, true],
  ] as const) {
    inFolder((DATA_DIR) => {
      assert.equal(readSettings({ DATA_DIR, ...environment }).smsReady, ready, JSON.stringify(environment));
    });
  }
});

test("a refusal never repeats a secret", () => {
  const secret = "hunter2-hunter2";
  for (const name of ["SECRET_KEY", "SMTP_URL", "SMS_URL", "DATABASE_URL"]) {
    assert.ok(!refusal({ [name]: `${secret}://${secret}` }).includes(secret), name);
  }
});

test("a setting may come from a file; the setting itself outranks it", () => {
  inFolder((DATA_DIR) => {
    const file = join(DATA_DIR, "portal");
    writeFileSync(file, "Ромашка\n");
    chmodSync(file, 0o400);
    assert.equal(readSettings({ DATA_DIR, PORTAL_NAME_FILE: file }).portalName, "Ромашка");
    assert.equal(
      readSettings({ DATA_DIR, PORTAL_NAME_FILE: file, PORTAL_NAME: "Василёк" }).portalName,
      "Василёк",
    );
    assert.equal(readSettings({ DATA_DIR, MAIL_FROM: "Клевер <a@b.example>" }).portalName, "Клевер");
    assert.equal(readSettings({ DATA_DIR, MAIL_FROM: "a@b.example" }).portalName, "a@b.example");
  });
});

test("loopback names may go without https, and every origin loses its slash", () => {
  inFolder((DATA_DIR) => {
    for (const url of [
      "http://localhost:3000/",
      "http://127.0.0.1:8080",
      "http://[::1]:3000",
      "https://id.company.ru/",
    ]) {
      assert.equal(readSettings({ DATA_DIR, PUBLIC_URL: url }).publicUrl, url.replace(/\/$/, ""));
    }
  });
});

test("the description shows each setting with its origin, and masks what is secret", () => {
  const described = describeSettings({
    SECRET_KEY: KEY,
    SMTP_URL: "smtp://u:hunter2@mail.example",
    DATABASE_URL: "postgres://u:hunter2@db/x",
    PORT: "8080",
  });
  assert.deepEqual(
    described.map(({ name }) => name),
    definitions.map(({ name }) => name),
  );
  const text = JSON.stringify(described);
  assert.ok(!text.includes("hunter2") && !text.includes(KEY));
  assert.deepEqual(
    described.find(({ name }) => name === "PORT"),
    { name: "PORT", value: "8080", origin: "environment" },
  );
  assert.equal(described.find(({ name }) => name === "HOST")?.origin, "default");
});

test("mail comes in where it is safe: LMTP on loopback, from outside SMTP with a certificate", () => {
  const INTAKE_DOMAIN = "In.Company.ru";
  const INTAKE_CERTIFICATE = `${testCertificate.cert}${testCertificate.key}`;
  inFolder((DATA_DIR) => {
    assert.deepEqual(readSettings({ DATA_DIR }).intake, {
      listen: undefined,
      domain: undefined,
      certificate: undefined,
    });
    const near = readSettings({ DATA_DIR, INTAKE_DOMAIN, INTAKE_LISTEN: "lmtp://127.0.0.1:2424" }).intake;
    assert.deepEqual(near.listen, { protocol: "lmtp", host: "127.0.0.1", port: 2424 });
    assert.equal(near.domain, "in.company.ru");
    const far = { INTAKE_DOMAIN, INTAKE_CERTIFICATE, INTAKE_LISTEN: "smtp://[::]:2525" };
    assert.deepEqual(readSettings({ DATA_DIR, ...far }).intake.listen, {
      protocol: "smtp",
      host: "::",
      port: 2525,
    });
  });
  for (const [environment, line] of [
    [{ INTAKE_LISTEN: "lmtp://127.0.0.1:2424" }, /^INTAKE_DOMAIN is required/],
    [{ INTAKE_DOMAIN, INTAKE_LISTEN: "lmtp://10.0.0.1:2424" }, /^INTAKE_LISTEN: LMTP is for loopback/],
    [{ INTAKE_DOMAIN, INTAKE_LISTEN: "smtp://0.0.0.0:25" }, /^INTAKE_CERTIFICATE is required/],
    [{ INTAKE_DOMAIN, INTAKE_LISTEN: "smtp://127.0.0.1" }, /^INTAKE_LISTEN must look like/],
    [{ INTAKE_DOMAIN, INTAKE_LISTEN: "smtp://127.0.0.1:99999" }, /^INTAKE_LISTEN must look like/],
    [{ INTAKE_DOMAIN, INTAKE_LISTEN: "imap://127.0.0.1:25" }, /^INTAKE_LISTEN must look like/],
    [{ INTAKE_DOMAIN: "a@company.ru" }, /^INTAKE_DOMAIN must be a domain/],
    [{ INTAKE_CERTIFICATE: testCertificate.cert }, /^INTAKE_CERTIFICATE must hold/],
  ] as const) {
    assert.match(refusal(environment), line);
  }
});
