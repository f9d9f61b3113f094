// A language rule among the armed nets: it has no states and no keys of its own, but limits, errors, a cost, and actions it asked for.
import type { LimitFigures } from '../../engine/index.ts';
import type { AgentRuleInput, ArmedNet, NetEvent } from '../../model/index.ts';
import type { LanguageStats } from './types.ts';

/** Of one rule, at most. */
const mostEvents = 30;

/** `limits`: null while it does not run. `events`: oldest first. */
export function armedLanguage({ id, name, version, deployment = 0, mode = 'live' }: AgentRuleInput, stats: LanguageStats | undefined, limits: LimitFigures | null, events: readonly NetEvent[]): ArmedNet {
  return {
    rule: { id, name, version, deployment }, kind: 'language', mode, instances: stats?.stateKeys ?? 0, maxKeys: 0, evicted: stats?.stateEvicted ?? 0, states: {},
    looked: stats?.records ?? 0, moved: (stats?.emitted ?? 0) + (stats?.metrics ?? 0) + (stats?.actions ?? 0), errors: stats?.errors ?? 0, lastError: stats?.lastError ?? null,
    events: events.toReversed(), keys: [], moreKeys: 0, guards: [], lastRecords: [], training: [],
    limits: limits ?? { usedInWindow: 0, ofWindow: 0, windowMs: 0, cooldownMs: 0, readyUnixMs: {} },
  };
}

export function noteEvents(events: NetEvent[], more: readonly NetEvent[]): void {
  events.push(...more);
  if (events.length > mostEvents) events.splice(0, events.length - mostEvents);
}
