// What a counter, a metric or a timer measured since it went in: figures, and how the values divide.
import type { ProbeMeasured, ProbePlace } from '../../../model/index.ts';
import { formatCount, Meter } from '../../ui/index.ts';

export function Measured({ places }: { readonly places: readonly ProbePlace[] }) {
  const all = measuredOf(places);
  if (all === null) return null;
  const { unit, count, sum, min, max, bounds } = all;
  const isCounter = bounds.length === 0;
  // An agent adds what it did not see, as far as the rate tells.
  const isEstimate = isCounter && count > places.reduce((seen, { hits }) => seen + hits, 0);
  const of = (value: number) => numberWords(value, unit);
  return (
    <section aria-label="Measured">
      <div className="ph"><h2>Measured</h2><span className="meta">since it went in</span></div>
      <dl className="probe-facts figures">
        <div><dt>{isEstimate ? 'Hits, estimated' : isCounter ? 'Hits counted' : 'Values'}</dt><dd className="num">{isEstimate ? `about ${formatCount(Number(count.toPrecision(3)))}` : formatCount(count)}</dd></div>
        {!isCounter && count > 0 && <><div><dt>Least</dt><dd className="num">{of(min)}</dd></div><div><dt>Mean</dt><dd className="num">{of(sum / count)}</dd></div><div><dt>Most</dt><dd className="num">{of(max)}</dd></div><div><dt>Sum</dt><dd className="num">{of(sum)}</dd></div></>}
      </dl>
      {!isCounter && count === 0 && places.some(({ hits }) => hits > 0) && <p className="pad amb">It is hit, but what it reads is no number: there is nothing to measure.</p>}
      {!isCounter && <Buckets of={all} />}
    </section>
  );
}

function Buckets({ of }: { readonly of: ProbeMeasured }) {
  const most = Math.max(1, ...of.buckets);
  return <ul className="probe-buckets" aria-label="How the values divide">{bucketsOf(of).map(({ range, count }) => <li key={range}><span className="num t2">{range}</span><Meter label={`${range}: ${formatCount(count)}`} share={count / most} height={8} /><span className="num">{formatCount(count)}</span></li>)}</ul>;
}

/** Of all places together; those of other bounds (another version of an agent) are left out. Null: nothing was measured. */
export function measuredOf(places: readonly ProbePlace[]): ProbeMeasured | null {
  const all = places.flatMap(({ measured }) => measured ?? []);
  const [first, ...more] = all;
  if (first === undefined) return null;
  return more.filter(({ bounds, unit }) => unit === first.unit && bounds.length === first.bounds.length).reduce((sum, one) => ({
    ...sum, count: sum.count + one.count, sum: sum.sum + one.sum, min: least(sum, one), max: greatest(sum, one), buckets: sum.buckets.map((of, i) => of + (one.buckets[i] ?? 0)),
  }), first);
}
/** One that measured nothing has no least and no most. */
const least = (a: ProbeMeasured, b: ProbeMeasured): number => (a.count === 0 ? b.min : b.count === 0 ? a.min : Math.min(a.min, b.min));
const greatest = (a: ProbeMeasured, b: ProbeMeasured): number => (a.count === 0 ? b.max : b.count === 0 ? a.max : Math.max(a.max, b.max));

/** From the first that holds something to the last. */
export function bucketsOf({ bounds, buckets, unit }: ProbeMeasured): readonly { readonly range: string; readonly count: number }[] {
  const [first, last] = [buckets.findIndex(count => count > 0), buckets.findLastIndex(count => count > 0)];
  if (first < 0) return [];
  return buckets.slice(first, last + 1).map((count, i) => {
    const [under, upTo] = [bounds[first + i - 1], bounds[first + i]];
    const range = under === undefined ? `up to ${numberWords(upTo ?? 0, unit)}` : upTo === undefined ? `over ${numberWords(under, unit)}` : `${plain(under)} to ${numberWords(upTo, unit)}`;
    return { range, count };
  });
}

const plain = (value: number): string => (Math.abs(value) >= 1e15 ? value.toExponential(2) : Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3))));
/** To three digits, with its unit. */
export const numberWords = (value: number, unit: string): string => `${plain(value)}${unit === 'ms' ? ' ms' : ''}`;
