// A canary run summed up: way by way, what was stopped and what leaked. Pure.
import type { CanaryProbe, CanaryRun } from '../../../../model/index.ts';

export interface CanaryWay { readonly input: string; readonly output: string; readonly sent: number; readonly stopped: number; readonly notSeen: number; /** Rules that stopped them. */ readonly rules: readonly string[]; readonly leaked: readonly { readonly detector: string; readonly count: number }[] }

export const probesOf = ({ agents }: CanaryRun): readonly CanaryProbe[] => agents.flatMap(({ probes }) => probes);

export function canaryWays(probes: readonly CanaryProbe[]): readonly CanaryWay[] {
  const groups = Map.groupBy(probes, ({ input, output }) => `${input}\n${output}`);
  return [...groups.values()].map(wayOf).toSorted((a, b) => b.leaked.length - a.leaked.length);
}

function wayOf(probes: readonly CanaryProbe[]): CanaryWay {
  const { input, output } = probes[0]!;
  const of = (outcome: CanaryProbe['outcome']) => probes.filter(probe => probe.outcome === outcome);
  const leaked = [...Map.groupBy(of('leaked'), ({ detector }) => detector)].map(([detector, { length: count }]) => ({ detector, count }));
  return { input, output, sent: probes.length, stopped: of('stopped').length, notSeen: of('not-seen').length, leaked, rules: [...new Set(of('stopped').flatMap(({ rule }) => (rule === null ? [] : [rule])))] };
}
