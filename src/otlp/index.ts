export type { Codec, ColumnId, MetricPoint, RecordCursor, RecordEdit, RequestView, TextMapper, Value } from './types.ts';
export { columnId, columnsOf, type ColumnDefinition } from './columns.ts';
export { codec } from './codec.ts';
export { durableId, type DurableIdSource } from './durable-id.ts';
export { encodeLogs, type LogInput } from './encode.ts';
export { hashBytes } from './hash.ts';
export { objectToProtobuf } from './json-to-protobuf.ts';
export { decodeResponse, encodeResponse, type Encoding, type PartialSuccess } from './response.ts';
export { decodeStatus, encodeStatus, statusCodes, type RpcStatus } from './status.ts';
