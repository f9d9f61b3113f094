// The tables that a query may start from and their columns. `source` is the table in hand, whatever its signal: all columns of all.
import { columnsOf } from '../../otlp/index.ts';
import type { ColumnHint } from '../language.ts';
import type { KqlType, PlanTable } from '../plan.ts';

export interface TableColumn { readonly name: string; readonly type: KqlType; readonly doc: string; readonly writable: boolean }
export interface TableDefinition { readonly name: PlanTable; readonly doc: string; readonly columns: readonly TableColumn[] }

const logs = columnsOf('logs');
const spans = columnsOf('spans');
const metrics = columnsOf('metrics');

/** Columns by name; one that differs in type between signals is dynamic, and is writable only when it is everywhere. */
function union(...tables: readonly (readonly TableColumn[])[]): readonly TableColumn[] {
  const byName = new Map<string, TableColumn>();
  for (const column of tables.flat()) {
    const known = byName.get(column.name);
    byName.set(column.name, known === undefined ? column : { ...known, type: known.type === column.type ? known.type : 'dynamic', writable: known.writable && column.writable });
  }
  return [...byName.values()];
}

export const tables: readonly TableDefinition[] = [
  { name: 'Logs', doc: 'Log records, one row each.', columns: logs },
  { name: 'Spans', doc: 'Spans of traces, one row each.', columns: spans },
  { name: 'Metrics', doc: 'Metrics, one row per data point.', columns: metrics },
  { name: 'source', doc: 'The table in hand: log records, spans or data points.', columns: union(logs, spans, metrics) },
];

/** The tables of one signal each. */
export const columnTables: readonly TableDefinition[] = tables.filter(({ name }) => name !== 'source');

/** What a rule's `targets` chooses by: the same for every record of one resource on one agent. */
export const fleetTable: TableDefinition = {
  name: 'source', doc: 'Agents, and the resources that send through them.',
  columns: [
    { name: 'ServiceName', type: 'string', doc: 'The resource attribute service.name.', writable: false },
    { name: 'Resource', type: 'dynamic', doc: 'Attributes of the resource (service, host, process) that sends the records.', writable: false },
    { name: 'Agent', type: 'dynamic', doc: 'Attributes of the agent itself: host.name, deployment.environment.name, …', writable: false },
  ],
};

/** In a table query there is one table, `source`, and its columns are what the rows hold. The tables of rules are other names of it, so that a rule's query runs as it stands. */
export function rowsTables(hints: readonly ColumnHint[]): readonly TableDefinition[] {
  const columns = hints.map(({ name, type }) => ({ name, type, doc: 'A column of the input.', writable: false }));
  return ['source' as const, ...columnTables.map(({ name }) => name)].map((name) => ({ name, doc: 'The rows of the input.', columns }));
}
