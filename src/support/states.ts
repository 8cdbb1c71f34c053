/** The life of a case: every state, and every move between them, in one place. */
import type { CasesTable } from "../platform/store/tables.ts";

export type CaseState = CasesTable["state"];

/** From where a move may go, and to where. A move that fits no state is an outcome, never a surprise. */
export const moves = {
  /** The applicant proved to hold the address for answers: from now on staff see the case. */
  confirm: { from: ["unconfirmed"], to: "new" },
  /** Nobody confirmed the address within 24 hours. */
  expire: { from: ["unconfirmed"], to: "expired" },
  take: { from: ["new"], to: "handling" },
  "put-back": { from: ["handling", "asked"], to: "new" },
  "hand-over": { from: ["handling", "asked"], to: "handling" },
  /** The desk has written and waits for the applicant. */
  ask: { from: ["handling", "asked"], to: "asked" },
  answer: { from: ["asked"], to: "handling" },
  /** Enough evidence: a second one of the staff is to decide. */
  propose: { from: ["handling", "asked"], to: "proposed" },
  return: { from: ["proposed"], to: "handling" },
  approve: { from: ["proposed"], to: "waiting" },
  /** Staff take the approval back. */
  recall: { from: ["waiting", "released"], to: "handling" },
  /** The waiting period is over: the one-time link leaves. */
  release: { from: ["waiting"], to: "released" },
  finish: { from: ["released"], to: "done" },
  /** «Это не я». */
  veto: { from: ["waiting", "released"], to: "stopped" },
  /** The owner signed in, or something of the account changed meanwhile. */
  stop: { from: ["new", "handling", "asked", "proposed", "waiting", "released"], to: "stopped" },
  refuse: { from: ["handling", "asked"], to: "refused" },
  appeal: { from: ["refused"], to: "new" },
  /** The applicant needs no help any more. */
  withdraw: { from: ["new", "handling", "asked", "proposed", "waiting", "released"], to: "closed" },
  /** The applicant has been silent for a week. */
  silence: { from: ["asked", "released"], to: "closed" },
} as const satisfies Record<string, { from: readonly CaseState[]; to: CaseState }>;

export type Move = keyof typeof moves;

export function fits(move: Move, state: CaseState): boolean {
  return (moves[move].from as readonly CaseState[]).includes(state);
}

/** Which moves lead out of a state. */
export function movesFrom(state: CaseState): Move[] {
  return (Object.keys(moves) as Move[]).filter((move) => fits(move, state));
}

/** What staff may see and look for: everything but what nobody has confirmed. */
export const seenStates = [
  "new",
  "handling",
  "asked",
  "proposed",
  "waiting",
  "released",
  "done",
  "refused",
  "stopped",
  "closed",
] as const satisfies readonly CaseState[];

/** Still going on: words and evidence are taken. */
export const openStates = [
  "new",
  "handling",
  "asked",
  "proposed",
  "waiting",
  "released",
] as const satisfies readonly CaseState[];

export function isOpen(state: CaseState): boolean {
  return (openStates as readonly CaseState[]).includes(state);
}

/** In whose hands: handlers work in these. */
export function isHandled(state: CaseState): boolean {
  return state === "handling" || state === "asked";
}
