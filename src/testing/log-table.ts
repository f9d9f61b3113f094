// A readable table of log lines becomes an ExportLogsServiceRequest:
//
//   time     | service  | severity | event     | body          | attributes
//   10:00:00 | frontend | INFO     | LogLaunch | launched in 5 | http.route=/a depth:=300
//
// The first line names the columns, in any order; what is left out or empty is not written. `key=text` is a string
// attribute, `key:=json` any JSON value; a body that starts with { or [ or " is JSON. Times are of 2026-01-01, UTC.
import { encodeLogs, type LogInput, type Value } from '../otlp/index.ts';

export interface LogLine { readonly service: string; readonly resource: Readonly<Record<string, Value>>; readonly scope: string; readonly record: LogInput }

const dayStart = BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n;
const severities: Readonly<Record<string, number>> = { TRACE: 1, DEBUG: 5, INFO: 9, WARN: 13, ERROR: 17, FATAL: 21 };

/** Rows of a `|` table as objects of text, without empty cells. */
export function cells(table: string): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...rows] = table.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !/^[-|\s]+$/.test(line));
  const names = split(header);
  return rows.map((row) => Object.fromEntries(split(row).map((text, i) => [names[i] ?? `extra${i}`, text] as const).filter(([, text]) => text !== '')));
}

/** `\|` is a bar inside a cell. */
const split = (line: string): readonly string[] => line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));

function time(text: string): bigint {
  const match = /^(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?$/.exec(text);
  if (match === null) throw new Error(`"${text}" is no time: write 10:00:00 or 10:00:00.5.`);
  const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
  return dayStart + BigInt(seconds) * 1_000_000_000n + BigInt((match[4] ?? '').padEnd(9, '0'));
}

const json = (text: string): Value => JSON.parse(text) as Value;
const body = (text: string): Value => (/^[{["]/.test(text) ? json(text) : text);

/** `a=b c:=1 d="two words"`. */
export function parseAttributes(text: string): Readonly<Record<string, Value>> {
  const entries = [...text.matchAll(/([^\s=:]+)(:?=)("(?:[^"\\]|\\.)*"|\{.*?\}|\[.*?\]|\S*)/g)];
  return Object.fromEntries(entries.map(([, key, sign, value]) => [key!, sign === ':=' || value!.startsWith('"') ? json(value!) : value!]));
}

export function parseLogTable(table: string): readonly LogLine[] {
  return cells(table).map((row) => {
    const record: Record<string, unknown> = {};
    if (row['time'] !== undefined) record['timeUnixNano'] = time(row['time']);
    if (row['severity'] !== undefined) { record['severityText'] = row['severity']; record['severityNumber'] = severities[row['severity']] ?? 0; }
    if (row['event'] !== undefined) record['eventName'] = row['event'];
    if (row['body'] !== undefined) record['body'] = body(row['body']);
    if (row['trace'] !== undefined) record['traceId'] = row['trace'].padStart(32, '0');
    if (row['attributes'] !== undefined) record['attributes'] = parseAttributes(row['attributes']);
    const service = row['service'] ?? '';
    return { service, scope: row['scope'] ?? '', resource: { ...(service === '' ? {} : { 'service.name': service }), ...parseAttributes(row['resource'] ?? '') }, record: record as LogInput };
  });
}

/** The request: neighbouring lines of one resource and scope share them. */
export function logRequest(table: string | readonly LogLine[]): Uint8Array {
  const lines = typeof table === 'string' ? parseLogTable(table) : table;
  const parts: Uint8Array[] = [];
  for (let from = 0; from < lines.length;) {
    let to = from + 1;
    while (to < lines.length && together(lines[from]!, lines[to]!)) to++;
    parts.push(encodeLogs(lines[from]!.resource, lines[from]!.scope, lines.slice(from, to).map((line) => line.record)));
    from = to;
  }
  return concat(parts);
}

const together = (a: LogLine, b: LogLine): boolean => a.scope === b.scope && JSON.stringify(a.resource) === JSON.stringify(b.resource);

/** A request is one repeated field: requests end to end are one request. */
function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { bytes.set(part, at); at += part.length; }
  return bytes;
}
