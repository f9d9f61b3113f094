// What the probe that was put in from here brings: its state, its values, and the way to all of its records.
import { Link } from '@tanstack/react-router';
import { useProbe } from '../../../api/index.ts';
import { Chip, formatCount, formatDuration, formatPercent, formatRate, Icon, Pane, useNow } from '../../../ui/index.ts';
import { isDynamic, type FleetProbe } from '../../../../model/index.ts';
import { Latest, RemoveButton, Standing } from '../probe-detail.tsx';
import { endWords, stateTones, stateWords, tailQuestion } from '../words.ts';

export function Hits({ probe: id }: { readonly probe: string }) {
  const { data: probe } = useProbe(id);
  if (probe === undefined) return null;
  const rate = probe.places.reduce((sum, { trueRate }) => sum + (trueRate ?? 0), 0);
  return (
    <Pane className="probe-live" label={`Hits of ${probe.name}`}>
      <div className="ph"><h2 className="mono ell">{probe.name}</h2><Chip tone={stateTones[probe.state]}>{stateWords[probe.state]}</Chip><span className="meta nw">{formatCount(probe.hits)} hits{rate > 0 && <>, {formatRate(rate)}/s</>}</span><span className="row end gap1">{tailQuestion(probe) !== null && <Link className="btn s ghost" to="/tail" search={{ q: tailQuestion(probe) ?? '' }}><Icon name="tail" size="s" />Tail</Link>}<RemoveButton probe={probe} /></span></div>
      {(probe.why !== null || probe.end !== null) && <p className={probe.state === 'failed' || probe.state === 'refused' ? 'probe-why bad' : 'probe-why'} role="status"><span><b className="md">{probe.why?.message ?? `It ended: ${endWords[probe.end ?? 'removed']}.`}</b> {probe.why?.help}</span></p>}
      {probe.state === 'paused' && <Pause probe={probe} />}
      <div className="scroll grow">{isDynamic(probe.what.kind) ? <Latest places={probe.places} /> : <Standing places={probe.places} />}</div>
    </Pane>
  );
}

/** Why it is out for the moment, and when it comes back. */
function Pause({ probe: { places, limits } }: { readonly probe: FleetProbe }) {
  const now = useNow();
  const paused = places.filter(({ state }) => state === 'paused');
  const until = Math.min(...paused.map(({ pausedUntilUnixMs }) => pausedUntilUnixMs ?? now));
  return <p className="probe-why" role="status"><span><b className="md">{paused[0]?.why?.message ?? `It would cost more than ${formatPercent(limits.maxCpuShare)} of a core, or more than ${formatCount(limits.maxPerSecond)} records a second.`}</b> It is out, and comes back in {formatDuration(Math.max(0, until - now))}.</span></p>;
}
