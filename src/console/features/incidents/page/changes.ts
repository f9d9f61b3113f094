// Changes of rules around an incident: from its timeline, and for the hour before it from the audit. Pure.
import type { IncidentDetail } from '../../../../model/index.ts';

export interface RuleChange { readonly key: string; readonly at: string; readonly text: string; readonly by: string | null; readonly rule: string | null; /** It happened before the incident was opened. */ readonly before: boolean }

/** A line of the audit, as far as it matters here. */
export interface AuditLine { readonly id: number; readonly at: string; readonly actor: string; readonly action: string; readonly subject: string }

const hourMs = 3_600_000;
const verbs: Readonly<Partial<Record<string, string>>> = { 'rule.deploy': 'deployed', 'rule.disable': 'disabled', 'rule.delete': 'deleted', 'rule.expire': 'ended by itself', 'rule.breach': 'turned itself off' };

/** Newest first. @param nameOf of a rule; null when it is gone. */
export function changesOf({ incident, timeline }: Pick<IncidentDetail, 'incident' | 'timeline'>, audit: readonly AuditLine[], nameOf: (rule: string) => string | null): readonly RuleChange[] {
  const opened = Date.parse(incident.openedAt);
  const during = timeline.filter(({ kind }) => kind === 'deployment').map(({ id, at, text, by, rule }): RuleChange => ({ key: id, at, text, by, rule, before: Date.parse(at) < opened }));
  const known = new Set(during.map(({ rule, at }) => `${rule ?? ''} ${at}`));
  const before = audit.flatMap(({ id, at, actor, action, subject }): readonly RuleChange[] => {
    const verb = verbs[action];
    const rule = subject.startsWith('rule:') ? subject.slice('rule:'.length) : null;
    const early = opened - Date.parse(at);
    if (verb === undefined || rule === null || early <= 0 || early > hourMs || known.has(`${rule} ${at}`)) return [];
    return [{ key: `audit ${id}`, at, text: `${nameOf(rule) ?? 'A rule that is gone'} ${verb}`, by: actor, rule: nameOf(rule) === null ? null : rule, before: true }];
  });
  return [...during, ...before].toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}
