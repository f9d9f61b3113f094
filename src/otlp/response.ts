// What a receiver answers: Export{Logs,Trace,Metrics}ServiceResponse with its partial success, protobuf and JSON alike.
//   partial_success = 1 { rejected_{log_records,spans,data_points} = 1 (int64), error_message = 2 }
import { decodeUtf8, encodeUtf8, failure, ok, ProtoReader, ProtoWriter, signed64, varintHigh, varintLow, type Failure, type Result } from '../base/index.ts';
import type { Signal } from '../model/index.ts';

export type Encoding = 'protobuf' | 'json';

/** `rejected` records were refused for good and must not be sent again. 0 with a message is a warning about accepted data. */
export interface PartialSuccess { readonly rejected: number; readonly message: string }

const rejectedName: Readonly<Record<Signal, string>> = { logs: 'rejectedLogRecords', spans: 'rejectedSpans', metrics: 'rejectedDataPoints' };

/** The response body; null says that everything was accepted. */
export function encodeResponse(signal: Signal, partial: PartialSuccess | null, encoding: Encoding): Uint8Array {
  if (encoding === 'json') {
    return encodeUtf8(JSON.stringify(partial === null ? {} : { partialSuccess: { [rejectedName[signal]]: String(partial.rejected), errorMessage: partial.message } }));
  }
  const writer = new ProtoWriter(64);
  if (partial !== null) {
    const mark = writer.open(1);
    if (partial.rejected !== 0) { writer.tag(1, 0); writer.int64(partial.rejected); }
    if (partial.message !== '') writer.stringField(2, partial.message);
    writer.close(mark);
  }
  return writer.finish();
}

/** Null when everything was accepted. The code of a failure is `otlp-response`. */
export function decodeResponse(signal: Signal, bytes: Uint8Array, encoding: Encoding): Result<PartialSuccess | null, Failure> {
  const partial = encoding === 'json' ? fromJson(signal, bytes) : fromProtobuf(bytes);
  if (!partial.ok || partial.value === null) return partial;
  return partial.value.rejected === 0 && partial.value.message === '' ? ok(null) : partial;
}

const unreadable = (why: string): Result<never, Failure> =>
  failure('otlp-response', `The receiver's answer is not an OTLP response: ${why}.`, 'Check that the exporter points at an OTLP endpoint.');

function fromProtobuf(bytes: Uint8Array): Result<PartialSuccess | null, Failure> {
  const outer = new ProtoReader().reset(bytes);
  const inner = new ProtoReader();
  let partial: PartialSuccess | null = null;
  while (outer.next()) {
    if (outer.field !== 1 || outer.wire !== 2) continue;
    let rejected: number = partial?.rejected ?? 0;
    let message: string = partial?.message ?? '';
    inner.reset(bytes, outer.start, outer.end);
    while (inner.next()) {
      if (inner.field === 1 && inner.wire === 0) rejected = Number(signed64(varintLow(bytes, inner.start), varintHigh(bytes, inner.start)));
      else if (inner.field === 2 && inner.wire === 2) message = decodeUtf8(bytes, inner.start, inner.end);
    }
    if (inner.fault !== null) return unreadable(`${inner.fault}, at byte ${inner.faultAt}`);
    partial = { rejected, message };
  }
  return outer.fault === null ? ok(partial) : unreadable(`${outer.fault}, at byte ${outer.faultAt}`);
}

function fromJson(signal: Signal, bytes: Uint8Array): Result<PartialSuccess | null, Failure> {
  let document: unknown;
  try {
    document = bytes.length === 0 ? {} : JSON.parse(decodeUtf8(bytes));
  } catch {
    return unreadable('it is not JSON');
  }
  const partial = (document as { partialSuccess?: Record<string, unknown> | null } | null)?.partialSuccess;
  if (typeof partial !== 'object' || partial === null) return ok(null);
  const rejected = Number(partial[rejectedName[signal]] ?? 0);
  const message = partial['errorMessage'];
  return ok({ rejected: Number.isFinite(rejected) ? rejected : 0, message: typeof message === 'string' ? message : '' });
}
