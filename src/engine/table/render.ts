// The last step of a table query: datetimes and timespans, bigint nanoseconds inside, leave as the text KQL writes.
import type { KqlType, Plan } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import type { Row } from '../expr/index.ts';
import { formatDatetime, formatTimespan } from '../values/index.ts';
import { columnTypes } from './column-types.ts';

export async function* renderRows(rows: AsyncIterable<Row> | Iterable<Row>, plan: Plan): AsyncIterable<Row> {
  const types = columnTypes(plan.operators);
  for await (const row of rows) yield needsText(row) ? Object.fromEntries(Object.entries(row).map(([name, value]) => [name, rendered(value, types.get(name))])) : row;
}

function needsText(row: Row): boolean {
  for (const name in row) if (typeof row[name] === 'bigint') return true;
  return false;
}

function rendered(value: Value, type: KqlType | undefined): Value {
  if (typeof value !== 'bigint') return value;
  if (type === 'datetime') return formatDatetime(value);
  return type === 'timespan' ? formatTimespan(value) : value;
}
