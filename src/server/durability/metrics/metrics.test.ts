// Metrics of rules: what a Plan makes, what Prometheus calls it, and files that Grafana and Prometheus take.
import { parser as promql } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { planVersion, type Aggregate, type Expr, type KqlType, type NamedExpr, type Operator, type Plan } from '../../../kql/index.ts';
import type { MetricDefinition, NameBook } from '../../../model/index.ts';
import { metricsOf } from './definitions.ts';
import { grafanaDashboard } from './grafana.ts';
import { prometheusLabel, prometheusName } from './prometheus-names.ts';
import { prometheusRules } from './prometheus-rules.ts';
import type { KnownEvent } from './unseen-fields.ts';

const column = (name: string, type: KqlType = 'string'): Expr => ({ k: 'column', type, name });
const event: Expr = { k: 'call', type: 'bool', fn: 'event', args: [{ k: 'literal', type: 'string', value: 'a' }] };
const key = (name: string, type: KqlType = 'string'): NamedExpr => ({ name, expr: column(name, type) });
const time: NamedExpr = { name: 'Timestamp', expr: { k: 'call', type: 'datetime', fn: 'bin', args: [column('Timestamp', 'datetime'), { k: 'literal', type: 'timespan', value: '10' }] } };
const count: Aggregate = { name: 'n', fn: 'count', args: [], type: 'long' };
const average: Aggregate = { name: 'took', fn: 'avg', args: [column('Duration', 'timespan')], type: 'timespan' };
const planOf = (aggregates: readonly Aggregate[], by: readonly NamedExpr[], after: readonly Operator[] = [], unit = ''): Plan =>
  ({ version: planVersion, table: 'Logs', operators: [{ op: 'where', predicate: event }, { op: 'summarize', aggregates, by }, ...after], sink: { sink: 'to_metric', name: 'shop.checkouts', unit, keep: false } });
const names = { all: [], book: { events: {}, fields: {} } };
const metrics = (plan: Plan): MetricDefinition[] => metricsOf({ id: 'r', name: 'checkouts', state: 'deployed', description: 'What people buy.', kql: 'Logs | where event("a")\n', plan }, names);

describe('a rule that ends in to_metric', () => {
  it('makes one metric of one number, by what it is grouped by but time', () => {
    expect(metrics(planOf([count], [key('ServiceName'), time, key('http.route', 'dynamic')], [], '{order}'))).toEqual([{
      name: 'shop.checkouts', unit: '{order}', description: 'What people buy.', kind: 'sum', monotonic: true, groupBy: ['ServiceName', 'http.route'], ruleId: 'r', ruleName: 'checkouts', kql: 'Logs | where event("a")\n', state: 'deployed', follows: [],
    }]);
  });

  it('makes one each of several, and of what is worked out behind summarize', () => {
    const share: Operator = { op: 'extend', columns: [{ name: 'share', expr: { k: 'literal', type: 'real', value: 1 } }, { name: 'team', expr: { k: 'literal', type: 'string', value: 'x' } }] };
    expect(metrics(planOf([count, average], [key('ServiceName')], [share])).map(({ name, kind, monotonic, groupBy }) => [name, kind, monotonic, groupBy])).toEqual([
      ['shop.checkouts.n', 'sum', true, ['ServiceName', 'team']], ['shop.checkouts.took', 'gauge', false, ['ServiceName', 'team']], ['shop.checkouts.share', 'gauge', false, ['ServiceName', 'team']],
    ]);
    const after: Operator[] = [{ op: 'project-rename', columns: [{ from: 'n', to: 'orders' }] }, { op: 'project-away', columns: ['took'] }];
    expect(metrics(planOf([count, average], [key('ServiceName')], after)).map(({ name, kind, groupBy }) => [name, kind, groupBy])).toEqual([['shop.checkouts', 'gauge', ['ServiceName']]]);
    expect(metrics(planOf([{ ...count, fn: 'sum' }], [], [{ op: 'project', columns: [{ name: 'n', expr: column('n', 'long') }] }]))).toMatchObject([{ kind: 'sum' }]);
    expect(metrics(planOf([{ ...count, fn: 'sum' }], []))).toMatchObject([{ kind: 'sum', monotonic: false, groupBy: [] }]);
  });

  it('is no metric when it ends otherwise, and says which renames it follows', () => {
    expect(metrics({ ...planOf([count], []), sink: { sink: 'drop' } })).toEqual([]);
    const book = { events: { a: [{ name: 'b', service: null }, { name: 'a', service: null }] }, fields: {} };
    const alias = { id: '1', kind: 'event' as const, former: 'a', current: 'b', service: null, by: 'ada', reason: '', at: '2026-06-15T06:00:00.000Z', state: 'active' as const };
    expect(metricsOf({ id: 'r', name: 'm', state: 'draft', description: '', kql: '', plan: planOf([count], []) }, { all: [alias], book })[0]!.follows).toEqual([{ name: 'a', now: ['b', 'a'], since: alias.at, by: 'ada' }]);
  });
});

