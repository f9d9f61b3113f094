// Why a probe is out for a part of the time, and what that does to its figures. It stands as long as that goes on: a pause is no news.
import { isDynamic, type FleetProbe } from '../../../model/index.ts';
import { formatDuration, useNow } from '../../ui/index.ts';
import { boundWords, outWords, samplingOf } from './sampling.ts';
import { counts, measures } from './words.ts';

export function SamplingNote({ probe }: { readonly probe: FleetProbe }) {
  const now = useNow();
  const { what, limits, places, state } = probe;
  if (!isDynamic(what.kind)) return null;
  const sampling = samplingOf(probe, now);
  if (sampling === null && state !== 'paused') return null;
  const why = boundWords(what, limits, places);
  if (sampling === null) return <p className="probe-why" role="status"><span><b className="md">It is out for a moment: {why}.</b> It comes back by itself{backIn(probe, now)}.</span></p>;
  return <p className="probe-why" role="status"><span><b className="md">Sampling: {outWords(sampling)}, since {why}.</b> {counts(what) ? 'Its count holds an estimate for that time.' : measures(what) ? 'Hits of that time are not measured.' : 'Hits of that time make no records.'}{longOut(probe, now)}</span></p>;
}

/** Milliseconds until the first of its places is back; null: none is out, or nobody can say. */
function outForMs({ places }: FleetProbe, now: number): number | null {
  const until = places.flatMap(({ state, pausedUntilUnixMs }) => (state === 'paused' && pausedUntilUnixMs !== null ? [pausedUntilUnixMs] : []));
  return until.length === 0 ? null : Math.max(0, Math.min(...until) - now);
}

function backIn(probe: FleetProbe, now: number): string {
  const ms = outForMs(probe, now);
  return ms === null ? '' : ` in ${formatDuration(ms)}`;
}

/** Of a short one nothing is said: it would only flicker. */
function longOut(probe: FleetProbe, now: number): string {
  const ms = outForMs(probe, now);
  return ms === null || ms < leastSaidMs ? '' : ` It looks again in ${formatDuration(ms)}.`;
}
const leastSaidMs = 3000;
