// Full scans in words: what each proves. Pure.
import type { RedactionOverview } from '../../../../model/index.ts';
import { plural } from '../../../ui/index.ts';

export type FullScan = NonNullable<RedactionOverview['fullScans']>[number];

/** It looked at all that left, on every agent. */
export const isWhole = ({ records, ofRecords, missing = [] }: FullScan): boolean => ofRecords > 0 && records >= ofRecords && missing.length === 0;

/** The newest one that is over; null: none. */
export const lastEnded = ({ now, fullScans = [] }: Pick<RedactionOverview, 'now' | 'fullScans'>): FullScan | null => fullScans.filter(({ toUnixMs }) => toUnixMs <= now).toSorted((a, b) => b.toUnixMs - a.toUnixMs)[0] ?? null;

/** "312 of 312 records, none found: a proof without a gap" */
export function scanSaid(scan: FullScan, nowMs: number): string {
  const { records, ofRecords, found, toUnixMs } = scan;
  if (ofRecords === 0) return toUnixMs > nowMs ? 'nothing has left yet' : 'nothing left in it';
  const seen = found === 0 ? 'none found' : `${plural(found, 'secret')} found`;
  const of = `${records.toLocaleString('en')} of ${plural(ofRecords, 'record')}, ${seen}`;
  if (toUnixMs > nowMs) return `so far ${of}`;
  if (!isWhole(scan)) return `${of}; part was not looked at`;
  return found === 0 ? `${of}: a proof without a gap` : of;
}

/** Times of `from` to `to` in which everything was scanned, as the chart may say: more was seen then because more was looked at. */
export const scansWithin = (scans: readonly FullScan[], from: number): readonly FullScan[] => scans.filter(({ toUnixMs }) => toUnixMs >= from);
