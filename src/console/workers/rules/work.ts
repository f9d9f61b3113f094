// One call's long work inside the worker: it yields to waiting messages every few milliseconds, so that a cancel is seen,
// and tells how far it is.

/** What the work of one call asks of its surroundings. */
export interface WorkPorts { readonly monotonicMs: () => number; /** Resolves after messages that wait. */ readonly soon: () => Promise<void>; readonly tell: (share: number) => void; /** See FromRulesWorker. */ readonly beat: () => void }

/** Thrown in work that nobody waits for any more. */
export class Cancelled extends Error {}

const sliceMs = 12;
const tellEveryMs = 100;
const beatEveryMs = 100;

export class Work {
  readonly #ports: WorkPorts;
  #sliceEnd: number;
  #toldMs: number;
  #beatMs = -Infinity;
  cancelled = false;

  constructor(ports: WorkPorts) {
    this.#ports = ports;
    this.#toldMs = ports.monotonicMs();
    this.#sliceEnd = this.#toldMs + sliceMs;
  }

  /** When the slice ends, monotonic milliseconds. */
  get deadline(): number { return this.#sliceEnd; }

  /** To be called before each call of a script. */
  beat(): void {
    const now = this.#ports.monotonicMs();
    if (now - this.#beatMs < beatEveryMs) return;
    this.#beatMs = now;
    this.#ports.beat();
  }

  /** To be awaited between pieces: yields when the slice is over. Throws Cancelled. `share` of the work done, 0 to 1. */
  async breathe(share: number): Promise<void> {
    const now = this.#ports.monotonicMs();
    if (now - this.#toldMs > tellEveryMs) { this.#toldMs = now; this.#ports.tell(share); }
    if (now < this.#sliceEnd) return;
    await this.#ports.soon();
    if (this.cancelled) throw new Cancelled('The work was cancelled.');
    this.#sliceEnd = this.#ports.monotonicMs() + sliceMs;
  }
}
