// Telemetry of a file for `weir cost`, as export requests, one after the other: OTLP protobuf, OTLP JSON (one document, or one a line) or JSON
// lines of any logger, each gzipped or not, told apart by their first bytes. Held at a time: one chunk and one line or one resource.
import type { Signal } from '../../model/index.ts';
import { objectToProtobuf } from '../../otlp/index.ts';
import { CommandFailure } from '../failure.ts';
import { byteLines } from './byte-lines.ts';
import { CostRows } from './cost-rows.ts';
import { cannotRead, inputName, parseJson } from './input.ts';
import { unpackedChunks } from './mine-input.ts';
import { signalOfKey, type RecordedRequest } from './otlp-input.ts';
import { protobufRequests } from './cost-protobuf.ts';

const megabyte = 1024 * 1024;
/** Of a line, and of a JSON document that is no JSON line. */
const maxLineBytes = 64 * megabyte;
const maxDocumentBytes = 256 * megabyte;

export type CostInputKind = 'OTLP protobuf' | 'OTLP JSON' | 'JSON lines';
export interface CostInput { readonly requests: AsyncIterable<RecordedRequest>; /** Known once something was read. */ kind: CostInputKind | null; /** Lines, or elements of a document, that hold no record that can be read; passed over. */ unread: number; firstUnread: string }

/** @param signal of a protobuf file whose records do not show it; null: as they show */
export function costInput(path: string, signal: Signal | null): CostInput {
  const input: CostInput = { requests: requestsOf(), kind: null, unread: 0, firstUnread: '' };
  return input;

  async function* requestsOf(): AsyncGenerator<RecordedRequest> {
    try {
      const chunks = await peeked(unpackedChunks(path));
      if (isUtf16(chunks.head)) throw new CommandFailure({ code: 'cli.utf-16', message: `${inputName(path)} is UTF-16; text is read as UTF-8.`, help: `iconv -f UTF-16 -t UTF-8 ${path === '-' ? '' : `${path} `}| weir cost --input -` });
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

/** A protobuf request begins with the tag 0x0a, which is LF in text, and has control characters that are no blanks soon: the tag of an attribute's value
 *  is 0x12. Text may hold some as well (ESC), in lines that are no JSON. */
const isBinary = (head: Uint8Array): boolean => head[0] === 0x0a && head.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
/** By its byte order mark, or by a brace beside a zero. */
const isUtf16 = ([first, second]: Uint8Array): boolean => (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || (first === 0x7b && second === 0) || (first === 0 && second === 0x7b);

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

interface HeldLine { readonly number: number; readonly text: string }

/** Lines; when the first only begins a document, all of it is one. What turns out to be no document, though it began like one, was lines of which the first is
 *  broken: a file that was cut at its beginning. */
async function* jsonRequests(path: string, chunks: AsyncIterable<Uint8Array>, input: CostInput): AsyncGenerator<RecordedRequest> {
  const rows = new CostRows();
  let held: HeldLine[] | null = null;
  let heldBytes = 0;
  let isFirst = true;
  for await (const lines of byteLines(chunks, maxLineBytes)) {
    for (const { number, text } of lines) {
      if (text?.trim() === '') continue;
      if (isFirst && text !== null && /^\s*[{[]/.test(text) && objectOf(text) === undefined) held = [];
      isFirst = false;
      if (held === null) { yield* ofLine(path, { number, text }, rows, input); continue; }
      if (text !== null) held.push({ number, text });
      heldBytes += text?.length ?? 0;
      if (areLines(held, text !== null && heldBytes <= maxDocumentBytes)) {
        for (const line of held) yield* ofLine(path, line, rows, input);
        if (text === null) yield* ofLine(path, { number, text }, rows, input);
        held = null;
      } else if (text === null || heldBytes > maxDocumentBytes) throw tooLong(path);
    }
  }
  if (held !== null) yield* ofDocument(path, held, rows, input);
  yield* rows.take();
}

/** What began like a document is lines when the second line is a whole object and the first does not ask for one; or, once there is no hope for the
 *  document, when the second is one. */
function areLines(held: readonly HeldLine[], isHopeful: boolean): boolean {
  const [first, second] = held;
  if (second === undefined || (isHopeful && held.length > 2)) return false;
  return first!.text.trimStart().startsWith('{') && !(isHopeful && /[[{:,]\s*$/.test(first!.text)) && objectOf(second.text) !== undefined;
}

function* ofLine(path: string, { number, text }: { readonly number: number; readonly text: string | null }, rows: CostRows, input: CostInput): Generator<RecordedRequest> {
  const value = text === null ? undefined : objectOf(text);
  if (value === undefined) passOver(input, `line ${number}`, text === null ? `longer than ${maxLineBytes / megabyte} MiB` : 'no JSON object');
  else yield* ofPart(value, `line ${number}`, rows, input);
}

/** A part that cannot be read is passed over, and counted. */
function* ofPart(value: Record<string, unknown>, where: string, rows: CostRows, input: CostInput): Generator<RecordedRequest> {
  try {
    yield* ofObject(value, rows, input);
  } catch (failed) {
    if (!(failed instanceof CommandFailure)) throw failed;
    passOver(input, where, failed.message.replace(/\.$/, ''));
  }
}

function passOver(input: CostInput, where: string, why: string): void {
  if (input.unread++ === 0) input.firstUnread = `${where}: ${why}`;
}

function* ofDocument(path: string, held: readonly HeldLine[], rows: CostRows, input: CostInput): Generator<RecordedRequest> {
  let value: unknown;
  try {
    value = parseJson(held.map(({ text }) => text).join('\n'));
  } catch (failed) {
    if (areLines(held, false)) { for (const line of held) yield* ofLine(path, line, rows, input); return; }
    throw new CommandFailure({ code: 'cli.bad-json', message: `${inputName(path)} is neither JSON lines nor one JSON document: ${(failed as Error).message}.`, help: 'Give OTLP (protobuf or JSON) or one JSON object a line.' });
  }
  if (!Array.isArray(value)) { if (isObject(value)) yield* ofObject(value, rows, input, `${inputName(path)}: `); return; }
  for (const [i, one] of value.entries()) {
    if (isObject(one)) yield* ofPart(one, `element ${i + 1}`, rows, input);
    else passOver(input, `element ${i + 1}`, 'no JSON object');
  }
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

/** An export request, or the record of a logger. Fails when a request is none. */
function* ofObject(value: Record<string, unknown>, rows: CostRows, input: CostInput, where = ''): Generator<RecordedRequest> {
  const keys = Object.keys(value).filter((key) => signalOfKey.has(key));
  input.kind ??= keys.length > 0 ? 'OTLP JSON' : 'JSON lines';
  if (keys.length === 0) { yield* rows.add(value); return; }
  for (const key of keys) {
    const signal = signalOfKey.get(key)!;
    const converted = objectToProtobuf(signal, { [key]: value[key] });
    if (!converted.ok) throw new CommandFailure({ ...converted.error, message: `${where}${converted.error.message}` });
    yield { signal, bytes: converted.value };
  }
}

const tooLong = (path: string): CommandFailure => new CommandFailure({
  code: 'cli.too-long', message: `${inputName(path)} is one JSON document of more than ${maxDocumentBytes / megabyte} MiB.`,
  help: 'Write one export request a line (as the Collector\'s file exporter does): lines are read one by one.',
});
