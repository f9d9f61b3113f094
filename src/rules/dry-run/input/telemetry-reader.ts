// A file or a pasted text, piece by piece, to export requests: OTLP as protobuf or JSON, one JSON a line (OTLP or records),
// or plain lines. What it is, is told by how it begins. Memory is bounded; what is past the bound is counted and said.
import { decodeUtf8, failure, ok, type Failure, type Result } from '../../../base/index.ts';
import { codec, columnId, type RequestView } from '../../../otlp/index.ts';
import type { DryRunRequest } from '../types.ts';
import { joined, requestOfLines, requestOfRecord } from './columns.ts';
import { isOtlpJson, requestsOfJson } from './otlp-json.ts';
import { requestsOfProtobuf } from './protobuf.ts';
import { splitRequest } from './split.ts';

export type TelemetryFormat = 'OTLP protobuf' | 'OTLP JSON' | 'JSON records' | 'plain lines';

export interface TelemetryInput {
  readonly format: TelemetryFormat;
  /** In order of time. */
  readonly requests: readonly DryRunRequest[];
  /** Of the records; 0 when none has a time. */
  readonly fromMs: number; readonly toMs: number;
  readonly records: number; readonly bytes: number;
  /** Lines that could not be read and were left out, with the first reason; and records past the bound. */
  readonly skipped: number; readonly firstProblem: string | null; readonly cutOff: boolean;
  /** Values that their column could not hold and that became attributes, with the first reason. */
  readonly setAside: number; readonly firstSetAside: string | null;
}

/** What is held in memory at most. */
export const inputLimits = { bytes: 512 << 20, records: 2_000_000, lineChars: 64 << 20 };
const batchRecords = 500;

type Mode = 'unknown' | 'binary' | 'text';
const newline = 0x0a;

export class TelemetryReader {
  readonly #nowMs: number;
  readonly #requests: DryRunRequest[] = [];
  #mode: Mode = 'unknown';
  /** What came and is not read yet: for binary all of it. */
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #batch: DryRunRequest[] = [];
  #plain: string[] = [];
  #formats = new Set<TelemetryFormat>();
  /** The text is one JSON document over many lines. */
  #document: string[] | null = null;
  #line = 0; #records = 0; #bytes = 0; #skipped = 0;
  #firstProblem: string | null = null;
  #cutOff = false;
  #setAside = 0;
  #firstSetAside: string | null = null;
  #fromMs = Infinity; #toMs = -Infinity;

