// What was read of a line as a record to encode. A service that the line names and that is not its resource's stays an attribute.
import type { LogInput } from '../../../../otlp/index.ts';
import type { Attributes } from '../record.ts';
import type { Fields } from './known-fields.ts';

/** `own`: attributes that the probe itself adds; they win over those of the line. `body`: when no field was the message. */
export function toLog(fields: Fields, observedUnixNano: bigint, body: string, own: Attributes): LogInput {
  const { time, severityNumber, severityText, traceId, spanId, flags, eventName, service, attributes } = fields;
  if (service !== undefined) attributes['service.name'] = service;
  return {
    ...(time !== undefined && { timeUnixNano: time }), observedUnixNano,
    ...(severityNumber !== undefined && { severityNumber }), ...(severityText !== undefined && { severityText }),
    ...(eventName !== undefined && { eventName }), body: fields.body ?? body, attributes: Object.assign(attributes, own),
    ...(traceId !== undefined && { traceId }), ...(spanId !== undefined && { spanId }), ...(flags !== undefined && { flags }),
  };
}
