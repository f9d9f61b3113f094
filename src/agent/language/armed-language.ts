// A language rule among the armed nets: it has no states and no keys of its own, but limits, errors and a cost.
import type { ActionStart } from '../../engine/index.ts';
import type { AgentRuleInput, ArmedNet } from '../../model/index.ts';
import type { LanguageStats } from './types.ts';

export function armedLanguage({ id, name, version, deployment = 0, mode = 'live', language }: AgentRuleInput, stats: LanguageStats | undefined, starts: readonly ActionStart[], nowUnixMs: number): ArmedNet {
  const { actions = 0, perMs = 3_600_000, cooldownMs = 0 } = language?.limits ?? {};
  return {
    rule: { id, name, version, deployment }, kind: 'language', mode, instances: stats?.stateKeys ?? 0, maxKeys: 0, evicted: stats?.stateEvicted ?? 0, states: {},
    looked: stats?.records ?? 0, moved: (stats?.emitted ?? 0) + (stats?.metrics ?? 0) + (stats?.actions ?? 0), errors: stats?.errors ?? 0, lastError: stats?.lastError ?? null,
    events: [], keys: [], moreKeys: 0, guards: [], lastRecords: [], training: [],
    limits: { usedInWindow: starts.filter(({ atUnixMs }) => nowUnixMs - atUnixMs < perMs).length, ofWindow: actions, windowMs: perMs, cooldownMs, readyUnixMs: Object.fromEntries(starts.map(({ action, atUnixMs }) => [action, atUnixMs + cooldownMs])) },
  };
}
