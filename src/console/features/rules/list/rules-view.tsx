// Every rule in the order in which it runs: what state it is in, where, what it does right now and what it costs.
import { useEffect, useMemo } from 'react';
import type { RuleSummary } from '../../../../model/index.ts';
import { deployedCounts, explainFailure, leftByRules, liveFigures, useOverview, useRules, useRuleTexts, type Figures } from '../../../api/index.ts';
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
  const overview = useOverview().data;
  const figures = overview === undefined ? null : liveFigures(overview);
  const { warm } = useEditorServices();
  useEffect(warm, [warm]);
  const all = useMemo(() => inOrder(data ?? []), [data]);
  const find = (search.find ?? '').trim();
  const texts = useTexts(find === '' ? null : all);
  const found = useMemo(() => findRules(all.filter(({ state }) => search.state === undefined || state === search.state), find, texts), [all, search.state, find, texts]);
  return (
    <>
      <ViewBar title="Rules" meta={data === undefined ? undefined : summary(data, figures)}>
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

/** What all of them do together now, over the seconds of the status bar; "out" is only what goes downstream, and is said there. */
function summary(rules: readonly RuleSummary[], figures: Figures | null): string {
  const { running, off } = deployedCounts(rules);
  const deployed = `${plural(running, 'rule')} deployed${off === 0 ? '' : `, ${off} turned off`}`;
  if (figures === null) return deployed;
  const { in: all, removed, emitted } = figures;
  const parts = [...(removed > 0 ? [`− ${formatRate(removed)}/s removed`] : []), ...(emitted > 0 ? [`+ ${formatRate(emitted)}/s made`] : [])];
  return `${deployed}; ${[`${formatRate(all)}/s in`, ...parts, `${formatRate(leftByRules(figures))}/s left by the rules`].join(', ')}`;
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
