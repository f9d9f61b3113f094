// How far what was measured agrees with what was predicted. Pure.
import type { Saving } from '../../../../model/index.ts';

/** Less than this is no measurement (src/cost, `savingOf`). */
const leastMeasuredSeconds = 10;
/** Within this, they agree. */
export const agreementBound = 0.1;

export type Verdict = { readonly says: 'agrees' | 'more' | 'less'; readonly share: number } | { readonly says: 'measuring'; readonly secondsLeft: number } | { readonly says: 'not-running' | 'not-predicted' | 'silent' | 'no-traffic-known' };

export function verdictOf({ state, agreement, measuredPerMonth, measuredSeconds, predictedPerMonth, atTrafficPerMonth }: Saving): Verdict {
  if (state !== 'deployed') return { says: 'not-running' };
  if (measuredPerMonth === null) return { says: 'measuring', secondsLeft: Math.max(0, Math.ceil(leastMeasuredSeconds - measuredSeconds)) };
  if (agreement === null) return { says: predictedPerMonth === null ? 'not-predicted' : atTrafficPerMonth === null ? 'no-traffic-known' : 'silent' };
  return { says: Math.abs(agreement - 1) <= agreementBound + 1e-9 ? 'agrees' : agreement > 1 ? 'more' : 'less', share: agreement };
}

/** Sums over what is both predicted (at the traffic that came) and measured, so that they can be compared; and what is saved without a prediction. */
export function savedInAll(savings: readonly Saving[]): { readonly measured: number; readonly predicted: number | null; readonly measuring: number } {
  const running = savings.filter(({ state }) => state === 'deployed');
  const measured = running.reduce((sum, { measuredPerMonth }) => sum + (measuredPerMonth ?? 0), 0);
  const predictions = running.flatMap(({ atTrafficPerMonth }) => (atTrafficPerMonth === null ? [] : [atTrafficPerMonth]));
  return { measured, predicted: predictions.length === 0 ? null : predictions.reduce((sum, one) => sum + one, 0), measuring: running.filter(({ measuredPerMonth }) => measuredPerMonth === null).length };
}
