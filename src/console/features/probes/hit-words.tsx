// How often a probe was hit: what was seen, or the estimate where it was out for a part of the time.
import { isProbeIn } from '../../api/index.ts';
import { isDynamic, type FleetProbe } from '../../../model/index.ts';
import { formatCount, plural, useNow } from '../../ui/index.ts';
import { hitCount } from './sampling.ts';
import { measures } from './words.ts';

export function HitWords({ probe, long = false }: { readonly probe: FleetProbe; /** With what became of them. */ readonly long?: boolean }) {
  const now = useNow(isProbeIn(probe));
  const { what, emitted, suppressed } = probe;
  const { total, seen, isEstimated } = hitCount(probe, now);
  // Where a heading names them, the number is enough.
  const said = (count: number, of: string) => (long ? formatCount(count) : plural(count, of));
  if (!isDynamic(what.kind)) return <>{said(seen, 'record')}</>;
  const hits = isEstimated ? <>about {said(roughly(total), 'hit')}, estimated{long && `; ${formatCount(seen)} seen`}</> : <>{said(seen, 'hit')}</>;
  const became = measures(what) ? '' : `, ${formatCount(emitted)} written${long && suppressed > 0 ? `, ${formatCount(suppressed)} counted only` : ''}`;
  return <>{hits}{became !== '' && (long || emitted !== seen) && <span className="t3">{became}</span>}</>;
}

/** An estimate has three digits at most. */
export const roughly = (count: number): number => Number(count.toPrecision(3));
