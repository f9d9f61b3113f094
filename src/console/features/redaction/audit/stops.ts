// How long each agent took from the deployment of the rule to the last secret that left. Pure.
import type { RedactionSourceDetail, RedactionSources, SourceAgent } from '../../../../model/index.ts';
import { agentStand, type AgentStand } from './agent-stand.ts';

export interface AgentStop {
  readonly name: string; readonly state: AgentStand; readonly away: boolean;
  /** Null: it still leaks, or never did, or nobody knows. */
  readonly stoppedAt: string | null;
  /** The three moments that prove it: the last one seen leaving, the rule applied there, the first one it hid. Null: not seen. */
  readonly lastLeakAt: string | null; readonly appliedAt: string | null; readonly firstMaskedAt: string | null;
  /** From deployment; 0 when it had stopped before. */
  readonly tookMs: number;
  /** Of the slowest agent. */
  readonly share: number;
}

export function agentStops({ source, agents, deployedAt }: RedactionSourceDetail): readonly AgentStop[] {
  const from = deployedAt === null ? null : Date.parse(deployedAt);
  const took = (agent: SourceAgent): number => (agent.stoppedAt === null || from === null || agent.lastLeakAt === null ? 0 : Math.max(0, Date.parse(agent.stoppedAt) - from));
  const slowest = Math.max(1, ...agents.map(took));
  return agents.map((agent): AgentStop => {
    const state = agentStand(agent, source.state);
    const { lastLeakAt, appliedAt, firstMaskedAt } = agent;
    return { name: agent.agent.name, state, away: !agent.agent.connected, stoppedAt: state === 'stopped' ? agent.stoppedAt : null, lastLeakAt, appliedAt, firstMaskedAt, tookMs: took(agent), share: state === 'leaking' ? 1 : took(agent) / slowest };
  }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Seen leaving since the deployment. Where the server does not count it apart, at most so many: the bucket it falls into counts whole. */
export function leakedSince({ source, deployedAt, leakedSinceDeploy }: RedactionSourceDetail, { fromUnixMs, bucketMs }: Pick<RedactionSources, 'fromUnixMs' | 'bucketMs'>): { readonly count: number; readonly exact: boolean; /** Counted in a sample: there may have been more. */ readonly isFloor: boolean } {
  const isFloor = source.residualIsFloor ?? false;
  if (leakedSinceDeploy !== undefined) return { count: leakedSinceDeploy, exact: true, isFloor };
  if (deployedAt === null) return { count: source.residual, exact: true, isFloor };
  const since = Date.parse(deployedAt);
  return { count: source.spark.reduce((sum, { residual }, i) => (fromUnixMs + (i + 1) * bucketMs > since ? sum + residual : sum), 0), exact: false, isFloor };
}
