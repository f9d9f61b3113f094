// What one armed net tells of itself: its last events, the last records it looked at, its counts. All bounded.
import type { ArmedNet, NetEvent } from '../../model/index.ts';

export const mostEvents = 30;
const mostLines = 8;
/** Between two records that are written down. */
const lineEveryMs = 200;

export class NetBook {
  looked = 0;
  /** Records of which nobody can say whether they are meant. */
  faults = 0;
  /** Oldest first. */
  readonly events: NetEvent[] = [];
  readonly lines: ArmedNet['lastRecords'] = [];
  /** The last record of the request in hand that the net looked at, or -1. */
  lastIndex = -1;
  #lineMs = Number.NEGATIVE_INFINITY;

  note(event: NetEvent): void {
    this.events.push(event);
    if (this.events.length > mostEvents) this.events.shift();
  }

  /** Whether the next record is to be written down. */
  wantsLine(nowMs: number): boolean { return this.lines.length < mostLines || Math.abs(nowMs - this.#lineMs) >= lineEveryMs; }

  noteLine(line: ArmedNet['lastRecords'][number], nowMs: number): void {
    this.#lineMs = nowMs;
    this.lines.push(line);
    if (this.lines.length > mostLines) this.lines.shift();
  }
}
