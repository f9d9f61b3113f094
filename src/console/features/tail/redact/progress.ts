// What the audit says of a deployment, source by source and agent by agent.
import type { RedactionSource, SourceAgent } from '../../../../model/index.ts';
import type { RedactWish, SecretPlace } from '../../../editor/redact/index.ts';

/** The source that was pointed at: hidden by the rule, or at least of that key and detector. Null while the audit knows none. */
export function sourceOf(sources: readonly RedactionSource[], ruleId: string, { what }: RedactWish, at: SecretPlace): RedactionSource | null {
  const there = sources.filter(({ service, place, key }) => service === at.service && place === at.place && (at.key === '' || key === at.key || key.startsWith(`${at.key}.`) || at.key.startsWith(`${key}.`)));
  const by = (source: RedactionSource) => source.rules.some(({ id }) => id === ruleId);
  const ofDetector = (source: RedactionSource) => what.kind === 'detector' ? source.detector === what.detector : what.kind === 'pattern' ? source.detector === what.name : true;
  return there.find((source) => by(source) && ofDetector(source)) ?? there.find(by) ?? sources.find((source) => by(source) && ofDetector(source)) ?? there.find((source) => ofDetector(source)) ?? null;
}

export interface AgentStep { readonly state: 'waiting' | 'leaking' | 'stopped'; readonly words: string }

/** @param clock a time as people read it: `14:02:11`
 *  @param everywhere every agent that should has applied the rule. The audit knows an agent's part only from the first one hidden there:
 *    that it names no moment does not mean that the agent has not got the rule. */
export function agentStep({ appliedAt, firstMaskedAt, lastLeakAt, stoppedAt, agent }: SourceAgent, sinceMs: number, clock: (iso: string) => string, everywhere: boolean): AgentStep {
  if (stoppedAt !== null && (appliedAt !== null || firstMaskedAt !== null)) return { state: 'stopped', words: [`stopped at ${clock(stoppedAt)} on ${agent.name}`, ...(firstMaskedAt === null ? [] : [`first hidden ${clock(firstMaskedAt)}`]), lastLeakAt === null ? 'none was seen leaving' : `last leaked ${clock(lastLeakAt)}`].join(', ') };
  if (appliedAt === null) return { state: 'waiting', words: everywhere ? 'has it; none has come yet that it could hide' : agent.connected ? 'is not known to have it yet' : 'is away; it follows on return' };
  if (lastLeakAt !== null && Date.parse(lastLeakAt) >= Math.max(sinceMs, Date.parse(appliedAt))) return { state: 'leaking', words: `applied ${clock(appliedAt)}, still leaked at ${clock(lastLeakAt)}` };
  return { state: 'waiting', words: `applied ${clock(appliedAt)}, ${firstMaskedAt === null ? 'nothing to hide came yet' : `hidden since ${clock(firstMaskedAt)}; whether more left is being looked at`}` };
}