  /** @param nowMs wall clock: the time of records that have none */
  constructor(nowMs: number) { this.#nowMs = nowMs; }

  /** True when no more is wanted: the bound is reached. */
  push(chunk: Uint8Array): boolean {
    if (chunk.length === 0 || this.#cutOff) return this.#cutOff;
    if (this.#mode === 'unknown') this.#mode = looksLikeText(chunk) ? 'text' : 'binary';
    this.#bytes += chunk.length;
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.length;
    if (this.#mode === 'text' && chunk.includes(newline)) this.#readLines(false);
    if (this.#records >= inputLimits.records || this.#pendingBytes > inputLimits.bytes) this.#cutOff = true;
    return this.#cutOff;
  }

  /** Errors: nothing in it could be read. The message says what is wrong and where. */
  end(): Result<TelemetryInput, Failure> {
    if (this.#mode === 'binary') return this.#binary();
    this.#readLines(true);
    const whole = this.#readDocument();
    if (!whole.ok) return whole;
    this.#flush();
    if (this.#records === 0) return failure('telemetry-empty', this.#firstProblem ?? 'There is nothing in it.', 'Give OTLP as protobuf or JSON, one JSON record a line, or plain lines of text.');
    return ok(this.#input([...this.#formats][0] ?? 'plain lines'));
  }

  #binary(): Result<TelemetryInput, Failure> {
    if (this.#cutOff) return failure('telemetry-large', `The file holds more than ${inputLimits.bytes >> 20} MiB of protobuf, which has to be read whole.`, 'Give a smaller file, or the same as JSON lines, of which the first part is read.');
    const requests = requestsOfProtobuf(concat(this.#pending), this.#nowMs);
    if (!requests.ok) return requests;
    for (const request of requests.value) this.#keep(request);
    return ok(this.#input('OTLP protobuf'));
  }

  #input(format: TelemetryFormat): TelemetryInput {
    const requests = this.#requests.toSorted((a, b) => a.sentAtMs - b.sentAtMs);
    return { format, requests, fromMs: this.#fromMs === Infinity ? 0 : this.#fromMs, toMs: this.#toMs === -Infinity ? 0 : this.#toMs, records: this.#records, bytes: this.#bytes, skipped: this.#skipped, firstProblem: this.#firstProblem, cutOff: this.#cutOff, setAside: this.#setAside, firstSetAside: this.#firstSetAside };
  }

  #readLines(last: boolean): void {
    const bytes = concat(this.#pending);
    const end = last ? bytes.length : bytes.lastIndexOf(newline) + 1;
    const rest = bytes.subarray(end);
    this.#pending = rest.length > 0 ? [rest] : [];
    this.#pendingBytes = rest.length;
    const lines = decodeUtf8(bytes, 0, end).split('\n');
    if (lines.at(-1) === '') lines.pop();
    for (const line of lines) this.#take(line.endsWith('\r') ? line.slice(0, -1) : line);
  }

  #take(line: string): void {
    this.#line++;
    if (this.#document !== null) { this.#document.push(line); this.#endDocument(line); return; }
    const text = line.trim();
    if (text === '' || this.#records >= inputLimits.records) return;
    if (!/^[{[]/.test(text)) { this.#takePlain(line); return; }
    const parsed = parse(text);
    if (parsed.ok) this.#takeJson(parsed.value);
    else if (text === '{' || text === '[' || (this.#records === 0 && this.#batch.length === 0 && this.#plain.length === 0 && this.#skipped === 0)) this.#document = [line];
    else this.#skip(parsed.error);
  }

  #takePlain(line: string): void {
    if (this.#formats.has('JSON records') || this.#formats.has('OTLP JSON')) { this.#skip('it is no JSON'); return; }
    this.#formats.add('plain lines');
    this.#plain.push(line);
    this.#records++;
    if (this.#plain.length >= batchRecords) this.#flush();
  }

  #takeJson(value: unknown): void {
    if (Array.isArray(value)) { for (const item of value) this.#takeJson(item); return; }
    const read = isOtlpJson(value) ? requestsOfJson(value, this.#nowMs) : isRecord(value) ? this.#recordRequest(value) : failure('records-json', 'it is no JSON object');
    if (!read.ok) { this.#skip(read.error.message); return; }
    if (isOtlpJson(value)) { this.#formats.add('OTLP JSON'); for (const request of read.value) this.#keep(request); return; }
    this.#formats.add('JSON records');
    this.#batch.push(...read.value);
    this.#records++;
    if (this.#batch.length >= batchRecords) this.#flush();
  }

  #recordRequest(value: Readonly<Record<string, unknown>>): Result<readonly DryRunRequest[], Failure> {
    const read = requestOfRecord(value, this.#nowMs);
    if (!read.ok) return read;
    const { request, setAside } = read.value;
    this.#setAside += setAside.length;
    if (setAside.length > 0) this.#firstSetAside ??= `Line ${this.#line.toLocaleString('en')}: ${setAside[0]!}`;
    return ok([request]);
  }

  /** Several documents over many lines may follow each other, as when records are copied one after the other: each ends where its first brace does. */
  #endDocument(line: string): void {
    if (this.#document === null || !/^[}\]],?\s*$/.test(line)) return;
    const parsed = parse(this.#document.join('\n').replace(/,\s*$/, ''));
    if (!parsed.ok) return;
    this.#document = null;
    this.#takeJson(parsed.value);
  }

  /** A document over many lines; its end must have come. */
  #readDocument(): Result<void, Failure> {
    if (this.#document === null) return ok(undefined);
    const parsed = parse(this.#document.join('\n'));
    this.#document = null;
    if (!parsed.ok) return failure('telemetry-json', `This is no JSON: ${parsed.error}.${this.#cutOff ? ' It was too long to be read whole.' : ''}`, 'Mend it there, or give one JSON object a line.');
    this.#line = 1;
    this.#takeJson(parsed.value);
    return ok(undefined);
  }

  #skip(why: string): void {
    this.#skipped++;
    this.#firstProblem ??= `Line ${this.#line.toLocaleString('en')}: ${why}`;
  }

  #flush(): void {
    for (const request of joined(this.#batch)) this.#hold(request);
    if (this.#plain.length > 0) this.#hold(requestOfLines(this.#plain, this.#nowMs));
    this.#batch = [];
    this.#plain = [];
  }

  #keep(request: DryRunRequest): void {
    for (const part of splitRequest(request)) this.#records += this.#hold(part);
  }

  /** How many records it holds. The wall clock of a run over a file is that of its records. */
  #hold(request: DryRunRequest): number {
    const walked = codec.walk(request.signal, request.bytes);
    if (!walked.ok) { this.#skip(walked.error.message); return 0; }
    const times = timesOf(walked.value);
    if (times !== null) { this.#fromMs = Math.min(this.#fromMs, times.fromMs); this.#toMs = Math.max(this.#toMs, times.toMs); }
    this.#requests.push({ ...request, sentAtMs: times?.toMs ?? request.sentAtMs });
    return walked.value.recordCount;
  }
}

/** Least and greatest time of its records; null when none has one. */
function timesOf(view: RequestView): { readonly fromMs: number; readonly toMs: number } | null {
  const cursor = codec.cursor();
  const column = columnId(view.signal, 'Timestamp');
  cursor.reset(view);
  let [fromMs, toMs] = [Infinity, -Infinity];
  for (let i = 0; i < view.recordCount; i++) {
    cursor.moveTo(i);
    const time = cursor.column(column);
    if (typeof time !== 'bigint' || time <= 0n) continue;
    const ms = Number(time / 1000n) / 1000;
    fromMs = Math.min(fromMs, ms);
    toMs = Math.max(toMs, ms);
  }
  return toMs === -Infinity ? null : { fromMs, toMs };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

function parse(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: string } {
  try { return { ok: true, value: JSON.parse(text) as unknown }; } catch (error) { return { ok: false, error: error instanceof Error ? error.message : String(error) }; }
}

/** Protobuf begins with a field tag and a length: among the first bytes is one that no text has. */
function looksLikeText(bytes: Uint8Array): boolean {
  const first = bytes.subarray(0, 512);
  // A tag of field 1 is a line feed, so a request may look like text for a few bytes.
  if (first[0] === newline && first.length > 2 && first[1] !== newline && first[1] !== 0x7b && first[1] !== 0x5b) return false;
  return !first.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b));
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { bytes.set(part, at); at += part.length; }
  return bytes;
}
