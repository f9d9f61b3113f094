// Records that are alike (durable id, severity, service, version, signal), counted beside each other before the events hear of them: many
// records come of few lines of code, and these few places stay in the processor's nearest memory. A place stays with its kind of record until
// another wants it while nothing is counted there. Counts wait here for a tenth of a second, and whoever reads any takes them in first.
import { severityNumberAt, type RequestView } from '../../otlp/index.ts';

const places = 4096;
const mask = places - 1;
/** Int32s of a place: id, kind (-1: free), records, bytes. */
const stride = 4;
const tId = 0, tKind = 1, tRecords = 2, tBytes = 3;
const severities = 32;

/** What records of a kind share, but for their id. `context`: a number of `Contexts`. */
export const kindOf = (context: number, severity: number): number => context * severities + severity;
export const contextOf = (kind: number): number => Math.floor(kind / severities);
export const severityIn = (kind: number): number => kind % severities;
/** OpenTelemetry's numbers; what is none of them counts as not set. */
export const knownSeverity = (number: number): number => (number >= 0 && number <= 24 ? number : 0);

export class Tally {
  readonly #values = new Int32Array(places * stride);
  /** Offsets of places that have records, in order. */
  readonly #touched = new Int32Array(places);
  #used = 0;

  constructor() { this.forget(); }

  /** Counts logs from `from` on, of one context, up to one that has no place here or to `to`: the answer is where it stopped. */
  logs(view: RequestView, hashes: Int32Array, from: number, to: number, context: number): number {
    const kind = kindOf(context, 0);
    for (let i = from; i < to; i++) if (!this.#add(hashes[i]!, kind + knownSeverity(severityNumberAt(view, i)), view.recordEnd(i) - view.recordStart(i))) return i;
    return to;
  }

  /** The same for records that have no severity. */
  others(view: RequestView, hashes: Int32Array, from: number, to: number, context: number): number {
    const kind = kindOf(context, 0);
    for (let i = from; i < to; i++) if (!this.#add(hashes[i]!, kind, view.recordEnd(i) - view.recordStart(i))) return i;
    return to;
  }

  #add(id: number, kind: number, bytes: number): boolean {
    const values = this.#values;
    const at = placeOf(id, kind);
    if (values[at + tId] !== id || values[at + tKind] !== kind) return false;
    if (values[at + tRecords]!++ === 0) this.#touched[this.#used++] = at;
    values[at + tBytes]! += bytes;
    return true;
  }

  /** Gives such records their place from the next one on, unless others are counted there. */
  take(id: number, kind: number): void {
    const at = placeOf(id, kind);
    if (this.#values[at + tRecords]! > 0) return;
    this.#values[at + tId] = id;
    this.#values[at + tKind] = kind;
  }

  /** Hands over all that was counted. A kind keeps its place when `visit` says so. */
  empty(visit: (id: number, kind: number, records: number, bytes: number) => boolean): void {
    const values = this.#values;
    for (let i = 0; i < this.#used; i++) {
      const at = this.#touched[i]!;
      const stays = visit(values[at + tId]!, values[at + tKind]!, values[at + tRecords]!, values[at + tBytes]!);
      values[at + tRecords] = values[at + tBytes] = 0;
      if (!stays) values[at + tKind] = -1;
    }
    this.#used = 0;
  }

  get isEmpty(): boolean { return this.#used === 0; }

  /** No kind has a place any more; only when nothing is counted. */
  forget(): void { for (let at = 0; at < this.#values.length; at += stride) this.#values[at + tKind] = -1; }
}

const placeOf = (id: number, kind: number): number => ((id ^ (id >>> 15) ^ (Math.imul(kind, 0x9e3779b1) >>> 13)) & mask) * stride;
