// Every rule in the order in which it runs: what state it is in, where, what it does right now and what it costs.
import { useEffect, useMemo } from 'react';
import type { RuleSummary } from '../../../../model/index.ts';
import { explainFailure, useRules, useRuleTexts } from '../../../api/index.ts';
import { useEditorServices } from '../../../editor/index.ts';
import { rulesSearch, useUrlState } from '../../../state/index.ts';
import { Button, EmptyState, ErrorState, formatRate, Input, Pane, plural, Segmented, SkeletonRows, ViewBar } from '../../../ui/index.ts';
import '../rules.css';
import { NewRuleMenu } from './new-rule-menu.tsx';
import { findRules } from './find-rules.ts';
import { inOrder } from './rule-order.ts';
import { RuleTable } from './rule-table.tsx';

type State = RuleSummary['state'] | 'all';
const states: readonly { readonly value: State; readonly label: string }[] = [{ value: 'all', label: 'All' }, { value: 'deployed', label: 'Deployed' }, { value: 'draft', label: 'Drafts' }, { value: 'disabled', label: 'Disabled' }];

export function RulesView() {
  const [search, setSearch] = useUrlState(rulesSearch);
  const { data, error, refetch } = useRules();
  const { warm } = useEditorServices();
  useEffect(warm, [warm]);
  const all = useMemo(() => inOrder(data ?? []), [data]);
  const find = (search.find ?? '').trim();
  const texts = useTexts(find === '' ? null : all);
  const found = useMemo(() => findRules(all.filter(({ state }) => search.state === undefined || state === search.state), find, texts), [all, search.state, find, texts]);
  return (
    <>
      <ViewBar title="Rules" meta={data === undefined ? undefined : summary(data)}>
        <Input small aria-label="Find a rule" placeholder="Find by name, event, text" value={search.find ?? ''} onChange={event => setSearch({ find: event.target.value || undefined }, { replace: true })} />
        <Segmented label="State" value={search.state ?? 'all'} options={states} onChange={state => setSearch({ state: state === 'all' ? undefined : state })} />
        <NewRuleMenu><Button size="s" variant="primary" icon="plus" iconAfter="chev">New rule</Button></NewRuleMenu>
      </ViewBar>
      <Pane well className="grow scroll">
        {data === undefined && error === null && <SkeletonRows rows={8} label="Loading rules" />}
        {data === undefined && error !== null && <Failure error={error} retry={() => void refetch()} />}
        {data !== undefined && data.length === 0 && <NoRules />}
        {data !== undefined && data.length > 0 && (found.length === 0
          ? <EmptyState title="No rule fits" actions={<Button size="s" onClick={() => setSearch({ state: undefined, find: undefined })}>Show all rules</Button>}>None of {plural(data.length, 'rule')} has this state and these words.</EmptyState>
          : <RuleTable found={found} all={all} />)}
      </Pane>
    </>
  );
}

const noTexts: ReadonlyMap<string, string> = new Map();

/** The rules' texts, once somebody searches; read again when a rule is saved, made or deleted. */
function useTexts(rules: readonly RuleSummary[] | null): ReadonlyMap<string, string> {
  const stamp = rules === null ? null : `${rules.length} ${rules.reduce((newest, { updatedAt }) => (updatedAt > newest ? updatedAt : newest), '')}`;
  const { data } = useRuleTexts(stamp);
  return useMemo(() => (stamp === null || data === undefined ? noTexts : new Map(data.map(({ id, text }) => [id, text]))), [stamp, data]);
}

/** What all of them do now; the fleet's flow as the rule has it that has run longest. */
function summary(rules: readonly RuleSummary[]): string {
  const deployed = rules.filter(rule => rule.state === 'deployed');
  const removed = deployed.reduce((sum, rule) => sum + (rule.effect.removedPerSecond ?? 0), 0);
  const flow = deployed.toSorted((a, b) => ((a.deployedAt ?? '') < (b.deployedAt ?? '') ? -1 : 1)).map(({ effect }) => effect).find(({ fleetInPerSecond, fleetOutPerSecond }) => fleetInPerSecond !== null && fleetOutPerSecond !== null);
  return [
    `${plural(deployed.length, 'rule')} deployed`, ...(removed > 0 ? [`${formatRate(removed)}/s removed`] : []),
    ...(flow === undefined ? [] : [`${formatRate(flow.fleetInPerSecond ?? 0)}/s in, ${formatRate(flow.fleetOutPerSecond ?? 0)}/s out now`]),
  ].join(', ');
}

function Failure({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const { title, help, details } = explainFailure(error);
  return <ErrorState title={`The rules could not be read: ${title.toLowerCase()}`} details={details} onRetry={retry}>{help}</ErrorState>;
}

function NoRules() {
  return (
    <EmptyState title="No rule yet" actions={<NewRuleMenu><Button size="s" variant="primary" icon="plus" iconAfter="chev">New rule</Button></NewRuleMenu>}>
      Records pass every agent as they are. A rule drops, samples, redacts or counts some of them. Start from a template here, or from a record in the tail.
    </EmptyState>
  );
}
