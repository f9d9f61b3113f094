// What a block says when a person has just added it: little, but whole, so that the rule still compiles and the form has something to change.
import { sinkByName } from '../catalogue/sinks.ts';
import { kqlName } from '../literals.ts';
import { formBody } from './print-form.ts';
import type { BlockForm, QueryBlock } from './types.ts';

type Columns = QueryBlock['columns'];

/** The form of a new block behind these columns; null for one without a form (`count`). Sinks by their own name. */
export function blankForm(keyword: string, columns: Columns): BlockForm | null {
  switch (keyword) {
    case 'where': case 'filter': return { form: 'where', join: 'and', clauses: [blankClause(columns)] };
    case 'extend': return { form: 'columns', columns: [{ name: freeName('NewColumn', columns), expression: favourite(columns) }] };
    case 'project': return { form: 'columns', columns: columns.map(({ name }) => ({ name: '', expression: kqlName(name) })) };
    case 'project-keep': return { form: 'names', names: columns.map(({ name }) => kqlName(name)) };
    case 'project-away': return { form: 'names', names: [hasAttributes(columns) ? 'unwanted' : kqlName(columns.at(-1)?.name ?? 'unwanted')] };
    case 'project-rename': return { form: 'columns', columns: [{ name: freeName('new_name', columns), expression: hasAttributes(columns) ? 'old_name' : kqlName(columns.at(-1)?.name ?? 'old_name') }] };
    case 'summarize': return blankSummarize(columns);
    case 'distinct': return { form: 'names', names: [favourite(columns)] };
    case 'sort': case 'order': return { form: 'sort', keys: [{ expression: orderable(columns), descending: true }] };
    case 'top': return { form: 'count', count: '10', by: orderable(columns), descending: true };
    case 'take': case 'limit': return { form: 'count', count: '100', by: null, descending: false };
    case 'parse': case 'parse-where': return { form: 'parse', source: textSource(columns), parts: [{ part: 'skip' }, { part: 'text', text: '"key="' }, { part: 'column', name: freeName('Value', columns), type: '' }, { part: 'text', text: '" "' }, { part: 'skip' }] };
    case 'mv-expand': return { form: 'expand', columns: [{ name: freeName('Item', columns), expression: hasAttributes(columns) ? 'Attributes["list"]' : kqlName(columns.find(({ type }) => type === 'dynamic')?.name ?? 'list'), type: '' }], limit: '' };
    case 'let': return { form: 'columns', columns: [{ name: 'Threshold', expression: '10' }] };
    default: return blankSink(keyword);
  }
}

/** The same as text: what `insertBlock` takes. */
export function blankBody(keyword: string, columns: Columns): string {
  const form = blankForm(keyword, columns);
  return form === null ? '' : formBody(form);
}

/** Names that people choose records by, the most telling first. */
const favourites = ['EventName', 'Name', 'MetricName', 'ServiceName', 'SeverityText', 'Body'];

function favourite(columns: Columns): string {
  const name = favourites.find((wanted) => columns.some((column) => column.name === wanted)) ?? columns.find(({ type }) => type !== 'dynamic')?.name ?? columns[0]?.name;
  return name === undefined ? '1' : kqlName(name);
}

/** Something to sort by: time, else a number, else whatever is there. */
function orderable(columns: Columns): string {
  const found = columns.find(({ name }) => name === 'Timestamp') ?? columns.find(({ type }) => type !== 'dynamic' && type !== 'string' && type !== 'bool');
  return found === undefined ? favourite(columns) : kqlName(found.name);
}

function textSource(columns: Columns): string {
  const body = columns.find(({ name }) => name === 'Body');
  if (body !== undefined) return body.type === 'string' ? 'Body' : 'tostring(Body)';
  const name = columns.find(({ type }) => type === 'string')?.name;
  return name === undefined ? '""' : kqlName(name);
}

const hasAttributes = (columns: Columns): boolean => columns.some(({ name }) => name === 'Attributes');

/** A column that is there: the test holds for every row that has it, until the person says more. */
function blankClause(columns: Columns): { readonly left: string; readonly operator: string; readonly right: string } {
  const left = favourite(columns);
  const type = columns.find(({ name }) => kqlName(name) === left)?.type;
  return type === 'string' ? { left, operator: '!=', right: '""' } : { left, operator: 'isnotnull', right: '' };
}

function blankSummarize(columns: Columns): BlockForm {
  const has = (name: string): boolean => columns.some((column) => column.name === name);
  return {
    form: 'summarize', aggregates: [{ name: freeName('Count', columns), fn: 'count', args: '' }],
    by: has('ServiceName') ? [{ name: '', expression: 'ServiceName' }] : [], window: has('Timestamp') ? { column: 'Timestamp', size: '10s' } : null,
  };
}

function freeName(wanted: string, columns: Columns): string {
  const taken = new Set(columns.map(({ name }) => name));
  let name = wanted;
  for (let i = 2; taken.has(name); i++) name = `${wanted}${i}`;
  return name;
}

/** Values for parameters that must be given; names for a person to replace. */
const placeholders: Readonly<Record<string, string>> = { 'sample.ratio': '0.1', 'to_metric.name': '"my.metric"', 'record.recorder': '"my-recorder"', 'route.exporter': '"default"', 'dedup.window': '1m' };

function blankSink(name: string): BlockForm | null {
  const definition = sinkByName.get(name);
  if (definition === undefined) return null;
  const required = definition.parameters.filter(({ fallback }) => fallback === undefined);
  return { form: 'sink', sink: name, arguments: Object.fromEntries(required.map((parameter) => [parameter.name, placeholders[`${name}.${parameter.name}`] ?? placeholderOf[parameter.type] ?? '""'])) };
}

const placeholderOf: Readonly<Record<string, string>> = { real: '1.0', bool: 'false', dynamic: 'dynamic([])', timespan: '1m' };
