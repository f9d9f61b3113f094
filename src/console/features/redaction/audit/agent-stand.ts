// How one agent stands with a source, in a word. Pure. The state of the whole source says whether anything may be called a leak.
import type { RedactionSource, SourceAgent } from '../../../../model/index.ts';

/** `unproved`: nobody knows whether it leaves there. `never`: hidden there, and never seen leaving. */
export type AgentStand = 'leaking' | 'unproved' | 'stopped' | 'never' | 'ignored';

export const residualOf = ({ exporters }: SourceAgent): number => exporters.reduce((sum, { residual }) => sum + residual, 0);

export function agentStand(agent: SourceAgent, state: RedactionSource['state']): AgentStand {
  if (agent.ignoredBy !== undefined) return 'ignored';
  const seen = residualOf(agent) > 0 || agent.lastLeakAt !== null;
  if (agent.state === 'leaking' || agent.state === 'unproved' || agent.state === 'ignored') return agent.state;
  if (agent.stoppedAt !== null) return seen ? 'stopped' : 'never';
  if (seen && state === 'leaking') return 'leaking';
  // An answer without any moment, of a source that is called clean, is of a rule that hid it from the first.
  return state === 'clean' && !seen ? 'never' : 'unproved';
}

export const leaksOn = (agent: SourceAgent, state: RedactionSource['state']): boolean => agentStand(agent, state) === 'leaking';
