// dedup: of the records with one key that come within one window of the wall clock, the first is held until the window closes
// and leaves with the count of all. Tumbling windows, aligned to the Unix epoch; bounded in keys and bytes: past a bound
// records pass as they are and are counted as overflowed.
import { attributeKey, codec, type RecordCursor, type Value } from '../../otlp/index.ts';
import type { Signal } from '../../model/index.ts';
import type { Frame, Fn } from '../expr/index.ts';
import type { OutBatch } from '../types.ts';
import { floorTo, groupKey, toText } from '../values/index.ts';
import { defaultExporter } from './default-exporter.ts';
import type { Holder, Released } from './holder.ts';

/** Attributes of a record that left: how many it stands for, and when the first and the last of them came to this agent. */
const dedupKeys = { count: 'dedup.count', first: 'dedup.first_observed', last: 'dedup.last_observed' } as const;
const countKey = attributeKey(dedupKeys.count);

export interface DedupOptions { readonly windowNanos: bigint; readonly key: readonly Fn[]; readonly signal: Signal; readonly maxKeys: number; readonly maxBytes: number }

/** About what one key takes besides its text and its record: map entry, object, two times. */
const keyBytes = 160;

interface Held { count: number; readonly firstUnixNano: bigint; lastUnixNano: bigint }
/** Requests of held records; the records of a chunk are `held`, in order. */
interface Chunk { readonly bytes: Uint8Array; readonly held: readonly Held[] }
interface Window { readonly start: bigint; readonly keys: Map<string, Held>; readonly chunks: Chunk[]; bytes: number }

export class Dedup implements Holder {
  readonly late = 0;
  overflowed = 0;
  readonly #options: DedupOptions;
  #window: Window;
  /** Windows that have closed and wait for the next flush. */
  #due: Window[] = [];
  /** First records of the request in hand, whose bytes come with `take`. */
  #fresh: Held[] = [];

  constructor(options: DedupOptions) {
    this.#options = options;
    this.#window = newWindow(-1n);
  }

  get groups(): number { return this.#window.keys.size; }
  get held(): number { return this.#all().reduce((sum, window) => sum + window.keys.size, 0); }
  get bytes(): number { return this.#all().reduce((sum, window) => sum + window.bytes, 0); }
  #all(): readonly Window[] { return [...this.#due, this.#window]; }

  /** Takes the record in the frame, or says that there is no room for its key. `hold` puts a first one by; its bytes are owed to `take`. */
  offer(frame: Frame, nowUnixNano: bigint, hold: () => void): boolean {
    const window = this.#windowAt(nowUnixNano);
    const key = this.#keyOf(frame);
    const stands = standsFor(frame.cursor);
    const known = window.keys.get(key);
    if (known !== undefined) { known.count += stands; known.lastUnixNano = nowUnixNano; return true; }
    const { view, index } = frame.cursor;
    const bytes = keyBytes + 2 * key.length + view.recordEnd(index) - view.recordStart(index);
    if (window.keys.size >= this.#options.maxKeys || this.bytes + bytes > this.#options.maxBytes) { this.overflowed++; return false; }
    hold();
    const held: Held = { count: stands, firstUnixNano: nowUnixNano, lastUnixNano: nowUnixNano };
    window.keys.set(key, held);
    window.bytes += bytes;
    this.#fresh.push(held);
    return true;
  }

  /** The first records since the last call, as a request, in the order in which they were offered. */
  take(bytes: Uint8Array): void {
    this.#window.chunks.push({ bytes, held: this.#fresh });
    this.#fresh = [];
  }

  #keyOf(frame: Frame): string {
    const { key } = this.#options;
    let text = '';
    for (const part of key) text += groupKey(part(frame));
    return text;
  }

  /** A window also closes when the clock was set back behind its start. */
  #windowAt(nowUnixNano: bigint): Window {
    const window = this.#window;
    if (nowUnixNano >= window.start && nowUnixNano < window.start + this.#options.windowNanos) return window;
    return this.#close(floorTo(nowUnixNano, this.#options.windowNanos));
  }

  #close(nextStart: bigint): Window {
    if (this.#window.keys.size > 0) this.#due.push(this.#window);
    this.#fresh = [];
    return (this.#window = newWindow(nextStart));
  }

  release(nowUnixNano: bigint, all: boolean): Released {
    if (all) this.#close(-1n); else this.#windowAt(nowUnixNano);
    const due = this.#due;
    this.#due = [];
    return {
      points: [], batches: due.flatMap(({ chunks }) => chunks.map((chunk) => leaving(this.#options.signal, chunk))),
      made: due.reduce((sum, { keys }) => sum + keys.size, 0), windowMs: due.length * Number(this.#options.windowNanos / 1_000_000n),
    };
  }
}

const newWindow = (start: bigint): Window => ({ start, keys: new Map(), chunks: [], bytes: 0 });

/** A record that another agent has already held stands for several. */
function standsFor(cursor: RecordCursor): number {
  const count = cursor.attribute(countKey);
  return typeof count === 'number' && count > 1 ? count : 1;
}

function leaving(signal: Signal, { bytes, held }: Chunk): OutBatch {
  const walked = codec.walk(signal, bytes);
  // The bytes are of our own making; if they do not walk, the codec has a bug.
  if (!walked.ok) throw new Error(walked.error.message);
  const cursor = codec.cursor();
  cursor.reset(walked.value);
  const records = held.map((one, i) => {
    cursor.moveTo(i);
    return codec.editRecord(cursor, { setAttributes: marks(one) });
  });
  return { exporter: defaultExporter, signal, bytes: codec.rewrite(walked.value, records), records: records.length };
}

const marks = ({ count, firstUnixNano, lastUnixNano }: Held): ReadonlyMap<string, Value> => new Map<string, Value>([
  [dedupKeys.count, count], [dedupKeys.first, toText(firstUnixNano, 'datetime')], [dedupKeys.last, toText(lastUnixNano, 'datetime')],
]);
