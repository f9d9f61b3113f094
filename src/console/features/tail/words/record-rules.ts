// Rules made from a record or one of its fields: KQL to start the editor with, and a name that fits the naming rule.
import type { TailRow } from '../../../workers/tail/index.ts';
import { fieldExpression, kqlString, tableOf, type FieldPlace } from './kql-text.ts';

export interface RuleStart { readonly kql: string; readonly name: string; readonly description: string }
export type RuleKind = 'drop' | 'sample' | 'redact' | 'metric' | 'record';
/** The field that a rule is about: what to redact, or what to count by. */
export interface RuleField { readonly place: FieldPlace; readonly name: string }

/** What singles out the records that came from the same line of code. */
export function samePredicate(row: TailRow): string {
  if (row.durableId === '') return `ServiceName == ${kqlString(row.service)}`;
  if (row.durableSource === 'event') return `EventName == ${kqlString(row.durableId)}`;
  if (row.signal === 'metrics') return `MetricName == ${kqlString(row.durableId)}`;
  if (row.signal === 'spans') return `Name == ${kqlString(row.durableId)}`;
  return `DurableId == ${kqlString(row.durableId)}`;
}

export function ruleFrom(kind: RuleKind, row: TailRow, field?: RuleField): RuleStart {
  const lines = [tableOf[row.signal], `| where ${samePredicate(row)}`, ...steps[kind](row, field)];
  const subject = row.durableId === '' ? row.service : row.durableId;
  return { kql: `${lines.join('\n')}\n`, name: ruleName(kind, subject), description: describe(kind, subject, field) };
}

const steps: Readonly<Record<RuleKind, (row: TailRow, field?: RuleField) => readonly string[]>> = {
  drop: () => ['| invoke drop()'],
  sample: () => ['| invoke sample(0.1)'],
  redact: (_row, field) => (field === undefined ? ['| invoke redact("*", mode="mask")'] : redactField(field)),
  metric: (row, field) => [
    `| summarize Records = count() by ServiceName${field === undefined ? '' : `, ${columnAlias(field)} = tostring(${fieldExpression(field.place, field.name)})`}, bin(Timestamp, 10s)`,
    `| invoke to_metric(${kqlString(metricName(row))})`,
  ],
  record: (row) => [`| invoke record(${kqlString(ruleName('record', row.service === '' ? 'records' : row.service))})`],
};

/** One field is replaced in place; the rest of the record keeps its bytes. */
function redactField(field: RuleField): readonly string[] {
  if (field.place === 'attribute') return [`| extend Attributes = bag_merge(bag_pack(${kqlString(field.name)}, "••••"), Attributes)`, '| invoke update()'];
  return field.place === 'column' && field.name === 'Body' ? ['| extend Body = "••••"', '| invoke update()'] : ['| invoke redact("*", mode="mask")'];
}

/** 1 to 63 lower-case letters, digits and dashes. */
export function ruleName(kind: RuleKind, subject: string): string {
  const words = subject.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase().replace(/^.*\//, '').replaceAll(/[^a-z0-9]+/g, '-');
  return `${kind}-${words}`.slice(0, 63).replaceAll(/^-+|-+$/g, '');
}

function metricName(row: TailRow): string {
  return `${row.service === '' ? 'app' : row.service}.${row.durableId.replace(/^.*\//, '')}`.toLowerCase().replaceAll(/[^a-z0-9_.]+/g, '_').replaceAll(/_+$|\.+$/g, '');
}

function columnAlias(field: RuleField): string {
  const name = field.name.replaceAll(/[^A-Za-z0-9_]+/g, '_');
  return /^[0-9]/.test(name) || name === '' ? `Field_${name}` : name;
}

function describe(kind: RuleKind, subject: string, field?: RuleField): string {
  const what = { drop: 'Drop', sample: 'Keep one in ten of', redact: 'Redact', metric: 'Count instead of keep', record: 'Keep in a flight recorder' }[kind];
  return `${what} ${subject}${field === undefined ? '' : kind === 'metric' ? `, by ${field.name}` : `, field ${field.name}`}. Made from a record in the tail.`;
}
