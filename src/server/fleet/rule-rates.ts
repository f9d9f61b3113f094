// What a deployed rule does now, measured from the agents' own totals over the last seconds. Pure.
import type { AgentStatus, RuleStats } from '../../model/index.ts';

/** Reports of one agent, oldest first, as they are kept for rates. */
export type RecentStatuses = readonly AgentStatus[];

export const keptStatuses = 11;

export interface RuleRates {
  readonly matchedPerSecond: number | null; readonly removedPerSecond: number | null; readonly emittedPerSecond: number | null; readonly cpuShare: number | null;
  readonly matched: number; readonly removed: number; readonly changed: number; readonly emitted: number; readonly errors: number; readonly lastError: string | null;
}

/** Sums over agents; rates are null until one agent has reported the version twice. */
export function ruleRates(agents: readonly RecentStatuses[], ruleId: string, version: number | null): RuleRates {
  const latest = agents.map((statuses) => statsOf(statuses.at(-1), ruleId, version)).filter((stats) => stats !== null);
  const windows = agents.map((statuses) => windowOf(statuses, ruleId, version)).filter((window) => window !== null);
  const rate = (pick: (stats: RuleStats) => number, perSeconds = 1): number | null =>
    windows.length === 0 ? null : round(windows.reduce((sum, { first, last, seconds }) => sum + Math.max(0, pick(last) - pick(first)) / seconds, 0) / perSeconds);
  const total = (pick: (stats: RuleStats) => number) => latest.reduce((sum, stats) => sum + pick(stats), 0);
  return {
    matchedPerSecond: rate((s) => s.matched), removedPerSecond: rate((s) => s.removed), emittedPerSecond: rate((s) => s.emitted),
    // Milliseconds of CPU a second, over a thousand; the mean of the agents.
    cpuShare: rate((s) => s.cpuMs, 1000 * Math.max(1, windows.length)),
    matched: total((s) => s.matched), removed: total((s) => s.removed), changed: total((s) => s.changed), emitted: total((s) => s.emitted), errors: total((s) => s.errors),
    lastError: latest.find((stats) => stats.lastError !== null)?.lastError ?? null,
  };
}

const statsOf = (status: AgentStatus | undefined, ruleId: string, version: number | null): RuleStats | null =>
  status?.rules.find((stats) => stats.id === ruleId && stats.version === version) ?? null;

/** The longest run of reports of this version up to the newest, without a restart in it. */
function windowOf(statuses: RecentStatuses, ruleId: string, version: number | null) {
  const newest = statuses.at(-1);
  const last = statsOf(newest, ruleId, version);
  if (newest === undefined || last === null) return null;
  for (const status of statuses) {
    const first = statsOf(status, ruleId, version);
    const seconds = (newest.atUnixMs - status.atUnixMs) / 1000;
    if (first !== null && status.startedUnixMs === newest.startedUnixMs && seconds > 0) return { first, last, seconds };
  }
  return null;
}

const round = (value: number): number => Math.round(value * 1e5) / 1e5;