describe('a number that is made of a field', () => {
  const total: Expr = { k: 'call', type: 'dynamic', fn: 'field', args: [{ k: 'literal', type: 'string', value: 'order.total' }] };
  const plan = planOf([count, { name: 'sum', fn: 'sum', args: [total], type: 'real' }], []);
  const at = Date.parse('2026-06-15T06:00:00.000Z');
  const event = (durableId: string, lastUnixMs: number, has: readonly string[]): KnownEvent => ({ durableId, service: 'shop', lastUnixMs, attribute: (name) => ({ isThere: has.includes(name), sinceUnixMs: at }) });
  const renamed = { a: [{ name: 'b', service: null }, { name: 'a', service: null }] };
  const unseen = (fields: NameBook['fields'], events: readonly KnownEvent[]) => metricsOf({ id: 'r', name: 'm', state: 'deployed', description: '', kql: '', plan }, { all: [], book: { events: renamed, fields } }, (id) => events.filter(({ durableId }) => durableId === id)).map((one) => one.unseen);
  const [before, after] = [event('a', 1, ['order.total']), event('b', 2, ['order.amount'])];

  it('is told when the event has it no more under its new name, and goes on when the field is renamed, too', () => {
    expect(unseen({}, [before])).toEqual([undefined, undefined]);
    expect(unseen({}, [before, after])).toEqual([undefined, [{ field: 'order.total', event: 'b', since: new Date(at).toISOString() }]]);
    expect(unseen({ 'order.total': [{ name: 'order.amount', service: null }, { name: 'order.total', service: null }] }, [before, after])).toEqual([undefined, undefined]);
  });

  it('is not told of one service while another has it, nor of what is not known', () => {
    expect(unseen({}, [after, { ...before, service: 'other' }])).toEqual([undefined, undefined]);
    expect(unseen({}, [{ ...after, attribute: () => null }])).toEqual([undefined, undefined]);
    expect(unseen({}, [])).toEqual([undefined, undefined]);
  });

  it('says so in the dashboard', () => {
    expect(JSON.stringify(grafanaDashboard([definition({ unseen: [{ field: 'order.total', event: 'b', since: new Date(at).toISOString() }] })], { title: 't', uid: 'u' }))).toContain('order.total is not seen in b since 2026-06-15');
  });
});

