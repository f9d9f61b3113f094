// What the editor knows of the script's world, as TypeScript declarations: columns from the wire's own tables, actions and their
// parameters from the model, the rest by hand. The one description of `record` and `weir`; documentation quotes it.
import { z } from 'zod';
import { actionNames, actionParameters, type Signal } from '../../model/index.ts';
import { columnsOf, type ColumnDefinition } from '../../otlp/index.ts';
import { defaultLanguageLimits as limits } from './types.ts';

/** What a column's value is in the script; every one may be missing, and then is null. */
const columnTypes: Readonly<Record<ColumnDefinition['type'], string>> = { string: 'string', int: 'number', long: 'number | string', real: 'number', datetime: 'string', timespan: 'number', dynamic: 'Value' };
const typeOf = ({ name, type }: ColumnDefinition): string => (name === 'Attributes' || name === 'Resource' ? 'Attributes' : `${columnTypes[type]} | null`);

const record = (name: string, signal: Signal): string =>
  `interface ${name} {\n${columnsOf(signal).map((column) => `  /** ${column.doc}${column.type === 'timespan' ? ' Milliseconds.' : ''} */\n  readonly ${column.name}: ${typeOf(column)};\n`).join('')}}\n`;

interface JsonSchema { readonly type?: string; readonly enum?: readonly unknown[]; readonly items?: JsonSchema; readonly properties?: Readonly<Record<string, JsonSchema>>; readonly required?: readonly string[] }

function schemaText(schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  if (schema.type === 'array') return `(${schemaText(schema.items ?? {})})[]`;
  if (schema.properties !== undefined) return `{ ${Object.entries(schema.properties).map(([name, one]) => `${name}${schema.required?.includes(name) === true ? '' : '?'}: ${schemaText(one)}`).join('; ')} }`;
  return schema.type === 'string' ? 'string' : schema.type === 'boolean' ? 'boolean' : schema.type === 'integer' || schema.type === 'number' ? 'number' : '{}';
}

const actions = actionNames.map((name) => `  ${JSON.stringify(name)}: ${schemaText(z.toJSONSchema(actionParameters[name]) as JsonSchema)};\n`).join('');

export const languageTypes = `/** What an attribute or a body holds. Integers beyond 2^53 are text, bytes are base64. */
type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };
type Attributes = { readonly [key: string]: Value };

/** A log record with the columns that KQL knows. Frozen: a rule cannot change or drop it. Times are ISO 8601 text. */
${record('LogRecord', 'logs')}
/** A span, when it has ended. */
${record('SpanRecord', 'spans')}
/** One data point of a metric. */
${record('MetricRecord', 'metrics')}
/** Diagnostic actions and what they may be told. Durations are in milliseconds, sizes in bytes. */
interface Actions {
${actions}}

interface NewRecord {
  /** The name that identifies the kind of event. A record needs this or a Body. */
  EventName?: string;
  Body?: unknown;
  /** 1-4 trace, 5-8 debug, 9-12 info (9 when left out), 13-16 warn, 17-20 error, 21-24 fatal. */
  SeverityNumber?: number;
  Attributes?: { [key: string]: unknown };
}

interface State {
  /** What was last set, or undefined. Objects come back as copies. */
  get(key: string): any;
  /** Keeps what JSON can say; undefined deletes. Past ${limits.state.keys.toLocaleString('en')} keys or ${limits.state.bytes / 2 ** 20} MiB the least recently used goes. */
  set(key: string, value: unknown): void;
  delete(key: string): boolean;
}

interface Weir {
  /** Emits a log record for the same resource. It passes redaction like any other. */
  emit(record: NewRecord): void;
  /** Adds to a metric (sum), or says its value (gauge). */
  metric(name: string, value: number, attributes?: { [key: string]: unknown }, options?: { unit?: string; kind?: 'sum' | 'gauge' }): void;
  /** Asks for a diagnostic action, within the rule's limits. */
  action<Name extends keyof Actions>(name: Name, parameters?: Actions[Name]): { started: true } | { started: false; because: string };
  /** Kept from one record to the next, until the rule is deployed anew or its sandbox is. */
  readonly state: State;
  /** A line for the dry run; nothing comes of it on an agent. At most ${limits.logLines} a call. */
  log(text: unknown): void;
  /** Time of the record, Unix milliseconds; Date.now() and new Date() say the same. All dates are UTC. */
  readonly now: number;
}
`;

/** Where a new rule begins. */
export const languageTemplate = `/**
 * Called for each record.
 * @param {LogRecord} record
 * @param {Weir} weir
 */
function onRecord(record, weir) {
  if (record.EventName !== "QueueDepth") return;
  const queue = String(record.Attributes["queue.name"] ?? "");
  const before = weir.state.get(queue) ?? 0;
  const depth = Number(record.Attributes.depth);
  weir.metric("queue.depth", depth, { queue }, { kind: "gauge" });
  if (depth > 200 && before <= 200) {
    weir.emit({ EventName: "queue.deep", Body: \`\${queue} has \${depth} waiting\`, SeverityNumber: 13, Attributes: { queue, depth } });
  }
  weir.state.set(queue, depth);
}
`;
