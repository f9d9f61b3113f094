// Metrics that rules make of records: what they count, which rule makes them, which renames they follow; and the exports.
import { Link } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import type { MetricDefinition } from '../../../../model/index.ts';
import { metricsExport, type useMetrics } from '../../../api/index.ts';
import type { EventsSearch } from '../../../state/index.ts';
import { Button, Chip, EmptyState, FollowsWords, Icon, Input, Pane, SkeletonRows, Table, type ChipTone, type TableColumn } from '../../../ui/index.ts';
import type { SetSearch } from '../events-view.tsx';
import { LoadFailure } from '../words/load-failure.tsx';
import { UnseenWords } from './unseen-words.tsx';

export function MetricsTab({ search, set, metrics: { data, error, refetch } }: { readonly search: EventsSearch; readonly set: SetSearch; readonly metrics: ReturnType<typeof useMetrics> }) {
  const find = useDeferredValue((search.find ?? '').toLowerCase());
  const found = (data ?? []).filter(({ name, ruleName, description }) => [name, ruleName, description].some(text => text.toLowerCase().includes(find)));
  return (
    <Pane className="grow ev-metrics" label="Metrics">
      <div className="ev-tools">
        <Input small type="search" className="ev-find" aria-label="Find a metric" placeholder="Metric or rule" value={search.find ?? ''} onChange={event => set({ find: event.target.value === '' ? undefined : event.target.value }, { replace: true })} />
        <span className="row end"><span className="meta t3 hide-n">Export for git and dashboards</span>{exports.map(({ format, label, title, file }) => <a key={format} className="btn s" href={metricsExport(format)} download={file} title={title}><Icon name="down" size="s" />{label}</a>)}</span>
      </div>
      <div className="grow scroll">
        {data === undefined && (error === null ? <SkeletonRows rows={6} label="Loading metrics" /> : <LoadFailure error={error} onRetry={() => void refetch()} />)}
        {data?.length === 0 && <EmptyState title="No rule makes a metric yet">Open an event and choose New rule, To metric: its records become a count, by what you group by, at a share of their price. Written with <span className="mono t1">event("…")</span> the metric goes on when the event is renamed.</EmptyState>}
        {data !== undefined && data.length > 0 && found.length === 0 && <EmptyState title="No metric has this name" actions={<Button size="s" onClick={() => set({ find: undefined })}>Show all metrics</Button>} />}
        {found.length > 0 && <Table label="Metrics that rules make" columns={columns} rows={found} rowKey={({ name, ruleId }) => `${name} ${ruleId}`} rowNote={({ follows, unseen }) => (follows.length === 0 && unseen === undefined ? null : <><FollowsWords follows={follows} /><UnseenWords unseen={unseen} /></>)} />}
      </div>
    </Pane>
  );
}

const exports = [
  { format: 'grafana', label: 'Grafana', title: 'A dashboard with a panel for each metric, as JSON', file: 'weir-dashboard.json' },
  { format: 'prometheus', label: 'Prometheus', title: 'Recording rules, as YAML', file: 'weir-rules.yaml' },
  { format: 'yaml', label: 'YAML', title: 'The definitions, one document each, for version control', file: 'metrics.yaml' },
] as const;

const tones: Readonly<Record<MetricDefinition['state'], ChipTone>> = { deployed: 'accent', draft: 'pending', disabled: 'line' };

const columns: readonly TableColumn<MetricDefinition>[] = [
  { key: 'name', head: 'Metric', width: 230, cell: ({ name, unit }) => <><span className="mono" title={name}>{name}</span>{unit !== '' && unit !== '1' && <span className="t3"> {unit}</span>}</> },
  { key: 'kind', head: 'Kind', width: 84, cell: ({ kind, monotonic }) => <span className="t2">{kind === 'sum' ? (monotonic ? 'count' : 'sum') : kind}</span> },
  { key: 'by', head: 'By', width: 190, cell: ({ groupBy }) => (groupBy.length === 0 ? <span className="t3">one series</span> : <span className="mono t2" title={groupBy.join(', ')}>{groupBy.join(', ')}</span>) },
  { key: 'rule', head: 'Made by', width: 210, cell: ({ ruleId, ruleName }) => <span className="row gap1"><Icon name="rules" size="s" className="t3" /><Link to="/rules/$ruleId" params={{ ruleId }} className="mono ell">{ruleName}</Link></span> },
  { key: 'state', head: 'State', width: 92, cell: ({ state }) => <Chip tone={tones[state]}>{state}</Chip> },
  { key: 'what', head: 'What it counts', className: 'c-what', cell: ({ description, kql }) => <span className="t2" title={kql}>{description === '' ? <span className="mono t3">{kql.replaceAll(/\s+/g, ' ')}</span> : description}</span> },
];
