/** Setting a new password by a link, and all that has to change with it in one transaction. */
import type { OpenStore } from "../../src/platform/store/open.ts";
import type { Colleague } from "./installation.ts";
import type { ServiceProcess } from "./service-process.ts";
import { Visitor } from "./visitor.ts";

/** A browser that has opened the person's link. */
export async function linkHolder(
  service: Pick<ServiceProcess, "origin">,
  person: Colleague,
): Promise<Visitor> {
  const visitor = new Visitor();
  await visitor.visit(service.origin, person.link);
  return visitor;
}

/** The form of the page «new password», with one that nobody else has. */
export function newPassword(): [path: string, fields: Record<string, string>] {
  const password = `granite-orchard-${crypto.randomUUID()}`;
  return ["/recovery/password", { password, confirmation: password }];
}

export interface RedemptionState {
  password: "first" | "another";
  proof: "open" | "redeemed";
  sessions: number;
  generation: number;
  audited: number;
  notices: number;
}

export const untouched: RedemptionState = {
  password: "first",
  proof: "open",
  sessions: 1,
  generation: 1,
  audited: 0,
  notices: 0,
};

export const changed: RedemptionState = {
  password: "another",
  proof: "redeemed",
  sessions: 0,
  generation: 2,
  audited: 1,
  notices: 1,
};

/** Everything that the change touches, as the database has it now. */
export async function stateOf({ store }: { store: OpenStore }, person: Colleague): Promise<RedemptionState> {
  const { read } = store;
  const { id, proofId } = person;
  const account = await read
    .selectFrom("accounts")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const password = await read
    .selectFrom("passwords")
    .selectAll()
    .where("account_id", "=", id)
    .executeTakeFirstOrThrow();
  const proof = await read
    .selectFrom("proofs")
    .selectAll()
    .where("id", "=", proofId)
    .executeTakeFirstOrThrow();
  const sessions = await read.selectFrom("sessions").select("id").where("account_id", "=", id).execute();
  const messages = await read.selectFrom("messages").selectAll().where("account_id", "=", id).execute();
  const events = await read.selectFrom("audit_events").selectAll().where("account_id", "=", id).execute();
  return {
    password: password.hash === person.hash ? "first" : "another",
    proof: proof.redeemed_at === null ? "open" : "redeemed",
    sessions: sessions.length,
    generation: account.generation,
    audited: events.filter((event) => event.action === "password.changed" && event.actor !== "cli").length,
    notices: messages.filter((message) => message.kind === "password-changed").length,
  };
}
