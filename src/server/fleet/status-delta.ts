// What happened at one agent between two of its status reports. Reports carry totals since the agent's start, so that a
// report that is lost costs resolution, not counts. Pure.
import type { AgentStatus } from '../../model/index.ts';

/** Counts that become rates; gauges ride along. */
export interface Counts {
  readonly in: number; readonly out: number; readonly dropped: number; readonly sampled: number; readonly toMetric: number; readonly recorded: number; readonly deduped: number;
  readonly emitted: number; readonly lost: number; readonly noDownstream: number; readonly tailShed: number;
}
export const countNames = ['in', 'out', 'dropped', 'sampled', 'toMetric', 'recorded', 'deduped', 'emitted', 'lost', 'noDownstream', 'tailShed'] as const satisfies readonly (keyof Counts)[];

function totalsOf(status: AgentStatus): Counts {
  const sum = (pick: (exporter: AgentStatus['exporters'][number]) => number) => status.exporters.reduce((total, exporter) => total + pick(exporter), 0);
  return {
    in: status.received.logs + status.received.spans + status.received.metrics,
    out: sum((e) => e.sentRecords),
    ...status.removed,
    deduped: status.removed.deduped ?? 0,
    emitted: status.emitted,
    lost: status.lostAtCrash + sum((e) => e.droppedQueueFull + e.droppedRefused),
    noDownstream: sum((e) => e.discardedNoDownstream),
    tailShed: status.tail.shedRecords,
  };
}

/** A report that comes later than this after the one before leaves a gap: the counts are known, their seconds are not. */
export const longestStepMs = 5000;

export interface Step { readonly fromMs: number; readonly toMs: number; readonly counts: Counts; readonly restarted: boolean }

/** `toMs`: when `after` was made, on this machine's clock. Null when there is no step to measure: the first report, a long silence, a clock that jumped. */
export function stepBetween(before: AgentStatus | null, after: AgentStatus, toMs: number): Step | null {
  const restarted = before !== null && before.startedUnixMs !== after.startedUnixMs;
  const fresh = before === null || restarted;
  // After a start the totals count from zero, at the start.
  const lengthMs = after.atUnixMs - (fresh ? after.startedUnixMs : before.atUnixMs);
  if (lengthMs <= 0 || lengthMs > longestStepMs) return null;
  const now = totalsOf(after);
  const then = fresh ? null : totalsOf(before);
  const counts = Object.fromEntries(countNames.map((name) => [name, Math.max(0, now[name] - (then?.[name] ?? 0))])) as unknown as Counts;
  return { fromMs: toMs - lengthMs, toMs, counts, restarted };
}
