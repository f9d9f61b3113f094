// "What changed": rules that were deployed, ended, or turned themselves off in the hour before the incident and during it.
import { Link } from '@tanstack/react-router';
import { useAudit, useRules } from '../../../api/index.ts';
import type { IncidentDetail } from '../../../../model/index.ts';
import { Icon, Time } from '../../../ui/index.ts';
import { changesOf, type RuleChange } from './changes.ts';

export function ChangedPane({ detail }: { readonly detail: IncidentDetail }) {
  const own = detail.incident.imported === null;
  const audit = useAudit().data ?? [];
  const rules = useRules().data ?? [];
  const changes = changesOf(detail, own ? audit : [], id => rules.find(rule => rule.id === id)?.name ?? null);
  if (changes.length === 0) return <p className="inc-none t2">{own ? 'No rule was deployed, changed or ended in this time.' : 'Its bundle tells of no deployment.'} Deployments of your services are not known here; write them down as notes.</p>;
  return <ul className="inc-changes">{changes.map(change => <Row key={change.key} change={change} links={own} />)}</ul>;
}

function Row({ change: { at, text, by, rule, before }, links }: { readonly change: RuleChange; readonly links: boolean }) {
  return (
    <li>
      <span className={before ? 'amb' : 't3'}><Icon name="deploy" size="s" /></span>
      <span className="inc-text">{links && rule !== null ? <Link className="t1" to="/rules/$ruleId" params={{ ruleId: rule }}>{text}</Link> : text}</span>
      <span className="meta t3"><Time at={at} />, {before ? 'before it was opened' : 'while it was open'}{by !== null && `, ${by}`}</span>
    </li>
  );
}
