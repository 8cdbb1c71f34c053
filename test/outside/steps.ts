/** Stretches of the way through an outside service, walked on pages like everything else. */
import assert from "node:assert/strict";
import { journey } from "../journey.ts";
import { closedPort } from "../mail-sink.ts";
import { letterFor, signedIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { Letter, World } from "../world.ts";
import { through } from "./elsewhere.ts";
import {
  type OpenidProvider,
  type OutsidePerson,
  settingsFor,
  startOpenidProvider,
} from "./openid-provider.ts";

/** One provider at a time listens here, since settings name it before it runs. */
export const providerPort = await closedPort();
export const button = "Ромашка ID";
export const anna = { login: "anna", password: "вишнёвый трамвай у пруда", name: "Анна Петрова" };
export const boris = { login: "boris", password: "малиновый экскаватор ночью", name: "Борис" };
export const email = "anna@romashka.example";

/**
 * A journey with the real provider beside the service; on its page anna can be chosen, unless told otherwise.
 */
export function outside(
  title: string,
  walk: (world: World, provider: OpenidProvider) => Promise<void>,
  options: { settings?: Record<string, string>; people?: Record<string, OutsidePerson> } = {},
): void {
  const people = options.people ?? { anna: { email, email_verified: true, name: "Анна Петрова" } };
  const withProvider = async (world: World) => {
    const own = structuredClone(people);
    const provider = await startOpenidProvider({ port: providerPort, from: world.url, people: own });
    try {
      await walk(world, provider);
    } finally {
      await provider.close();
    }
  };
  const ADMIN_CONTACT = "Ольга, olga@romashka.example";
  journey(title, withProvider, {
    settings: { ...settingsFor(providerPort), ADMIN_CONTACT, ...options.settings },
  });
}

/** A fresh browser that comes in by the button of the sign-in page, as this person of the provider. */
export async function comeIn(world: World, theirs = "anna"): Promise<Visitor> {
  const person = visitor(world);
  await person.visit("/sign-in");
  await through(person, button, theirs);
  return person;
}

/** Signed in with the password, then linked on the own page. */
export async function linked(
  world: World,
  who: { login: string; password: string },
  theirs: string,
): Promise<Visitor> {
  const person = await signedIn(world, who);
  await person.visit("/me/social");
  await through(person, button, theirs);
  return person;
}

/** From now on the account has no password of ours. */
export async function withoutPassword(world: World, accountId: string): Promise<void> {
  await world.service.tools.store.transact((write) =>
    write.deleteFrom("passwords").where("account_id", "=", accountId).execute(),
  );
}

/** What the letters to anna were about. Of two in one second either may come first, so they are sorted. */
export async function letterSubjects(world: World): Promise<string[]> {
  return (await world.messagesTo(email)).map(({ subject }) => subject.split(" — ")[0] ?? "").sort();
}

/** The newest letter to anna whose last link leads there, among notices that may come at the same moment. */
export async function letterTo(world: World, path: string): Promise<Letter> {
  const letter = (await world.messagesTo(email)).filter(({ link }) => link.includes(path)).at(-1);
  assert.ok(letter, `no letter leads to ${path}`);
  return letter;
}

/** Asks for anna in a browser of its own and gives the letter of recovery that came of it. */
export async function recoveryLetter(world: World): Promise<Letter> {
  await letterFor(world, email);
  return letterTo(world, "/recovery/");
}
