// A source that no rule is known to hide any more: the rule was taken off, or followed by another version that has hidden nothing of it.
// It is unproved, except while the independent scan knows its format and has looked at all that left the agent for at least a
// minute, with a record of its service among it. A sample is never enough here: of what was hidden, nobody knows how often it would leave.
// Then it is clean from where it was before when all was scanned since the rule's end, else since all is scanned. When less is
// scanned again, it is unproved again: nobody knows what leaves now. Pure.
import type { EndedRule } from './agents-seen.ts';
import { counted, onTheWayMs, percents, silentMs, time, type AgentView, type Standing, type VersionedRule, type WhatHid } from './standing-terms.ts';
import type { Stand } from './stands.ts';

/** Null when the agent has not said that it ran this version and does no more. */
export const ended = ({ ended: all }: Pick<AgentView, 'ended'>, { id, version }: VersionedRule): EndedRule | null => all.find((one) => one.ruleId === id && one.version === version) ?? null;

interface Before {
  readonly what: WhatHid;
  /** That hid it last; null: none did. */
  readonly rule: VersionedRule | null;
  /** From when nothing left, as long as it was hidden. */
  readonly stoppedMs: number;
}

export function withoutRule(stand: Stand, agent: AgentView, nowMs: number, { what, rule, stoppedMs }: Before): Standing {
  const end = rule === null ? null : ended(agent, rule);
  const hiddenMs = Math.max(stand.lastMaskedMs ?? stand.firstMs, stand.besideMs ?? 0);
  const endMs = Math.max(end?.atMs ?? hiddenMs, stand.ignoredMs ?? 0);
  const base = { leaked: stand.lastLeakMs !== null, neverLeft: false, ignoredBy: null } as const;
  const why = (): string => reasonOf({ rule, agent, until: time(endMs, nowMs), what, isKnown: end !== null });
  if (!what.isScanned) return { ...base, state: 'unproved', stoppedMs: null, note: () => `${why()} The independent scan knows no such format: nobody knows whether it leaves now.` };
  const missing = missingSince(endMs, agent, end, nowMs);
  if (missing !== null || agent.fullSinceMs === null) return { ...base, state: 'unproved', stoppedMs: null, note: () => `${why()} ${missing?.() ?? ''} Nobody knows whether it leaves now.` };
  const { fullSinceMs } = agent;
  const sinceMs = fullSinceMs <= Math.max(hiddenMs + onTheWayMs, end?.atMs ?? 0) ? stoppedMs : fullSinceMs;
  return {
    ...base, state: 'clean', neverLeft: stand.lastLeakMs === null && fullSinceMs <= stand.firstMs, stoppedMs: sinceMs, ...(sinceMs > stand.firstMs && { unseenUntilMs: sinceMs }),
    note: () => `${why()} All that left ${agent.name} since ${time(fullSinceMs, nowMs)} was scanned, and it was not among it.`,
  };
}

function reasonOf({ rule, agent, until, what, isKnown }: { readonly rule: VersionedRule | null; readonly agent: AgentView; readonly until: string; readonly what: WhatHid; readonly isKnown: boolean }): string {
  if (rule === null) return `No rule hides it on ${agent.name}.`;
  const how = what.how === '' ? '' : ` ${what.how}`;
  const [at, happened] = isKnown ? [until, 'when'] : [`at least ${until}`, 'and'];
  const is = agent.runs(rule.id) ? `changed from version ${rule.version} and has hidden nothing of it since` : isKnown ? 'was taken off' : 'runs there no more';
  return `Hidden${how} on ${agent.name} until ${at}, ${happened} ${rule.name} ${is}.`;
}

/** What is missing to say that it does not leave; null: nothing. */
function missingSince(endMs: number, agent: AgentView, end: EndedRule | null, nowMs: number): (() => string) | null {
  if (agent.fullSinceMs === null) return () => `${sharesOf(agent, end)}: start a full scan to see whether it does.`;
  const fromMs = Math.max(endMs, agent.fullSinceMs);
  if (agent.passedMs <= fromMs) return () => `No record of its service is known to have left since ${time(fromMs, nowMs)}.`;
  const seenMs = Math.min(agent.connected ? nowMs : Math.min(nowMs, agent.lastSeenMs), agent.fullToMs ?? nowMs);
  if (seenMs - fromMs >= silentMs) return null;
  return () => (agent.connected ? `All that leaves has been scanned since ${time(fromMs, nowMs)}, which is not a minute yet.` : `${agent.name} has been away since ${time(agent.lastSeenMs, nowMs)}.`);
}

function sharesOf({ scanned, name }: AgentView, end: EndedRule | null): string {
  const left = end === null ? 0 : scanned.ofRecords - end.scanned.ofRecords;
  if (end === null || left <= 0) return `Not all that leaves ${name} is scanned`;
  return `Only ${percents.format((100 * (scanned.records - end.scanned.records)) / left)} % of ${counted(left)} that left ${name} since was scanned`;
}
