// What rows look like, for the compiler: the type of each column as its values show it.
import type { ColumnHint, KqlType } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import type { Row } from '../expr/index.ts';

/** The columns of these rows, in order of first appearance. Values of more than one type make a column dynamic (whole and real numbers: real); null says nothing. */
export function columnHints(rows: readonly Row[]): readonly ColumnHint[] {
  const types = new Map<string, KqlType | null>();
  for (const row of rows) for (const [name, value] of Object.entries(row)) {
    const known = types.get(name) ?? null;
    const seen = typeOf(value);
    types.set(name, known === null ? seen : seen === null ? known : joined(known, seen));
  }
  return [...types].map(([name, type]) => ({ name, type: type ?? 'dynamic' }));
}

function typeOf(value: Value): KqlType | null {
  if (value === null) return null;
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'long';
  if (typeof value === 'number') return Number.isInteger(value) ? 'long' : 'real';
  return 'dynamic';
}

function joined(a: KqlType, b: KqlType): KqlType {
  if (a === b) return a;
  return [a, b].every((one) => one === 'long' || one === 'real') ? 'real' : 'dynamic';
}
