import { randomUUIDv7 } from "node:crypto";
import type { Kysely } from "kysely";

/** The portals that people enter through us. The default one is the installation itself and always there. */
export async function up(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  await schema
    .createTable("portals")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("is_default", "bigint", (column) => column.notNull())
    .addColumn("name", "text")
    .addColumn("home_url", "text")
    .addColumn("logo", "text")
    .addColumn("hue", "bigint")
    .addColumn("style", "text")
    .addColumn("button", "text")
    .addColumn("channels", "text")
    .addColumn("reminds_login", "bigint")
    .addColumn("admin_contact", "text")
    .addColumn("sender_name", "text")
    .addColumn("access", "text", (column) => column.notNull())
    .addColumn("is_foreign", "bigint", (column) => column.notNull())
    .addColumn("redirect_uris", "text", (column) => column.notNull())
    .addColumn("post_logout_redirect_uris", "text", (column) => column.notNull())
    .addColumn("backchannel_logout_uri", "text")
    .addColumn("initiate_login_uri", "text")
    .addColumn("auth_method", "text", (column) => column.notNull())
    .addColumn("secret_hash", "text")
    .addColumn("previous_secret_hash", "text")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("updated_at", "bigint", (column) => column.notNull())
    .addColumn("archived_at", "bigint")
    .execute();
  await members(database);
  await schema
    .createTable("portal_logos")
    .addColumn("portal_id", "text", (column) => column.primaryKey().references("portals.id"))
    .addColumn("hash", "text", (column) => column.notNull())
    .addColumn("bytes", "bytea", (column) => column.notNull())
    .execute();
  await schema.createIndex("portal_logos_by_hash").on("portal_logos").column("hash").execute();
  await schema
    .createTable("portal_changes")
    .addColumn("id", "bigint", (column) => column.primaryKey())
    .addColumn("number", "bigint", (column) => column.notNull())
    .execute();
  await firstRows(database);
}

async function members(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("portal_members")
    .addColumn("portal_id", "text", (column) => column.notNull().references("portals.id"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("member_id", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("portal_members_key", ["portal_id", "kind", "member_id"])
    .execute();
  await database.schema
    .createIndex("portal_members_by_member_id_kind")
    .on("portal_members")
    .columns(["member_id", "kind"])
    .execute();
}

interface FirstRows {
  portals: Record<string, string | number>;
  portal_changes: { id: number; number: number };
}

async function firstRows(database: Kysely<FirstRows>): Promise<void> {
  await database.schema
    .createIndex("portals_one_default")
    .on("portals")
    .column("is_default")
    .unique()
    .where("is_default", "=", 1)
    .execute();
  await database
    .insertInto("portals")
    .values({
      id: randomUUIDv7(),
      is_default: 1,
      access: "all",
      is_foreign: 0,
      redirect_uris: "[]",
      post_logout_redirect_uris: "[]",
      auth_method: "client_secret_basic",
      created_at: 0,
      updated_at: 0,
    })
    .execute();
  await database.insertInto("portal_changes").values({ id: 1, number: 1 }).execute();
}
