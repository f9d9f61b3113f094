// Row objects from a text table, and back, for golden tests:
//
//   service  | n | when
//   frontend | 3 | 2026-01-01T00:00:00Z
//
// A cell is JSON where it parses as JSON, else text; an empty cell is a missing column.
import type { Value } from '../otlp/index.ts';
import { cells } from './log-table.ts';

const value = (text: string): Value => { try { return JSON.parse(text) as Value; } catch { return text; } };

export function parseRows(table: string): readonly Readonly<Record<string, Value>>[] {
  return cells(table).map((row) => Object.fromEntries(Object.entries(row).map(([name, text]) => [name, value(text)])));
}

/** One line a row, `name=json` for each column. */
export function printRows(rows: readonly Readonly<Record<string, Value>>[]): string {
  const text = (cell: Value): string => JSON.stringify(cell, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));
  return rows.map((row) => Object.entries(row).map(([name, cell]) => `${name}=${text(cell)}`).join(' ')).join('\n');
}
