// What a full scan found, said when it ends: the overview of exactly the seconds that it ran.
import { useState } from 'react';
import type { RedactionOverview } from '../../../../model/index.ts';
import { useRedactionOverview } from '../../../api/index.ts';

/** What the API can sum up at least. */
const fewestSeconds = 60;

export interface ScanResult { readonly endedMs: number; /** That it ran; the counts are of at least a minute. */ readonly seconds: number; readonly found: number; readonly records: number; readonly ofRecords: number }
interface Watched { readonly sinceMs: number | null; /** It ended, and its seconds are being read. */ readonly ended: { readonly atMs: number; readonly seconds: number } | null; readonly result: ScanResult | null }

const nothing: Watched = { sinceMs: null, ended: null, result: null };

/** What follows from one more overview; the same object when nothing does. Pure. */
export function watchScan(watched: Watched, overview: Pick<RedactionOverview, 'now' | 'scanned'> | undefined): Watched {
  if (overview === undefined) return watched;
  const { now, scanned } = overview;
  const runs = scanned.fullUntil !== null && Date.parse(scanned.fullUntil) > now;
  if (runs) return watched.sinceMs === null ? { sinceMs: now, ended: null, result: null } : watched;
  return watched.sinceMs === null ? watched : { sinceMs: null, ended: { atMs: now, seconds: Math.max(1, Math.round((now - watched.sinceMs) / 1000)) }, result: null };
}

/** Null until a scan that ran while this view was open has ended. */
export function useScanResult(overview: RedactionOverview | undefined): ScanResult | null {
  const [watched, setWatched] = useState(nothing);
  const next = watchScan(watched, overview);
  if (next !== watched) setWatched(next);
  const { ended, result } = next;
  const asked = ended === null ? overview?.seconds ?? 300 : Math.max(fewestSeconds, ended.seconds);
  const its = useRedactionOverview(asked);
  if (ended !== null && result === null && its.data?.seconds === asked && !its.isPlaceholderData) {
    const { found, records, ofRecords } = its.data.scanned;
    setWatched({ ...next, result: { endedMs: ended.atMs, seconds: ended.seconds, found, records, ofRecords }, ended: null });
  }
  return result;
}
