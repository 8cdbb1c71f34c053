import { type Expression, type ExpressionBuilder, sql } from "kysely";
import type { Reader } from "../../platform/store/store.ts";
import type { Tables } from "../../platform/store/tables.ts";

/** Everybody who may be affected, in heaps by the order of their ids. `groupId` null: all accounts. */
export interface Heap {
  groupId: string | null;
  after: string;
  upto: string;
}

/** The last id of the next heap; undefined when fewer than `size` are left, which are the last heap. */
export async function edgeAfter(
  read: Reader,
  groupId: string | null,
  after: string,
  size: number,
): Promise<string | undefined> {
  if (groupId === null) {
    const edge = read.selectFrom("accounts").select("id").where("id", ">", after).orderBy("id");
    return (
      await edge
        .offset(size - 1)
        .limit(1)
        .executeTakeFirst()
    )?.id;
  }
  const edge = read
    .selectFrom("policy_members")
    .select("account_id as id")
    .where("group_id", "=", groupId)
    .where("account_id", ">", after)
    .orderBy("account_id");
  return (
    await edge
      .offset(size - 1)
      .limit(1)
      .executeTakeFirst()
  )?.id;
}

/** What is counted beside people, and only when it is asked for: null leaves it out. */
export interface Wanted {
  now: number;
  /** Passwords set at or before this moment. */
  passwordsSince: number | null;
  /** Sessions of which the last sign of life, or the beginning, is not after. */
  sessions: { liveSince: number; seenUpto: number; begunUpto: number } | null;
  /** Devices remembered at or before this moment. */
  devicesUpto: number | null;
  /** People without a proven way of this kind. */
  without: readonly ("email" | "phone")[] | null;
}

export interface Tally {
  groups: string;
  role: "person" | "desk" | "administrator" | "owner";
  people: number;
  passwords: number;
  old: number;
  sessions: number;
  devices: number;
  stranded: number;
}

/** The people of one heap, put together by their groups and role: whoever shares both shares the rules. */
export async function tally(read: Reader, heap: Heap, wanted: Wanted): Promise<Tally[]> {
  const { passwordsSince, sessions, devicesUpto, without } = wanted;
  const { groupId } = heap;
  const counted = read
    .selectFrom("accounts")
    .leftJoin("passwords", "passwords.account_id", "accounts.id")
    .select(["accounts.policy_groups as groups", "accounts.role"])
    .select((row) => [
      row.fn.countAll<number>().as("people"),
      row.fn.count<number>("passwords.account_id").as("passwords"),
      whole(passwordsSince === null ? zero : old(passwordsSince)).as("old"),
      whole(sessions === null ? zero : ending(row, wanted.now, sessions)).as("sessions"),
      whole(devicesUpto === null ? zero : forgotten(row, wanted.now, devicesUpto)).as("devices"),
      whole(without === null ? zero : unreached(row, without)).as("stranded"),
    ])
    .where("accounts.status", "=", "active")
    .where("accounts.id", ">", heap.after)
    .where("accounts.id", "<=", heap.upto)
    .groupBy(["accounts.policy_groups", "accounts.role"]);
  if (groupId === null) return counted.execute();
  const members = read
    .selectFrom("policy_members")
    .select("policy_members.account_id")
    .where("policy_members.group_id", "=", groupId)
    .where("policy_members.account_id", ">", heap.after)
    .where("policy_members.account_id", "<=", heap.upto);
  return counted.where("accounts.id", "in", members).execute();
}

const zero = sql<number>`0`;

/** A sum as a number: PostgreSQL would make it one of any size, and text. */
function whole(each: Expression<unknown>) {
  return sql<number>`cast(coalesce(sum(${each}), 0) as bigint)`;
}

function old(since: number) {
  return sql<number>`case when passwords.changed_at <= ${since} and passwords.once_until is null
    then 1 else 0 end`;
}

type Row = ExpressionBuilder<Tables, "accounts">;

function ending(row: Row, now: number, { liveSince, seenUpto, begunUpto }: NonNullable<Wanted["sessions"]>) {
  return row
    .selectFrom("sessions")
    .select((session) => session.fn.countAll<number>().as("count"))
    .whereRef("sessions.account_id", "=", "accounts.id")
    .where("sessions.expires_at", ">", now)
    .where("sessions.seen_at", ">", liveSince)
    .where((session) =>
      session.or([
        session("sessions.seen_at", "<=", seenUpto),
        session("sessions.created_at", "<=", begunUpto),
      ]),
    );
}

function forgotten(row: Row, now: number, upto: number) {
  return row
    .selectFrom("remembered_devices")
    .select((device) => device.fn.countAll<number>().as("count"))
    .whereRef("remembered_devices.account_id", "=", "accounts.id")
    .where("remembered_devices.expires_at", ">", now)
    .where("remembered_devices.created_at", "<=", upto);
}

/** Whom none of these ways reaches: no mailbox, no proven phone. */
function unreached(row: Row, kinds: readonly ("email" | "phone")[]) {
  const reached = row.exists(
    row
      .selectFrom("identifiers")
      .select("identifiers.id")
      .whereRef("identifiers.account_id", "=", "accounts.id")
      .where("identifiers.kind", "in", kinds.length > 0 ? kinds : ["login"])
      .where((contact) =>
        contact.or([
          contact("identifiers.kind", "=", "email"),
          contact("identifiers.confirmed_at", "is not", null),
        ]),
      ),
  );
  return row.case().when(reached).then(0).else(1).end();
}
