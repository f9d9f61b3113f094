// KQL text made from what a person points at, on top of kql/'s templates. A filter in force is narrowed, never replaced.
import { conditionText, fieldText, printDatetime, type TemplateField, type TemplateTable, type TemplateValue } from '../../../../kql/index.ts';
import { columnsOf, type Value } from '../../../../otlp/index.ts';
import type { Signal } from '../../../../model/index.ts';

export const tableOf: Readonly<Record<Signal, TemplateTable>> = { logs: 'Logs', spans: 'Spans', metrics: 'Metrics' };

export type FieldPlace = 'column' | 'attribute' | 'resource';

/** A field of a record as the templates name it. */
export function templateField(signal: Signal, place: FieldPlace, name: string): TemplateField {
  if (place !== 'column') return { in: place === 'attribute' ? 'Attributes' : 'Resource', name };
  return { in: 'column', name, type: columnsOf(signal).find((column) => column.name === name)?.type ?? 'dynamic' };
}

/** A predicate for a field's value, or null for what KQL cannot compare with `==` (bags, arrays, bytes, spans of time). */
export function fieldPredicate(signal: Signal, place: FieldPlace, name: string, value: Value | undefined, negate = false): string | null {
  const field = templateField(signal, place, name);
  if (field.in === 'column' && field.type === 'datetime') return typeof value === 'bigint' ? negated(`${fieldText(field)} == ${printDatetime(value)}`, field, negate) : null;
  if (!isScalar(value) || (field.in === 'column' && field.type === 'timespan')) return null;
  return negated(conditionText({ field, value }), field, negate);
}

export function timePredicate(fromMs: number, toMs: number): string {
  return `Timestamp between (${printDatetime(nanos(fromMs))} .. ${printDatetime(nanos(toMs))})`;
}

/** The filter in force and one more condition. `filter` may be empty, a bare predicate or a pipeline. */
export function narrow(filter: string, predicate: string): string {
  const before = filter.trim();
  if (before === '') return predicate;
  if (isPipeline(before)) return `${before} | where ${predicate}`;
  return /\bor\b/i.test(before) ? `(${before}) and ${predicate}` : `${before} and ${predicate}`;
}

/** The filter as a pipeline over a table. */
export function asPipeline(filter: string, signal: Signal): string {
  const text = filter.trim();
  if (text === '') return tableOf[signal];
  return isPipeline(text) ? text : `${tableOf[signal]} | where ${text}`;
}

/** True for `Logs`, `Logs | …` and anything with a pipe outside a string. */
export function isPipeline(text: string): boolean {
  return /^\s*(Logs|Spans|Metrics|source)\s*(\||$)/.test(text) || text.replaceAll(/@?"(?:\\.|[^"\\])*"|@?'(?:\\.|[^'\\])*'/g, '').includes('|');
}

/** `==` turned round; records that lack the field stay, as KQL's `!=` has it. The field's own name may contain ` == `. */
function negated(predicate: string, field: TemplateField, negate: boolean): string {
  if (!negate) return predicate;
  const after = predicate.indexOf(fieldText(field)) + fieldText(field).length;
  return predicate.slice(0, after) + predicate.slice(after).replace(' == ', ' != ');
}

function isScalar(value: Value | undefined): value is TemplateValue {
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value));
}

function nanos(unixMs: number): bigint { return BigInt(Math.round(unixMs)) * 1_000_000n; }
