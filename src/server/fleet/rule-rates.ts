// What a deployed rule does now, measured from the agents' own totals over the last seconds. Pure.
import type { AgentStatus, RuleStats } from '../../model/index.ts';
import { isOf } from './rule-book.ts';
import { ruleStatsIn } from './status-index.ts';

/** Reports of one agent, oldest first, as they are kept for rates. */
export type RecentStatuses = readonly AgentStatus[];

export const keptStatuses = 11;

/** Null while not measured. */
export interface RuleRates {
  readonly matchedPerSecond: number | null; readonly removedPerSecond: number | null; readonly emittedPerSecond: number | null;
  readonly bytesRemovedPerSecond: number | null; readonly cpuShare: number | null;
  /** In shadow: what it would do; null when it runs live. */
  readonly would: { readonly removedPerSecond: number | null; readonly changedPerSecond: number | null; readonly emittedPerSecond: number | null; readonly bytesRemovedPerSecond: number | null } | null;
}

interface RunningRule { readonly id: string; readonly version: number; readonly deployment: number }

/** Sums over agents; null until one agent has reported the deployment twice. */
export function ruleRates(agents: readonly RecentStatuses[], rule: RunningRule): RuleRates {
  const windows = agents.map((statuses) => windowOf(statuses, rule)).filter((window) => window !== null);
  const rate = (pick: (stats: RuleStats) => number | undefined, perSeconds = 1): number | null =>
    windows.length === 0 ? null : round(windows.reduce((sum, { first, last, seconds }) => sum + Math.max(0, (pick(last) ?? 0) - (pick(first) ?? 0)) / seconds, 0) / perSeconds);
  return {
    matchedPerSecond: rate((s) => s.matched), removedPerSecond: rate((s) => s.removed), emittedPerSecond: rate((s) => s.emitted), bytesRemovedPerSecond: rate((s) => s.bytesRemoved),
    // Milliseconds of CPU a second, over a thousand; the mean of the agents.
    cpuShare: rate((s) => s.cpuMs, 1000 * Math.max(1, windows.length)),
    would: !windows.some(({ last }) => last.would !== undefined) ? null : {
      removedPerSecond: rate((s) => s.would?.removed), changedPerSecond: rate((s) => s.would?.changed),
      emittedPerSecond: rate((s) => s.would?.emitted), bytesRemovedPerSecond: rate((s) => s.would?.bytesRemoved),
    },
  };
}

export const notRunning: RuleRates = { matchedPerSecond: null, removedPerSecond: null, emittedPerSecond: null, bytesRemovedPerSecond: null, cpuShare: null, would: null };

function statsOf(status: AgentStatus | undefined, rule: RunningRule): RuleStats | null {
  const stats = status === undefined ? undefined : ruleStatsIn(status, rule.id);
  return stats !== undefined && isOf(stats, rule) ? stats : null;
}

/** The longest run of reports of this deployment up to the newest, without a restart in it. */
function windowOf(statuses: RecentStatuses, rule: RunningRule) {
  const newest = statuses.at(-1);
  const last = statsOf(newest, rule);
  if (newest === undefined || last === null) return null;
  for (const status of statuses) {
    const first = statsOf(status, rule);
    const seconds = (newest.atUnixMs - status.atUnixMs) / 1000;
    if (first !== null && status.startedUnixMs === newest.startedUnixMs && seconds > 0) return { first, last, seconds };
  }
  return null;
}

const round = (value: number): number => Math.round(value * 1e5) / 1e5;
