// The messages of opentelemetry-proto 1.x (collector, logs, trace, metrics, common, resource), as tables of field number,
// JSON name and type, for the JSON mapping in both directions. The hot paths do not come here.
import type { Signal } from '../model/index.ts';

/** `hex` is OTLP/JSON's form of trace and span ids; `bytes` is base64 as in any protobuf JSON. */
export type Scalar = 'string' | 'bool' | 'bytes' | 'hex' | 'double' | 'fixed64' | 'sfixed64' | 'fixed32' | 'uint32' | 'int64' | 'uint64' | 'sint32' | 'enum';

export interface Field {
  readonly number: number;
  readonly name: string;
  readonly type: Scalar | Message;
  readonly repeated: boolean;
  /** Written even when it holds its default: members of a oneof and `optional` fields. */
  readonly presence: boolean;
  /** Names of an enum's values by number, for senders that write names. */
  readonly names?: readonly string[];
}

/** A message; its fields are given after it is made, since AnyValue holds itself. */
export class Message {
  readonly name: string;
  readonly byName = new Map<string, Field>();
  readonly byNumber = new Map<number, Field>();
  constructor(name: string) { this.name = name; }

  #add(field: Field): this { this.byName.set(field.name, field); this.byNumber.set(field.number, field); return this; }
  one(number: number, name: string, type: Scalar | Message): this { return this.#add({ number, name, type, repeated: false, presence: false }); }
  many(number: number, name: string, type: Scalar | Message): this { return this.#add({ number, name, type, repeated: true, presence: false }); }
  /** An `optional` field, or a member of a oneof. */
  maybe(number: number, name: string, type: Scalar | Message): this { return this.#add({ number, name, type, repeated: false, presence: true }); }
  oneOf(number: number, name: string, prefix: string, names: readonly string[]): this {
    return this.#add({ number, name, type: 'enum', repeated: false, presence: false, names: names.map((one) => prefix + one) });
  }
}

const severities = ['UNSPECIFIED', ...['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'].flatMap((name) => [name, `${name}2`, `${name}3`, `${name}4`])];

const anyValue = new Message('AnyValue');
const arrayValue = new Message('ArrayValue').many(1, 'values', anyValue);
const keyValue = new Message('KeyValue').one(1, 'key', 'string').one(2, 'value', anyValue);
const kvlist = new Message('KeyValueList').many(1, 'values', keyValue);
anyValue.maybe(1, 'stringValue', 'string').maybe(2, 'boolValue', 'bool').maybe(3, 'intValue', 'int64').maybe(4, 'doubleValue', 'double')
  .maybe(5, 'arrayValue', arrayValue).maybe(6, 'kvlistValue', kvlist).maybe(7, 'bytesValue', 'bytes');

const entityRef = new Message('EntityRef').one(1, 'schemaUrl', 'string').one(2, 'type', 'string').many(3, 'idKeys', 'string').many(4, 'descriptionKeys', 'string');
const resource = new Message('Resource').many(1, 'attributes', keyValue).one(2, 'droppedAttributesCount', 'uint32').many(3, 'entityRefs', entityRef);
const scope = new Message('InstrumentationScope').one(1, 'name', 'string').one(2, 'version', 'string').many(3, 'attributes', keyValue).one(4, 'droppedAttributesCount', 'uint32');

const logRecord = new Message('LogRecord').one(1, 'timeUnixNano', 'fixed64').oneOf(2, 'severityNumber', 'SEVERITY_NUMBER_', severities)
  .one(3, 'severityText', 'string').one(5, 'body', anyValue).many(6, 'attributes', keyValue).one(7, 'droppedAttributesCount', 'uint32')
  .one(8, 'flags', 'fixed32').one(9, 'traceId', 'hex').one(10, 'spanId', 'hex').one(11, 'observedTimeUnixNano', 'fixed64').one(12, 'eventName', 'string');

const spanEvent = new Message('Span.Event').one(1, 'timeUnixNano', 'fixed64').one(2, 'name', 'string').many(3, 'attributes', keyValue).one(4, 'droppedAttributesCount', 'uint32');
const spanLink = new Message('Span.Link').one(1, 'traceId', 'hex').one(2, 'spanId', 'hex').one(3, 'traceState', 'string').many(4, 'attributes', keyValue)
  .one(5, 'droppedAttributesCount', 'uint32').one(6, 'flags', 'fixed32');
const status = new Message('Status').one(2, 'message', 'string').oneOf(3, 'code', 'STATUS_CODE_', ['UNSET', 'OK', 'ERROR']);
const span = new Message('Span').one(1, 'traceId', 'hex').one(2, 'spanId', 'hex').one(3, 'traceState', 'string').one(4, 'parentSpanId', 'hex').one(5, 'name', 'string')
  .oneOf(6, 'kind', 'SPAN_KIND_', ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'])
  .one(7, 'startTimeUnixNano', 'fixed64').one(8, 'endTimeUnixNano', 'fixed64').many(9, 'attributes', keyValue).one(10, 'droppedAttributesCount', 'uint32')
  .many(11, 'events', spanEvent).one(12, 'droppedEventsCount', 'uint32').many(13, 'links', spanLink).one(14, 'droppedLinksCount', 'uint32')
  .one(15, 'status', status).one(16, 'flags', 'fixed32');

const exemplar = new Message('Exemplar').one(2, 'timeUnixNano', 'fixed64').maybe(3, 'asDouble', 'double').one(4, 'spanId', 'hex').one(5, 'traceId', 'hex')
  .maybe(6, 'asInt', 'sfixed64').many(7, 'filteredAttributes', keyValue);
const timed = (name: string): Message => new Message(name).one(2, 'startTimeUnixNano', 'fixed64').one(3, 'timeUnixNano', 'fixed64');
const numberPoint = timed('NumberDataPoint').maybe(4, 'asDouble', 'double').many(5, 'exemplars', exemplar).maybe(6, 'asInt', 'sfixed64').many(7, 'attributes', keyValue).one(8, 'flags', 'uint32');
const histogramPoint = timed('HistogramDataPoint').one(4, 'count', 'fixed64').maybe(5, 'sum', 'double').many(6, 'bucketCounts', 'fixed64').many(7, 'explicitBounds', 'double')
  .many(8, 'exemplars', exemplar).many(9, 'attributes', keyValue).one(10, 'flags', 'uint32').maybe(11, 'min', 'double').maybe(12, 'max', 'double');
const buckets = new Message('Buckets').one(1, 'offset', 'sint32').many(2, 'bucketCounts', 'uint64');
const exponentialPoint = timed('ExponentialHistogramDataPoint').many(1, 'attributes', keyValue).one(4, 'count', 'fixed64').maybe(5, 'sum', 'double').one(6, 'scale', 'sint32')
  .one(7, 'zeroCount', 'fixed64').one(8, 'positive', buckets).one(9, 'negative', buckets).one(10, 'flags', 'uint32').many(11, 'exemplars', exemplar)
  .maybe(12, 'min', 'double').maybe(13, 'max', 'double').one(14, 'zeroThreshold', 'double');
const quantile = new Message('ValueAtQuantile').one(1, 'quantile', 'double').one(2, 'value', 'double');
const summaryPoint = timed('SummaryDataPoint').one(4, 'count', 'fixed64').one(5, 'sum', 'double').many(6, 'quantileValues', quantile).many(7, 'attributes', keyValue).one(8, 'flags', 'uint32');
const data = (name: string, point: Message): Message => new Message(name).many(1, 'dataPoints', point);
const temporal = (message: Message): Message => message.oneOf(2, 'aggregationTemporality', 'AGGREGATION_TEMPORALITY_', ['UNSPECIFIED', 'DELTA', 'CUMULATIVE']);
const metric = new Message('Metric').one(1, 'name', 'string').one(2, 'description', 'string').one(3, 'unit', 'string')
  .maybe(5, 'gauge', data('Gauge', numberPoint)).maybe(7, 'sum', temporal(data('Sum', numberPoint)).one(3, 'isMonotonic', 'bool'))
  .maybe(9, 'histogram', temporal(data('Histogram', histogramPoint))).maybe(10, 'exponentialHistogram', temporal(data('ExponentialHistogram', exponentialPoint)))
  .maybe(11, 'summary', data('Summary', summaryPoint)).many(12, 'metadata', keyValue);

function request(kind: string, plural: string, recordsName: string, record: Message): Message {
  const scopes = new Message(`Scope${kind}`).one(1, 'scope', scope).many(2, recordsName, record).one(3, 'schemaUrl', 'string');
  const resources = new Message(`Resource${kind}`).one(1, 'resource', resource).many(2, `scope${plural}`, scopes).one(3, 'schemaUrl', 'string');
  return new Message(`Export${kind}ServiceRequest`).many(1, `resource${plural}`, resources);
}

/** Export{Logs,Trace,Metrics}ServiceRequest. */
export const requests: Readonly<Record<Signal, Message>> = {
  logs: request('Logs', 'Logs', 'logRecords', logRecord),
  spans: request('Trace', 'Spans', 'spans', span),
  metrics: request('Metrics', 'Metrics', 'metrics', metric),
};
