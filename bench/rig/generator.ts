/** The load, in a process of its own: takes one plan from its parent, carries it out, tells the answers. */
import { BROKEN, Line } from "./line.ts";
import { type Answers, GAVE_UP, type Plan } from "./plan.ts";

const TICK_MS = 2;

process.once("message", (plan: Plan) => {
  if (plan.awake) stayAwake();
  const load = new Load(plan);
  const answers = plan.pace.kind === "closed" ? load.closed(plan.pace) : load.open(plan.pace);
  answers.then(
    (told) => process.send?.(told, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});

function stayAwake(): void {
  setImmediate(stayAwake);
}

class Load {
  readonly #plan: Plan;
  readonly #byStatus = new Map<number, number[]>();
  #sent = 0;
  #until = 0;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** Every connection asks again as soon as it is answered. */
  async closed({ connections, pauseMs = 0 }: { connections: number; pauseMs?: number }): Promise<Answers> {
    const began = this.#begin();
    await Promise.all(Array.from({ length: connections }, () => this.#askAndAskAgain(pauseMs)));
    return this.#told(Math.min(performance.now(), this.#until) - began);
  }

  #askAndAskAgain(pauseMs: number): Promise<void> {
    return new Promise((resolve) => {
      let line = new Line(this.#plan.port);
      const next = (): void => {
        const request = performance.now() < this.#until ? this.#take() : undefined;
        if (request === undefined) {
          line.close();
          resolve();
          return;
        }
        if (!line.open) line = new Line(this.#plan.port);
        const asked = performance.now();
        line.ask(request, (status) => {
          this.#record(status, performance.now() - asked);
          if (pauseMs > 0) setTimeout(next, pauseMs);
          else if (status === BROKEN) setImmediate(next);
          else next();
        });
      };
      next();
    });
  }

  /** Requests leave when they are due; nobody waits for anybody. */
  async open({ perSecond, patienceMs }: { perSecond: number; patienceMs: number }): Promise<Answers> {
    const began = this.#begin();
    const idle: Line[] = [];
    const busy = new Set<Line>();
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        const now = performance.now();
        if (now >= this.#until) {
          clearInterval(timer);
          resolve();
          return;
        }
        const due = Math.floor(((now - began) * perSecond) / 1000);
        while (this.#sent < due && this.#askOnce(idle, busy, patienceMs)) {
          // Each turn sends one of those that are due.
        }
      }, TICK_MS);
    });
    for (const line of [...idle, ...busy]) line.close();
    return this.#told(this.#until - began);
  }

  #askOnce(idle: Line[], busy: Set<Line>, patienceMs: number): boolean {
    const request = this.#take();
    if (request === undefined) return false;
    let line = idle.pop();
    while (line && !line.open) line = idle.pop();
    const asking = line ?? new Line(this.#plan.port);
    busy.add(asking);
    const asked = performance.now();
    let hasLeft = false;
    const leaving = setTimeout(() => {
      hasLeft = true;
      this.#record(GAVE_UP, patienceMs);
      asking.close();
    }, patienceMs);
    asking.ask(request, (status) => {
      clearTimeout(leaving);
      busy.delete(asking);
      if (hasLeft) return;
      this.#record(status, performance.now() - asked);
      if (status !== BROKEN) idle.push(asking);
    });
    return true;
  }

  #begin(): number {
    const began = performance.now();
    this.#until = began + this.#plan.seconds * 1000;
    return began;
  }

  #take(): string | undefined {
    const { requests, repeat } = this.#plan;
    const request = requests[repeat ? this.#sent % requests.length : this.#sent];
    if (request !== undefined) this.#sent += 1;
    return request;
  }

  #record(status: number, ms: number): void {
    if (performance.now() > this.#until) return;
    const list = this.#byStatus.get(status);
    if (list) list.push(ms);
    else this.#byStatus.set(status, [ms]);
  }

  #told(ms: number): Answers {
    return { seconds: ms / 1000, sent: this.#sent, byStatus: this.#byStatus };
  }
}
