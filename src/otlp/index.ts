export type { Codec, ColumnId, MetricPoint, RecordCursor, RecordEdit, RequestView, Value } from './types.ts';
export { columnId, columnsOf, type ColumnDefinition } from './columns.ts';
