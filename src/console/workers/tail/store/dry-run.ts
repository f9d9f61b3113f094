// A dry run: the agent's own pipeline with one rule over a copy of nothing: the buffered requests go through as they
// are, in slices, and what comes out is compared with what went in. Nothing is sent, the buffer is not changed.
import type { Clock, Failure, Result } from '../../../../base/index.ts';
import { createPipeline, type OutBatch, type Pipeline } from '../../../../engine/index.ts';
import type { Plan } from '../../../../kql/index.ts';
import { columnId, type Codec, type RequestView, type Value } from '../../../../otlp/index.ts';
import type { DryRunResult } from '../types.ts';
import { collectSamples, type DryRunSample } from './dry-run-samples.ts';
import type { Segment } from './segments.ts';
import type { TailStore } from './tail-store.ts';

const rule = { id: 'dry-run', name: 'dry-run', version: 1, order: 100 };
const maxMetrics = 200;
type Metric = DryRunResult['metrics'][number];

export class DryRun {
  readonly #store: TailStore;
  readonly #plan: Plan;
  readonly #maxSamples: number;
  readonly #now: () => number;
  readonly #pipeline: Pipeline;
  readonly #started: Result<void, Failure>;
  #nextId: number;
  readonly #endId: number;
  #dataTime = 0n;
  #scanned = 0;
  #removed = 0;
  #changed = 0;
  #emitted = 0;
  #bytesBefore = 0;
  #bytesAfter = 0;
  #wallMs = 0;
  #fromMs = Infinity;
  #toMs = -Infinity;
  #error: string | null = null;
  readonly #metrics: Metric[] = [];
  readonly #touched: Segment[] = [];
  readonly #untouched: Segment[] = [];

  /** `now` is monotonic, in milliseconds. */
  constructor(store: TailStore, plan: Plan, maxSamples: number, now: () => number) {
    this.#store = store;
    this.#plan = plan;
    this.#maxSamples = maxSamples;
    this.#now = now;
    this.#pipeline = newPipeline(now, () => this.#dataTime);
    this.#started = this.#pipeline.replaceRules([{ ...rule, plan }]);
    this.#nextId = store.ring.firstId;
    this.#endId = store.ring.nextId;
    if (!this.#started.ok) this.#error = explain(this.#started.error);
  }

  /** Goes on until `now()` passes `deadline`; true when done. Rows evicted meanwhile are skipped. */
  step(deadline: number): boolean {
    if (!this.#started.ok) return true;
    while (this.#nextId < this.#endId) {
      const segment = this.#store.segmentOf(Math.max(this.#nextId, this.#store.ring.firstId));
      if (segment === undefined) return true;
      this.#nextId = segment.endId;
      this.#process(segment);
      if (this.#now() > deadline) return false;
    }
    return true;
  }

  result(): DryRunResult {
    if (this.#started.ok) this.#take(this.#pipeline.flush(this.#dataTime, true));
    const stats = this.#pipeline.stats()[0];
    const cpuMs = stats !== undefined && stats.cpuMs > 0 ? stats.cpuMs : this.#wallMs;
    return {
      scanned: this.#scanned, matched: stats?.matched ?? 0, removed: this.#removed, changed: this.#changed, emitted: this.#emitted,
      bytesBefore: this.#bytesBefore, bytesAfter: this.#bytesAfter,
      fromMs: this.#fromMs === Infinity ? 0 : this.#fromMs, toMs: this.#toMs === -Infinity ? 0 : this.#toMs,
      cpuMicrosPerRecord: this.#scanned === 0 ? 0 : cpuMs * 1000 / this.#scanned,
      samples: this.#started.ok ? this.#samples() : [], metrics: this.#metrics, error: this.#error ?? stats?.lastError ?? null,
    };
  }

  #process(segment: Segment): void {
    const { store, bytes } = { store: this.#store, bytes: bytesOf(this.#store, segment) };
    this.#dataTime = BigInt(Math.round(segment.sentUnixMs)) * 1_000_000n;
    const before = this.#now();
    const processed = this.#pipeline.process(segment.signal, bytes, { in: false, out: false });
    this.#wallMs += this.#now() - before;
    if (!processed.ok) { this.#error ??= explain(processed.error); return; }
    const { received, removed, changed, out } = processed.value;
    this.#scanned += received;
    this.#bytesBefore += bytes.length;
    const gone = removed.dropped + removed.sampled + removed.toMetric + removed.recorded;
    this.#removed += gone;
    this.#changed += changed;
    for (const batch of out) this.#bytesAfter += batch.bytes.length;
    (gone + changed > 0 ? this.#touched : this.#untouched).push(segment);
    this.#noteTimes(store, segment);
    this.#take(this.#pipeline.flush(this.#dataTime));
  }

  #noteTimes(store: TailStore, segment: Segment): void {
    for (let id = Math.max(segment.firstId, store.ring.firstId); id < segment.endId; id++) {
      const time = store.ring.timeMs[store.ring.slot(id)]!;
      if (time < this.#fromMs) this.#fromMs = time;
      if (time > this.#toMs) this.#toMs = time;
    }
  }

  /** Counts what the rule itself made, and decodes the first metric points. */
  #take(batches: readonly OutBatch[]): void {
    for (const batch of batches) {
      this.#emitted += batch.records;
      this.#bytesAfter += batch.bytes.length;
      if (batch.signal === 'metrics' && this.#metrics.length < maxMetrics) this.#metrics.push(...decodeMetrics(this.#store.codec, batch.bytes));
    }
  }

  #samples(): readonly DryRunSample[] {
    const fresh = newPipeline(this.#now, () => this.#dataTime);
    fresh.replaceRules([{ ...rule, plan: this.#plan }]);
    return collectSamples(this.#store, fresh, this.#touched, this.#untouched, this.#maxSamples);
  }
}

function newPipeline(now: () => number, dataTime: () => bigint): Pipeline {
  const clock: Clock = { nowUnixNano: dataTime, monotonicMs: now };
  return createPipeline({ clock, resource: {}, recorderBytes: 16 * 1024 * 1024, maxGroups: 10_000 });
}

/** The segment's request without rows that have left the ring. */
function bytesOf(store: TailStore, segment: Segment): Uint8Array {
  const gone = store.ring.firstId - segment.firstId;
  if (gone <= 0) return segment.view.bytes;
  return store.codec.rewrite(segment.view, Array.from({ length: segment.view.recordCount }, (_, i) => (i < gone ? false : null)));
}

function decodeMetrics(codec: Codec, bytes: Uint8Array): readonly Metric[] {
  const walked = codec.walk('metrics', bytes);
  return walked.ok ? Array.from({ length: walked.value.recordCount }, (_, i) => metricAt(codec, walked.value, i)) : [];
}

function metricAt(codec: Codec, view: RequestView, index: number): Metric {
  const cursor = codec.cursor();
  cursor.reset(view);
  cursor.moveTo(index);
  const read = (name: string): Value => cursor.column(columnId('metrics', name));
  const time = read('Timestamp');
  return {
    name: String(read('MetricName') ?? ''), unit: String(read('Unit') ?? ''), timeUnixNano: typeof time === 'bigint' ? time : 0n,
    value: Number(read('Value') ?? 0), attributes: (read('Attributes') ?? {}) as Readonly<Record<string, Value>>,
  };
}

function explain(error: Failure): string { return error.help === undefined ? error.message : `${error.message} ${error.help}`; }
