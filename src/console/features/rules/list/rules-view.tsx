// Every rule in the order in which it runs: what state it is in, where, what it does right now and what it costs.
import { useEffect, useMemo } from 'react';
import type { RuleSummary } from '../../../../model/index.ts';
import { explainFailure, useRules } from '../../../api/index.ts';
import { useEditorServices } from '../../../editor/index.ts';
import { rulesSearch, useUrlState } from '../../../state/index.ts';
import { Button, EmptyState, ErrorState, formatRate, Input, Pane, plural, Segmented, SkeletonRows, ViewBar } from '../../../ui/index.ts';
import '../rules.css';
import { NewRuleMenu } from './new-rule-menu.tsx';
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
  const shown = visible(all, search.state, search.find ?? '');
  return (
    <>
      <ViewBar title="Rules" meta={data === undefined ? undefined : summary(data)}>
        <Input small aria-label="Find a rule" placeholder="Find by name, words, sink" value={search.find ?? ''} onChange={event => setSearch({ find: event.target.value || undefined }, { replace: true })} />
        <Segmented label="State" value={search.state ?? 'all'} options={states} onChange={state => setSearch({ state: state === 'all' ? undefined : state })} />
        <NewRuleMenu><Button size="s" variant="primary" icon="plus" iconAfter="chev">New rule</Button></NewRuleMenu>
      </ViewBar>
      <Pane well className="grow scroll">
        {data === undefined && error === null && <SkeletonRows rows={8} label="Loading rules" />}
        {data === undefined && error !== null && <Failure error={error} retry={() => void refetch()} />}
        {data !== undefined && data.length === 0 && <NoRules />}
        {data !== undefined && data.length > 0 && (shown.length === 0
          ? <EmptyState title="No rule fits" actions={<Button size="s" onClick={() => setSearch({ state: undefined, find: undefined })}>Show all rules</Button>}>None of {plural(data.length, 'rule')} has this state and these words.</EmptyState>
          : <RuleTable rules={shown} all={all} />)}
      </Pane>
    </>
  );
}

const visible = (rules: readonly RuleSummary[], state: RuleSummary['state'] | undefined, find: string) =>
  rules.filter(rule => (state === undefined || rule.state === state) && find.toLowerCase().split(/\s+/).every(word => saysOf(rule).includes(word)));

/** What a search looks through: name, description, what it reads and does, whom it is for. */
const saysOf = ({ name, description, table, sink, kind, targets }: RuleSummary): string => `${name} ${description} ${table} ${sink} ${kind} ${targets}`.toLowerCase();

function summary(rules: readonly RuleSummary[]): string {
  const deployed = rules.filter(rule => rule.state === 'deployed');
  const removed = deployed.reduce((sum, rule) => sum + (rule.effect.removedPerSecond ?? 0), 0);
  return `${plural(deployed.length, 'rule')} deployed${removed > 0 ? `, ${formatRate(removed)}/s removed` : ''}`;
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
