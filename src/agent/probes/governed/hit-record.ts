// One hit as a log record: event name, semantic conventions `code.*`, the captured values as attributes, the span that it happened in.
import type { AgentProcess } from '../../../model/index.ts';
import type { LogInput, Value } from '../../../otlp/index.ts';
import type { CodePoint, Hit } from '../contract.ts';
import type { Json, ValueRedactor } from './redact-values.ts';

/** Records and points of one place have these in common. */
export interface HitSource {
  readonly probe: { readonly id: string; readonly name: string };
  readonly process: Pick<AgentProcess, 'pid' | 'name' | 'service' | 'command' | 'runtime'> | null;
  readonly code: CodePoint | null;
  readonly severityNumber: number;
  /** Body with `{name}` for values; null: a short line of them, for all of them are attributes. */
  readonly message: string | null;
}

const severityTexts = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const [mostBody, mostShort, mostShortValue] = [4000, 120, 40];

/** `values` are redacted already. */
export function hitRecord(source: HitSource, hit: Hit, values: Readonly<Record<string, Json>>, redact: ValueRedactor, observedUnixNano: bigint): LogInput {
  const pid = hit.pid ?? source.process?.pid;
  return {
    timeUnixNano: hit.unixNano, observedUnixNano, eventName: source.probe.name, body: bodyOf(source, values, redact),
    severityNumber: source.severityNumber, severityText: severityTexts[Math.floor((source.severityNumber - 1) / 4)] ?? 'INFO',
    attributes: {
      ...values, ...codeAttributes(source.code), ...whose(source),
      ...(pid === undefined ? {} : { 'process.pid': pid }), ...(hit.threadId === undefined ? {} : { 'thread.id': hit.threadId }),
      ...(hit.stack === undefined ? {} : { 'code.stacktrace': redact.text(hit.stack.join('\n')) }), ...(hit.bytesCut === true ? { 'weir.probe.cut': true } : {}),
    },
    ...(hit.trace === undefined ? {} : hit.trace),
  };
}

/** Records of one probe are found by these, whatever their body and their resource say. */
export const whose = ({ probe: { id, name } }: Pick<HitSource, 'probe'>): Record<string, Value> => ({ 'weir.probe.id': id, 'weir.probe.name': name });

export function codeAttributes(code: CodePoint | null): Record<string, Value> {
  if (code === null) return {};
  return { 'code.file.path': code.file, ...(code.line === null ? {} : { 'code.line.number': code.line }), ...(code.function === null ? {} : { 'code.function.name': code.function }) };
}

function bodyOf(source: HitSource, values: Readonly<Record<string, Json>>, redact: ValueRedactor): string {
  const { message } = source;
  const text = message === null
    ? shortLine(values)
    : message.replaceAll(/\{([^{}]{1,200})\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? shown(values[name]!) : whole));
  return redact.text(text.slice(0, mostBody)) || source.probe.name;
}

/** `user=ada moves=7 towers=[3]`: what is in an object or a list is told by the attributes. */
function shortLine(values: Readonly<Record<string, Json>>): string {
  let line = '';
  for (const [name, value] of Object.entries(values)) {
    const next = `${line}${line === '' ? '' : ' '}${name}=${inShort(value)}`;
    if (next.length > mostShort) return line === '' ? `${next.slice(0, mostShort)}…` : `${line} …`;
    line = next;
  }
  return line;
}

function inShort(value: Json): string {
  if (Array.isArray(value)) return `[${value.length}]`;
  if (typeof value === 'object' && value !== null) return `{${Object.keys(value).length}}`;
  const text = String(value);
  return text.length > mostShortValue ? `${text.slice(0, mostShortValue)}…` : text;
}

const shown = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
