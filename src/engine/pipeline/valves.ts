// Open valves: log records of some service that, for a while, leave as they are after redaction, past every other rule. That is how an
// agent lets verbose logs through that rules would drop, sample, divert or count.
import { columnId, type RecordCursor, type RequestView, type Value } from '../../otlp/index.ts';

export interface Valve {
  readonly id: string;
  /** Null: of every service. */
  readonly service: string | null;
  /** Null: of every process of it. */
  readonly pid: number | null;
  /** The least severity number that goes through (OpenTelemetry's 1 to 24); records without one go, too. */
  readonly severityNumber: number;
  readonly untilUnixMs: number;
}

interface Open extends Valve { records: number }

const severity = columnId('logs', 'SeverityNumber');
const service = columnId('logs', 'ServiceName');

export class Valves {
  readonly #open = new Map<string, Open>();
  readonly #pidKey: Uint8Array;

  /** `pidKey`: `process.pid` as attribute key. */
  constructor(pidKey: Uint8Array) { this.#pidKey = pidKey; }

  get isAnyOpen(): boolean { return this.#open.size > 0; }

  open(valve: Valve): void { this.#open.set(valve.id, { ...valve, records: 0 }); }

  /** How many records went through it; 0 of one that is not open. */
  close(id: string): number {
    const records = this.#open.get(id)?.records ?? 0;
    this.#open.delete(id);
    return records;
  }

  /** Records of the view that go through one, by their ordinals; each is counted at the first that lets it through. */
  through(view: RequestView, cursor: RecordCursor, nowUnixMs: number): readonly number[] {
    for (const { id, untilUnixMs } of this.#open.values()) if (untilUnixMs <= nowUnixMs) this.#open.delete(id);
    if (this.#open.size === 0 || view.signal !== 'logs') return [];
    const passing: number[] = [];
    for (let i = 0; i < view.recordCount; i++) {
      cursor.moveTo(i);
      const open = this.#openFor(cursor);
      if (open === undefined) continue;
      open.records++;
      passing.push(i);
    }
    return passing;
  }

  #openFor(cursor: RecordCursor): Open | undefined {
    const number = cursor.column(severity);
    for (const open of this.#open.values()) {
      if (typeof number === 'number' && number > 0 && number < open.severityNumber) continue;
      if (open.service !== null && cursor.column(service) !== open.service) continue;
      if (open.pid !== null && !isPid(cursor.resourceAttribute(this.#pidKey), open.pid)) continue;
      return open;
    }
    return undefined;
  }
}

/** A resource that names no process may be any of its service. */
const isPid = (value: Value, pid: number): boolean => value === null || Number(value) === pid;
