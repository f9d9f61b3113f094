// Tells Microsoft's binder about our tables, sinks and the functions of guards. Names that it does not know are added as dynamic columns
// and bound again: that is how an attribute's bare name gets a type, and how a query over rows of unknown shape compiles.
import type { ColumnHint, CompileMode } from '../language.ts';
import { fleetTable, rowsTables, tables, type TableDefinition } from '../catalogue/tables.ts';
import { ownFunctions } from '../catalogue/own-functions.ts';
import { sinks, type SinkDefinition } from '../catalogue/sinks.ts';
import { kqlString } from '../literals.ts';
import type { KustoGlobal, KustoGlobals } from './port.ts';
import { aliased, lastAlias, sampleAlias } from './source.ts';

const sourceTable = tables.filter(({ name }) => name === 'source');

export function tablesFor(mode: CompileMode, columns: readonly ColumnHint[] = []): readonly TableDefinition[] {
  switch (mode) {
    case 'table': return rowsTables(columns.map((column) => ({ ...column, name: aliased(column.name) })));
    case 'targets': return [fleetTable];
    case 'guard': return sourceTable;
    default: return tables;
  }
}

export function globalsFor(kusto: KustoGlobal, mode: CompileMode, known: readonly TableDefinition[], extraColumns: readonly string[]): KustoGlobals {
  const { Symbols, GlobalState } = kusto.Language;
  const members = [
    ...known.map((table) => Symbols.TableSymbol.From(schemaText(table, extraColumns)).WithName(table.name)),
    ...sinks.map((sink) => new Symbols.FunctionSymbol.$ctor16(sink.name === 'sample' ? sampleAlias : sink.name, parameterText(sink), '{ T }', sink.doc)),
    ...ownFunctions(mode).map(({ name, parameters, body, doc }) => new Symbols.FunctionSymbol.$ctor16(name === 'last' ? lastAlias : name, parameters, body, doc)),
  ];
  return GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.$ctor1('weir', members));
}

function schemaText(table: TableDefinition, extra: readonly string[]): string {
  const names = new Set(table.columns.map(({ name }) => name));
  const columns = [...table.columns.map(({ name, type }) => [name, type] as const), ...extra.filter((name) => !names.has(name)).map((name) => [name, 'dynamic'] as const)];
  return `(${columns.map(([name, type]) => `[${kqlString(name)}]:${type}`).join(', ')})`;
}

function parameterText(sink: SinkDefinition): string {
  const parameters = sink.parameters.map(({ name, type, fallback }) => `${name}:${type}${fallback === undefined ? '' : `=${fallback}`}`);
  return `(${['T:(*)', ...parameters].join(', ')})`;
}
