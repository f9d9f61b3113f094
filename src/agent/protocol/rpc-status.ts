// google.rpc.Status (1 code, 2 message, 3 details as google.protobuf.Any) and google.rpc.RetryInfo (1 retry_delay as
// Duration: 1 seconds, 2 nanos), the error body that the OTLP specification asks for.
import { decodeUtf8, encodeUtf8 } from '../../base/index.ts';
import { MalformedMessage, WireReader, WireWriter, wireLength, wireVarint } from '../../model/opamp/index.ts';

export const rpcCodes = { unknown: 2, invalidArgument: 3, resourceExhausted: 8, unimplemented: 12, internal: 13, unavailable: 14 } as const;

export interface RpcStatus { readonly code: number; readonly message: string; readonly retryAfterSeconds?: number }

export function encodeRpcStatus(status: RpcStatus): Uint8Array {
  const writer = new WireWriter();
  writer.tag(1, wireVarint);
  writer.varint(BigInt(status.code));
  writer.tag(2, wireLength);
  writer.text(status.message);
  if (status.retryAfterSeconds !== undefined) {
    writer.tag(3, wireLength);
    writer.delimited(retryInfoAny(status.retryAfterSeconds));
  }
  return writer.finish();
}

export const rpcStatusJson = (status: RpcStatus): Uint8Array => encodeUtf8(JSON.stringify({ code: status.code, message: status.message }));

function retryInfoAny(seconds: number): Uint8Array {
  const any = new WireWriter();
  any.tag(1, wireLength);
  any.text('type.googleapis.com/google.rpc.RetryInfo');
  any.tag(2, wireLength);
  any.delimited(message(1, message(1, Math.floor(seconds))));
  return any.finish();
}

/** A message with one field: a varint for a number, a sub-message for bytes. */
function message(field: number, value: number | Uint8Array): Uint8Array {
  const writer = new WireWriter();
  if (typeof value === 'number') { writer.tag(field, wireVarint); writer.varint(BigInt(value)); }
  else { writer.tag(field, wireLength); writer.delimited(value); }
  return writer.finish();
}

/** The words of a downstream's error body, whatever its encoding; empty when it has none that can be read. */
export function errorText(contentType: string, body: Uint8Array): string {
  if (body.length === 0) return '';
  if (contentType.startsWith('application/json')) return jsonMessage(decodeUtf8(body));
  if (contentType.startsWith('application/x-protobuf')) return protobufMessage(body);
  return clip(decodeUtf8(body));
}

function jsonMessage(text: string): string {
  try {
    const parsed: unknown = JSON.parse(text);
    const message = parsed !== null && typeof parsed === 'object' && 'message' in parsed ? parsed.message : undefined;
    return clip(typeof message === 'string' ? message : text);
  } catch {
    return clip(text);
  }
}

function protobufMessage(body: Uint8Array): string {
  try {
    const reader = new WireReader(body);
    let message = '';
    while (!reader.done) {
      const tag = Number(reader.varint());
      if (tag === 2 * 8 + wireLength) message = reader.nested().text();
      else reader.skip(tag & 7);
    }
    return clip(message);
  } catch (error) {
    if (error instanceof MalformedMessage) return '';
    throw error;
  }
}

/** One line of at most 300 characters: it is shown to people in status lists. */
const clip = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 300);
