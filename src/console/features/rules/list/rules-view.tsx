// Every rule: what state it is in, where it runs, what it does right now and what it costs.
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { RuleSummary } from '../../../../model/index.ts';
import { explainFailure, useRules } from '../../../api/index.ts';
import { useEditorServices } from '../../../editor/index.ts';
import { rulesSearch, useUrlState } from '../../../state/index.ts';
import { Button, ConfirmDialog, EmptyState, ErrorState, formatRate, Input, Pane, plural, Segmented, SkeletonRows, Table, ViewBar } from '../../../ui/index.ts';
import { useRuleCommands } from '../commands.ts';
import '../rules.css';
import { NewRuleMenu } from './new-rule-menu.tsx';
import { ruleColumns } from './rule-columns.tsx';

type State = RuleSummary['state'] | 'all';
const states: readonly { readonly value: State; readonly label: string }[] = [{ value: 'all', label: 'All' }, { value: 'deployed', label: 'Deployed' }, { value: 'draft', label: 'Drafts' }, { value: 'disabled', label: 'Disabled' }];

export function RulesView() {
  const [search, setSearch] = useUrlState(rulesSearch);
  const { data, error, refetch } = useRules();
  const { warm } = useEditorServices();
  useEffect(warm, [warm]);
  const shown = data === undefined ? [] : visible(data, search.state, search.find ?? '');
  return (
    <>
      <ViewBar title="Rules" meta={data === undefined ? undefined : summary(data)}>
        <Input small aria-label="Find a rule by name" placeholder="Find by name" value={search.find ?? ''} onChange={event => setSearch({ find: event.target.value || undefined }, { replace: true })} />
        <Segmented label="State" value={search.state ?? 'all'} options={states} onChange={state => setSearch({ state: state === 'all' ? undefined : state })} />
        <NewRuleMenu><Button size="s" variant="primary" icon="plus" iconAfter="chev">New rule</Button></NewRuleMenu>
      </ViewBar>
      <Pane well className="grow scroll">
        {data === undefined && error === null && <SkeletonRows rows={8} label="Loading rules" />}
        {data === undefined && error !== null && <Failure error={error} retry={() => void refetch()} />}
        {data !== undefined && data.length === 0 && <NoRules />}
        {data !== undefined && data.length > 0 && (shown.length === 0
          ? <EmptyState title="No rule fits" actions={<Button size="s" onClick={() => setSearch({ state: undefined, find: undefined })}>Show all rules</Button>}>None of {plural(data.length, 'rule')} has this state and name.</EmptyState>
          : <RuleTable rules={shown} />)}
      </Pane>
    </>
  );
}

const visible = (rules: readonly RuleSummary[], state: RuleSummary['state'] | undefined, find: string) =>
  rules.filter(rule => (state === undefined || rule.state === state) && rule.name.includes(find.trim().toLowerCase())).toSorted((a, b) => a.order - b.order || a.name.localeCompare(b.name));

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

function RuleTable({ rules }: { readonly rules: readonly RuleSummary[] }) {
  const navigate = useNavigate();
  const commands = useRuleCommands();
  const [deleting, setDeleting] = useState<RuleSummary | null>(null);
  const open = (rule: RuleSummary) => void navigate({ to: '/rules/$ruleId', params: { ruleId: rule.id } });
  const actions = {
    open,
    duplicate: (rule: RuleSummary) => void navigate({ to: '/rules/$ruleId', params: { ruleId: rule.id }, search: { tab: 'duplicate' } }),
    disable: (rule: RuleSummary) => void commands.disable(rule),
    remove: setDeleting,
  };
  return (
    <>
      <Table label="Rules" rows={rules} rowKey={rule => rule.id} rowLabel={rule => `${rule.name}, ${rule.state}`} onPick={open} columns={ruleColumns(actions)} />
      <ConfirmDialog open={deleting !== null} onOpenChange={() => setDeleting(null)} title={`Delete ${deleting?.name ?? ''}?`} confirmLabel="Delete" cancelLabel="Keep" icon="trash" onConfirm={() => { if (deleting !== null) void commands.remove(deleting); }}>
        {deleting !== null && <DeleteWords rule={deleting} />}
      </ConfirmDialog>
    </>
  );
}

export function DeleteWords({ rule }: { readonly rule: Pick<RuleSummary, 'state' | 'appliedAgents' | 'latestVersion' | 'effect'> }) {
  return (
    <>
      {rule.state === 'deployed' ? <p>It stops on <strong>{plural(rule.appliedAgents, 'agent')}</strong> at once{rule.effect.removedPerSecond ? <>, and <strong>{formatRate(rule.effect.removedPerSecond)}/s</strong> that it removes leave again</> : ''}.</p> : <p>It runs nowhere now.</p>}
      <p>Its {plural(rule.latestVersion, 'version')} can no longer be opened or deployed here, and its name is free again. The audit keeps them, and who deleted it.</p>
    </>
  );
}
