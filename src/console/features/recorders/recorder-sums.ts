// One recorder as one line: the sums over its agents, and what must not be summed.
import type { FleetRecorder } from '../../../model/index.ts';

export type RecorderKind = 'plain' | 'keyed' | 'disk';

export interface RecorderSums {
  readonly kinds: readonly RecorderKind[];
  readonly bytes: number; readonly maxBytes: number; readonly records: number; readonly keys: number;
  readonly recordsPerSecond: number; readonly bytesPerSecond: number; readonly evicted: number; readonly refused: number;
  /** Unix milliseconds of the oldest record of the agent that reaches back least; null while nothing is held. */
  readonly sinceUnixMs: number | null;
  readonly stopped: number; readonly problems: readonly { readonly agent: string; readonly problem: string }[];
}

export function sumsOf({ definition, agents }: FleetRecorder): RecorderSums {
  const sum = (of: (agent: FleetRecorder['agents'][number]) => number | undefined) => agents.reduce((total, agent) => total + (of(agent) ?? 0), 0);
  const oldest = agents.flatMap(agent => (agent.oldestUnixMs === null ? [] : [agent.oldestUnixMs]));
  return {
    kinds: [definition.key.length > 0 ? 'keyed' : 'plain', ...(definition.disk ? ['disk' as const] : [])],
    bytes: sum(agent => agent.bytes), maxBytes: sum(agent => agent.maxBytes), records: sum(agent => agent.records), keys: sum(agent => agent.keys),
    recordsPerSecond: sum(agent => agent.recordsPerSecond), bytesPerSecond: sum(agent => agent.bytesPerSecond), evicted: sum(agent => agent.evicted), refused: sum(agent => agent.refused),
    sinceUnixMs: oldest.length === 0 ? null : Math.max(...oldest),
    stopped: agents.filter(agent => agent.running === false).length,
    problems: agents.flatMap(({ agent, problem }) => (problem == null ? [] : [{ agent: agent.name, problem }])),
  };
}

/** By name, description, rule and agent. */
export function findRecorders(recorders: readonly FleetRecorder[], find: string): readonly FleetRecorder[] {
  const wanted = find.trim().toLowerCase();
  return wanted === '' ? recorders : recorders.filter(({ definition, rules, agents }) => [definition.name, definition.description, ...rules.map(rule => rule.name), ...agents.map(({ agent }) => agent.name)].some(text => text.toLowerCase().includes(wanted)));
}
