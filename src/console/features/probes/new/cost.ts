// What a hit will cost, as far as anybody can say: measured where a probe of this process was hit, else between the bare stop and what reading values
// makes of it. Pure.
import type { FleetProbe, ProbePreview, ProbeWhat } from '../../../../model/index.ts';

/** Microseconds a hit. `measuredBy`: the probe that was hit in this very process; null: a forecast. */
export interface HitCost { readonly fromUs: number; readonly toUs: number; readonly measuredBy: string | null }

/** An agent measures the stop alone. Two values of a frame were measured at 3.3 to 3.6 times as much. */
const withValues = 4;

/** Null: nobody can say before it is in. */
export function hitCost(what: ProbeWhat, preview: Pick<ProbePreview, 'costUs' | 'processes'>, probes: readonly FleetProbe[]): HitCost | null {
  if (what.kind === 'logpoint' && what.spec.mechanism !== 'live-edit') {
    const measured = measuredCost(what, preview.processes, probes);
    if (measured !== null) return measured;
  }
  const { costUs } = preview;
  if (costUs === null) return null;
  const isBare = what.kind !== 'logpoint' || what.spec.mechanism === 'live-edit' || (what.spec.does === 'count' && what.spec.condition === undefined);
  return { fromUs: costUs, toUs: isBare ? costUs : costUs * withValues, measuredBy: null };
}

/** At the same line rather than at another of the process; newest first, as probes are listed. */
function measuredCost(what: ProbeWhat, processes: ProbePreview['processes'], probes: readonly FleetProbe[]): HitCost | null {
  const known = probes.filter(probe => probe.what.kind === what.kind).flatMap(probe => probe.places.flatMap(({ process, hits, costUs, means }) => {
    const isHere = process !== null && processes.some(({ pid, startTicks }) => pid === process.pid && startTicks === process.startTicks);
    return isHere && hits > 0 && costUs !== null && !/live edit/i.test(means) ? [{ probe, costUs }] : [];
  }));
  const same = known.find(({ probe }) => placeText(probe.what) === placeText(what)) ?? known[0];
  return same === undefined ? null : { fromUs: same.costUs, toUs: same.costUs, measuredBy: same.probe.name };
}

const placeText = (what: ProbeWhat): string => (what.kind === 'logpoint' ? `${what.spec.at.file.split('/').at(-1)}:${what.spec.at.line} ${what.spec.does}` : '');
