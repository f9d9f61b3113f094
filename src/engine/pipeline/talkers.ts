// Who talks most: records and bytes per durable id and service, bounded. Keyed by two 32-bit hashes; the names are read
// once, when a key is first seen. Records beyond the bound are counted together.
import type { Talker, Signal } from '../../model/index.ts';
import { columnId, durableId, hashBytes, type ColumnId, type RecordCursor, type RequestView } from '../../otlp/index.ts';
import { decodeUtf8 } from '../../base/index.ts';
import { namedBy, type NamedBy, type Names } from '../redaction/index.ts';
import { spread } from './dispatch/index.ts';
import { templateHash, templateText } from './template.ts';

const maxTalkers = 4096;
const tableSize = maxTalkers * 4;
const mask = tableSize - 1;

/** Distinguishes the three signals in a key. */
const salt: Readonly<Record<Signal, number>> = { logs: 0, spans: 0x3c6ef372, metrics: 0x1b873593 };

export class Talkers {
  readonly #nameHash = new Int32Array(tableSize);
  readonly #serviceHash = new Int32Array(tableSize);
  /** Talker number + 1; 0 is an empty place. */
  readonly #slots = new Int32Array(tableSize);
  readonly #records = new Float64Array(maxTalkers);
  readonly #bytes = new Float64Array(maxTalkers);
  readonly #names: { durableId: string; service: string; readonly signal: Signal; readonly by: NamedBy }[] = [];
  /** Talkers that the request in hand is the first to show, by the record that did. */
  readonly #fresh = new Map<number, number>();
  #otherRecords = 0;
  readonly #body: ColumnId = columnId('logs', 'Body');
  readonly #clean: Names;

  /** Records are counted before anything is redacted: `names` makes theirs fit to be told. */
  constructor(names: Names) { this.#clean = names; }

  /** Counts record `cursor.index`. `idHash` is its durableIdHash, `serviceHash` that of its service. Logs without an id go by the shape of their body. */
  count(cursor: RecordCursor, idHash: number, serviceHash: number): void {
    const { view, index } = cursor;
    const name = (idHash !== 0 ? idHash : view.signal === 'logs' && cursor.slice(this.#body) ? templateHash(view.bytes, cursor.sliceStart, cursor.sliceEnd) : 0) | 0;
    const service = (serviceHash ^ salt[view.signal]) | 0;
    const talker = this.#find(name, service, cursor);
    if (talker < 0) { this.#otherRecords++; return; }
    this.#records[talker]!++;
    this.#bytes[talker]! += view.recordEnd(index) - view.recordStart(index);
  }

  /** Rules were deployed that may know more of what must not be told. */
  cleanAgain(): void {
    for (const name of this.#names) {
      name.durableId = this.#clean.clean(name.durableId, name.service, name.by, name.signal);
      name.service = this.#clean.clean(name.service, name.service);
    }
  }

  /** Record `index` of the request in hand held what `hide` takes out of names. */
  hide(index: number, hide: (name: string) => string): void {
    const talker = this.#fresh.get(index);
    if (talker !== undefined) this.#names[talker]!.durableId = hide(this.#names[talker]!.durableId);
  }

  /** The request in hand went past redaction. */
  settle(): void { this.#fresh.clear(); }


  #find(name: number, service: number, cursor: RecordCursor): number {
    let at = spread(name ^ Math.imul(service, 0x01000193)) & mask;
    for (; this.#slots[at] !== 0; at = (at + 1) & mask) if (this.#nameHash[at] === name && this.#serviceHash[at] === service) return this.#slots[at]! - 1;
    if (this.#names.length >= maxTalkers) return -1;
    this.#nameHash[at] = name;
    this.#serviceHash[at] = service;
    this.#slots[at] = this.#names.length + 1;
    this.#fresh.set(cursor.index, this.#names.push(this.#describe(cursor)) - 1);
    return this.#names.length - 1;
  }

  #describe(cursor: RecordCursor): { durableId: string; service: string; signal: Signal; by: NamedBy } {
    const { signal, bytes } = cursor.view;
    const service = cursor.slice(columnId(signal, 'ServiceName')) ? decodeUtf8(bytes, cursor.sliceStart, cursor.sliceEnd) : '';
    const { id, source } = durableId(cursor);
    const name = id ?? (signal === 'logs' && cursor.slice(this.#body) ? templateText(bytes, cursor.sliceStart, cursor.sliceEnd) : '');
    const by = namedBy[source];
    return { durableId: this.#clean.clean(name, service, by, signal), service: this.#clean.clean(service, service), signal, by };
  }

  /** The heaviest first; `otherRecords` is all the rest, so that shares add up to what was received. */
  top(limit: number): { readonly talkers: readonly Talker[]; readonly otherRecords: number } {
    const order = this.#names.map((_, i) => i).sort((a, b) => this.#records[b]! - this.#records[a]!);
    const talkers = order.slice(0, limit).map((i) => ({ durableId: this.#names[i]!.durableId, service: this.#names[i]!.service, signal: this.#names[i]!.signal, records: this.#records[i]!, bytes: this.#bytes[i]! }));
    return { talkers, otherRecords: this.#otherRecords + order.slice(limit).reduce((sum, i) => sum + this.#records[i]!, 0) };
  }
}

/** The service of each resource of a view as a hash, by resource ordinal; reads one record per resource. */
export function serviceHashes(cursor: RecordCursor, view: RequestView, into: Int32Array): Int32Array {
  const hashes = view.resourceCount <= into.length ? into : new Int32Array(view.resourceCount * 2);
  hashes.fill(0, 0, view.resourceCount);
  const id = columnId(view.signal, 'ServiceName');
  let last = -1;
  for (let i = 0; i < view.recordCount; i++) {
    const resource = view.resourceOf(i);
    if (resource === last) continue;
    last = resource;
    cursor.moveTo(i);
    hashes[resource] = cursor.slice(id) ? hashBytes(view.bytes, cursor.sliceStart, cursor.sliceEnd) : 0;
  }
  return hashes;
}
