// What the ring keeps of a record at arrival: the few values that rows, facets and the histogram ask for a million
// times. Everything else stays in the bytes until a person looks.
import { encodeUtf8 } from '../../../../base/index.ts';
import { adjustedCountKey } from '../../../../engine/index.ts';
import { isMinedId } from '../../../../kql/index.ts';
import type { Signal } from '../../../../model/index.ts';
import { columnId, type Codec, type RecordCursor, type RequestView } from '../../../../otlp/index.ts';
import type { ByteDictionary } from './byte-dictionary.ts';

/** Tags of the durable-id dictionary: where the name came from. */
export const durableTags = ['none', 'event', 'code', 'name', 'template'] as const;
/** Tags of the service dictionary. */
export const serviceMissing = 0;
export const servicePresent = 1;
/** In the severity column: outside 0..254, the record itself has to be asked. */
export const severityUnusual = 255;
const errorSeverity = 17;

/** Set on records that a sampling rule kept: how many each stands for. */
const adjustedCountBytes = encodeUtf8(adjustedCountKey);

const columnsOfSignal = (signal: Signal) => ({
  time: columnId(signal, 'Timestamp'),
  severity: columnId(signal, 'SeverityNumber'),
  status: columnId(signal, 'StatusCode'),
  name: columnId(signal, signal === 'logs' ? 'EventName' : signal === 'spans' ? 'Name' : 'MetricName'),
  durable: columnId(signal, 'DurableId'),
  service: columnId(signal, 'ServiceName'),
});
const columns = { logs: columnsOfSignal('logs'), spans: columnsOfSignal('spans'), metrics: columnsOfSignal('metrics') };

export class RowReader {
  readonly cursor: RecordCursor;
  readonly #services: ByteDictionary;
  readonly #durables: ByteDictionary;
  #resource = -1;
  #service = 0;
  // The row last read.
  timeMs = 0;
  severity = 0;
  service = 0;
  durable = 0;
  adjusted = 1;

  constructor(codec: Codec, services: ByteDictionary, durables: ByteDictionary) {
    this.cursor = codec.cursor();
    this.#services = services;
    this.#durables = durables;
  }

  open(view: RequestView): void {
    this.cursor.reset(view);
    this.#resource = -1;
  }

  /** Reads record `index`; `fallbackMs` stands in for a missing time. */
  read(index: number, fallbackMs: number): void {
    const { cursor } = this;
    const { signal } = cursor.view;
    const ids = columns[signal];
    cursor.moveTo(index);
    const time = cursor.column(ids.time);
    this.timeMs = typeof time === 'bigint' && time > 0n ? Number(time) / 1e6 : fallbackMs;
    this.severity = signal === 'logs' ? smallSeverity(cursor.column(ids.severity)) : signal === 'spans' && cursor.column(ids.status) === 'Error' ? errorSeverity : 0;
    this.service = this.#serviceOf(index, ids.service);
    this.durable = this.#durableOf(signal, ids.name, ids.durable);
    const adjusted = signal === 'metrics' ? null : cursor.attribute(adjustedCountBytes);
    this.adjusted = typeof adjusted === 'number' && adjusted > 0 ? adjusted : 1;
  }

  #serviceOf(index: number, column: number): number {
    const { cursor } = this;
    const resource = cursor.view.resourceOf(index);
    if (resource === this.#resource) return this.#service;
    this.#resource = resource;
    if (cursor.slice(column)) this.#service = this.#services.idOf(servicePresent, cursor.view.bytes, cursor.sliceStart, cursor.sliceEnd);
    else this.#service = this.#services.idOfText(serviceMissing, '');
    return this.#service;
  }

  #durableOf(signal: Signal, name: number, durable: number): number {
    const { cursor } = this;
    if (cursor.slice(name) && cursor.sliceEnd > cursor.sliceStart) {
      return this.#durables.idOf(signal === 'logs' ? 1 : 3, cursor.view.bytes, cursor.sliceStart, cursor.sliceEnd);
    }
    const text = cursor.column(durable);
    if (typeof text !== 'string' || text === '') return this.#durables.idOfText(0, '');
    return this.#durables.idOfText(isMinedId(text) ? 4 : 2, text);
  }
}

function smallSeverity(value: unknown): number {
  if (value === null) return 0;
  return typeof value === 'number' && value >= 0 && value < severityUnusual ? value : severityUnusual;
}
