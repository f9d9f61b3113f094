// Records of arbitrary loggers as OTLP log records: what pino, bunyan, winston, zap, slog, structlog, Serilog, ECS and Weir's own tables call
// time, severity, message, service and event. Whatever else a row holds are attributes.
import { encodeLogs, type LogInput, type Value } from '../../otlp/index.ts';
import type { RecordedRequest } from './otlp-input.ts';
import { timeOf } from './cost-time.ts';

type Row = Readonly<Record<string, unknown>>;

const names = {
  time: ['Timestamp', 'timestamp', 'time', 'ts', '@timestamp', '@t', 'date', 'datetime', 't', 'TimeGenerated'],
  severity: ['SeverityNumber', 'severity_number', 'severityNumber', 'SeverityText', 'level', 'severity', 'lvl', 'loglevel', 'log_level', 'log.level', 'levelname', '@l', 'Level'],
  body: ['Body', 'body', 'message', 'msg', 'text', 'log', 'Message', '@m', '@mt', 'event'],
  service: ['ServiceName', 'service.name', 'service_name', 'serviceName', 'service', 'app', 'application'],
  version: ['service.version', 'service_version', 'serviceVersion', 'version'],
  event: ['EventName', 'event_name', 'eventName', 'event.name'],
  scope: ['ScopeName', 'logger', 'logger_name', 'loggerName', 'log.logger'],
  traceId: ['TraceId', 'trace_id', 'traceId', 'trace.id'], spanId: ['SpanId', 'span_id', 'spanId', 'span.id'],
} as const;
type Part = keyof typeof names;
const rowsPerRequest = 1000;

interface Group { readonly resource: Readonly<Record<string, Value>>; readonly scope: string; readonly rows: LogInput[] }
/** Services and loggers of which rows wait to be put together. */
const mostGroups = 64;

export class CostRows {
  readonly #groups = new Map<string, Group>();

  /** Gives a request when one is full. */
  *add(row: Row): Generator<RecordedRequest> {
    const { resource, scope, record } = logOf(row);
    const key = JSON.stringify([resource, scope]);
    let group = this.#groups.get(key);
    if (group === undefined) {
      if (this.#groups.size >= mostGroups) yield* this.take();
      this.#groups.set(key, (group = { resource, scope, rows: [] }));
    }
    group.rows.push(record);
    if (group.rows.length < rowsPerRequest) return;
    this.#groups.delete(key);
    yield requestOf(group);
  }

  /** What is left. */
  *take(): Generator<RecordedRequest> {
    for (const group of this.#groups.values()) yield requestOf(group);
    this.#groups.clear();
  }
}

const requestOf = ({ resource, scope, rows }: Group): RecordedRequest => ({ signal: 'logs', bytes: encodeLogs(resource, scope, rows) });

export function logOf(row: Row): { readonly resource: Readonly<Record<string, Value>>; readonly scope: string; readonly record: LogInput } {
  const used = new Used();
  const take = (part: Part): unknown => {
    for (const name of names[part]) {
      const value = at(row, name);
      if (value === undefined || value === null || !fits[part](value, name)) continue;
      if (Object.hasOwn(row, name)) used.add(name); else used.addWithin(...outerAndRest(name));
      return value;
    }
    return undefined;
  };
  const time = timeOf(take('time'));
  const severity = severityOf(take('severity'));
  // pino and bunyan call the program `name`, beside its process and machine.
  const own = take('service') ?? (isText(row['name']) && 'pid' in row && 'hostname' in row ? row['name'] : undefined);
  if (own !== undefined && own === row['name']) used.add('name');
  const [service, version, scope] = [own, take('version'), take('scope')].map(text);
  const [event, traceId, spanId] = [take('event'), take('traceId'), take('spanId')].map(text);
  const body = take('body') as Value | undefined;
  return {
    resource: { ...resourceOf(row, used), ...(service === undefined ? {} : { 'service.name': service }), ...(version === undefined ? {} : { 'service.version': version }) }, scope: scope ?? '',
    record: {
      ...(time === undefined ? {} : { timeUnixNano: time }), ...severity, ...(event === undefined ? {} : { eventName: event }), ...(body === undefined ? {} : { body }),
      ...(traceId === undefined ? {} : { traceId }), ...(spanId === undefined ? {} : { spanId }), attributes: attributesOf(row, used),
    },
  };
}

/** `service.name` as a key, or as a key within a key. */
function at(row: Row, name: string): unknown {
  if (Object.hasOwn(row, name)) return row[name];
  if (!name.includes('.')) return undefined;
  const [key, rest] = outerAndRest(name);
  const outer = Object.hasOwn(row, key) ? row[key] : undefined;
  return isBag(outer) && Object.hasOwn(outer, rest) ? outer[rest] : undefined;
}

const outerAndRest = (name: string): [outer: string, rest: string] => [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)];
const isBag = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What of a row became a part of the record; the rest is attributes. */
class Used {
  readonly #whole = new Set<string>();
  readonly #within = new Map<string, Set<string>>();

