// The mock's rules as the API shows them, with the conflicts that a glance at their texts finds.
import type { RuleDetail, RuleSummary } from '../src/model/index.ts';
import type { MockBackend } from './backend.ts';
import { outline } from './outline.ts';
import { effectOf } from './rule-effects.ts';
import { latestOf, type StoredRule } from './rules-store.ts';

export function summaryOf(backend: MockBackend, rule: StoredRule): RuleSummary {
  const { document } = latestOf(rule);
  const { sink, table } = outline(document);
  const agents = rule.state === 'deployed' ? 2 : 0;
  return {
    id: rule.id, name: document.name, description: document.description, state: rule.state, order: document.order, latestVersion: rule.versions.length, deployedVersion: rule.deployedVersion, sink, table,
    createdAt: rule.createdAt, updatedAt: rule.updatedAt, deployedAt: rule.deployedAt, appliedAgents: agents, targetAgents: agents, effect: effectOf(backend, rule),
    kind: document.kind, location: document.location, targets: document.targets, mode: rule.mode, expiresAt: rule.expiresAt, breaches: [...rule.breaches], conflicts: conflictsFor(backend, rule),
  };
}

export const detailOf = (backend: MockBackend, rule: StoredRule): RuleDetail =>
  ({ ...summaryOf(backend, rule), document: latestOf(rule).document, versions: [...rule.versions].reverse() });

/** Live rules that run before it and take records of the same line. */
function conflictsFor(backend: MockBackend, rule: StoredRule): RuleSummary['conflicts'] {
  const { document } = latestOf(rule);
  const { durableId } = outline(document);
  return backend.store.deployedRules().flatMap(other => {
    if (other.id === rule.id || other.mode !== 'live' || durableId === null || other.shape.durableId !== durableId || other.document.order >= document.order || other.shape.sink === 'redact') return [];
    const level = other.shape.sink === 'sample' ? 'some' as const : 'never' as const;
    const message = level === 'some' ? `${document.name} sees only a part of its records: ${other.document.name}, which runs before it, samples them.` : `${document.name} never sees a record: ${other.document.name}, which runs before it, takes them all.`;
    return [{ withId: other.id, withName: other.document.name, level, message }];
  });
}
