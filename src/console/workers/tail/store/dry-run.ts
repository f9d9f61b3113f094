// A dry run over the buffer: its requests through rules/dry-run in slices.
import type { Failure, Result } from '../../../../base/index.ts';
import { createDryRun, type DryRun, type DryRunResult } from '../../../../rules/index.ts';
import type { TailDryRunOptions } from '../types.ts';
import { HeldRequests } from './held-requests.ts';
import type { TailStore } from './tail-store.ts';

export class TailDryRun {
  readonly #now: () => number;
  readonly #run: Result<DryRun, Failure>;
  readonly #held: HeldRequests;

  /** `now` is monotonic, in milliseconds. */
  constructor(store: TailStore, { fromMs = -Infinity, toMs = Infinity, ...options }: TailDryRunOptions, now: () => number) {
    this.#now = now;
    this.#run = createDryRun({ ...options, now });
    this.#held = new HeldRequests(store, { fromMs, toMs });
  }

  /** Share done, 0 to 1. */
  get done(): number { return this.#held.done; }

  /** Goes on until `now()` passes `deadline`; true when done. */
  step(deadline: number): boolean {
    const run = this.#run;
    if (!run.ok) return true;
    while (!this.#held.isOver) {
      const request = this.#held.next();
      if (request !== null) run.value.feed(request);
      if (this.#now() > deadline) return false;
    }
    return run.value.settle(deadline);
  }

  /** The failure says why the rule cannot run. */
  result(): Result<DryRunResult, Failure> {
    return this.#run.ok ? { ok: true, value: this.#run.value.result() } : this.#run;
  }
}
