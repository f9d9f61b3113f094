// Telemetry of a file for `weir cost`, as export requests, one after the other: OTLP protobuf, OTLP JSON (one document, or one a line) or JSON
// lines of any logger, each gzipped or not, told apart by their first bytes. Held at a time: one chunk and one line or one resource.
import type { Signal } from '../../model/index.ts';
import { objectToProtobuf } from '../../otlp/index.ts';
import { CommandFailure } from '../failure.ts';
import { byteLines } from './byte-lines.ts';
import { CostRows } from './cost-rows.ts';
import { cannotRead, inputName, parseJson } from './input.ts';
import { unpackedChunks } from './mine-input.ts';
import type { RecordedRequest } from './otlp-input.ts';
import { protobufRequests } from './cost-protobuf.ts';

const megabyte = 1024 * 1024;
/** Of a line, and of a JSON document that is no JSON line. */
const maxLineBytes = 64 * megabyte;
const maxDocumentBytes = 256 * megabyte;

export type CostInputKind = 'OTLP protobuf' | 'OTLP JSON' | 'JSON lines';
export interface CostInput { readonly requests: AsyncIterable<RecordedRequest>; /** Known once something was read. */ kind: CostInputKind | null; /** Lines that are no JSON object, passed over. */ unread: number; firstUnread: string }

/** @param signal of a protobuf file whose records do not show it; null: as they show */
export function costInput(path: string, signal: Signal | null): CostInput {
  const input: CostInput = { requests: requestsOf(), kind: null, unread: 0, firstUnread: '' };
  return input;

  async function* requestsOf(): AsyncGenerator<RecordedRequest> {
    try {
      const chunks = await peeked(unpackedChunks(path));
      if (isBinary(chunks.head)) {
        input.kind = 'OTLP protobuf';
        yield* protobufRequests(inputName(path), chunks.all, signal);
      } else yield* jsonRequests(path, chunks.all, input);
    } catch (failed) {
      throw told(path, failed);
    }
  }
}

const told = (path: string, failed: unknown): unknown => (failed instanceof CommandFailure || (failed as NodeJS.ErrnoException).code === undefined ? failed : cannotRead(path, failed));

/** Text has no control characters but blanks; a protobuf request has some in its first bytes: the tag of an attribute's value is 0x12. */
const isBinary = (head: Uint8Array): boolean => head.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);

/** Enough to tell formats apart. */
const headBytes = 64;

/** The first bytes, and all of them. */
async function peeked(stream: AsyncIterable<Uint8Array>): Promise<{ readonly head: Uint8Array; readonly all: AsyncIterable<Uint8Array> }> {
  const chunks = stream[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let size = 0;
  while (size < headBytes) {
    const next = await chunks.next();
    if (next.done) break;
    held.push(next.value);
    size += next.value.length;
  }
  return { head: Buffer.concat(held).subarray(0, headBytes), all: joined(held, chunks) };
}

async function* joined(held: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* held;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

const signalOfKey: Readonly<Record<string, Signal>> = { resourceLogs: 'logs', resource_logs: 'logs', resourceSpans: 'spans', resource_spans: 'spans', resourceMetrics: 'metrics', resource_metrics: 'metrics' };

/** Lines; when the first only begins a document, all of it is one. */
async function* jsonRequests(path: string, chunks: AsyncIterable<Uint8Array>, input: CostInput): AsyncGenerator<RecordedRequest> {
  const rows = new CostRows();
  let document: string[] | null = null;
  let documentBytes = 0;
  let isFirst = true;
  for await (const lines of byteLines(chunks, maxLineBytes)) {
    for (const { number, text } of lines) {
      if (text?.trim() === '') continue;
      const value = text === null ? undefined : objectOf(text);
      if (isFirst && value === undefined && /^\s*[{[]/.test(text ?? '')) document = [];
      isFirst = false;
      if (document !== null) {
        documentBytes += (text ?? '').length;
        if (text === null || documentBytes > maxDocumentBytes) throw tooLong(path);
        document.push(text);
        continue;
      }
      if (value === undefined) { if (input.unread++ === 0) input.firstUnread = `line ${number}: ${text === null ? `longer than ${maxLineBytes / megabyte} MiB` : 'no JSON object'}`; continue; }
      yield* ofObject(value, `${inputName(path)}, line ${number}`, rows, input);
    }
  }
  if (document !== null) yield* ofDocument(path, document.join('\n'), rows, input);
  yield* rows.take();
}

function* ofDocument(path: string, text: string, rows: CostRows, input: CostInput): Generator<RecordedRequest> {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (failed) {
    throw new CommandFailure({ code: 'cli.bad-json', message: `${inputName(path)} is neither JSON lines nor one JSON document: ${(failed as Error).message}.`, help: 'Give OTLP (protobuf or JSON) or one JSON object a line.' });
  }
  const objects = Array.isArray(value) ? value : [value];
  for (const [i, one] of objects.entries()) if (isObject(one)) yield* ofObject(one, objects.length === 1 ? inputName(path) : `${inputName(path)}, element ${i + 1}`, rows, input);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value = parseJson(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** An export request, or the record of a logger. */
function* ofObject(value: Record<string, unknown>, where: string, rows: CostRows, input: CostInput): Generator<RecordedRequest> {
  const keys = Object.keys(value).filter((key) => signalOfKey[key] !== undefined);
  input.kind ??= keys.length > 0 ? 'OTLP JSON' : 'JSON lines';
  if (keys.length === 0) { yield* rows.add(value); return; }
  for (const key of keys) {
    const signal = signalOfKey[key]!;
    const converted = objectToProtobuf(signal, { [key]: value[key] });
    if (!converted.ok) throw new CommandFailure({ ...converted.error, message: `${where}: ${converted.error.message}` });
    yield { signal, bytes: converted.value };
  }
}

const tooLong = (path: string): CommandFailure => new CommandFailure({
  code: 'cli.too-long', message: `${inputName(path)} is one JSON document of more than ${maxDocumentBytes / megabyte} MiB.`,
  help: 'Write one export request a line (as the Collector\'s file exporter does): lines are read one by one.',
});
