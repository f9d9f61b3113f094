// How long each agent took from the deployment of the rule to the last secret that left. Pure.
import type { RedactionSourceDetail, RedactionSources, SourceAgent } from '../../../../model/index.ts';
import { leaksOn } from './source-flow.ts';

export interface AgentStop { readonly name: string; /** Null: it still leaks, or never did. */ readonly stoppedAt: string | null; readonly state: 'stopped' | 'leaking' | 'never'; /** From deployment; 0 when it had stopped before. */ readonly tookMs: number; /** Of the slowest agent. */ readonly share: number }

export function agentStops({ agents, deployedAt }: RedactionSourceDetail): readonly AgentStop[] {
  const from = deployedAt === null ? null : Date.parse(deployedAt);
  const took = (agent: SourceAgent): number => (agent.stoppedAt === null || from === null || agent.lastLeakAt === null ? 0 : Math.max(0, Date.parse(agent.stoppedAt) - from));
  const slowest = Math.max(1, ...agents.map(took));
  return agents.map((agent): AgentStop => {
    const state = leaksOn(agent) ? 'leaking' : agent.lastLeakAt === null ? 'never' : 'stopped';
    return { name: agent.agent.name, state, stoppedAt: state === 'stopped' ? agent.stoppedAt : null, tookMs: took(agent), share: state === 'leaking' ? 1 : took(agent) / slowest };
  }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Seen leaving since the deployment. Where the server does not count it apart, at most so many: the bucket it falls into counts whole. */
export function leakedSince({ source, deployedAt, leakedSinceDeploy }: RedactionSourceDetail, { fromUnixMs, bucketMs }: Pick<RedactionSources, 'fromUnixMs' | 'bucketMs'>): { readonly count: number; readonly exact: boolean } {
  if (leakedSinceDeploy !== undefined) return { count: leakedSinceDeploy, exact: true };
  if (deployedAt === null) return { count: source.residual, exact: true };
  const since = Date.parse(deployedAt);
  return { count: source.spark.reduce((sum, { residual }, i) => (fromUnixMs + (i + 1) * bucketMs > since ? sum + residual : sum), 0), exact: false };
}
