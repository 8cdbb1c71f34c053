import { type ColumnDataType, type CreateTableBuilder, type Kysely, sql } from "kysely";

type Column = `${"text" | "bigint"}${"" | "?"}`;

/** The columns of every table: `?` may be null. Text and 64-bit integers are all we need. */
const tables: Record<string, Record<string, Column>> = {
  accounts: {
    id: "text",
    name: "text",
    role: "text",
    status: "text",
    language: "text?",
    generation: "bigint",
    created_at: "bigint",
    updated_at: "bigint",
  },
  identifiers: {
    id: "text",
    account_id: "text",
    kind: "text",
    value: "text",
    key: "text",
    sign_in_key: "text?",
    confirmed_at: "bigint?",
    created_at: "bigint",
  },
  passwords: { account_id: "text", hash: "text", changed_at: "bigint" },
  sessions: {
    id: "text",
    token_hash: "text",
    account_id: "text",
    method: "text",
    authenticated_at: "bigint",
    created_at: "bigint",
    seen_at: "bigint",
    expires_at: "bigint",
    address: "text",
    agent: "text",
    device_id: "text?",
  },
  remembered_devices: {
    id: "text",
    account_id: "text",
    token_hash: "text",
    previous_hash: "text?",
    rotated_at: "bigint",
    created_at: "bigint",
    expires_at: "bigint",
  },
  proofs: {
    id: "text",
    purpose: "text",
    form: "text",
    account_id: "text?",
    flow_id: "text?",
    sent_to: "text",
    generation: "bigint",
    secret_hash: "text",
    key_id: "text",
    tries: "bigint",
    created_at: "bigint",
    expires_at: "bigint",
    redeemed_at: "bigint?",
    redeemed_by: "text?",
    superseded_at: "bigint?",
    superseded_by: "text?",
  },
  recoveries: {
    id: "text",
    number: "bigint",
    account_id: "text?",
    style: "text",
    language: "text",
    asked_at: "bigint",
    link_proof_id: "text",
    code_proof_id: "text?",
    finished_at: "bigint?",
  },
  messages: {
    id: "text",
    kind: "text",
    channel: "text",
    account_id: "text?",
    sent_to: "text",
    language: "text",
    data: "text",
    state: "text",
    attempts: "bigint",
    trouble: "text?",
    next_attempt_at: "bigint",
    give_up_at: "bigint",
    lease_owner: "text?",
    lease_until: "bigint",
    created_at: "bigint",
    finished_at: "bigint?",
  },
  message_events: { id: "text", message_id: "text", at: "bigint", step: "text", detail: "text" },
  budgets: { key: "text", full_at: "bigint", streak: "bigint", last_at: "bigint" },
  audit_events: {
    seq: "bigint",
    at: "bigint",
    action: "text",
    actor: "text",
    account_id: "text?",
    address: "text",
    detail: "text",
    previous_hash: "text",
    hash: "text",
  },
  audit_head: { id: "bigint", seq: "bigint", hash: "text" },
};

const primaryKeys: Record<string, string> = { passwords: "account_id", budgets: "key", audit_events: "seq" };

const references: Record<string, string> = {
  "identifiers.account_id": "accounts.id",
  "passwords.account_id": "accounts.id",
  "sessions.account_id": "accounts.id",
  "remembered_devices.account_id": "accounts.id",
};

const indexes: [table: string, columns: string[], kind?: "unique"][] = [
  ["identifiers", ["sign_in_key"], "unique"],
  ["identifiers", ["key"]],
  ["identifiers", ["account_id"]],
  ["sessions", ["token_hash"], "unique"],
  ["sessions", ["account_id"]],
  ["sessions", ["expires_at"]],
  ["remembered_devices", ["token_hash"], "unique"],
  ["remembered_devices", ["previous_hash"]],
  ["remembered_devices", ["account_id"]],
  ["remembered_devices", ["expires_at"]],
  ["proofs", ["secret_hash"], "unique"],
  ["proofs", ["account_id", "purpose", "created_at"]],
  ["proofs", ["expires_at"]],
  ["recoveries", ["link_proof_id"]],
  ["recoveries", ["asked_at"]],
  ["messages", ["state", "next_attempt_at"]],
  ["messages", ["account_id", "created_at"]],
  ["messages", ["created_at"]],
  ["message_events", ["message_id", "at"]],
  ["budgets", ["full_at"]],
  ["audit_events", ["account_id", "seq"]],
];

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const [table, columns] of Object.entries(tables)) {
    let builder: CreateTableBuilder<string, string> = database.schema.createTable(table);
    for (const [name, column] of Object.entries(columns)) {
      const type = column.replace("?", "") as ColumnDataType;
      builder = builder.addColumn(name, type, (definition) => {
        let result = column.endsWith("?") ? definition : definition.notNull();
        if (name === (primaryKeys[table] ?? "id")) result = result.primaryKey();
        const reference = references[`${table}.${name}`];
        return reference ? result.references(reference) : result;
      });
    }
    await builder.execute();
  }
  for (const [table, columns, kind] of indexes) {
    const index = database.schema
      .createIndex(`${table}_by_${columns.join("_")}`)
      .on(table)
      .columns(columns);
    await (kind === "unique" ? index.unique() : index).execute();
  }
  await sql`insert into audit_head (id, seq, hash) values (1, 0, '')`.execute(database);
}
