// Metrics that rules make, as dashboards know them: read from the Plan behind each `to_metric`. Pure.
// The same rules as the engine's (engine/pipeline/metric-points.ts): counts and sums are sums, every other number is a gauge; with several
// numbers each adds its own name; what is no number is an attribute.
import type { KqlType, Operator, Plan } from '../../../kql/index.ts';
import type { MetricDefinition } from '../../../model/index.ts';
import { followsOf, type Names } from '../follows.ts';
import { unseenFields, type KnownEvent } from './unseen-fields.ts';

/** Of one rule that makes metrics. */
export interface MetricRule { readonly id: string; readonly name: string; readonly state: MetricDefinition['state']; readonly deployedAt?: string | null; readonly description: string; readonly kql: string; readonly plan: Plan }

const sums: ReadonlySet<string> = new Set(['count', 'countif', 'sum', 'sumif']);
const growing: ReadonlySet<string> = new Set(['count', 'countif']);
const numbers: ReadonlySet<KqlType> = new Set(['int', 'long', 'real', 'decimal', 'timespan', 'datetime']);

export function metricsOf({ id, name, state, deployedAt, description, kql, plan }: MetricRule, names: Names, eventsCalled: (durableId: string) => readonly KnownEvent[] = () => []): MetricDefinition[] {
  if (plan.sink?.sink !== 'to_metric') return [];
  const { name: metric, unit } = plan.sink;
  const at = plan.operators.findIndex(({ op }) => op === 'summarize');
  const summarize = plan.operators[at];
  if (summarize?.op !== 'summarize') return [];
  const keys = summarize.by.filter(({ expr }) => !(expr.k === 'call' && (expr.fn === 'bin' || expr.fn === 'floor') && expr.args[0]?.type === 'datetime'));
  const columns = columnsBehind(new Map([...keys.map((key) => [key.name, key.expr.type] as const), ...summarize.aggregates.map((one) => [one.name, one.type] as const)]), plan.operators.slice(at + 1));
  const fns = new Map(summarize.aggregates.map((one) => [one.name, one.fn]));
  const keyNames = new Set(keys.map((key) => key.name));
  const isMeasured = (column: string, type: KqlType): boolean => !keyNames.has(column) && (fns.has(column) || numbers.has(type));
  const measured = [...columns].flatMap(([column, type]) => (isMeasured(column, type) ? [column] : []));
  const groupBy = [...columns].flatMap(([column, type]) => (isMeasured(column, type) ? [] : [column]));
  const follows = followsOf(plan, names, deployedAt);
  const aggregates = new Map(summarize.aggregates.map((one) => [one.name, one]));
  // What is worked out of several numbers is made of all that they are made of.
  const madeOf = (column: string): unknown => [plan.operators.slice(0, at), summarize.by, aggregates.get(column) ?? summarize.aggregates];
  const unseenOf = (column: string): Pick<MetricDefinition, 'unseen'> => { const unseen = unseenFields(plan, madeOf(column), names, eventsCalled); return unseen.length === 0 ? {} : { unseen }; };
  return measured.map((column) => ({
    name: measured.length === 1 ? metric : `${metric}.${column}`, unit, description, kind: sums.has(fns.get(column) ?? '') ? 'sum' : 'gauge', monotonic: growing.has(fns.get(column) ?? ''),
    groupBy, ruleId: id, ruleName: name, kql, state, follows, ...unseenOf(column),
  }));
}

type Columns = ReadonlyMap<string, KqlType>;

/** What a row of a closed window has when it becomes points. */
const columnsBehind = (first: Columns, after: readonly Operator[]): Columns => after.reduce(behind, first);

function behind(columns: Columns, operator: Operator): Columns {
  switch (operator.op) {
    case 'extend': return new Map([...columns, ...operator.columns.map(({ name, expr }) => [name, expr.type] as const)]);
    case 'project': return new Map(operator.columns.map(({ name, expr }) => [name, (expr.k === 'column' ? columns.get(expr.name) : undefined) ?? expr.type]));
    case 'project-away': return new Map([...columns].filter(([name]) => !operator.columns.includes(name)));
    case 'project-keep': return new Map([...columns].filter(([name]) => operator.columns.includes(name)));
    case 'project-rename': return new Map([...columns].map(([name, type]) => [operator.columns.find(({ from }) => from === name)?.to ?? name, type]));
    default: return columns;
  }
}
