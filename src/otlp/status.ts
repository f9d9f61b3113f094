// google.rpc.Status, the body of an OTLP/HTTP error: code = 1 (int32), message = 2, details = 3 (Any: type_url 1, value 2).
// One kind of detail matters: google.rpc.RetryInfo { retry_delay = 1: Duration { seconds = 1, nanos = 2 } }.
import { decodeUtf8, encodeUtf8, ProtoReader, ProtoWriter, varintHigh, varintLow } from '../base/index.ts';
import type { Encoding } from './response.ts';

/** gRPC status codes that OTLP uses. */
export const statusCodes = { ok: 0, invalidArgument: 3, deadlineExceeded: 4, resourceExhausted: 8, unimplemented: 12, internal: 13, unavailable: 14, unauthenticated: 16 } as const;

export interface RpcStatus {
  readonly code: number;
  readonly message: string;
  /** How long to wait before the next try, milliseconds; null when the receiver does not say. */
  readonly retryDelayMs: number | null;
}

const retryInfoType = 'type.googleapis.com/google.rpc.RetryInfo';

export function encodeStatus(status: RpcStatus, encoding: Encoding): Uint8Array {
  if (encoding === 'json') {
    const details = status.retryDelayMs === null ? [] : [{ '@type': retryInfoType, retryDelay: `${status.retryDelayMs / 1000}s` }];
    return encodeUtf8(JSON.stringify({ code: status.code, message: status.message, ...(details.length > 0 ? { details } : {}) }));
  }
  const writer = new ProtoWriter(128);
  if (status.code !== 0) { writer.tag(1, 0); writer.int64(status.code); }
  if (status.message !== '') writer.stringField(2, status.message);
  if (status.retryDelayMs !== null) {
    const any = writer.open(3);
    writer.stringField(1, retryInfoType);
    const value = writer.open(2);
    writeRetryInfo(writer, status.retryDelayMs);
    writer.close(value);
    writer.close(any);
  }
  return writer.finish();
}

function writeRetryInfo(writer: ProtoWriter, delayMs: number): void {
  const delay = writer.open(1);
  const seconds = Math.floor(delayMs / 1000);
  const nanos = Math.round((delayMs - seconds * 1000) * 1e6);
  if (seconds > 0) { writer.tag(1, 0); writer.varint(seconds); }
  if (nanos > 0) { writer.tag(2, 0); writer.varint(nanos); }
  writer.close(delay);
}

/** Reads what it can of a protobuf Status; null when the bytes are none. gRPC sends the same bytes in `grpc-status-details-bin`. */
export function decodeStatus(bytes: Uint8Array): RpcStatus | null {
  const reader = new ProtoReader().reset(bytes);
  let code = 0;
  let message = '';
  let retryDelayMs: number | null = null;
  while (reader.next()) {
    if (reader.field === 1 && reader.wire === 0) code = varintLow(bytes, reader.start) | 0;
    else if (reader.field === 2 && reader.wire === 2) message = decodeUtf8(bytes, reader.start, reader.end);
    else if (reader.field === 3 && reader.wire === 2) retryDelayMs = retryDelay(bytes, reader.start, reader.end) ?? retryDelayMs;
  }
  return reader.fault === null ? { code, message, retryDelayMs } : null;
}

function retryDelay(bytes: Uint8Array, start: number, end: number): number | null {
  const any = fields(bytes, start, end);
  const type = any.get(1);
  const value = any.get(2);
  if (type === undefined || value === undefined || decodeUtf8(bytes, type.start, type.end) !== retryInfoType) return null;
  const delay = fields(bytes, value.start, value.end).get(1);
  if (delay === undefined) return null;
  const parts = fields(bytes, delay.start, delay.end);
  return number(bytes, parts.get(1)) * 1000 + number(bytes, parts.get(2)) / 1e6;
}

interface Range { readonly start: number; readonly end: number; readonly wire: number }

function fields(bytes: Uint8Array, start: number, end: number): Map<number, Range> {
  const reader = new ProtoReader().reset(bytes, start, end);
  const found = new Map<number, Range>();
  while (reader.next()) found.set(reader.field, { start: reader.start, end: reader.end, wire: reader.wire });
  return found;
}

function number(bytes: Uint8Array, range: Range | undefined): number {
  return range === undefined || range.wire !== 0 ? 0 : varintHigh(bytes, range.start) * 0x1_0000_0000 + varintLow(bytes, range.start);
}
