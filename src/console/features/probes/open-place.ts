// From a probe back to where it sits: the link to a new one at the same place, whose forms hold what it holds. Pure.
import type { FleetProbe } from '../../../model/index.ts';
import type { NewProbeSearch } from '../../state/index.ts';

/** Without the process where that is gone: it has to be chosen. */
export function placeSearch({ id, agent, what, target, end, places }: Pick<FleetProbe, 'id' | 'agent' | 'what' | 'target' | 'end' | 'places'>): NewProbeSearch {
  const [process] = places.flatMap(place => place.process ?? []);
  const where = end === 'process-gone' ? { service: process?.service ?? undefined } : { pid: target?.pid ?? process?.pid, startTicks: target?.startTicks ?? process?.startTicks };
  return clean({ agent: agent.id, probe: id, ...(what.kind === 'logpoint' ? {} : { kind: what.kind }), ...where, ...codeOf(what) });
}

function codeOf({ kind, spec }: FleetProbe['what']): Partial<NewProbeSearch> {
  switch (kind) {
    case 'logpoint': return { file: spec.at.file, line: spec.at.line, ...(spec.does === 'record' ? {} : { does: spec.does }) };
    case 'uprobe': return { binary: spec.binary, symbol: spec.symbol };
    case 'usdt': return { binary: spec.binary, symbol: `${spec.provider}:${spec.name}` };
    case 'bpftrace': return { template: spec.template };
    default: return {};
  }
}

const clean = (search: NewProbeSearch): NewProbeSearch => Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
