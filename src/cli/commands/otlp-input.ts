// Recorded telemetry as export requests (protobuf bytes), whatever it was written as.
import { err, ok, type Result } from '../../base/index.ts';
import type { Signal } from '../../model/index.ts';
import { codec, columnsOf, objectToProtobuf, encodeLogs, type LogInput, type Value } from '../../otlp/index.ts';
import { CommandFailure, unwrap } from '../failure.ts';
import { inputName, readBytes, readJsonLines } from './input.ts';

export type InputFormat = 'otlp-json' | 'otlp-proto' | 'jsonl';
export interface RecordedRequest { readonly signal: Signal; readonly bytes: Uint8Array }

/** The member of an OTLP JSON request that holds its records. */
export const signalOfKey: ReadonlyMap<string, Signal> = new Map([['resourceLogs', 'logs'], ['resource_logs', 'logs'], ['resourceSpans', 'spans'], ['resource_spans', 'spans'], ['resourceMetrics', 'metrics'], ['resource_metrics', 'metrics']]);
const rowsPerRequest = 1000;

export async function* readRequests(path: string, format: InputFormat, signal: Signal): AsyncGenerator<RecordedRequest> {
  if (format === 'jsonl') yield* rowsAsRequests(path);
  else if (format === 'otlp-json') yield* jsonRequests(path);
  else yield protobufRequest(path, signal, await readBytes(path));
}

function protobufRequest(path: string, signal: Signal, bytes: Uint8Array): RecordedRequest {
  const walked = codec.walk(signal, bytes);
  if (!walked.ok) unwrap(err({ ...walked.error, message: `${inputName(path)} is not an OTLP ${signal} request: ${walked.error.message}`, help: 'Name the signal with --signal logs, spans or metrics if it is another.' }));
  return { signal, bytes };
}

/** One request as a whole document, or one a line (as the Collector's file exporter writes them). */
async function* jsonRequests(path: string): AsyncGenerator<RecordedRequest> {
  const name = inputName(path);
  const text = (await readBytes(path)).toString('utf8').replace(/^\uFEFF/, '');
  const whole = parseJson(text);
  if (whole.ok) {
    yield* requestOf(name, whole.value);
    return;
  }
  const lines = text.split('\n').map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => line.trim() !== '');
  for (const [index, { line, number }] of lines.entries()) {
    const parsed = parseJson(line);
    // A first line that is no document by itself: the file was meant as one document, and that one is broken.
    if (!parsed.ok) throw new CommandFailure({ code: 'cli.bad-json', message: `${index === 0 ? name : `${name}, line ${number}`}: not JSON (${index === 0 ? whole.error : parsed.error}).`, help: 'otlp-json is one export request, or one a line.' });
    yield* requestOf(`${name}, line ${number}`, parsed.value);
  }
}

function* requestOf(where: string, value: unknown): Generator<RecordedRequest> {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const known = keys.filter((key) => signalOfKey.has(key));
  if (known.length === 0) throw new CommandFailure({ code: 'cli.not-otlp', message: `${where} is not an OTLP export request: it has none of resourceLogs, resourceSpans, resourceMetrics.`, help: 'For plain rows use --format jsonl.' });
  for (const key of known) {
    const signal = signalOfKey.get(key)!;
    const converted = objectToProtobuf(signal, { [key]: (value as Record<string, unknown>)[key] });
    if (!converted.ok) throw new CommandFailure({ ...converted.error, message: `${where}: ${converted.error.message}` });
    yield { signal, bytes: converted.value };
  }
}

function parseJson(text: string): Result<unknown, string> {
  try { return ok(JSON.parse(text)); } catch (failed) { return err((failed as Error).message); }
}

/** Rows as log records: names of the Logs table are its columns, every other name becomes an attribute. */
async function* rowsAsRequests(path: string): AsyncGenerator<RecordedRequest> {
  let service = '';
  let rows: LogInput[] = [];
  const take = (): RecordedRequest => {
    const bytes = encodeLogs(service === '' ? {} : { 'service.name': service }, '', rows);
    rows = [];
    return { signal: 'logs', bytes };
  };
  for await (const row of readJsonLines(path)) {
    if (Object.keys(row).some((key) => signalOfKey.has(key))) throw new CommandFailure({ code: 'cli.not-rows', message: `${inputName(path)} holds OTLP export requests, not rows.`, help: 'Add --format otlp-json.' });
    const ofRow = typeof row['ServiceName'] === 'string' ? row['ServiceName'] : '';
    if (rows.length > 0 && (ofRow !== service || rows.length >= rowsPerRequest)) yield take();
    service = ofRow;
    rows.push(rowToLog(row));
  }
  if (rows.length > 0) yield take();
}

const columnNames = new Set(columnsOf('logs').map((column) => column.name));

function rowToLog(row: Record<string, unknown>): LogInput {
  const rest = Object.entries(row).filter(([name]) => !columnNames.has(name)) as [string, Value][];
  const bag = row['Attributes'];
  const text = (name: string): string | undefined => (typeof row[name] === 'string' ? row[name] as string : undefined);
  const time = timeOf(row['Timestamp']);
  return {
    ...(time === undefined ? {} : { timeUnixNano: time }),
    ...(typeof row['SeverityNumber'] === 'number' ? { severityNumber: row['SeverityNumber'] } : {}),
    severityText: text('SeverityText'), eventName: text('EventName'), body: row['Body'] as Value, traceId: text('TraceId'), spanId: text('SpanId'),
    attributes: { ...(typeof bag === 'object' && bag !== null ? bag as Record<string, Value> : {}), ...Object.fromEntries(rest) },
  };
}

/** ISO 8601, or a number of Unix nanoseconds, microseconds, milliseconds or seconds, told apart by size. */
function timeOf(value: unknown): bigint | undefined {
  if (typeof value === 'string') {
    const ms = Date.parse(value);
    if (Number.isNaN(ms)) return /^\d+$/.test(value) ? timeOf(Number(value)) : undefined;
    // Date.parse keeps milliseconds; the digits beyond them are added back.
    const digits = /\.(\d{4,9})/.exec(value)?.[1];
    return BigInt(ms) * 1_000_000n + (digits ? BigInt(digits.padEnd(9, '0').slice(3)) : 0n);
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  const scale = value > 1e17 ? 1 : value > 1e14 ? 1e3 : value > 1e11 ? 1e6 : 1e9;
  return BigInt(Math.round(value * scale));
}
