// How each column is read from a record, per signal, in the order of columns.ts. A reader decodes; a slicer finds the
// UTF-8 bytes of a string column and decodes nothing (false for columns that are no UTF-8 string on the wire).
import type { Signal } from '../model/index.ts';
import { columnsOf } from './columns.ts';
import type { LazyCursor } from './cursor.ts';
import { durableId, durableIdSlice } from './durable-id.ts';
import { logColumns } from './log-columns.ts';
import { metricColumns } from './metric-columns.ts';
import { spanColumns } from './span-columns.ts';
import type { ColumnId, Value } from './types.ts';

export type ReadColumn = (cursor: LazyCursor) => Value;
export type SliceColumn = (cursor: LazyCursor) => boolean;
export interface ColumnReader { readonly read: ReadColumn; readonly slice?: SliceColumn }
export type ColumnReaders = Readonly<Record<string, ColumnReader>>;

const serviceName: SliceColumn = (cursor) => {
  const { around, view, index } = cursor;
  around.enterResource(view.resourceNodeOf(index));
  return cursor.sliceAt(around.serviceName.start, around.serviceName.end);
};
const scopeText = (which: 'scopeName' | 'scopeVersion'): ColumnReader => {
  const slice: SliceColumn = (cursor) => {
    const { around, view, index } = cursor;
    around.enterScope(view.scopeNodeOf(index));
    return cursor.sliceAt(around[which].start, around[which].end);
  };
  return { slice, read: (cursor) => { slice(cursor); return cursor.around[which].text(cursor.bytes); } };
};

const common: ColumnReaders = {
  Attributes: { read: (cursor) => cursor.attributes() },
  Resource: { read: (cursor) => cursor.around.resource(cursor.view.resourceNodeOf(cursor.index)) },
  ServiceName: { slice: serviceName, read: (cursor) => { serviceName(cursor); return cursor.around.serviceName.text(cursor.bytes); } },
  ScopeName: scopeText('scopeName'),
  ScopeVersion: scopeText('scopeVersion'),
  DurableId: { slice: durableIdSlice, read: (cursor) => durableId(cursor).id },
};

const none: SliceColumn = () => false;
const missing: ReadColumn = () => null;

function table(signal: Signal, own: ColumnReaders): { readonly read: readonly ReadColumn[]; readonly slice: readonly SliceColumn[] } {
  const readers = columnsOf(signal).map(({ name }) => own[name] ?? common[name]);
  return { read: readers.map((one) => one?.read ?? missing), slice: readers.map((one) => one?.slice ?? none) };
}

const tables: Readonly<Record<Signal, ReturnType<typeof table>>> = { logs: table('logs', logColumns), spans: table('spans', spanColumns), metrics: table('metrics', metricColumns) };

export const readerOf = (signal: Signal, id: ColumnId): ReadColumn => tables[signal].read[id] ?? missing;
export const sliceOf = (signal: Signal, id: ColumnId): SliceColumn => tables[signal].slice[id] ?? none;
