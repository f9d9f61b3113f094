// The sinks as effects on one record of a batch.
import { passOn, settled, type Counters, type Effect } from './live-rule.ts';
import type { Batch, Removed } from './batch.ts';
import type { Dedup } from './dedup.ts';
import type { RuleMeter } from '../budget/index.ts';
import type { MetricWindows } from './windows.ts';
import type { Sampler } from './sample.ts';
import type { Frame } from '../expr/index.ts';
import type { Expansion } from '../record/index.ts';
import type { RecordEdit } from '../../otlp/index.ts';

/** `isHeld`: it leaves later, changed. */
function take(batch: Batch, index: number, counters: Counters, why: keyof Removed, isHeld = false): void {
  if (isHeld) batch.remove(index); else batch.take(index);
  batch.removed[why]++;
  counters.removed++;
  counters.bytesRemoved += batch.view.recordEnd(index) - batch.view.recordStart(index);
}

export const drop = (counters: Counters): Effect => (batch, index) => {
  take(batch, index, counters, 'dropped');
  return settled;
};

export const sample = (counters: Counters, sampler: Sampler, ratio: number): Effect => (batch, index) => {
  if (!sampler.keeps(batch.cursor)) { take(batch, index, counters, 'sampled'); return settled; }
  if (ratio < 1) { batch.adjustedCount /= ratio; counters.changed++; }
  return passOn;
};

/** update: an edit or null when the record is as it should be. */
export const edit = (counters: Counters, editOf: (frame: Frame) => RecordEdit | null): Effect => (batch, index) => {
  const change = editOf(batch.frame);
  if (change === null) return passOn;
  const bytes = batch.edited(change);
  batch.write(index, bytes);
  counters.changed++;
  counters.bytesShortened += batch.view.recordEnd(index) - batch.view.recordStart(index) - bytes.length;
  return passOn;
};

/** `expansion`: the record became several rows. `fill`: what computes the columns that several signals share. */
export function toMetric(counters: Counters, windows: MetricWindows, keep: boolean, expansion: Expansion | null, fill: ((frame: Frame) => void) | null): Effect {
  const add = expansion === null ? addRow : addRows;
  return (batch, index) => {
    add(batch);
    if (keep) return passOn;
    take(batch, index, counters, 'toMetric');
    return settled;
  };

  function addRow({ frame, nowUnixNano }: Batch): void {
    fill?.(frame);
    windows.add(frame, nowUnixNano, !keep);
  }

  function addRows({ frame, nowUnixNano }: Batch): void {
    const { slots } = frame;
    expansion!.rows().forEach((row, i) => {
      frame.slots = row;
      fill?.(frame);
      windows.add(frame, nowUnixNano, !keep && i === 0);
    });
    frame.slots = slots;
  }
}

export const dedup = (counters: Counters, held: Dedup): Effect => (batch, index) => {
  let isFirst = false;
  if (!held.offer(batch.frame, batch.nowUnixNano, () => { isFirst = true; batch.copyTo(batch.held, held, index); })) return passOn;
  take(batch, index, counters, 'deduped', isFirst);
  return settled;
};

export const record = (counters: Counters, meter: RuleMeter, recorder: string, tee: boolean): Effect => (batch, index) => {
  batch.copyTo(batch.recorded, recorder, index);
  meter.made(1);
  if (tee) return passOn;
  take(batch, index, counters, 'recorded');
  return settled;
};

/** The record leaves by another exporter: it is out, not removed. */
export const route = (meter: RuleMeter, exporter: string): Effect => (batch, index) => {
  batch.copyTo(batch.routed, exporter, index);
  meter.made(1);
  batch.remove(index);
  return settled;
};
