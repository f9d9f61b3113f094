// An OTLP protobuf file as requests of one resource each: a request is one repeated field, so that a file of many is read field by field and
// never held whole.
import { ProtoReader, wireBytes, wireFixed64 } from '../../base/index.ts';
import type { Signal } from '../../model/index.ts';
import { codec } from '../../otlp/index.ts';
import { CommandFailure } from '../failure.ts';
import type { RecordedRequest } from './otlp-input.ts';

/** Of one resource with all of its records. */
const maxResourceBytes = 256 * 1024 * 1024;
const fieldTag = 0x0a;

/** @param signal null: what the first record looks like. Fails with the place of what is no OTLP. */
export async function* protobufRequests(name: string, chunks: AsyncIterable<Uint8Array>, signal: Signal | null): AsyncGenerator<RecordedRequest> {
  let held: Uint8Array = new Uint8Array(0);
  let offset = 0;
  let known = signal;
  for await (const chunk of chunks) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (let size = fieldSize(held, name, offset); size > 0 && size <= held.length; size = fieldSize(held, name, offset)) {
      const bytes = held.slice(0, size);
      known ??= signalOf(bytes);
      yield { signal: known, bytes: checked(known, bytes, name, offset) };
      held = held.subarray(size);
      offset += size;
    }
  }
  if (held.length > 0) throw notOtlp(name, `it ends in the middle of a resource at byte ${offset + held.length}`);
}

/** Bytes of the whole field that begins here; 0 while its length is not there yet. */
function fieldSize(held: Uint8Array, name: string, offset: number): number {
  if (held.length === 0) return 0;
  if (held[0] !== fieldTag) throw notOtlp(name, `byte ${offset} begins no resource`);
  let length = 0;
  for (let at = 1, scale = 1; at < 8; at++, scale *= 128) {
    if (at >= held.length) return 0;
    length += (held[at]! & 0x7f) * scale;
    if (held[at]! >= 0x80) continue;
    if (length > maxResourceBytes) throw notOtlp(name, `the resource at byte ${offset} would have ${length} bytes`);
    return at + 1 + length;
  }
  throw notOtlp(name, `the length at byte ${offset + 1} is none`);
}

function checked(signal: Signal, bytes: Uint8Array, name: string, offset: number): Uint8Array {
  const walked = codec.walk(signal, bytes);
  if (!walked.ok) throw notOtlp(name, `as ${signal}, the resource at byte ${offset} does not read: ${walked.error.message}`);
  return bytes;
}

const notOtlp = (name: string, why: string): CommandFailure => new CommandFailure({ code: 'cli.not-otlp', message: `${name} is no OTLP export request: ${why}.`, help: 'Give OTLP (protobuf or JSON) or one JSON object a line; --signal logs, spans or metrics says what protobuf holds.' });

/** By the first record: a log record begins with a time (field 1, fixed64) or has none; a span with a trace id of 16 bytes and a span id of 8; a metric with its name. */
export function signalOf(request: Uint8Array): Signal {
  const record = firstWithin(request, [1, 2, 2]);
  if (record === null) return 'logs';
  const reader = new ProtoReader();
  reader.reset(request, record.start, record.end);
  let ids = 0;
  let named = false;
  while (reader.next()) {
    if (reader.wire === wireFixed64 && reader.field === 1) return 'logs';
    if (reader.wire !== wireBytes) { if (reader.field === 2) return 'logs'; continue; }
    const size = reader.end - reader.start;
    if ((reader.field === 1 && size === 16) || (reader.field === 2 && size === 8)) ids++;
    else if (reader.field === 1) named = true;
  }
  return ids === 2 ? 'spans' : named ? 'metrics' : 'logs';
}

/** The first message at this path of fields. */
function firstWithin(bytes: Uint8Array, path: readonly number[]): { readonly start: number; readonly end: number } | null {
  let range = { start: 0, end: bytes.length };
  for (const field of path) {
    const reader = new ProtoReader();
    reader.reset(bytes, range.start, range.end);
    let found: typeof range | null = null;
    while (found === null && reader.next()) if (reader.field === field && reader.wire === wireBytes) found = { start: reader.start, end: reader.end };
    if (found === null) return null;
    range = found;
  }
  return range;
}
