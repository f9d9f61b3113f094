// The mock's rules as the API shows them, with the conflicts that a glance at their texts finds.
import type { RuleDetail, RuleSummary } from '../src/model/index.ts';
import type { MockBackend } from './backend.ts';
import { outline } from './outline.ts';
import { effectOf, removedPart } from './rule-effects.ts';
import { latestOf, type DeployedRule, type StoredRule } from './rules-store.ts';

export function summaryOf(backend: MockBackend, rule: StoredRule): RuleSummary {
  const { document } = latestOf(rule);
  const running = runningDocument(rule);
  const { sink, table } = outline(running);
  const agents = rule.state === 'deployed' ? 2 : 0;
  return {
    id: rule.id, name: document.name, description: document.description, state: rule.state, order: running.order, latestVersion: rule.versions.length, deployedVersion: rule.deployedVersion, sink, table,
    createdAt: rule.createdAt, updatedAt: rule.updatedAt, deployedAt: rule.deployedAt, appliedAgents: agents, targetAgents: agents, effect: effectOf(backend, rule),
    kind: running.kind, location: running.location, targets: running.targets, mode: rule.mode, expiresAt: rule.expiresAt, breaches: [...rule.breaches], conflicts: conflictsFor(backend, rule), ended: rule.ended,
  };
}

export const detailOf = (backend: MockBackend, rule: StoredRule): RuleDetail =>
  ({ ...summaryOf(backend, rule), document: latestOf(rule).document, versions: [...rule.versions].reverse() });

/** Of a rule that runs, what runs; else the latest. */
const runningDocument = (rule: StoredRule) => (rule.versions.find(({ version }) => version === rule.deployedVersion) ?? latestOf(rule)).document;

/** Live rules that run before it and take records of the same line. */
function conflictsFor(backend: MockBackend, rule: StoredRule): RuleSummary['conflicts'] {
  const document = runningDocument(rule);
  const shape = outline(document);
  const before = (other: DeployedRule) => other.document.order < document.order || (other.document.order === document.order && other.id < rule.id);
  return rule.state === 'disabled' || shape.durableId === null || shape.sink === 'redact' ? [] : backend.store.deployedRules().flatMap(other => {
    if (other.id === rule.id || other.mode !== 'live' || other.shape.durableId !== shape.durableId || other.shape.table !== shape.table || !before(other) || removedPart(other.shape) === null) return [];
    const level = other.shape.sink === 'sample' ? 'some' as const : 'never' as const;
    const message = level === 'some' ? `${document.name} sees only a part of its records: ${other.document.name}, which runs before it, samples them.` : `${document.name} never sees a record: ${other.document.name}, which runs before it, takes them all.`;
    return [{ withId: other.id, withName: other.document.name, level, message }];
  });
}
