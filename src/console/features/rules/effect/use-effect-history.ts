// The measured effect of a rule as it was at each answer of the server, for the chart: the last two minutes on this page.
import { useEffect, useState } from 'react';
import type { RuleSummary } from '../../../../model/index.ts';

export interface EffectPoint { readonly atMs: number; readonly matched: number | null; readonly removed: number | null; readonly emitted: number | null }
type Effect = RuleSummary['effect'];

const keptPoints = 120;

/** @param updatedAtMs when the answer arrived; a new value adds a point. */
export function useEffectHistory(effect: Effect, updatedAtMs: number): readonly EffectPoint[] {
  const [points, setPoints] = useState<readonly EffectPoint[]>([]);
  useEffect(() => {
    const point = { atMs: updatedAtMs, matched: effect.matchedPerSecond, removed: effect.removedPerSecond, emitted: effect.emittedPerSecond };
    setPoints(before => before.at(-1)?.atMs === updatedAtMs ? before : [...before.slice(1 - keptPoints), point]);
    // One point an answer, whatever object carries it.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [updatedAtMs]);
  return points;
}

/** A query that answers once a second. */
export const effectPollMs = 1000;
