// What one rule may use in a second of wall clock: CPU, ticks and outputs. Past CPU or ticks it rests until the second is over; too many such
// seconds in a row end it.
import type { LanguageStop } from '../../engine/language/index.ts';
import type { HostLimits } from './types.ts';

export class SecondBudget {
  readonly #limits: HostLimits;
  readonly #cpuShare: number;
  #began = 0;
  #cpuMs = 0;
  #ticks = 0;
  #outputs = 0;
  #chars = 0;
  #isOver = false;
  #overInARow = 0;
  overSeconds = 0;

  constructor(limits: HostLimits, cpuShare: number) { this.#limits = limits; this.#cpuShare = cpuShare; }

  /** Whether the rule may run at `nowMs`, monotonic. */
  mayRun(nowMs: number): boolean {
    if (nowMs - this.#began >= 1000) this.#next(nowMs);
    return !this.#isOver;
  }

  /** Adds what it used. Set: it has been past its budget for too long. */
  use(cpuMs: number, ticks: number): LanguageStop | null {
    this.#cpuMs += cpuMs;
    this.#ticks += ticks;
    if (this.#isOver || (this.#cpuMs <= this.#cpuShare * 1000 && this.#ticks <= this.#limits.ticksPerSecond)) return null;
    this.#isOver = true;
    this.overSeconds++;
    if (++this.#overInARow < this.#limits.overSeconds) return null;
    return { kind: 'cpu', reason: `It went past ${this.#cpuMs > this.#cpuShare * 1000 ? `${Math.round(this.#cpuShare * 1000) / 10} % of a core` : `${(this.#limits.ticksPerSecond * 10_000).toLocaleString('en')} steps a second`} for ${this.#overInARow} seconds in a row.` };
  }

  /** Whether that many more things may be handed out in this second, of so many characters together. */
  mayHandOut(things: number, chars: number): boolean {
    if (this.#outputs + things > this.#limits.outputsPerSecond || this.#chars + chars > this.#limits.outputCharsPerSecond) return false;
    this.#outputs += things;
    this.#chars += chars;
    return true;
  }

  /** A second that it kept within its budget, or slept through, ends the row. */
  #next(nowMs: number): void {
    if (!this.#isOver || nowMs - this.#began >= 2000) this.#overInARow = 0;
    this.#began = nowMs;
    this.#cpuMs = 0;
    this.#ticks = 0;
    this.#outputs = 0;
    this.#chars = 0;
    this.#isOver = false;
  }
}
