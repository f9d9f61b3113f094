// Whether a rule that runs makes nearly as much as it takes, or more series than fit; in shadow, what it would make.
import type { RuleSummary } from '../../../../model/index.ts';
import { measuredSeriesWarning, type SeriesWarning } from '../../../../rules/index.ts';

export function runningSeries({ state, sink, effect }: Pick<RuleSummary, 'state' | 'sink' | 'effect'>): SeriesWarning | null {
  if (state !== 'deployed') return null;
  return measuredSeriesWarning({ sink, matched: effect.matched, emitted: (effect.would ?? effect).emitted, overflowed: effect.overflowed ?? 0 });
}
