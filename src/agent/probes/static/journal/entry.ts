// One entry of the journal, as `journalctl -o json` writes it. Format: systemd.journal-fields(7) and the Journal JSON Format: a text, an array of bytes
// where it is no UTF-8, an array of these where the field comes more than once, null where it is too large.
import type { Value } from '../../../../otlp/index.ts';
import { jsonFields } from '../fields/json-line.ts';
import { noFields, type Fields } from '../fields/known-fields.ts';
import { severityOfSyslog } from '../fields/severity.ts';
import { toLog } from '../fields/to-log.ts';
import { setAttribute, type Attributes, type Resource, type StaticRecord } from '../record.ts';
import { facilityNames } from '../syslog/facilities.ts';

export interface Entry { readonly record: StaticRecord; readonly cursor: string | null }
type Raw = Readonly<Record<string, unknown>>;

/** Null when it is no JSON object. */
export function readEntry(line: string, nowUnixMs: number, hostName: string): Entry | null {
  let raw: Raw;
  try { raw = JSON.parse(line) as Raw; } catch { return null; }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return null;
  const body = text(raw['MESSAGE']) ?? '';
  const log = toLog(fieldsOf(raw, body), BigInt(Math.round(nowUnixMs)) * 1_000_000n, body, attributesOf(raw));
  return { record: { resource: resourceOf(raw, hostName), log }, cursor: typeof raw['__CURSOR'] === 'string' ? raw['__CURSOR'] : null };
}

function fieldsOf(raw: Raw, body: string): Fields {
  const fields = jsonFields(body) ?? noFields();
  fields.body = body;
  const micros = text(raw['__REALTIME_TIMESTAMP']);
  if (micros !== null && /^\d{1,19}$/.test(micros)) fields.time ??= BigInt(micros) * 1000n;
  const severity = severityOfSyslog(Number(text(raw['PRIORITY']) ?? NaN));
  if (severity !== undefined && fields.severityNumber === undefined) [fields.severityNumber, fields.severityText] = [severity.number, severity.text];
  return fields;
}

function resourceOf(raw: Raw, hostName: string): Resource {
  const unit = serviceUnit(raw['_SYSTEMD_USER_UNIT']) ?? serviceUnit(raw['_SYSTEMD_UNIT']);
  return { 'service.name': unit ?? text(raw['SYSLOG_IDENTIFIER']) ?? text(raw['_COMM']) ?? undefined, 'host.name': text(raw['_HOSTNAME']) ?? hostName, 'host.id': text(raw['_MACHINE_ID']) ?? undefined };
}

/** Sessions, scopes and the user manager are not what a program is called. */
function serviceUnit(unit: unknown): string | null {
  const name = text(unit);
  return name?.endsWith('.service') === true && !/^user@\d+\.service$/.test(name) ? name.slice(0, -'.service'.length) : null;
}

const attributeNames: ReadonlyMap<string, string> = new Map([
  ['_PID', 'process.pid'], ['_EXE', 'process.executable.path'], ['_COMM', 'process.executable.name'], ['_UID', 'process.real_user.id'], ['CODE_FILE', 'code.file.path'], ['CODE_LINE', 'code.line.number'], ['CODE_FUNC', 'code.function.name'],
  ['MESSAGE_ID', 'journald.message_id'], ['_TRANSPORT', 'journald.transport'], ['_SYSTEMD_UNIT', 'systemd.unit'], ['UNIT', 'journald.about_unit'], ['SYSLOG_IDENTIFIER', 'syslog.identifier'], ['SYSLOG_PID', 'syslog.procid'], ['SYSLOG_MSGID', 'syslog.msgid'],
  ['CONTAINER_NAME', 'container.name'], ['CONTAINER_ID_FULL', 'container.id'], ['ERRNO', 'journald.errno'],
]);
const integers = new Set(['_PID', 'CODE_LINE', '_UID', 'ERRNO']);
const elsewhere = new Set(['MESSAGE', 'PRIORITY', 'SYSLOG_TIMESTAMP', 'SYSLOG_RAW']);

/** Fields of the program keep their names; of those that the journal adds (`_…`), the ones above. */
function attributesOf(raw: Raw): Attributes {
  const attributes: Attributes = {};
  for (const name of Object.keys(raw)) {
    const known = attributeNames.get(name);
    if (known !== undefined) attributes[known] = integers.has(name) ? integer(raw[name]) : value(raw[name]);
    else if (name === 'SYSLOG_FACILITY') attributes['syslog.facility'] = facilityNames[Number(text(raw[name]))] ?? text(raw[name]);
    else if (!name.startsWith('_') && !elsewhere.has(name)) setAttribute(attributes, name, value(raw[name]));
  }
  return attributes;
}

function integer(raw: unknown): Value {
  const read = text(raw);
  return read !== null && /^-?\d{1,15}$/.test(read) ? Number(read) : read;
}

const isBytes = (raw: unknown): raw is number[] => Array.isArray(raw) && raw.length > 0 && raw.every((byte) => typeof byte === 'number');

function value(raw: unknown): Value {
  if (typeof raw === 'string') return raw;
  if (isBytes(raw)) return Buffer.from(raw).toString('utf8');
  return Array.isArray(raw) ? raw.map((one) => text(one)) : null;
}

/** Of several the first. */
function text(raw: unknown): string | null {
  const read = value(raw);
  return typeof read === 'string' ? read : Array.isArray(read) ? text(read[0]) : null;
}
