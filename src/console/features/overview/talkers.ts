// Ranking of talkers. Shares of records add up to one with the rest; of bytes only the listed ids are known, and the table says so. Pure.
import type { Overview } from '../../../model/index.ts';

export type TalkerMeasure = 'records' | 'bytes';
export interface RankedTalker { readonly key: string; readonly talker: Overview['talkers'][number]; /** Per second. */ readonly amount: number; readonly share: number }
export interface Ranking { readonly rows: readonly RankedTalker[]; readonly other: { readonly perSecond: number; readonly share: number } | null }

/** The rows in the order of `keys`; rows that are new come after, in their own order. */
export function inOrder(rows: readonly RankedTalker[], keys: readonly string[]): readonly RankedTalker[] {
  const place = new Map(keys.map((key, i) => [key, i]));
  return rows.toSorted((a, b) => (place.get(a.key) ?? Infinity) === (place.get(b.key) ?? Infinity) ? 0 : (place.get(a.key) ?? Infinity) - (place.get(b.key) ?? Infinity));
}

/** Index from which any of the talkers was measured: the lines of all start there, so that they share one time axis. */
export function firstKnown(talkers: readonly Pick<Overview['talkers'][number], 'history'>[]): number {
  const starts = talkers.map(({ history }) => history.findIndex(value => value !== null)).filter(index => index >= 0);
  return starts.length === 0 ? 0 : Math.min(...starts);
}

export function rankTalkers(data: Pick<Overview, 'talkers' | 'otherPerSecond'>, by: TalkerMeasure): Ranking {
  const amountOf = (talker: Overview['talkers'][number]) => (by === 'records' ? talker.perSecond : talker.bytesPerSecond);
  const listed = data.talkers.reduce((sum, talker) => sum + amountOf(talker), 0);
  const whole = Math.max(1e-9, listed + (by === 'records' ? data.otherPerSecond : 0));
  const rows = data.talkers
    .map(talker => ({ key: `${talker.signal} ${talker.service} ${talker.durableId}`, talker, amount: amountOf(talker), share: amountOf(talker) / whole }))
    .sort((a, b) => b.amount - a.amount);
  return { rows, other: by === 'records' && data.otherPerSecond > 0 ? { perSecond: data.otherPerSecond, share: data.otherPerSecond / whole } : null };
}
