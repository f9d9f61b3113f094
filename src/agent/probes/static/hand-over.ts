// Hands requests to the rules one after another, and waits while the exporters are full: whoever awaits it reads nothing meanwhile.
import type { StaticPorts } from '../contract.ts';
import { LatestLines } from './latest-lines.ts';
import type { StaticRecord } from './record.ts';
import { wait } from './wait.ts';

const [firstPauseMs, longestPauseMs] = [10, 500];

export class HandOver {
  readonly #ports: Pick<StaticPorts, 'deliver' | 'nowUnixMs'>;
  readonly #over = new AbortController();
  #graceMs = 0;
  #stopping = false;
  #waiting = false;
  #records = 0;
  #lastUnixMs: number | null = null;
  readonly #latest = new LatestLines();

  constructor(ports: Pick<StaticPorts, 'deliver' | 'nowUnixMs'>) { this.#ports = ports; }

  get waiting(): boolean { return this.#waiting; }
  get records(): number { return this.#records; }
  get lastUnixMs(): number | null { return this.#lastUnixMs; }
  get latest(): LatestLines['lines'] { return this.#latest.lines; }

  /** `records`: what the request is made of. Resolves with true when it was taken; with false when the probe was stopped and the exporters stayed full: nothing of it was taken. */
  async give(request: Uint8Array, records: readonly StaticRecord[]): Promise<boolean> {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
      if (this.#ports.deliver(request) === 'taken') { this.#taken(records); return true; }
      if (this.#over.signal.aborted) return false;
      this.#waiting = true;
      await wait(this.#stopping ? Math.min(pauseMs, this.#graceMs) : pauseMs, this.#over.signal);
    }
  }

  /** What is on its way may be tried for this long; from then on `give` tries once and says no. */
  stop(graceMs: number): void {
    if (this.#stopping) return;
    [this.#stopping, this.#graceMs] = [true, graceMs];
    setTimeout(() => { this.#over.abort(); }, graceMs).unref();
  }

  #taken(records: readonly StaticRecord[]): void {
    this.#waiting = false;
    this.#records += records.length;
    this.#lastUnixMs = this.#ports.nowUnixMs();
    this.#latest.take(records, this.#lastUnixMs);
  }
}
