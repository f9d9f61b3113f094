// "Make a rule from this record / this field": KQL text for the console's menus, ready to be read, changed and dry-run.
import { kqlName, kqlString } from './literals.ts';

export type TemplateTable = 'Logs' | 'Spans' | 'Metrics';
export type TemplateValue = string | number | bigint | boolean | null;

/** Where a value lives in a record. `type` is a KQL type name of a column ('int', 'datetime', …); attributes need none. */
export type TemplateField =
  | { readonly in: 'column'; readonly name: string; readonly type: string }
  | { readonly in: 'Attributes' | 'Resource'; readonly name: string };

export interface Condition { readonly field: TemplateField; readonly value: TemplateValue }

/** What a template chooses records by: all conditions hold. */
export interface Selection { readonly table: TemplateTable; readonly conditions: readonly Condition[] }

export interface Template { readonly name: string; readonly description: string; readonly kql: string }

/** `ServiceName`, `Attributes["http.route"]`, `Resource["host.name"]`. */
export const fieldText = (field: TemplateField): string => (field.in === 'column' ? kqlName(field.name) : `${field.in}[${kqlString(field.name)}]`);

/** The field as text, for grouping: the binder wants no dynamic there. */
const groupText = (field: TemplateField): string => (field.in === 'column' && field.type !== 'dynamic' ? fieldText(field) : `${groupName(field.name)} = tostring(${fieldText(field)})`);
const groupName = (name: string): string => kqlName(name);

/** A predicate that holds for records with this value of the field. */
export function conditionText({ field, value }: Condition): string {
  const path = fieldText(field);
  const text = field.in === 'column' && field.type === 'string';
  if (value === null) return text ? `isempty(${path})` : `isnull(${path})`;
  if (typeof value === 'string') return text ? `${path} == ${kqlString(value)}` : `tostring(${path}) == ${kqlString(value)}`;
  if (typeof value === 'boolean') return `tobool(${path}) == ${value}`;
  const number = typeof value === 'bigint' || Number.isInteger(value) ? String(value) : `real(${value})`;
  return field.in === 'column' && field.type !== 'dynamic' ? `${path} == ${number}` : `${Number.isInteger(Number(value)) ? 'tolong' : 'toreal'}(${path}) == ${number}`;
}

/** The bare predicate, for the tail's filter box. */
export const filterTemplate = (conditions: readonly Condition[]): string => conditions.map(conditionText).join(' and ');

function pipeline({ table, conditions }: Selection, ...rest: readonly string[]): string {
  return [table, ...conditions.map((condition) => `where ${conditionText(condition)}`), ...rest].join('\n| ');
}

export function dropTemplate(selection: Selection): Template {
  return { name: slug('drop', selection), description: `Drops ${about(selection)}.`, kql: pipeline(selection, 'invoke drop()') };
}

/** Keeps one record in `oneIn`, at least 1. */
export function sampleTemplate(selection: Selection, oneIn: number): Template {
  const ratio = Number((1 / Math.max(1, oneIn)).toPrecision(4));
  return { name: slug('sample', selection), description: `Keeps 1 in ${oneIn} of ${about(selection)}.`, kql: pipeline(selection, `invoke sample(${ratio})`) };
}

export interface MetricTemplate { readonly metric?: string; readonly groupBy?: readonly TemplateField[]; readonly windowSeconds?: number }

/** Counts the records per window and group; the records themselves are dropped. */
export function metricTemplate(selection: Selection, { metric, groupBy = [{ in: 'column', name: 'ServiceName', type: 'string' }], windowSeconds = 10 }: MetricTemplate = {}): Template {
  const by = [...groupBy.map(groupText), `bin(Timestamp, ${windowSeconds}s)`].join(', ');
  const name = metricNameOf(metric ?? `${subject(selection)}.count`);
  return { name: slug('count', selection), description: `Counts ${about(selection)} instead of keeping each.`, kql: pipeline(selection, `summarize Count = count() by ${by}`, `invoke to_metric(${kqlString(name)})`) };
}

/** Diverts records into a flight recorder; with `tee` they also pass. */
export function recordTemplate(selection: Selection, recorder: string, tee = false): Template {
  const name = recorderName(recorder);
  return { name: slug('record', selection), description: `Keeps ${about(selection)} in the flight recorder ${name}.`, kql: pipeline(selection, `invoke record(${kqlString(name)}${tee ? ', tee=true' : ''})`) };
}

function about({ table, conditions }: Selection): string {
  const what = { Logs: 'log records', Spans: 'spans', Metrics: 'data points' }[table];
  const named = conditions.filter(({ value }) => typeof value === 'string').map(({ value }) => String(value).slice(0, 60));
  return named.length === 0 ? what : `${what} of ${named.join(', ')}`;
}

/** The most telling value of a selection, else the first field's name. */
function subject({ table, conditions }: Selection): string {
  const telling = conditions.find(({ field, value }) => ['EventName', 'Name', 'MetricName', 'DurableId'].includes(field.name) && typeof value === 'string') ?? conditions[0];
  return telling === undefined ? table : typeof telling.value === 'string' && telling.value !== '' ? telling.value : telling.field.name;
}

/** A rule name as model/rule.ts wants it. */
function slug(verb: string, selection: Selection): string {
  const words = subject(selection).replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${verb}-${words}`.slice(0, 63).replace(/-+$/, '');
}

function metricNameOf(text: string): string {
  const clean = text.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().replace(/[^a-z0-9_.\-/]+/g, '_').replace(/^[^a-z]+/, '').slice(0, 255);
  return clean === '' ? 'records' : clean;
}

function recorderName(text: string): string {
  const clean = text.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '').slice(0, 63);
  return clean === '' ? 'recorder' : clean;
}
