/** Commands about people. */

import {
  findAccount,
  judgePerson,
  type Person,
  peopleAfter,
  personById,
  readIdentifier,
} from "../accounts/accounts.ts";
import { traceOf } from "../delivery/delivery.ts";
import { addWithPassword, choiceProblem, judgeChoice } from "../passwords/passwords.ts";
import { policyOf } from "../policies/policies.ts";
import { askForRecovery } from "../recovery/recovery.ts";
import { demoPeople } from "./demo-people.ts";
import { type Options, Refused, type TerminalTools, UsageMistake } from "./tools.ts";

export async function addFromTerminal(tools: TerminalTools, options: Options): Promise<void> {
  if (!options.login || !options.email || !options["password-stdin"]) {
    throw new UsageMistake("person add needs --login, --email and --password-stdin");
  }
  const roles = { admin: "administrator", desk: "desk", "": "person" } as const;
  const role = roles[(options.role ?? "") as keyof typeof roles];
  if (!role) throw new UsageMistake("--role is admin or desk");
  const password = await passwordFromStdin();
  const id = await add(tools, {
    login: options.login,
    name: options.name ?? options.login,
    email: options.email,
    phone: options.phone,
    role,
    contactsProven: options.unconfirmed !== true,
    password,
  });
  console.log(id);
}

/** Adds one person with a password, in one transaction; `Refused` says which field is in the way. */
async function add(
  tools: TerminalTools,
  wish: {
    login: string;
    name: string;
    email: string;
    phone: string | undefined;
    role: "person" | "desk" | "administrator";
    contactsProven: boolean;
    password: string;
  },
): Promise<string> {
  const judged = await judgePerson({ ...wish, language: null });
  if (judged.kind === "refused") throw new Refused(`--${judged.field}: not usable`);
  const contacts = [{ kind: "email" as const, value: wish.email, key: wish.email, proven: true }];
  const typed = { password: wish.password, repeated: wish.password };
  const choice = judgeChoice(
    policyOf(tools, { role: wish.role, policy_groups: "" }),
    typed,
    { name: wish.name, login: wish.login, contacts },
    tools.portals.defaultPortal().name,
  );
  if (choice.kind !== "fine") {
    throw new Refused(`password: ${choiceProblem(choice, "en", { password: "", repeat: "" }).text}`);
  }
  const hash = await tools.hashing.hash(wish.password);
  const wanted = { draft: judged.draft, hash, actor: "cli", by: "terminal", address: "terminal" };
  const added = await tools.store.transact((write) => addWithPassword(tools, write, wanted));
  if (added.kind === "taken") throw new Refused(`--${added.field}: belongs to another account already`);
  return added.id;
}

async function passwordFromStdin(): Promise<string> {
  let text = "";
  for await (const part of process.stdin.setEncoding("utf8")) {
    text += part;
    if (text.length > 4_096) throw new Refused("password: longer than 256 characters");
  }
  const password = text.replace(/\r?\n$/, "");
  if (password === "") throw new Refused("password: nothing came on stdin");
  return password;
}

export async function listPeople(tools: TerminalTools, json: boolean): Promise<void> {
  let after = "";
  for (;;) {
    const people = await peopleAfter(tools.store.read, after, 500);
    for (const person of people) console.log(json ? JSON.stringify(plain(person)) : lineOf(person));
    const last = people.at(-1);
    if (!last) return;
    after = last.account.id;
  }
}

export async function showPerson(tools: TerminalTools, who: string, json: boolean): Promise<void> {
  const person = await personNamed(tools, who);
  const messages = await traceOf(tools.store.read, person.account.id);
  if (json) {
    console.log(JSON.stringify({ ...plain(person), messages }, null, 2));
    return;
  }
  for (const [name, value] of Object.entries(plain(person))) console.log(`${name}: ${value ?? "—"}`);
  for (const message of messages) {
    const { kind, to, state, status } = message;
    const end = status === null ? state : `${state}, ${status}`;
    console.log(`${new Date(message.createdAt).toISOString()} ${kind} -> ${to}: ${end}`);
    for (const step of message.steps)
      console.log(`  ${new Date(step.at).toISOString()} ${step.step} ${step.detail}`);
  }
}

export async function recoverPerson(tools: TerminalTools, who: string): Promise<void> {
  const person = await personNamed(tools, who);
  if (!person.contacts.some((contact) => contact.kind === "email"))
    throw new Refused("no e-mail is stored for them");
  const understood = await readIdentifier(person.login);
  if (understood.kind !== "understood") throw new Refused(`nobody is called ${who}`);
  const outcome = await askForRecovery(tools, understood.identifier, {
    channel: "email",
    source: "terminal",
    address: "terminal",
    device: "terminal",
    language: person.account.language ?? "ru",
    knownAccounts: [person.account.id],
    earlier: null,
    portal: tools.portals.defaultPortal(),
  });
  if (outcome.kind === "throttled") {
    throw new Refused(
      `too many letters lately; the next one is possible at ${new Date(outcome.retryAt).toISOString()}`,
    );
  }
  console.log(`request No. ${outcome.number}: the running service sends the letter`);
}

async function personNamed(tools: TerminalTools, who: string): Promise<Person> {
  const understood = await readIdentifier(who);
  const account =
    understood.kind === "understood" ? await findAccount(tools.store.read, understood.identifier) : undefined;
  const person = await personById(tools.store.read, account?.id ?? who);
  if (!person) throw new Refused(`nobody is called ${who}`);
  return person;
}

export async function seed(tools: TerminalTools): Promise<void> {
  if (tools.settings.publicUrl.startsWith("https:")) {
    throw new Refused("the demo people have known passwords: only for a loopback trial");
  }
  for (const person of demoPeople) {
    const understood = await readIdentifier(person.login);
    const known =
      understood.kind === "understood"
        ? await findAccount(tools.store.read, understood.identifier)
        : undefined;
    if (!known) await add(tools, { ...person, contactsProven: true });
    console.log(`${known ? "kept" : "added"} ${person.login} <${person.email}> password: ${person.password}`);
  }
}

function plain(person: Person) {
  const contact = (kind: "email" | "phone") => person.contacts.find((item) => item.kind === kind);
  return {
    id: person.account.id,
    login: person.login,
    name: person.account.name,
    email: contact("email")?.value ?? null,
    email_confirmed: contact("email")?.proven ?? false,
    phone: contact("phone")?.key ?? null,
    phone_confirmed: contact("phone")?.proven ?? false,
    role: person.account.role,
    status: person.account.status,
    created_at: new Date(person.account.created_at).toISOString(),
  };
}

function lineOf(person: Person): string {
  const { id, login, name, email, role, status } = plain(person);
  return [id, login, name, email ?? "—", role, status].join("\t");
}
