export type { Codec, ColumnId, MetricPoint, RecordCursor, RecordEdit, RequestView, Value } from './types.ts';