describe('names of Prometheus', () => {
  test.each([
    ['http.server.requests', '{request}', 'counter', 'http_server_requests_total'], ['requests.total', '1', 'counter', 'requests_total'], ['shop.income', 'EUR', 'sum', 'shop_income_EUR'], ['queue.wait', 'ms', 'gauge', 'queue_wait_milliseconds'],
    ['queue.wait.seconds', 's', 'gauge', 'queue_wait_seconds'], ['disk.io', 'By/s', 'gauge', 'disk_io_bytes_per_second'], ['memory.used', '1', 'gauge', 'memory_used_ratio'], ['cpu', '%', 'gauge', 'cpu_percent'], ['2fa--tries..', '', 'counter', '_2fa_tries_total'],
    ['sent', 'By', 'counter', 'sent_bytes_total'], ['rows', '{row}/s', 'gauge', 'rows_per_second'], ['prüfung', '', 'gauge', 'pr_fung'], ['....', '', 'gauge', '_'], ['a:b', '', 'gauge', 'a:b'], ['area', 'm²', 'gauge', 'area_m_'], ['area', 'm²/s', 'gauge', 'area_m_per_second'],
  ] as const)('%s in %s as a %s is %s', (name, unit, as, wanted) => { expect(prometheusName({ name, unit, kind: as === 'gauge' ? 'gauge' : 'sum', monotonic: as === 'counter' })).toBe(wanted); });
  test.each([['http.route', 'http_route'], ['ServiceName', 'ServiceName'], ['2nd', 'key_2nd'], ['a..b', 'a_b'], ['é', '_'], ['', '_']])('the label %s is %s', (name, wanted) => { expect(prometheusLabel(name)).toBe(wanted); });
});

const definition = (more: Partial<MetricDefinition> = {}): MetricDefinition => ({ name: 'shop.checkouts', unit: '{order}', description: 'Says {{ braces }} and "quotes".', kind: 'sum', monotonic: true, groupBy: ['ServiceName', 'http.route'], ruleId: 'r', ruleName: 'checkouts', kql: 'Logs\n', state: 'deployed', follows: [], ...more });
const several = [definition(), definition({ name: 'queue.wait', unit: 'ms', kind: 'gauge', monotonic: false, groupBy: ['ServiceName'] }), definition({ name: 'shop.income', unit: 'EUR', monotonic: false, groupBy: [] })];
const labelName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/);

/** What Prometheus's own grammar does not take of it; empty when it takes all. */
function faults(expr: string): string[] {
  const found: string[] = [];
  promql.parse(expr).iterate({ enter: ({ type, from, to }) => { if (type.isError) found.push(`${expr.slice(0, from)}<<${expr.slice(from, to)}>>${expr.slice(to)}`); } });
  return found;
}

describe('PromQL', () => {
  it('is taken by the grammar of Prometheus, whatever metrics and attributes are called', () => {
    const unit = fc.constantFrom('', '1', 'ms', 'By/s', '{order}', 'EUR', 'm²');
    const metric = fc.record({ name: fc.string({ minLength: 1, unit: 'grapheme' }), unit, groupBy: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 }), ruleName: fc.string(), description: fc.string(), shape: fc.constantFrom({ kind: 'sum', monotonic: true } as const, { kind: 'sum', monotonic: false } as const, { kind: 'gauge', monotonic: false } as const) });
    fc.assert(fc.property(fc.array(metric, { maxLength: 4 }), (some) => {
      const all = some.map(({ shape, ...one }) => definition({ ...one, ...shape }));
      const { groups } = parse(prometheusRules(all)) as { groups: { rules: { expr: string }[] }[] };
      const dashboard = grafanaDashboard(all, { title: 't', uid: 'u' }) as { panels: { targets: { expr: string }[] }[] };
      const ofPanels = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '1m')));
      expect([...groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)), ...ofPanels].flatMap(faults)).toEqual([]);
    }));
    expect(faults('sum by (a (rate(b[5m]))')).not.toEqual([]);
  });
});

