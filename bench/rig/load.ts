/** The parent's side of the load generator. */
import { join } from "node:path";
import { type Cores, ended, startChild } from "./child.ts";
import type { Answers, Plan } from "./plan.ts";

const generator = join(import.meta.dirname, "generator.ts");

/** Carries out the plan in a process of its own. */
export async function applyLoad(plan: Plan, cores: Cores = "client"): Promise<Answers> {
  const child = startChild(generator, { cores });
  const answers = new Promise<Answers>((resolve) => child.once("message", resolve));
  const end = ended(child);
  child.send(plan);
  await end;
  return answers;
}

/** Answers per second. Throws when any was not a success: then the figure would be of something else. */
export function successesPerSecond(answers: Answers): number {
  const unwanted = [...answers.byStatus].filter(([status]) => !isSuccess(status));
  if (unwanted.length > 0) {
    const told = unwanted.map(([status, times]) => `${times.length} × ${status}`).join(", ");
    throw new Error(`the load was not answered as it should be: ${told}`);
  }
  return countOf(answers, isSuccess) / answers.seconds;
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 400;
}

export function countOf(answers: Answers, wanted: (status: number) => boolean): number {
  return timesOf(answers, wanted).length;
}

/** Milliseconds of the wanted answers, within one status in the order of their arrival. */
export function timesOf(answers: Answers, wanted: (status: number) => boolean): number[] {
  return [...answers.byStatus].flatMap(([status, times]) => (wanted(status) ? times : []));
}

/** A whole request as it goes over the wire; ASCII alone. */
export function requestText(
  line: string,
  headers: Readonly<Record<string, string>>,
  body?: { type: "form" | "json"; fields: Readonly<Record<string, string>> },
): string {
  const heads = Object.entries({ Host: "localhost", ...headers }).map(([name, value]) => `${name}: ${value}`);
  if (!body) return `${[`${line} HTTP/1.1`, ...heads].join("\r\n")}\r\n\r\n`;
  const text =
    body.type === "form" ? new URLSearchParams(body.fields).toString() : JSON.stringify(body.fields);
  const type = body.type === "form" ? "application/x-www-form-urlencoded" : "application/json";
  const all = [`${line} HTTP/1.1`, ...heads, `Content-Type: ${type}`, `Content-Length: ${text.length}`];
  return `${all.join("\r\n")}\r\n\r\n${text}`;
}
