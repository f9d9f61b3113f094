// One record a line, as JSON with the columns of Logs, Spans or Metrics, or any other JSON object: names that are no
// columns are attributes; what the console itself copies out comes back in. And plain lines of text, each the body of a log record.
import { failure, ok, type Failure, type Result } from '../../../base/index.ts';
import type { Signal } from '../../../model/index.ts';
import { columnsOf, encodeLogs } from '../../../otlp/index.ts';
import { encodeRecord } from '../../tests/index.ts';
import type { DryRunRequest } from '../types.ts';

type Members = Readonly<Record<string, unknown>>;

const signals: ReadonlySet<unknown> = new Set<Signal>(['logs', 'spans', 'metrics']);
const signalOf: Readonly<Record<string, Signal>> = { Logs: 'logs', Spans: 'spans', Metrics: 'metrics' };

/** By its name, as a test (`table`) or a record copied from the tail (`signal`) gives it; else by what only spans or points have. */
export function tableOf(record: Members): Signal {
  const { table, signal } = record;
  if (typeof table === 'string' && signalOf[table] !== undefined) return signalOf[table];
  if (signals.has(signal)) return signal as Signal;
  if ('MetricName' in record) return 'metrics';
  return 'Name' in record && ['Duration', 'Kind', 'StatusCode', 'ParentSpanId', 'EndTimestamp'].some((name) => name in record) ? 'spans' : 'logs';
}

export interface ReadRecord {
  readonly request: DryRunRequest;
  /** What was in a column that cannot hold it and became an attribute, a sentence each. */
  readonly setAside: readonly string[];
}

/** No record is refused for one of its fields: a name that is no column, or a value that its column cannot hold, is an attribute. */
export function requestOfRecord(record: Members, sentAtMs: number): Result<ReadRecord, Failure> {
  const signal = tableOf(record);
  const time = BigInt(Math.round(sentAtMs)) * 1_000_000n;
  const setAside: string[] = [];
  let columns = asColumns(record, signal);
  for (;;) {
    const bytes = encodeRecord(signal, columns, time);
    if (bytes.ok) return ok({ request: { signal, bytes: bytes.value, sentAtMs }, setAside });
    const { field, message, help } = bytes.error;
    if (field === null || !(field in columns)) return failure('records-json', message, help);
    setAside.push(message);
    const { [field]: value, Attributes: attributes, ...rest } = columns;
    columns = { ...rest, Attributes: { ...(attributes as Members | undefined), [field]: value } };
  }
}

/** Made from other columns, by the codec. */
const derived = 'DurableId';
const numeric: ReadonlySet<string> = new Set(['int', 'long', 'real']);

/** Columns by their names, everything else among the attributes. Numbers written as text, as copies write those beyond 2^53, are numbers. */
function asColumns(record: Members, signal: Signal): Members {
  const types = new Map<string, string>(columnsOf(signal).map(({ name, type }) => [name, type]));
  const copied = signals.has(record['signal']);
  const attributes: Record<string, unknown> = {};
  const columns: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record)) {
    if (name === derived || (name === 'table' && typeof value === 'string' && signalOf[value] !== undefined) || (copied && (name === 'signal' || name === 'agent'))) continue;
    const type = types.get(name);
    if (name === 'Attributes' && isMembers(value)) Object.assign(attributes, value);
    else if (type === undefined || name === 'Attributes') attributes[name] = value;
    else columns[name] = numeric.has(type) || type === 'timespan' ? numberOf(value) : value;
  }
  return Object.keys(attributes).length > 0 ? { ...columns, Attributes: attributes } : columns;
}

const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
const numberOf = (value: unknown): unknown => (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value);

export function requestOfLines(lines: readonly string[], sentAtMs: number): DryRunRequest {
  const timeUnixNano = BigInt(Math.round(sentAtMs)) * 1_000_000n;
  return { signal: 'logs', sentAtMs, bytes: encodeLogs({}, '', lines.map((body) => ({ timeUnixNano, body }))) };
}

/** Requests end to end are one request: few large ones run faster than many small ones. Signals stay apart, order within each stays. */
export function joined(requests: readonly DryRunRequest[]): readonly DryRunRequest[] {
  const bySignal = Map.groupBy(requests, (request) => request.signal);
  return [...bySignal.values()].map((group) => ({ ...group[0]!, bytes: concat(group.map((request) => request.bytes)) }));
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { bytes.set(part, at); at += part.length; }
  return bytes;
}
