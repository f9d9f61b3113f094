// One export request on its way through the stages: what became of each record, reused from request to request.
import { attributeKey, codec, type RecordCursor, type RecordEdit, type RequestView, type Value } from '../../otlp/index.ts';
import { newFrame, type Frame } from '../expr/index.ts';
import type { Dedup } from './dedup.ts';
import type { AroundEdit } from './around-edit.ts';

/** Kept, gone, or with other bytes. */
export type Outcome = null | false | Uint8Array;

/** How many records each kept one stands for: the product of 1 / ratio over the samplers it passed. */
export const adjustedCountKey = 'sampling.adjusted_count';
const adjustedCountBytes = attributeKey(adjustedCountKey);

export interface Removed { dropped: number; sampled: number; toMetric: number; recorded: number; deduped: number }

export class Batch {
  readonly cursor: RecordCursor = codec.cursor();
  readonly frame: Frame = { ...newFrame(), cursor: this.cursor };
  view!: RequestView;
  /** One per record of `view`. */
  outcome: Outcome[] = [];
  /** Whether any outcome is bytes. */
  rewritten = false;
  /** Whether any outcome is not null. */
  touched = false;
  changed = 0;
  readonly removed: Removed = { dropped: 0, sampled: 0, toMetric: 0, recorded: 0, deduped: 0 };
  /** Told of each record of `view` that a rule takes away for good, before anything else becomes of the batch. */
  onTaken: ((index: number) => void) | null = null;
  /** Wall clock when the request came, Unix nanoseconds. */
  nowUnixNano = 0n;
  nowUnixMs = 0;
  /** Of the record in hand, while its stage runs. */
  adjustedCount = 1;
  /** Outcomes for exporters and recorders by name: what they get of this view. */
  readonly routed = new Map<string, Outcome[]>();
  readonly recorded = new Map<string, Outcome[]>();
  /** The same for rules that hold records. */
  readonly held = new Map<Dedup, Outcome[]>();
  /** Redact rules that met a record in the running stage: what surrounds the records is due. */
  readonly around = new Set<AroundEdit>();
  /** By record: whether a redact rule that is not in shadow looked at it; null while none did. */
  covered: Uint8Array | null = null;
  /** Redaction goes over records that it may have met before: nothing is counted or told twice. */
  again = false;
  /** Records that the stages are for, while not all are. */
  only: Uint8Array | null = null;
  /** By record: whether a rule of the running stage wrote to it; null while none did. */
  #written: Uint8Array | null = null;
  /** Records that were changed in an earlier stage, by index in `view`; null when none. */
  #changedBefore: Uint8Array | null = null;
  #changedNow: Uint8Array | null = null;

  begin(view: RequestView, nowUnixNano: bigint): void {
    this.changed = 0;
    this.removed.dropped = this.removed.sampled = this.removed.toMetric = this.removed.recorded = this.removed.deduped = 0;
    this.nowUnixNano = nowUnixNano;
    this.nowUnixMs = Number(nowUnixNano / 1_000_000n);
    this.#changedBefore = this.#changedNow = null;
    this.covered = null;
    this.#enter(view);
  }

  #enter(view: RequestView): void {
    this.view = view;
    this.cursor.reset(view);
    const count = view.recordCount;
    if (this.touched || this.outcome.length !== count) {
      this.outcome.length = 0;
      for (let i = 0; i < count; i++) this.outcome.push(null);
    }
    this.rewritten = this.touched = false;
    this.#written = null;
    this.routed.clear();
    this.recorded.clear();
    this.held.clear();
    this.around.clear();
  }

  /** The request as the outcomes say; `view.bytes` itself when nothing was touched. */
  bytes(): Uint8Array { return this.touched ? codec.rewrite(this.view, this.outcome) : this.view.bytes; }

  /** Goes on with the rewritten request: settled records are out of it, and later rules see what was changed. */
  advance(bytes: Uint8Array): void {
    const view = this.#walked(bytes);
    const now = this.#changedNow;
    this.#changedBefore = now === null ? null : now.filter((_, i) => this.outcome[i] !== false);
    this.#changedNow = this.#changedBefore;
    this.#enter(view);
  }

  /** Goes on with a request of the same records in the same order and other surroundings: what became of the records holds. */
  reframe(bytes: Uint8Array): void {
    const view = this.#walked(bytes);
    if (view.recordCount !== this.view.recordCount) throw new Error(`A request of ${this.view.recordCount} records came back with ${view.recordCount}.`);
    this.view = view;
    this.cursor.reset(view);
  }

  /** The bytes are of our own making; if they do not walk, the codec has a bug. */
  #walked(bytes: Uint8Array): RequestView {
    const walked = codec.walk(this.view.signal, bytes);
    if (!walked.ok) throw new Error(walked.error.message);
    walked.value.templates = this.view.templates ?? null;
    return walked.value;
  }

  cover(index: number): void { (this.covered ??= new Uint8Array(this.view.recordCount))[index] = 1; }

  /** The record at the cursor is taken away: no exporter gets it. */
  take(index: number): void {
    this.remove(index);
    this.onTaken?.(index);
  }

  /** Marks the record as gone from the default way. */
  remove(index: number): void { this.outcome[index] = false; this.touched = true; }

  /** What a rule wrote to a record in place of what it read. */
  write(index: number, bytes: Uint8Array): void {
    this.replace(index, bytes);
    (this.#written ??= new Uint8Array(this.view.recordCount))[index] = 1;
  }

  /** Which records a rule wrote to since the last call, as `advance` will number them; null when none. */
  takeWritten(): Uint8Array | null {
    const written = this.#written?.filter((_, i) => this.outcome[i] !== false) ?? null;
    this.#written = null;
    return written;
  }

  replace(index: number, bytes: Uint8Array): void {
    this.outcome[index] = bytes;
    this.touched = this.rewritten = true;
    const flags = (this.#changedNow ??= new Uint8Array(this.view.recordCount));
    if (flags[index] === 0) { flags[index] = 1; this.changed++; }
  }

  /** A sink's copy of the record as it is now, for an exporter, a recorder or a rule that holds it. */
  copyTo<K>(target: Map<K, Outcome[]>, name: K, index: number): void {
    let outcomes = target.get(name);
    if (outcomes === undefined) target.set(name, (outcomes = allGone(this.view.recordCount)));
    outcomes[index] = this.adjustedCount === 1 ? null : this.edited({});
  }

  /** The record's bytes with an edit and the adjusted count. */
  edited(edit: RecordEdit): Uint8Array {
    if (this.adjustedCount === 1) return codec.editRecord(this.cursor, edit);
    const before = this.cursor.attribute(adjustedCountBytes);
    const attributes = new Map<string, Value>(edit.setAttributes);
    attributes.set(adjustedCountKey, this.adjustedCount * (typeof before === 'number' && before > 0 ? before : 1));
    return codec.editRecord(this.cursor, { ...edit, setAttributes: attributes });
  }
}

/** In a loop: `Array.from` with a function takes ten times as long. */
function allGone(records: number): Outcome[] {
  const outcomes: Outcome[] = [];
  for (let i = 0; i < records; i++) outcomes.push(false);
  return outcomes;
}
