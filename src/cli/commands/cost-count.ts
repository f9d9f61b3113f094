// Counts a file's records as an agent counts what passes: by the same catalogue and the same miner, with the same bounds.
import { Catalogue } from '../../catalogue/index.ts';
import { TemplateMiner } from '../../mining/index.ts';
import type { EventSeen, Signal } from '../../model/index.ts';
import { codec, columnId, durableIdHash, hashBytes, type RecordCursor, type TemplateNames } from '../../otlp/index.ts';
import { withoutFormer } from './cost-former.ts';
import { TimeSpans, type TimeSpan } from './cost-time.ts';

export interface Counted {
  readonly events: readonly EventSeen[];
  readonly records: Readonly<Record<Signal, number>>;
  /** Null when no record has a time. */
  readonly span: TimeSpan | null;
}

const timeColumn: Readonly<Record<Signal, number>> = { logs: columnId('logs', 'Timestamp'), spans: columnId('spans', 'StartTimestamp'), metrics: columnId('metrics', 'Timestamp') };
const serviceColumn: Readonly<Record<Signal, number>> = { logs: columnId('logs', 'ServiceName'), spans: columnId('spans', 'ServiceName'), metrics: columnId('metrics', 'ServiceName') };

export class CostCount {
  readonly #miner = new TemplateMiner();
  /** A log record without a name or a place in code goes by the template of its text, within its logger. */
  readonly #names: TemplateNames = {
    numberOf: (bytes, start, end, scope) => this.#miner.mine(bytes, start, end, scope), idOf: (number) => this.#miner.describe(number).id, hashOf: (number) => this.#miner.hash(number),
  };
  readonly #catalogue: Catalogue;
  readonly #cursor: RecordCursor = codec.cursor();
  readonly #records: Record<Signal, number> = { logs: 0, spans: 0, metrics: 0 };
  readonly #spans = new TimeSpans();

  constructor(nowUnixMs: number) { this.#catalogue = new Catalogue({ startedUnixMs: nowUnixMs, templates: this.#miner }); }

  /** Requests of our own making, or checked before. */
  add(signal: Signal, bytes: Uint8Array, nowUnixMs: number): void {
    const walked = codec.walk(signal, bytes);
    if (!walked.ok) throw new Error(walked.error.message);
    const view = walked.value;
    view.templates = this.#names;
    const cursor = this.#cursor;
    cursor.reset(view);
    let resource = -1;
    let service = 0;
    for (let i = 0; i < view.recordCount; i++) {
      cursor.moveTo(i);
      if (view.resourceOf(i) !== resource) {
        resource = view.resourceOf(i);
        service = cursor.slice(serviceColumn[signal]) ? hashBytes(view.bytes, cursor.sliceStart, cursor.sliceEnd) : 0;
      }
      this.#spans.note(cursor.column(timeColumn[signal]));
      this.#catalogue.observe(cursor, durableIdHash(cursor), service, nowUnixMs);
    }
    this.#records[signal] += view.recordCount;
  }

  /** Templates that were generalised on the way are one event each, under the id that they have at the end. */
  result(nowUnixMs: number): Counted { return { events: withoutFormer(this.#catalogue.all(), (id) => this.#current(id)), records: this.#records, span: this.#spans.result(nowUnixMs) }; }

  #current(id: string): { readonly id: string; readonly template: string } | null {
    const ordinal = this.#miner.find(id);
    return ordinal < 0 ? null : this.#miner.describe(ordinal);
  }
}
