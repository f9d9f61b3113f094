// The least severity that leaves this process, and what opens it up for a while: valves of the agent, and a file that somebody
// made. A valve closes by itself: its end is looked at with every record that it lets through.
import type { InProcessValve } from '../model/index.ts';

export class Levels {
  /** Log records below this are dropped while no valve is open for them. */
  minSeverity = 0;
  /** Of this process. */
  #valves: readonly InProcessValve[] = [];
  /** Until when the file opens everything. */
  fileUntilUnixMs = 0;
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) { this.#nowMs = nowMs; }

  setValves(valves: readonly InProcessValve[], pid: number): void { this.#valves = valves.filter((valve) => valve.pid === null || valve.pid === pid); }

  /** A record without a severity is never below. */
  isBelow(severityNumber: unknown, serviceOf: () => string): boolean {
    if (typeof severityNumber !== 'number' || severityNumber >= this.minSeverity || !(severityNumber > 0)) return false;
    return this.#valves.length === 0 && this.fileUntilUnixMs === 0 ? true : !this.#isOpen(severityNumber, serviceOf);
  }

  #isOpen(severityNumber: number, serviceOf: () => string): boolean {
    const nowMs = this.#nowMs();
    if (nowMs < this.fileUntilUnixMs) return true;
    return this.#valves.some((valve) => severityNumber >= valve.severityNumber && nowMs < valve.untilUnixMs && (valve.service === null || valve.service === serviceOf()));
  }
}
