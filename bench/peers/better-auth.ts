/**
 * better-auth over node:http and node:sqlite, with the same hash, the same durability and as many people.
 * What a fair comparison needs is changed from its defaults: argon2id instead of scrypt, WAL and full sync,
 * no limits, no log, no telemetry. Its letters go nowhere, so that asking for one costs it nothing.
 */
import { createServer } from "node:http";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { hash, verify } from "@node-rs/argon2";
import { type BetterAuthOptions, betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { toNodeHandler } from "better-auth/node";
import { emailOf, nameOf } from "../rig/people.ts";

const { PORT = "", DATA_DIR = "", PEOPLE = "0", PASSWORD_HASH = "" } = process.env;
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const database = new DatabaseSync(join(DATA_DIR, "better-auth.db"));
for (const pragma of ["journal_mode = wal", "synchronous = full"]) database.exec(`pragma ${pragma}`);

const options: BetterAuthOptions = {
  database,
  baseURL: `http://localhost:${PORT}`,
  secret: "a key of this bench alone, of 32 characters and more",
  emailAndPassword: {
    enabled: true,
    password: {
      hash: (password) => hash(password, cost),
      verify: (kept) => verify(kept.hash, kept.password),
    },
    sendResetPassword: async () => {},
  },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { disabled: true },
};

const { runMigrations } = await getMigrations(options);
await runMigrations();
addPeople(Number(PEOPLE));
const answer = toNodeHandler(betterAuth(options));
createServer((request, response) => void answer(request, response)).listen(Number(PORT), "127.0.0.1");

/** Straight into its tables: through its own door every person would cost a hash. */
function addPeople(count: number): void {
  const now = new Date(0).toISOString();
  const user = database.prepare(
    `insert into user (id, name, email, emailVerified, createdAt, updatedAt)
     values (?, ?, ?, 1, '${now}', '${now}')`,
  );
  const account = database.prepare(
    `insert into account (id, accountId, providerId, userId, password, createdAt, updatedAt)
     values (?, ?, 'credential', ?, ?, '${now}', '${now}')`,
  );
  database.exec("begin");
  for (let person = 0; person < count; person += 1) {
    const id = `person-${person}`;
    user.run(id, nameOf(person), emailOf(person));
    account.run(`account-${person}`, id, id, PASSWORD_HASH);
  }
  database.exec("commit");
}
