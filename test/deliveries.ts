/** An office in which letters and SMS met every fate that a message can have. */
import { bringBounce } from "./bounce.ts";
import { closedPort } from "./mail-sink.ts";
import { anna, ivan, newPassword } from "./people.ts";
import { ask, choosePassword, lastLetter } from "./steps.ts";
import { visitor } from "./walker.ts";
import { openWorld, type World, type WorldOptions } from "./world.ts";

export const staff = {
  olga: { login: "olga", name: "Ольга Орлова", role: "owner", password: newPassword },
  dasha: { login: "dasha", name: "Дарья Светлова", role: "desk", password: newPassword },
} as const;

export interface Office {
  readonly world: World;
  readonly port: number;
  readonly ids: { anna: string; ivan: string; lena: string };
}

/** With an intake, so that letters can come back. */
export async function openOffice(options: WorldOptions = {}): Promise<Office> {
  const port = await closedPort();
  const intake = { INTAKE_LISTEN: `lmtp://127.0.0.1:${port}`, INTAKE_DOMAIN: "in.romashka.example" };
  const world = await openWorld({ ...options, settings: { ...options.settings, ...intake } });
  for (const one of Object.values(staff)) await world.addPerson(one);
  const ids = {
    anna: await world.addPerson(anna),
    ivan: await world.addPerson(ivan),
    lena: await world.addPerson({
      login: "lena",
      name: "Елена Кузнецова",
      email: "lena@kontora.example",
      password: newPassword,
    }),
  };
  return { world, port, ids };
}

/** Anna changes her password by a letter; Ivan's letter comes back; Lena's is refused, and deferred. */
export async function liveThrough({ world, port }: Office): Promise<void> {
  const person = visitor(world);
  await ask(person, anna.email);
  const letter = await lastLetter(world, anna.email);
  await person.visit(letter.link);
  await choosePassword(person, "семь оранжевых велосипедов и чай");
  await ask(visitor(world), ivan.email);
  const { from } = (await lastLetter(world, ivan.email)).mail.envelope;
  await bringBounce(port, {
    to: from,
    recipient: ivan.email,
    status: "5.1.1",
    answer: "550 5.1.1 <ivan@romashka.example>: User unknown in virtual mailbox table",
  });
  const lena = "lena@kontora.example";
  world.mail.behave((to) =>
    to === lena
      ? { kind: "answer", code: 550, text: "5.7.26 Mail from you is not authenticated", at: "data" }
      : { kind: "take" },
  );
  await ask(visitor(world), lena);
  await world.messagesTo(lena);
  world.clock.forward({ minutes: 12 });
  world.mail.behave((to) =>
    to === lena
      ? { kind: "answer", code: 451, text: "4.7.1 Greylisted, try again later", at: "recipient" }
      : { kind: "take" },
  );
  await ask(visitor(world), lena);
  await world.messagesTo(lena);
  await ask(visitor(world), String(anna.phone));
  await world.smsTo("+79161234567");
}
