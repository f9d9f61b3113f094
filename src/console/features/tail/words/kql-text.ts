// KQL text made from what a person points at. Literals are quoted so that any value is safe; a filter in force is
// narrowed, never replaced.
import type { Signal } from '../../../../model/index.ts';
import type { Value } from '../../../../otlp/index.ts';

export const tableOf: Readonly<Record<Signal, string>> = { logs: 'Logs', spans: 'Spans', metrics: 'Metrics' };

/** A KQL string literal. */
export function kqlString(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
  return `"${escaped}"`;
}

/** A literal for a scalar, or null for what KQL cannot compare with `==` (bags, arrays, bytes). */
export function kqlLiteral(value: Value | undefined): string | null {
  if (typeof value === 'string') return kqlString(value);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

export type FieldPlace = 'column' | 'attribute' | 'resource';

/** How KQL names a field of a record. */
export function fieldExpression(place: FieldPlace, name: string): string {
  if (place === 'column') return name;
  return `${place === 'attribute' ? 'Attributes' : 'Resource'}[${kqlString(name)}]`;
}

/** Numbers in attributes are dynamic: compared through their type, or KQL compares nothing. */
export function fieldPredicate(place: FieldPlace, name: string, value: Value | undefined, negate = false): string | null {
  const literal = place === 'column' && typeof value === 'bigint' ? columnLiteral(name, value) : kqlLiteral(value);
  if (literal === null) return null;
  const expression = fieldExpression(place, name);
  const typed = place === 'column' || typeof value === 'string' ? expression : `${conversion(value)}(${expression})`;
  return `${typed} ${negate ? '!=' : '=='} ${literal}`;
}

/** 2026-03-12T14:06:32.958000123Z: ISO 8601 with all nine digits. */
export function isoNanos(nanos: bigint): string {
  return `${new Date(Number(nanos / 1_000_000_000n) * 1000).toISOString().slice(0, 19)}.${(nanos % 1_000_000_000n).toString().padStart(9, '0')}Z`;
}

export function timePredicate(fromMs: number, toMs: number): string {
  return `Timestamp between (datetime(${new Date(fromMs).toISOString()}) .. datetime(${new Date(toMs).toISOString()}))`;
}

/** The filter in force and one more condition. `filter` may be empty, a bare predicate or a pipeline. */
export function narrow(filter: string, predicate: string): string {
  const before = filter.trim();
  if (before === '') return predicate;
  if (isPipeline(before)) return `${before} | where ${predicate}`;
  return /\bor\b/i.test(before) ? `(${before}) and ${predicate}` : `${before} and ${predicate}`;
}

/** The filter as a pipeline over a table, for a rule or for copying. */
export function asPipeline(filter: string, signal: Signal): string {
  const text = filter.trim();
  if (text === '') return tableOf[signal];
  return isPipeline(text) ? text : `${tableOf[signal]} | where ${text}`;
}

/** True for `Logs`, `Logs | …` and anything with a pipe outside a string. */
export function isPipeline(text: string): boolean {
  return /^\s*(Logs|Spans|Metrics|source)\s*(\||$)/.test(text) || text.replaceAll(/@?"(?:\\.|[^"\\])*"|@?'(?:\\.|[^'\\])*'/g, '').includes('|');
}

/** Columns hold datetimes as bigint nanoseconds; a span of time has no exact literal. */
function columnLiteral(name: string, nanos: bigint): string | null {
  if (name.endsWith('Timestamp')) return `datetime(${isoNanos(nanos)})`;
  return name === 'Duration' ? null : String(nanos);
}

function conversion(value: Value | undefined): string {
  if (typeof value === 'boolean') return 'tobool';
  return typeof value === 'bigint' || Number.isInteger(value) ? 'tolong' : 'toreal';
}
