// What the audit says of a deployment, source by source and agent by agent.
import type { RedactionOverview, RedactionSource, SourceAgent } from '../../../../model/index.ts';
import type { RedactWish, SecretPlace } from '../../../editor/redact/index.ts';
import type { HeldStop } from './held-stops.ts';

/** The source that was pointed at: hidden by the rule, or at least of that key and detector. Null while the audit knows none. */
export function sourceOf(sources: readonly RedactionSource[], ruleId: string, { what }: RedactWish, at: SecretPlace): RedactionSource | null {
  const there = sources.filter(({ service, place, key }) => service === at.service && place === at.place && (at.key === '' || key === at.key || key.startsWith(`${at.key}.`) || at.key.startsWith(`${key}.`)));
  const by = (source: RedactionSource) => source.rules.some(({ id }) => id === ruleId);
  const ofDetector = (source: RedactionSource) => what.kind === 'detector' ? source.detector === what.detector : what.kind === 'pattern' ? source.detector === what.name : true;
  return there.find((source) => by(source) && ofDetector(source)) ?? there.find(by) ?? sources.find((source) => by(source) && ofDetector(source)) ?? there.find((source) => ofDetector(source)) ?? null;
}

/** Whether the rule is known to hide it: then it stays the one that is told of, wherever later answers list it. */
export const isHiddenBy = ({ rules }: RedactionSource, ruleId: string): boolean => rules.some(({ id }) => id === ruleId);

export interface AgentStep { readonly state: 'waiting' | 'leaking' | 'stopped'; readonly words: string }

/** @param clock a time as people read it: `14:02:11`
 *  @param held what was proved before; undefined: nothing yet. A stop is never said before it is held.
 *  @param everywhere every agent that should has applied the rule. The audit knows an agent's part only from the first one hidden there:
 *    that it names no moment does not mean that the agent has not got the rule. */
export function agentStep({ appliedAt, firstMaskedAt, lastLeakAt, agent }: SourceAgent, held: HeldStop | undefined, sinceMs: number, clock: (iso: string) => string, everywhere: boolean): AgentStep {
  if (held !== undefined && held.againAt !== null) return { state: 'leaking', words: `left again at ${clock(held.againAt)}; it had stopped at ${clock(held.stoppedAt)}` };
  if (held !== undefined) return { state: 'stopped', words: [`stopped at ${clock(held.stoppedAt)} on ${agent.name}`, ...(held.firstMaskedAt === null ? [] : [`first hidden ${clock(held.firstMaskedAt)}`]), held.lastLeakAt === null ? 'none was seen leaving' : `last leaked ${clock(held.lastLeakAt)}`].join(', ') };
  if (appliedAt === null) return { state: 'waiting', words: everywhere ? 'has it; none has come yet that it could hide' : agent.connected ? 'is not known to have it yet' : 'is away; it follows on return' };
  if (lastLeakAt !== null && Date.parse(lastLeakAt) >= Math.max(sinceMs, Date.parse(appliedAt))) return { state: 'leaking', words: `applied ${clock(appliedAt)}, still leaked at ${clock(lastLeakAt)}` };
  return { state: 'waiting', words: `applied ${clock(appliedAt)}, ${firstMaskedAt === null ? 'nothing to hide came yet' : `hidden since ${clock(firstMaskedAt)}`}` };
}

export interface Watching { readonly untilMs: number; /** Looked at so far in the full scan; null: an older server counts them not. */ readonly records: number | null }

/** The full scan that goes on, or the one that ended last since the deployment; null when there was none. */
export function watchingOf({ now, scanned, fullScans = [] }: Pick<RedactionOverview, 'now' | 'scanned' | 'fullScans'>, sinceMs: number): Watching | null {
  const scan = fullScans.filter(({ toUnixMs }) => toUnixMs > Math.min(sinceMs, now)).toSorted((a, b) => b.toUnixMs - a.toUnixMs)[0];
  if (scan !== undefined) return { untilMs: scan.toUnixMs, records: scan.records };
  return scanned.fullUntil === null ? null : { untilMs: Date.parse(scanned.fullUntil), records: null };
}

/** "Watching until 14:03:11, 312 records so far, none left." One calm state while evidence is gathered.
 *  @param lastLeakAt since the rule was applied; null: none */
export function watchingWords({ untilMs, records }: Watching, nowMs: number, lastLeakAt: string | null, clock: (unixMs: number) => string): string {
  const counted = records === null ? '' : `, ${records.toLocaleString('en')} ${records === 1 ? 'record' : 'records'}${nowMs < untilMs ? ' so far' : ''}`;
  const left = lastLeakAt === null ? 'none left' : `the last one left at ${clock(Date.parse(lastLeakAt))}`;
  return `${nowMs < untilMs ? 'Watching until' : 'Watched until'} ${clock(untilMs)}${counted}, ${left}.`;
}

/** The newest one that left after the rule was applied there. */
export function leakSinceApplied(agents: readonly Pick<SourceAgent, 'appliedAt' | 'lastLeakAt'>[]): string | null {
  return agents.flatMap(({ appliedAt, lastLeakAt }) => (appliedAt !== null && lastLeakAt !== null && Date.parse(lastLeakAt) >= Date.parse(appliedAt) ? [lastLeakAt] : [])).toSorted((a, b) => Date.parse(b) - Date.parse(a))[0] ?? null;
}
