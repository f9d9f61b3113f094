// Rates from two reports of an agent: its counts are totals since it started. Pure.
import type { AgentStatus } from '../../../model/index.ts';

export interface AgentRates { readonly in: number; readonly out: number }

const received = (status: AgentStatus) => status.received.logs + status.received.spans + status.received.metrics;
const sent = (status: AgentStatus) => status.exporters.reduce((sum, exporter) => sum + exporter.sentRecords, 0);

/** Null when the reports are of different runs of the agent, or no time lies between them. */
export function ratesBetween(before: AgentStatus, after: AgentStatus): AgentRates | null {
  const seconds = (after.atUnixMs - before.atUnixMs) / 1000;
  if (seconds <= 0 || before.startedUnixMs !== after.startedUnixMs) return null;
  return { in: Math.max(0, (received(after) - received(before)) / seconds), out: Math.max(0, (sent(after) - sent(before)) / seconds) };
}
