// One status report out of all parts of the agent; see AgentStatus for how its numbers add up.
import type { Clock } from '../../base/index.ts';
import type { Pipeline } from '../../engine/index.ts';
import type { AgentStatus } from '../../model/index.ts';
import type { ExporterSet } from '../export/index.ts';
import type { Counts } from '../pipeline/index.ts';
import { unixMs } from '../ports/index.ts';
import type { TailHub } from '../tail/index.ts';

export interface StatusSources {
  readonly clock: Clock;
  readonly startedUnixMs: number;
  readonly counts: Counts;
  readonly pipeline: Pick<Pipeline, 'talkers' | 'recorders'>;
  readonly rules: Pick<Pipeline, 'stats'>;
  readonly exporters: Pick<ExporterSet, 'statuses'>;
  readonly tails: Pick<TailHub, 'status'>;
  readonly lostAtCrash: number;
}

const maxTalkers = 50;

export function agentStatusNow({ clock, startedUnixMs, counts, pipeline, rules, exporters, tails, lostAtCrash }: StatusSources, measured: AgentStatus['process']): AgentStatus {
  const recorders = pipeline.recorders();
  return {
    version: 1, startedUnixMs, atUnixMs: unixMs(clock), pid: process.pid,
    received: { ...counts.received }, refused: { ...counts.refused }, removed: { ...counts.removed },
    changed: counts.changed, emitted: counts.emitted, ownPoints: counts.ownPoints, lostAtCrash,
    exporters: exporters.statuses(), recorders: [...recorders.states], recorderBudget: { bytes: recorders.bytes, maxBytes: recorders.maxBytes }, tail: tails.status(), rules: [...rules.stats()],
    ...talkers(pipeline), process: measured,
  };
}

function talkers(pipeline: StatusSources['pipeline']): Pick<AgentStatus, 'talkers' | 'otherRecords'> {
  const { talkers: heaviest, otherRecords } = pipeline.talkers(maxTalkers);
  return { talkers: [...heaviest], otherRecords };
}
