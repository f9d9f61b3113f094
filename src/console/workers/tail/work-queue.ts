// Long work in slices: each task runs a few milliseconds at a time and yields to waiting messages in between.

/** Goes on until the deadline (monotonic milliseconds); true when finished. */
export type Task = (deadline: number) => boolean;

const sliceMs = 8;

export class WorkQueue {
  readonly #now: () => number;
  readonly #soon: (run: () => void) => void;
  readonly #tasks = new Map<string, Task>();
  #scheduled = false;

  constructor(now: () => number, soon: (run: () => void) => void) {
    this.#now = now;
    this.#soon = soon;
  }

  /** Adds a task, or replaces the one of the same name. */
  add(name: string, task: Task): void {
    this.#tasks.set(name, task);
    if (!this.#scheduled) this.#schedule();
  }

  #schedule(): void {
    this.#scheduled = true;
    this.#soon(() => this.#slice());
  }

  /** One task a slice, in turn. */
  #slice(): void {
    this.#scheduled = false;
    const next = this.#tasks.entries().next().value;
    if (next === undefined) return;
    const [name, task] = next;
    this.#tasks.delete(name);
    const done = task(this.#now() + sliceMs);
    if (!done && !this.#tasks.has(name)) this.#tasks.set(name, task);
    if (this.#tasks.size > 0 && !this.#scheduled) this.#schedule();
  }
}
