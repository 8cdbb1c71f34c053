/** What the load generator is told, and what it tells back. */

export interface Plan {
  port: number;
  /** Whole requests as they go over the wire, in the order of their sending. */
  requests: readonly string[];
  /** Whether to begin again with the first one; otherwise the load ends with the last. */
  repeat: boolean;
  seconds: number;
  /**
   * Whether the client looks for answers without pause rather than sleeping until one comes. Waking a
   * sleeping core is paid for by the server, and on a virtual machine it costs more than a small answer.
   */
  awake?: boolean;
  pace:
    | { kind: "closed"; connections: number; pauseMs?: number }
    /** Sent when due, whatever became of those before; a client leaves after `patienceMs`. */
    | { kind: "open"; perSecond: number; patienceMs: number };
}

/** The client left before an answer came. */
export const GAVE_UP = -1;

export interface Answers {
  seconds: number;
  /** How many requests were sent; those in flight at the end count here and nowhere else. */
  sent: number;
  /** Milliseconds of every answer within the time, by status, in the order of their arrival. */
  byStatus: Map<number, number[]>;
}
