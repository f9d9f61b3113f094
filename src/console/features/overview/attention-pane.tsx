// "Needs a person", and the rules that run now.
import { Link } from '@tanstack/react-router';
import { deployedCounts, isOffEverywhere, useAgents, useRules } from '../../api/index.ts';
import type { RuleKind, RuleSummary } from '../../../model/index.ts';
import { Chip, formatRate, Icon, PaneHeader, plural } from '../../ui/index.ts';
import { mattersOf } from './attention.ts';
import type { Matter } from './attention.ts';

export function AttentionPane() {
  const matters = mattersOf(useAgents().data ?? [], useRules().data ?? []);
  if (matters.length === 0) return null;
  return (
    <>
      <PaneHeader title="Needs a person" meta={String(matters.length)} />
      {matters.map(matter => <div key={matter.key} className="li"><span className="amb"><Icon name={matter.kind === 'agent' ? 'fleet' : 'rules'} size="s" /></span><span className="ell" title={matter.text}>{matter.text}</span><span className="end meta"><MatterLink matter={matter} /></span></div>)}
    </>
  );
}

function MatterLink({ matter }: { readonly matter: Matter }) {
  return 'agent' in matter.to ? <Link to="/fleet" search={{ agent: matter.to.agent }} aria-label={`Open: ${matter.text}`}>Open</Link> : <Link to="/rules/$ruleId" params={{ ruleId: matter.to.rule }} aria-label={`Open: ${matter.text}`}>Open</Link>;
}

/** What has no sink of its own. */
const kindWords: Readonly<Record<RuleKind, string>> = { query: 'query', 'state-machine': 'net', 'redaction-policy': 'policy', language: 'language' };

function Reach({ rule }: { readonly rule: RuleSummary }) {
  if (isOffEverywhere(rule)) return <Chip tone="danger" title={rule.breaches[0]?.reason}>turned off</Chip>;
  return rule.appliedAgents < rule.targetAgents ? <Chip tone="attn">{rule.appliedAgents} of {plural(rule.targetAgents, 'agent')}</Chip> : <Chip>{rule.sink === '' ? kindWords[rule.kind] : rule.sink}</Chip>;
}

export function RunningRulesPane() {
  const rules = useRules().data;
  if (rules === undefined) return null;
  const deployed = rules.filter(rule => rule.state === 'deployed');
  const { running, off } = deployedCounts(rules);
  return (
    <>
      <PaneHeader title="Rules" meta={`${running} deployed, ${off === 0 ? '' : `${off} turned off, `}${rules.length - deployed.length} not`}><Link className="meta" to="/rules">All rules</Link></PaneHeader>
      {deployed.length === 0 && <div className="note t2">No rule is deployed. <Link to="/rules/new">Write one</Link>, or start from a talker with the menu at the end of its row.</div>}
      {deployed.slice(0, 8).map(rule => (
        <div key={rule.id} className="li">
          <Link className="mono ell t1" to="/rules/$ruleId" params={{ ruleId: rule.id }}>{rule.name}</Link>
          <span className="end meta t3 nw">{rule.effect.removedPerSecond !== null && rule.effect.removedPerSecond > 0 ? `−${formatRate(rule.effect.removedPerSecond)}/s` : ''}</span>
          <Reach rule={rule} />
        </div>
      ))}
    </>
  );
}
