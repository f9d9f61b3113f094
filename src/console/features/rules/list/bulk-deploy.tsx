// Asks before chosen rules go to agents together: live or in shadow, and what is known of each: whether its latest version compiles,
// who takes its records, what its tests are. Tests and dry runs belong to the editor; what was not run is said to be unknown.
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import type { RuleDetail, RuleMode, RuleSummary } from '../../../../model/index.ts';
import { keys, readRule } from '../../../api/index.ts';
import { Button, Dialog, plural, Segmented } from '../../../ui/index.ts';
import { bulkFacts, type BulkFact } from './bulk-facts.ts';

export interface BulkDeployProps { readonly rules: readonly RuleSummary[]; readonly onClose: () => void; readonly onConfirm: (mode: RuleMode) => void }

const modes = [{ value: 'live', label: 'Live' }, { value: 'shadow', label: 'Shadow' }] as const;

export function BulkDeploy({ rules, onClose, onConfirm }: BulkDeployProps) {
  const [mode, setMode] = useState<RuleMode>('live');
  const details = useDetails(rules);
  const agents = Math.max(0, ...rules.map(({ targetAgents }) => targetAgents));
  const facts = rules.map(rule => ({ rule, said: bulkFacts(rule, details.get(rule.id) ?? null, mode) }));
  const danger = facts.some(({ said }) => said.some(({ tone }) => tone === 'red'));
  const footer = (
    <>
      <Button kbd="Esc" autoFocus={danger} onClick={onClose}>Not yet</Button>
      <Button variant={danger ? 'danger' : 'primary'} icon="deploy" autoFocus={!danger} onClick={() => { onClose(); onConfirm(mode); }}>{mode === 'shadow' ? 'Deploy in shadow' : 'Deploy'}</Button>
    </>
  );
  return (
    <Dialog open onOpenChange={onClose} title={`Deploy ${plural(rules.length, 'rule')}${mode === 'shadow' ? ' in shadow' : ''}?`} icon="deploy" footer={footer}>
      <div className="row rules-mode"><Segmented<RuleMode> label="How they run" value={mode} options={modes} onChange={setMode} /><span className="t2">{mode === 'shadow' ? 'They would change nothing: they only count what they would do.' : 'They act on records as soon as agents have them.'}</span></div>
      <p>The latest version of each goes{agents > 0 && <> to <strong>{plural(agents, 'agent')}</strong></>} at once. What cannot be deployed stays as it is and is named.</p>
      <dl className="rules-bulk-list">{facts.map(({ rule, said }) => <Rule key={rule.id} rule={rule} said={said} />)}</dl>
    </Dialog>
  );
}

function Rule({ rule, said }: { readonly rule: RuleSummary; readonly said: readonly BulkFact[] }) {
  return <><dt><span className="mono md">{rule.name}</span> <span className="t3">v{rule.latestVersion}</span></dt>{said.map(({ tone, words }) => <dd key={words} className={tone}>{words}</dd>)}</>;
}

/** By id; a rule that is not read yet, or could not be, is missing. */
function useDetails(rules: readonly RuleSummary[]): ReadonlyMap<string, RuleDetail> {
  const answers = useQueries({ queries: rules.map(({ id }) => ({ queryKey: keys.rule(id), queryFn: () => readRule(id) })) });
  return new Map(answers.flatMap(({ data }) => (data === undefined ? [] : [[data.id, data]])));
}
