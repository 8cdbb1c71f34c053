/** The people of the bench: the same names, addresses and one password in every contender. */
import { hash } from "@node-rs/argon2";

export const password = "forty thousand brothers";

/** The one hash of that password, with the parameters that every contender uses. */
export function hashOfPassword(): Promise<string> {
  return hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
}

export function emailOf(person: number): string {
  return `person${person}@bench.example`;
}

export function nameOf(person: number): string {
  return `Person ${person}`;
}

/** An address that nobody has. */
export function strangersEmail(number: number): string {
  return `stranger${number}@bench.example`;
}

/** An address of its own for each number below 2^24, so that limits on addresses stay out of the way. */
export function addressOf(number: number): string {
  return `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
}

/** The numbers from `first` on. */
export function range(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}
