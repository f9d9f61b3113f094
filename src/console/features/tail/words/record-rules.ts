// Rules made from a record or one of its fields: which records they choose, and the template that says what happens.
import {
  dropTemplate, filterTemplate, metricTemplate, recordTemplate, sampleTemplate, type Condition, type Selection, type Template, type TemplateField,
} from '../../../../kql/index.ts';
import type { TailRow } from '../../../workers/tail/index.ts';
import { tableOf, templateField, type FieldPlace } from './kql-text.ts';

export type RuleKind = 'drop' | 'sample' | 'metric' | 'record';
/** The field that a rule counts by. */
export interface RuleField { readonly place: FieldPlace; readonly name: string }

const oneInTen = 10;

/** What singles out the records that came from the same line of code, as KQL. */
export function samePredicate(row: TailRow): string { return filterTemplate(selectionOf(row).conditions); }

export function ruleFrom(kind: RuleKind, row: TailRow, field?: RuleField): Template {
  const selection = selectionOf(row);
  const about = field === undefined ? undefined : templateField(row.signal, field.place, field.name);
  if (kind === 'drop') return dropTemplate(selection);
  if (kind === 'sample') return sampleTemplate(selection, oneInTen);
  if (kind === 'record') return recordingRule(row, ownRecorder(row), 'event');
  return metricTemplate(selection, about === undefined ? {} : { groupBy: [column(row, 'ServiceName'), about] });
}

function selectionOf(row: TailRow): Selection { return { table: tableOf[row.signal], conditions: [sameLine(row)] }; }

function sameLine(row: TailRow): Condition {
  if (row.durableId === '') return { field: column(row, 'ServiceName'), value: row.service };
  const name = row.durableSource === 'event' ? 'EventName' : row.durableSource === 'code' ? 'DurableId' : row.signal === 'metrics' ? 'MetricName' : row.signal === 'spans' ? 'Name' : 'DurableId';
  return { field: column(row, name), value: row.durableId };
}

function column(row: TailRow, name: string): TemplateField { return templateField(row.signal, 'column', name); }

/** Which records a flight recorder takes: those from the same line of code, all of the service, or those of the service that are as severe. */
export type RecordSpan = 'event' | 'service' | 'severity';

/** The choices that such a record leaves. */
export const recordSpans = (row: TailRow): readonly { readonly value: RecordSpan; readonly label: string }[] => [
  { value: 'event', label: row.durableId === '' ? 'This service' : 'This event' },
  ...(row.service !== '' && row.durableId !== '' ? [{ value: 'service' as const, label: `All of ${row.service}` }] : []),
  ...(row.service !== '' && row.signal === 'logs' && row.severityText !== '' ? [{ value: 'severity' as const, label: `${row.severityText} of ${row.service}` }] : []),
];

/** What the recorder is called that nobody defined. */
export const ownRecorder = (row: Pick<TailRow, 'service'>): string => `${row.service === '' ? 'tail' : row.service}-recent`;

/** Records leave as before: who wants them diverted says so. */
export function recordingRule(row: TailRow, recorder: string, span: RecordSpan): Template {
  const service = { field: column(row, 'ServiceName'), value: row.service };
  const conditions = span === 'event' ? [sameLine(row)] : span === 'service' ? [service] : [service, { field: column(row, 'SeverityText'), value: row.severityText }];
  return recordTemplate({ table: tableOf[row.signal], conditions }, recorder, true);
}
