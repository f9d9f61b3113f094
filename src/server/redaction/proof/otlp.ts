// A proof as OTLP/JSON: one ExportLogsServiceRequest (opentelemetry-proto, logs service v1) with a log record for the header, for each
// full scan, for the canary run, for each source and for each count. It can be sent to any OTLP/HTTP receiver as it is.
import type { CanaryRun } from '../../../model/index.ts';
import { flatRow, scanText } from './lines.ts';
import type { Proof } from './proof.ts';

interface AnyValue { readonly stringValue?: string; readonly intValue?: string; readonly doubleValue?: number; readonly boolValue?: boolean }
interface LogRecord { readonly timeUnixNano: string; readonly severityNumber: number; readonly severityText: string; readonly eventName: string; readonly body: AnyValue; readonly attributes: readonly { readonly key: string; readonly value: AnyValue }[] }

/** SEVERITY_NUMBER_INFO and _WARN. */
const [info, warn] = [9, 13];

export function* otlpJson(proof: Proof): Generator<string> {
  const { header } = proof;
  const resource = { attributes: attributes({ 'service.name': 'weir', 'service.version': header.server }) };
  yield `{"resourceLogs":[{"resource":${JSON.stringify(resource)},"scopeLogs":[{"scope":{"name":"weir.redaction.proof","version":"1"},"logRecords":[`;
  let first = true;
  for (const record of records(proof)) {
    yield `${first ? '' : ','}${JSON.stringify(record)}`;
    first = false;
  }
  yield ']}]}]}\n';
}

function* records({ header, sources, rows }: Proof): Generator<LogRecord> {
  const at = Date.parse(header.generatedAt);
  const { fullScans, canary, ...facts } = header;
  const { summary, range } = facts;
  yield logRecord(at, 'weir.redaction.proof', summary.leaking + (summary.unproved ?? 0) > 0, `${summary.leaking} leaking, ${summary.unproved ?? 0} unproved, ${summary.clean} clean from ${range.from} to ${range.to}`, { 'weir.redaction.header': JSON.stringify(facts) });
  for (const scan of fullScans) yield logRecord(scan.toUnixMs, 'weir.redaction.full_scan', scan.found > 0, scanText(scan), prefixed({ ...scan }));
  if (canary !== null) yield logRecord(Date.parse(canary.startedAt), 'weir.redaction.canary', hasLeak(canary), `canary run of ${canary.startedAt}`, prefixed({ ...canary }));
  for (const { agents, ...source } of sources)
    yield logRecord(at, 'weir.redaction.source', source.state === 'leaking' || source.state === 'unproved', `${source.detector} of ${source.service}: ${source.state}`, prefixed({ ...source, rules: JSON.stringify(source.rules), agents: JSON.stringify(agents) }));
  for (const row of rows) {
    const { time: _, ...cells } = flatRow(row);
    yield logRecord(row.t, 'weir.redaction.count', row.kind === 'residual', `${row.count} ${cells.outcome}`, prefixed(cells));
  }
}

const hasLeak = ({ agents }: CanaryRun): boolean => agents.some(({ probes }) => probes.some(({ outcome }) => outcome === 'leaked'));

const logRecord = (ms: number, eventName: string, bad: boolean, body: string, more: Readonly<Record<string, unknown>>): LogRecord =>
  ({ timeUnixNano: `${ms}000000`, severityNumber: bad ? warn : info, severityText: bad ? 'WARN' : 'INFO', eventName, body: { stringValue: body }, attributes: attributes(more) });

const prefixed = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`weir.redaction.${name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`, value]));

/** What is empty is left out. */
const attributes = (values: Readonly<Record<string, unknown>>): LogRecord['attributes'] =>
  Object.entries(values).flatMap(([key, value]) => (value === null || value === undefined || value === '' ? [] : [{ key, value: anyValue(value) }]));

function anyValue(value: unknown): AnyValue {
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return { stringValue: typeof value === 'string' ? value : JSON.stringify(value) };
}