describe('rules for Prometheus', () => {
  // The shape that `promtool check rules` takes (rulefmt), unknown fields refused.
  const duration = z.string().regex(/^([0-9]+(ms|[smhdwy]))+$/);
  const texts = z.record(labelName, z.string());
  const rule = z.union([z.strictObject({ record: z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/), expr: z.string().min(1), labels: texts.optional() }), z.strictObject({ alert: z.string().min(1), expr: z.string().min(1), for: duration, labels: texts, annotations: texts })]);
  const groups = z.strictObject({ groups: z.array(z.strictObject({ name: z.string().min(1), interval: duration, rules: z.array(rule) })) });
  const read = (all: readonly MetricDefinition[]) => groups.parse(parse(prometheusRules(all))).groups;

  it('are of its shape; groups, series and alerts are called each by a name of their own', () => {
    const found = read(several);
    expect(found.map(({ name }) => name)).toEqual(['weir-shop_checkouts_total', 'weir-queue_wait_milliseconds', 'weir-shop_income_EUR']);
    const named = found.flatMap(({ rules }) => rules.map((one) => ('record' in one ? one.record : one.alert)));
    expect(named).toEqual(['weir:shop_checkouts:rate5m', 'WeirShopCheckoutsTotalRising', 'WeirShopCheckoutsTotalMissing', 'WeirQueueWaitMillisecondsMissing', 'weir:shop_income_EUR:deriv5m', 'WeirShopIncomeEURMissing']);
    expect(new Set(named).size).toBe(named.length);
  });

  it('ask by the labels of the metric, and leave no template open', () => {
    const [group] = read(several);
    const [record, rising] = group!.rules;
    expect(record).toMatchObject({ expr: 'sum by (ServiceName, http_route) (rate(shop_checkouts_total[5m]))' });
    expect(rising).toMatchObject({ annotations: { summary: 'shop.checkouts ServiceName={{ $labels.ServiceName }} http_route={{ $labels.http_route }} is {{ $value | humanize }} per second, three times what it was a day ago.', description: 'Says {{ "{{" }} braces }} and "quotes".' } });
  });

  it('of two rules that make one metric are one group; of none there is no group', () => {
    expect(read([definition(), definition({ ruleName: 'again' })])).toHaveLength(1);
    expect(read([])).toEqual([]);
  });
});

