import type { AgentStatus } from '../../model/index.ts';

/** Totals since the agent started; see AgentStatus for what each one means and how they add up. */
export interface Counts {
  readonly received: AgentStatus['received'];
  readonly refused: AgentStatus['refused'];
  readonly removed: AgentStatus['removed'];
  changed: number;
  emitted: number;
  ownPoints: number;
}

export const zeroCounts = (): Counts => ({
  received: { logs: 0, spans: 0, metrics: 0, bytes: 0, requests: 0 },
  refused: { requests: 0, malformed: 0, tooLarge: 0 },
  removed: { dropped: 0, sampled: 0, toMetric: 0, recorded: 0 },
  changed: 0, emitted: 0, ownPoints: 0,
});
