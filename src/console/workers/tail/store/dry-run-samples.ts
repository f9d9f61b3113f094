// Before and after of single records: each candidate goes through the rule alone, so what happened to it is certain.
import type { Pipeline } from '../../../../engine/index.ts';
import type { Codec, RecordCursor } from '../../../../otlp/index.ts';
import type { DryRunResult, TailRecord } from '../types.ts';
import { decodeRecord, readRecord, summaryOf } from './rows.ts';
import type { Segment } from './segments.ts';
import type { TailStore } from './tail-store.ts';

export type DryRunSample = DryRunResult['samples'][number];

/** Records tried per sample wanted, before the search is given up. */
const triesPerSample = 60;

/** Up to `max` samples, newest first; touched records first, with a few untouched ones for contrast. */
export function collectSamples(store: TailStore, pipeline: Pipeline, touched: readonly Segment[], untouched: readonly Segment[], max: number): readonly DryRunSample[] {
  const found = { removed: [] as DryRunSample[], changed: [] as DryRunSample[], unchanged: [] as DryRunSample[] };
  const enough = () => found.removed.length + found.changed.length >= max && found.unchanged.length >= Math.min(3, max);
  let tries = max * triesPerSample;
  for (const segment of [...touched.toReversed(), ...untouched.toReversed()]) {
    for (let id = segment.endId - 1; id >= Math.max(segment.firstId, store.ring.firstId); id--) {
      if (tries-- <= 0 || enough()) return pick(found, max);
      const sample = trySingle(store, pipeline, segment, id);
      if (sample !== null && found[sample.kind].length < max) found[sample.kind].push(sample);
    }
  }
  return pick(found, max);
}

function pick(found: Readonly<Record<DryRunSample['kind'], readonly DryRunSample[]>>, max: number): readonly DryRunSample[] {
  const changes = Math.max(Math.ceil(max / 2), max - found.removed.length);
  const touched = [...found.changed.slice(0, changes), ...found.removed].slice(0, max);
  return [...touched, ...found.unchanged.slice(0, Math.max(0, max - touched.length))];
}

function trySingle(store: TailStore, pipeline: Pipeline, segment: Segment, id: number): DryRunSample | null {
  const index = id - segment.firstId;
  const { codec } = store;
  const single = codec.rewrite(segment.view, Array.from({ length: segment.view.recordCount }, (_, i) => (i === index ? null : false)));
  const processed = pipeline.process(segment.signal, single, { in: false, out: true });
  const before = readRecord(store, codec.cursor(), id);
  if (!processed.ok || before === null) return null;
  const { tapOut, removed, changed } = processed.value;
  if (removed.dropped + removed.sampled + removed.toMetric + removed.recorded > 0) return { kind: 'removed', before, after: null };
  return changed > 0 && tapOut !== null ? { kind: 'changed', before, after: firstRecord(codec, segment, tapOut, before) } : { kind: 'unchanged', before, after: before };
}

function firstRecord(codec: Codec, segment: Segment, bytes: Uint8Array, before: TailRecord): TailRecord | null {
  const walked = codec.walk(segment.signal, bytes);
  if (!walked.ok || walked.value.recordCount === 0) return null;
  const cursor: RecordCursor = codec.cursor();
  cursor.reset(walked.value);
  cursor.moveTo(0);
  const record = decodeRecord(cursor, { ...before, summary: summaryOf(cursor) });
  const severity = record.columns['SeverityNumber'];
  return { ...record, severity: typeof severity === 'number' ? severity : before.severity };
}
