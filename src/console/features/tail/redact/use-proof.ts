// The proof of one deployment as it comes in: the source that is told of, and the stops that are held.
import { useState } from 'react';
import type { RedactionSource, RedactionSourceDetail } from '../../../../model/index.ts';
import { useRedactionOverview, useRedactionSource, useRedactionSources } from '../../../api/index.ts';
import type { RedactWish, SecretPlace } from '../../../editor/redact/index.ts';
import { holdStops, noStops, type HeldStops } from './held-stops.ts';
import { isHiddenBy, sourceOf, watchingOf, type Watching } from './progress.ts';

const rangeSeconds = 900;

export interface Proof {
  readonly source: RedactionSource | null;
  readonly detail: RedactionSourceDetail | undefined;
  readonly stops: HeldStops;
  readonly watching: Watching | null;
  /** The audit's clock, Unix milliseconds; null before its first answer. */
  readonly nowMs: number | null;
  readonly failed: boolean;
}

export function useProof(ruleId: string, sinceMs: number, wish: RedactWish, at: SecretPlace): Proof {
  const sources = useRedactionSources(rangeSeconds);
  const overview = useRedactionOverview(rangeSeconds).data;
  const [chosen, setChosen] = useState<string | null>(null);
  const [stops, setStops] = useState(noStops);
  const all = sources.data?.sources ?? [];
  const source = all.find(({ id }) => id === chosen) ?? sourceOf(all, ruleId, wish, at);
  if (source !== null && source.id !== chosen && isHiddenBy(source, ruleId)) { setChosen(source.id); setStops(noStops); }
  const detail = useRedactionSource(source?.id, rangeSeconds).data;
  const nowMs = overview?.now ?? null;
  const next = detail === undefined || nowMs === null ? stops : holdStops(stops, detail.agents, nowMs);
  if (next !== stops) setStops(next);
  return { source, detail, stops: next, watching: overview === undefined ? null : watchingOf(overview, sinceMs), nowMs, failed: sources.isError };
}
