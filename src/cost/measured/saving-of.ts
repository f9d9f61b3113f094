// The measured saving of a rule, from the differences of its counters over all agents.
import type { PriceTable, Saving, Signal } from '../../model/index.ts';
import { framedBytes } from '../wire-bytes.ts';
import { netOf, type NetSaving } from './net-saving.ts';

/** Differences of a rule's counters (model/control.ts, `ruleStats`) over some seconds, summed over agents. */
export interface RuleDelta {
  /** Of the records that the rule takes, and of what it makes (`metrics` of to_metric). */
  readonly signal: Signal; readonly makes: Signal;
  /** Records taken away, and the bytes of their bodies. */
  readonly removed: number; readonly bytesRemoved: number;
  /** Records that stayed and were changed; records and points that the rule made. */
  readonly changed: number; readonly made: number;
  /** Where agents report them: bytes of what it made; by how much changed records got shorter (below 0: longer). */
  readonly bytesMade?: number | undefined; readonly bytesShortened?: number | undefined;
  /** Active series of the metric that it makes (`groups` of its counters is a lower bound); null when nobody counted them. */
  readonly series: number | null;
}

/** What one made record takes and one changed record loses where agents do not report it: as the suggestion expected (`SuggestionDraft.expected`). */
export interface Expected { readonly madeBytesEach: number; readonly shorterBytesEach: number; readonly series: number; /** Series that end with the records that go (metrics). */ readonly removedSeries: number }

const nothingExpected: Expected = { madeBytesEach: 0, shorterBytesEach: 0, series: 0, removedSeries: 0 };
/** Less is no measurement. */
export const leastSeconds = 10;

/** Null until it was measured for ten seconds. */
export function savingOf(delta: RuleDelta, prices: PriceTable, seconds: number, expected: Expected = nothingExpected): NetSaving | null {
  if (seconds < leastSeconds) return null;
  const bytesMade = delta.bytesMade ?? delta.made * expected.madeBytesEach;
  // What a sampler adds to the records that it keeps is always as long, and written behind the rule.
  const shorter = expected.shorterBytesEach < 0 ? delta.changed * expected.shorterBytesEach : delta.bytesShortened ?? delta.changed * expected.shorterBytesEach;
  return netOf({
    removed: { recordsPerSecond: delta.removed / seconds, bytesPerSecond: (framedBytes(delta.removed, delta.bytesRemoved) + shorter) / seconds, series: delta.removed > 0 ? expected.removedSeries : 0 },
    made: delta.made === 0 ? [] : [{ signal: delta.makes, recordsPerSecond: delta.made / seconds, bytesPerSecond: bytesMade / seconds, series: delta.series ?? expected.series }],
  }, delta.signal, prices);
}

/** measured / predicted at the traffic that came; null while either is missing or nothing was to be saved. Money where there are prices, else bytes. */
export function agreement({ atTrafficPerMonth, measuredPerMonth, atTrafficBytesPerSecond, measuredBytesPerSecond }: Pick<Saving, 'atTrafficPerMonth' | 'measuredPerMonth' | 'atTrafficBytesPerSecond' | 'measuredBytesPerSecond'>): number | null {
  return ratio(measuredPerMonth, atTrafficPerMonth) ?? ratio(measuredBytesPerSecond, atTrafficBytesPerSecond);
}

const ratio = (measured: number | null, predicted: number | null): number | null => (measured === null || predicted === null || predicted === 0 ? null : measured / predicted);