describe('a dashboard for Grafana', () => {
  // The classic dashboard model, unknown fields refused.
  const datasource = z.strictObject({ type: z.literal('prometheus'), uid: z.literal('${datasource}') });
  const grid = z.strictObject({ x: z.number().int().min(0).max(23), y: z.number().int().min(0), w: z.number().int().min(1).max(24), h: z.number().int().min(1) });
  const panel = z.strictObject({
    id: z.number().int().positive(), type: z.literal('timeseries'), title: z.string().min(1), description: z.string(), datasource, gridPos: grid,
    fieldConfig: z.strictObject({ defaults: z.strictObject({ color: z.strictObject({ mode: z.literal('palette-classic') }), custom: z.record(z.string(), z.unknown()), mappings: z.array(z.never()), min: z.number().optional(), unit: z.string().min(1) }), overrides: z.array(z.never()) }),
    options: z.strictObject({ legend: z.strictObject({ calcs: z.array(z.string()), displayMode: z.enum(['list', 'table']), placement: z.enum(['bottom', 'right']), showLegend: z.boolean() }), tooltip: z.strictObject({ mode: z.enum(['single', 'multi', 'none']), sort: z.enum(['none', 'asc', 'desc']) }) }),
    targets: z.array(z.strictObject({ refId: z.string(), datasource, editorMode: z.enum(['code', 'builder']), expr: z.string().min(1), legendFormat: z.string(), range: z.boolean(), instant: z.boolean() })).length(1),
  });
  const variable = z.strictObject({
    name: z.string().regex(/^\w+$/), label: z.string(), type: z.literal('query'), datasource, definition: z.string(), query: z.strictObject({ query: z.string(), refId: z.string(), qryType: z.number() }), refresh: z.union([z.literal(0), z.literal(1), z.literal(2)]), regex: z.string(), sort: z.number(), hide: z.number(), skipUrlSync: z.boolean(),
    multi: z.boolean(), includeAll: z.boolean(), allValue: z.string(), current: z.strictObject({ selected: z.boolean(), text: z.array(z.string()), value: z.array(z.string()) }), options: z.array(z.never()),
  });
  const source = z.strictObject({
    name: z.literal('datasource'), label: z.string(), description: z.string(), type: z.literal('datasource'), query: z.literal('prometheus'), refresh: z.literal(1), regex: z.string(), hide: z.number(), skipUrlSync: z.boolean(), multi: z.literal(false), includeAll: z.literal(false),
    current: z.strictObject({ selected: z.boolean(), text: z.string(), value: z.string() }), options: z.array(z.never()),
  });
  const dashboard = z.strictObject({
    __elements: z.strictObject({}), __requires: z.array(z.strictObject({ type: z.enum(['grafana', 'datasource', 'panel']), id: z.string(), name: z.string(), version: z.string() })),
    annotations: z.strictObject({ list: z.array(z.never()) }), description: z.string(), editable: z.boolean(), fiscalYearStartMonth: z.number(), graphTooltip: z.number(), id: z.null(), links: z.array(z.never()), panels: z.array(panel), refresh: z.string(), schemaVersion: z.number().min(39), tags: z.array(z.string()),
    templating: z.strictObject({ list: z.tuple([source], variable) }), time: z.strictObject({ from: z.string(), to: z.string() }), timepicker: z.strictObject({}), timezone: z.string(), title: z.string().min(1), uid: z.string().regex(/^[a-zA-Z0-9_-]{1,40}$/), version: z.number(), weekStart: z.string(),
  });
  const read = (all: readonly MetricDefinition[]) => dashboard.parse(JSON.parse(JSON.stringify(grafanaDashboard(all, { title: 'Weir', uid: 'weir-test' }))));

  it('is of its shape, with a graph of each metric in its unit, none over another', () => {
    const { panels } = read(several);
    expect(panels.map(({ title, fieldConfig: { defaults: { unit } }, targets: [target] }) => [title, unit, target!.expr])).toEqual([
      ['shop.checkouts per second', 'cps', 'sum by (ServiceName, http_route) (rate(shop_checkouts_total{ServiceName=~"$by_ServiceName", http_route=~"$by_http_route"}[$__rate_interval]))'],
      ['queue.wait', 'ms', 'max by (ServiceName) (queue_wait_milliseconds{ServiceName=~"$by_ServiceName"})'], ['shop.income per second', 'short', 'sum (deriv(shop_income_EUR[$__rate_interval]))'],
    ]);
    expect(panels.map(({ gridPos: { x, y } }) => [x, y])).toEqual([[0, 0], [12, 0], [0, 8]]);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(3);
  });

  it('has a variable for each label, filled from the metrics that bear it; every one that is asked for is there', () => {
    const { templating, panels } = read(several);
    const [, ...labels] = templating.list;
    expect(labels.map(({ name, definition: from }) => [name, from])).toEqual([['by_ServiceName', 'label_values({__name__=~"shop_checkouts_total|queue_wait_milliseconds"}, ServiceName)'], ['by_http_route', 'label_values({__name__=~"shop_checkouts_total"}, http_route)']]);
    const asked = panels.flatMap(({ targets }) => [...targets[0]!.expr.matchAll(/\$(by_\w+)/g)].map(([, name]) => name));
    expect(new Set(asked)).toEqual(new Set(labels.map(({ name }) => name)));
  });

  it('tells two rules of one metric apart, says what they follow, and may be empty', () => {
    const { panels } = read([definition({ follows: [{ name: 'a', now: ['b', 'a'], since: '2026-06-15T06:00:00.000Z' }] }), definition({ ruleName: 'again' })]);
    expect(panels.map(({ title }) => title)).toEqual(['shop.checkouts (checkouts) per second', 'shop.checkouts (again) per second']);
    expect(panels[0]!.description).toContain('a is called b since 2026-06-15; the rule follows.');
    expect(read([]).panels).toEqual([]);
  });
});
