// A record of a file as OpenTelemetry's. In a container's file the inner text is looked at anew; a line that is not of its file's format is plain.
import { jsonFields } from '../fields/json-line.ts';
import type { Fields } from '../fields/known-fields.ts';
import { logfmtFields } from '../fields/logfmt-line.ts';
import { plainFields } from '../fields/plain-line.ts';
import { toLog } from '../fields/to-log.ts';
import type { Attributes, Resource, StaticRecord } from '../record.ts';
import type { RawRecord } from './assemble.ts';
import type { Source } from './source.ts';
import type { FileFormat } from './unwrap.ts';

const leastPairs = 3;

/** `isForm`: false when the text is not of the file's format; it is whole all the same. `named`: the resource of a service that the line names. */
export function fileRecord(raw: RawRecord, format: FileFormat, source: Source, nowUnixMs: number, named: (service: string) => Resource): { readonly record: StaticRecord; readonly isForm: boolean } {
  const structured = structuredFields(raw.text, format);
  const fields = structured ?? plainFields(raw.text, nowUnixMs);
  if (raw.unixNano !== null) fields.time ??= raw.unixNano;
  const resource = fields.service === undefined ? source.resource : named(fields.service);
  if (resource['service.name'] === fields.service) delete fields.service;
  const log = toLog(fields, BigInt(Math.round(nowUnixMs)) * 1_000_000n, raw.text, ownAttributes(raw, source));
  return { record: { resource, log }, isForm: structured !== null || (format !== 'json' && format !== 'logfmt') };
}

function ownAttributes({ stream, cut }: RawRecord, { attributes }: Source): Attributes {
  if (stream === null && cut === 0) return attributes;
  return { ...attributes, ...(stream !== null && { 'log.iostream': stream }), ...(cut > 0 && { 'log.record.cut_bytes': cut }) };
}

function structuredFields(text: string, format: FileFormat): Fields | null {
  if (format === 'plain') return null;
  if (format === 'json') return jsonFields(text);
  if (format === 'logfmt') return logfmtFields(text);
  return jsonFields(text) ?? (/^\w[\w.@-]*=/.test(text) ? logfmtFields(text, leastPairs) : null);
}
