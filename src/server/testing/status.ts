// Status reports for tests: all zero but for what a test says.
import type { AgentStatus, RuleStats } from '../../model/index.ts';

export function statusReport(atUnixMs: number, more: Partial<AgentStatus> = {}): AgentStatus {
  return {
    version: 1, startedUnixMs: 0, atUnixMs, pid: 1,
    received: { logs: 0, spans: 0, metrics: 0, bytes: 0, requests: 0 }, refused: { requests: 0, malformed: 0, tooLarge: 0 },
    removed: { dropped: 0, sampled: 0, toMetric: 0, recorded: 0 }, changed: 0, emitted: 0, lostAtCrash: 0, exporters: [], recorders: [],
    tail: { subscriptions: 0, sentRecords: 0, shedRecords: 0 }, rules: [], talkers: [], otherRecords: 0,
    process: { cpuShare: 0, rssBytes: 0, heapUsedBytes: 0, eventLoopDelayP99Ms: 0 }, ...more,
  };
}

export const receivedLogs = (logs: number): AgentStatus['received'] => ({ logs, spans: 0, metrics: 0, bytes: 0, requests: 0 });

export const ruleStats = (id: string, more: Partial<RuleStats> = {}): RuleStats =>
  ({ id, version: 1, matched: 0, removed: 0, changed: 0, emitted: 0, errors: 0, cpuMs: 0, bytesRemoved: 0, lastError: null, ...more });
