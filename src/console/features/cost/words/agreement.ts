// How far what was measured agrees with what was predicted. Pure.
import type { Saving } from '../../../../model/index.ts';

/** Over less than this, what comes by chance and what agents have not told yet weigh too much to judge. */
const leastJudgedSeconds = 60;
/** Within this, they agree. */
export const agreementBound = 0.1;

export type Verdict = { readonly says: 'agrees' | 'more' | 'less'; readonly share: number } | { readonly says: 'measuring'; readonly secondsLeft: number } | { readonly says: 'not-running' | 'not-predicted' | 'silent' | 'no-traffic-known' };

export function verdictOf({ state, agreement, measuredPerMonth, measuredSeconds, predictedPerMonth, atTrafficPerMonth }: Saving): Verdict {
  if (state !== 'deployed') return { says: 'not-running' };
  if (measuredPerMonth === null || measuredSeconds < leastJudgedSeconds) return { says: 'measuring', secondsLeft: Math.max(0, Math.ceil(leastJudgedSeconds - measuredSeconds)) };
  if (agreement === null) return { says: predictedPerMonth === null ? 'not-predicted' : atTrafficPerMonth === null ? 'no-traffic-known' : 'silent' };
  return { says: Math.abs(agreement - 1) <= agreementBound + 1e-9 ? 'agrees' : agreement > 1 ? 'more' : 'less', share: agreement };
}

export interface SavedInAll {
  /** What all rules that run save. */
  readonly measured: number;
  /** Of rules that were both predicted (at the traffic that came) and measured, so that the two can be compared; null when there are none. */
  readonly compared: { readonly measured: number; readonly predicted: number } | null;
  /** Rules that are not measured yet. */
  readonly measuring: number;
}

export function savedInAll(savings: readonly Saving[]): SavedInAll {
  const running = savings.filter(({ state }) => state === 'deployed');
  const both = running.flatMap(({ atTrafficPerMonth: predicted, measuredPerMonth: measured }) => (predicted === null || measured === null ? [] : [{ predicted, measured }]));
  return {
    measured: running.reduce((sum, { measuredPerMonth }) => sum + (measuredPerMonth ?? 0), 0),
    compared: both.length === 0 ? null : { measured: both.reduce((sum, one) => sum + one.measured, 0), predicted: both.reduce((sum, one) => sum + one.predicted, 0) },
    measuring: running.filter(({ measuredPerMonth }) => measuredPerMonth === null).length,
  };
}
