import type { Fleet } from './fleet.ts';
import { longestStepMs } from './status-delta.ts';

/** Up to here the series is complete: every agent that still reports has reported past it. Unix milliseconds. */
export function completeUntil(fleet: Fleet, nowMs: number): number {
  const reporting = fleet.connectedWeirAgents.map((agent) => agent.statusAtMs).filter((at) => nowMs - at < longestStepMs);
  return Math.min(nowMs, ...reporting);
}
