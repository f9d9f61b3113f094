// OTLP protobuf: one export request, or many, each behind its length as four bytes, big-endian, as the OpenTelemetry
// Collector's file exporter writes them. Which signal it is, is told by the first record: requests do not say.
import { failure, ok, ProtoReader, wireBytes, wireFixed64, type Failure, type Result } from '../../../base/index.ts';
import type { Signal } from '../../../model/index.ts';
import { codec, type RequestView } from '../../../otlp/index.ts';
import type { DryRunRequest } from '../types.ts';

const help = 'Give an OTLP export request as protobuf or JSON, or a file of the OpenTelemetry Collector\'s file exporter.';

/** The code is `otlp-protobuf`; the message says at which byte. */
export function requestsOfProtobuf(bytes: Uint8Array, sentAtMs: number): Result<readonly DryRunRequest[], Failure> {
  if (bytes.length === 0) return failure('otlp-protobuf', 'There is nothing in it.', help);
  const lengths = framesOf(bytes);
  const parts = lengths ?? [bytes];
  const requests: DryRunRequest[] = [];
  for (const part of parts) {
    const signal = signalOf(part);
    if (!signal.ok) return signal;
    requests.push({ signal: signal.value, bytes: part, sentAtMs });
  }
  return ok(requests);
}

/** The messages behind their lengths; null when the lengths do not add up to the whole. */
function framesOf(bytes: Uint8Array): readonly Uint8Array[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const frames: Uint8Array[] = [];
  let at = 0;
  while (at + 4 <= bytes.length) {
    const length = view.getUint32(at);
    if (length === 0 || at + 4 + length > bytes.length) return null;
    frames.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return at === bytes.length ? frames : null;
}

function signalOf(bytes: Uint8Array): Result<Signal, Failure> {
  const walked = codec.walk('logs', bytes);
  if (!walked.ok) return failure('otlp-protobuf', `This is no OTLP export request: ${walked.error.message}`, help);
  const signal = walked.value.recordCount === 0 ? 'logs' : signalOfFirst(walked.value);
  const right = signal === null ? null : codec.walk(signal, bytes);
  return signal !== null && right?.ok === true ? ok(signal) : failure('otlp-protobuf', 'This is no OTLP export request of logs, spans or metrics: its first record has the fields of none of them.', help);
}

/** Framing is the same in all three. A span has its times in fields 7 and 8; a metric its name in 1 and its data as a message; a log record times in 1 or 11. */
function signalOfFirst(view: RequestView): Signal | null {
  const wires = wiresOf(view);
  if (wires === null) return null;
  const has = (wire: number, ...fields: number[]): boolean => fields.some((field) => wires.get(field) === wire);
  if (has(wireFixed64, 7, 8)) return 'spans';
  if (has(wireBytes, 1)) return has(wireBytes, 5, 7, 9, 10, 11) ? 'metrics' : 'spans';
  return 'logs';
}

/** Wire type by field of the first record; null when it is no message. */
function wiresOf(view: RequestView): ReadonlyMap<number, number> | null {
  const reader = new ProtoReader().reset(view.bytes, view.recordStart(0), view.recordEnd(0));
  const wires = new Map<number, number>();
  while (reader.next()) wires.set(reader.field, reader.wire);
  return reader.fault === null ? wires : null;
}