  add(key: string): void { this.#whole.add(key); }

  addWithin(outer: string, key: string): void { this.#within.set(outer, (this.#within.get(outer) ?? new Set()).add(key)); }

  /** What is left of a value; undefined when nothing is. */
  left(key: string, value: unknown): unknown {
    if (this.#whole.has(key)) return undefined;
    const within = this.#within.get(key);
    if (within === undefined || !isBag(value)) return value;
    const rest = Object.entries(value).filter(([name]) => !within.has(name));
    return rest.length === 0 ? undefined : Object.fromEntries(rest);
  }
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isHex = (digits: number) => (value: unknown): boolean => typeof value === 'string' && value.length === digits && /^[0-9a-fA-F]+$/.test(value);
const fits: Readonly<Record<Part, (value: unknown, name: string) => boolean>> = {
  time: (value) => timeOf(value) !== undefined, severity: (value) => severityOf(value).severityNumber !== undefined || severityOf(value).severityText !== undefined,
  // Others have objects under these names that are no message (ECS: `log`, `event`).
  body: (value, name) => value !== '' && (typeof value !== 'object' || /^body$/i.test(name)), service: isText, version: isText, event: isText, scope: isText, traceId: isHex(32), spanId: isHex(16),
};

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const byName: readonly (readonly [RegExp, number])[] = [
  [/^(trace|verbose|silly|finest)/i, 1], [/^(debug|dbg|fine|d$)/i, 5], [/^(info|notice|log|i$)/i, 9], [/^(warn|wrn|w$)/i, 13], [/^(err|severe|e$)/i, 17], [/^(fatal|crit|alert|emerg|panic|dpanic|f$)/i, 21],
];

/** Names of any logger; numbers up to 24 are OpenTelemetry's, 10 to 60 in tens pino's and bunyan's. */
function severityOf(value: unknown): Pick<LogInput, 'severityNumber' | 'severityText'> {
  if (typeof value === 'number' && Number.isInteger(value)) {
    if (value % 10 === 0 && value >= 10 && value <= 60) return { severityNumber: (value / 10 - 1) * 4 + 1 };
    return value >= 1 && value <= 24 ? { severityNumber: value } : {};
  }
  if (typeof value !== 'string' || value === '' || value.length > 20) return {};
  const number = byName.find(([pattern]) => pattern.test(value))?.[1];
  return { ...(number === undefined ? {} : { severityNumber: number }), severityText: value };
}

const bags = ['Attributes', 'attributes'];

/** Rows of Weir's own tables: their columns are parts of the record, and those that are worked out of others are not what came. */
const isTableRow = (row: Row): boolean => Object.hasOwn(row, 'ServiceName') && Object.hasOwn(row, 'Timestamp');

function resourceOf(row: Row, used: Used): Readonly<Record<string, Value>> {
  if (!isTableRow(row)) return {};
  for (const workedOut of ['DurableId', 'ObservedTimestamp']) used.add(workedOut);
  if (!isBag(row['Resource'])) return {};
  used.add('Resource');
  return row['Resource'] as Readonly<Record<string, Value>>;
}

function attributesOf(row: Row, used: Used): Readonly<Record<string, Value>> {
  const entries: [string, Value][] = [];
  for (const [key, value] of Object.entries(row)) {
    const left = used.left(key, value);
    if (left === undefined) continue;
    if (bags.includes(key) && isBag(left)) entries.push(...(Object.entries(left) as [string, Value][]));
    else entries.push([key, left as Value]);
  }
  return Object.fromEntries(entries);
}
