// Export{Logs,Trace,Metrics}ServiceResponse: field 1 partial_success with 1 rejected_{log_records,spans,data_points} (int64)
// and 2 error_message. The same numbers for all three signals; in JSON the name of the count differs.
import { decodeUtf8, encodeUtf8 } from '../../base/index.ts';
import { MalformedMessage, WireReader, WireWriter, wireLength, wireVarint } from '../../model/opamp/index.ts';
import type { Signal } from '../../model/index.ts';

export interface PartialSuccess { readonly rejected: number; readonly message: string }
export const fullSuccess: PartialSuccess = { rejected: 0, message: '' };

const rejectedName: Record<Signal, string> = { logs: 'rejectedLogRecords', spans: 'rejectedSpans', metrics: 'rejectedDataPoints' };
const nothing = new Uint8Array(0);
const emptyObject = encodeUtf8('{}');

export function encodeExportResponse(result: PartialSuccess): Uint8Array {
  if (isFull(result)) return nothing;
  const inner = new WireWriter();
  inner.tag(1, wireVarint);
  inner.varint(BigInt(result.rejected));
  inner.tag(2, wireLength);
  inner.text(result.message);
  const outer = new WireWriter();
  outer.tag(1, wireLength);
  outer.delimited(inner.finish());
  return outer.finish();
}

export function exportResponseJson(signal: Signal, result: PartialSuccess): Uint8Array {
  if (isFull(result)) return emptyObject;
  return encodeUtf8(JSON.stringify({ partialSuccess: { [rejectedName[signal]]: String(result.rejected), errorMessage: result.message } }));
}

const isFull = (result: PartialSuccess): boolean => result.rejected === 0 && result.message === '';

/** What a downstream said with its 200. An unreadable body counts as success: the status code is the promise. */
export function decodeExportResponse(contentType: string, body: Uint8Array): PartialSuccess {
  if (body.length === 0) return fullSuccess;
  try {
    return contentType.startsWith('application/json') ? fromJson(decodeUtf8(body)) : fromProtobuf(body);
  } catch (error) {
    if (error instanceof MalformedMessage || error instanceof SyntaxError) return fullSuccess;
    throw error;
  }
}

function fromProtobuf(body: Uint8Array): PartialSuccess {
  const reader = new WireReader(body);
  let result = fullSuccess;
  while (!reader.done) {
    const tag = Number(reader.varint());
    if (tag === 1 * 8 + wireLength) result = partialFrom(reader.nested());
    else reader.skip(tag & 7);
  }
  return result;
}

function partialFrom(reader: WireReader): PartialSuccess {
  let rejected = 0;
  let message = '';
  while (!reader.done) {
    const tag = Number(reader.varint());
    if (tag === 1 * 8 + wireVarint) rejected = atLeastZero(Number(BigInt.asIntN(64, reader.varint())));
    else if (tag === 2 * 8 + wireLength) message = reader.nested().text();
    else reader.skip(tag & 7);
  }
  return { rejected, message };
}

function fromJson(text: string): PartialSuccess {
  const parsed = JSON.parse(text) as { partialSuccess?: Record<string, unknown> } | null;
  const partial = parsed?.partialSuccess ?? {};
  const count = Object.values(rejectedName).map((name) => Number(partial[name] ?? 0)).find((value) => value > 0) ?? 0;
  return { rejected: atLeastZero(count), message: typeof partial['errorMessage'] === 'string' ? partial['errorMessage'] : '' };
}

const atLeastZero = (value: number): number => (Number.isFinite(value) && value > 0 ? value : 0);
