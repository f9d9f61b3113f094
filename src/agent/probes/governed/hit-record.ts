// One hit as a log record: event name, semantic conventions `code.*`, the captured values as attributes, the span that it happened in.
import type { AgentProcess } from '../../../model/index.ts';
import type { LogInput, Value } from '../../../otlp/index.ts';
import type { CodePoint, Hit } from '../contract.ts';
import type { Json, ValueRedactor } from './redact-values.ts';

/** Records and points of one place have these in common. */
export interface HitSource {
  readonly probe: { readonly id: string; readonly name: string };
  readonly process: Pick<AgentProcess, 'pid' | 'name' | 'service'> | null;
  readonly code: CodePoint | null;
  readonly severityNumber: number;
  /** Body with `{name}` for values; null: all of them. */
  readonly message: string | null;
}

const severityTexts = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const mostBody = 4000;

/** `values` are redacted already. */
export function hitRecord(source: HitSource, hit: Hit, values: Readonly<Record<string, Json>>, redact: ValueRedactor, observedUnixNano: bigint): LogInput {
  const pid = hit.pid ?? source.process?.pid;
  return {
    timeUnixNano: hit.unixNano, observedUnixNano, eventName: source.probe.name, body: bodyOf(source, values, redact),
    severityNumber: source.severityNumber, severityText: severityTexts[Math.floor((source.severityNumber - 1) / 4)] ?? 'INFO',
    attributes: {
      ...values, ...codeAttributes(source.code), 'weir.probe.id': source.probe.id,
      ...(pid === undefined ? {} : { 'process.pid': pid }), ...(hit.threadId === undefined ? {} : { 'thread.id': hit.threadId }),
      ...(hit.stack === undefined ? {} : { 'code.stacktrace': redact.text(hit.stack.join('\n')) }), ...(hit.bytesCut === true ? { 'weir.probe.cut': true } : {}),
    },
    ...(hit.trace === undefined ? {} : hit.trace),
  };
}

export function codeAttributes(code: CodePoint | null): Record<string, Value> {
  if (code === null) return {};
  return { 'code.file.path': code.file, ...(code.line === null ? {} : { 'code.line.number': code.line }), ...(code.function === null ? {} : { 'code.function.name': code.function }) };
}

function bodyOf(source: HitSource, values: Readonly<Record<string, Json>>, redact: ValueRedactor): string {
  const { message } = source;
  const text = message === null
    ? Object.entries(values).map(([name, value]) => `${name}=${shown(value)}`).join(' ')
    : message.replaceAll(/\{([^{}]{1,200})\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? shown(values[name]!) : whole));
  return redact.text(text.slice(0, mostBody)) || source.probe.name;
}

const shown = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
