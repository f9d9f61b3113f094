// A syslog message as a record. Names: OpenTelemetry logs data model, appendix A (RFC 5424): host.name and service.name of the resource,
// syslog.facility, syslog.version, syslog.procid, syslog.msgid, structured data as syslog.ID.NAME, origin's swVersion and ip as service.version
// and client.address. MSGID stays an attribute: devices use it for anything, so it names no event.
import { jsonFields } from '../fields/json-line.ts';
import { noFields, type Fields } from '../fields/known-fields.ts';
import { severityOfSyslog } from '../fields/severity.ts';
import { toLog } from '../fields/to-log.ts';
import { setAttribute, type Attributes, type Resource, type StaticRecord } from '../record.ts';
import { facilityNames } from './facilities.ts';
import type { SyslogMessage } from './message.ts';

export interface Arrival { readonly unixMs: number; /** Who sent it. */ readonly peer: string; readonly hostName: string; /** Bytes that did not fit. */ readonly cut: number }

const saneName = /^[A-Za-z_][\w.@/+-]{0,99}$/;
const loopback = /^(?:127\.|::1$|::ffff:127\.)/;

export function syslogRecord(message: SyslogMessage, arrival: Arrival): StaticRecord {
  const isSane = message.appName !== null && saneName.test(message.appName);
  const attributes = attributesOf(message, isSane, arrival);
  const resource: Resource = {
    'service.name': isSane ? message.appName : undefined, 'service.version': one(message.data?.['origin.swVersion']),
    'host.name': message.hostName ?? (loopback.test(arrival.peer) ? arrival.hostName : undefined),
  };
  return { resource, log: toLog(fieldsOf(message), BigInt(Math.round(arrival.unixMs)) * 1_000_000n, message.text, attributes) };
}

/** Of a message that is a JSON object (after lumberjack's `@cee:` too): its fields; the body stays the text. */
function fieldsOf({ text, unixNano, severity }: SyslogMessage): Fields {
  const json = jsonFields(text.startsWith('@cee:') ? text.slice(5) : text);
  const fields = json ?? noFields();
  fields.body = text;
  if (unixNano !== null) fields.time ??= unixNano;
  const read = severity === null ? undefined : severityOfSyslog(severity);
  if (read !== undefined && fields.severityNumber === undefined) [fields.severityNumber, fields.severityText] = [read.number, read.text];
  return fields;
}

function attributesOf({ facility, version, appName, procId, msgId, data, hostName }: SyslogMessage, isSane: boolean, { peer, cut }: Arrival): Attributes {
  const attributes: Attributes = {};
  if (facility !== null) attributes['syslog.facility'] = facilityNames[facility] ?? String(facility);
  if (version !== null) attributes['syslog.version'] = version;
  if (appName !== null && !isSane) attributes['syslog.appname'] = appName;
  if (procId !== null) attributes['syslog.procid'] = procId;
  if (procId !== null && /^[1-9]\d{0,9}$/.test(procId)) attributes['process.pid'] = Number(procId);
  if (msgId !== null) attributes['syslog.msgid'] = msgId;
  for (const name in data) addData(attributes, name, data[name]!);
  if (hostName === null && !loopback.test(peer)) attributes['network.peer.address'] = peer;
  if (cut > 0) attributes['log.record.cut_bytes'] = cut;
  return attributes;
}

function addData(attributes: Attributes, name: string, value: string | readonly string[]): void {
  if (name === 'origin.ip') attributes['client.address'] = value;
  else if (name !== 'origin.swVersion') setAttribute(attributes, `syslog.${name}`, value);
}

const one = (value: string | readonly string[] | undefined): string | undefined => (typeof value === 'string' ? value : value?.at(-1));
