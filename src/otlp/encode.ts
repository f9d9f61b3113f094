// Requests from scratch: metrics that rules make, and logs for the agent's own events and for tests.
import { ProtoWriter } from '../base/index.ts';
import { fromHex } from './hex.ts';
import { dataField, logField, metricField, pointField, resourceAttributesField, resourceField, scopeField, scopeNameField } from './fields.ts';
import type { MetricPoint, Value } from './types.ts';
import { writeBag, writeNested } from './write-value.ts';

type Attributes = Readonly<Record<string, Value>>;

/** One log record to encode; what is left out is not written. Ids are hex. */
export interface LogInput {
  readonly timeUnixNano?: bigint;
  readonly observedUnixNano?: bigint;
  readonly severityNumber?: number;
  readonly severityText?: string;
  readonly eventName?: string;
  readonly body?: Value;
  readonly attributes?: Attributes;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly flags?: number;
}

/** An ExportMetricsServiceRequest with one resource and one scope. Points of one name, unit and kind share a metric; sums are delta. */
export function encodeMetrics(resource: Attributes, scope: string, points: readonly MetricPoint[]): Uint8Array {
  return request(resource, scope, (writer) => {
    for (const same of grouped(points)) writeMetric(writer, same);
  });
}

/** An ExportLogsServiceRequest with one resource and one scope. */
export function encodeLogs(resource: Attributes, scope: string, records: readonly LogInput[]): Uint8Array {
  return request(resource, scope, (writer) => {
    for (const record of records) writeLog(writer, record);
  });
}

function request(resource: Attributes, scope: string, writeRecords: (writer: ProtoWriter) => void): Uint8Array {
  const writer = new ProtoWriter(4096);
  const resourceMark = writer.open(1);
  const attributes = writer.open(resourceField.resource);
  writeBag(writer, resourceAttributesField, resource);
  writer.close(attributes);
  const scopeMark = writer.open(resourceField.scopes);
  const nameMark = writer.open(scopeField.scope);
  if (scope !== '') writer.stringField(scopeNameField, scope);
  writer.close(nameMark);
  writeRecords(writer);
  writer.close(scopeMark);
  writer.close(resourceMark);
  return writer.finish();
}

function grouped(points: readonly MetricPoint[]): Iterable<readonly MetricPoint[]> {
  const groups = new Map<string, MetricPoint[]>();
  for (const point of points) {
    const key = JSON.stringify([point.name, point.unit, point.kind, point.monotonic]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [point]);
    else group.push(point);
  }
  return groups.values();
}

const temporalityDelta = 1;

function writeMetric(writer: ProtoWriter, points: readonly MetricPoint[]): void {
  const first = points[0]!;
  const mark = writer.open(scopeField.records);
  writer.stringField(metricField.name, first.name);
  if (first.description !== undefined && first.description !== '') writer.stringField(metricField.description, first.description);
  if (first.unit !== '') writer.stringField(metricField.unit, first.unit);
  const data = writer.open(first.kind === 'sum' ? metricField.sum : metricField.gauge);
  for (const point of points) writePoint(writer, point);
  if (first.kind === 'sum') {
    writer.tag(dataField.temporality, 0);
    writer.varint(temporalityDelta);
    if (first.monotonic) { writer.tag(dataField.monotonic, 0); writer.varint(1); }
  }
  writer.close(data);
  writer.close(mark);
}

/** NumberDataPoint; an integer that is not whole or not exact is written as a double. */
function writePoint(writer: ProtoWriter, point: MetricPoint): void {
  const mark = writer.open(dataField.points);
  writer.tag(pointField.start, 1);
  writer.fixed64(point.startUnixNano);
  writer.tag(pointField.time, 1);
  writer.fixed64(point.timeUnixNano);
  if (point.isInt && Number.isSafeInteger(point.value)) { writer.tag(pointField.asInt, 1); writer.fixed64(point.value); }
  else { writer.tag(pointField.asDouble, 1); writer.double(point.value); }
  writeBag(writer, 7, point.attributes);
  writer.close(mark);
}

function writeLog(writer: ProtoWriter, record: LogInput): void {
  const mark = writer.open(scopeField.records);
  if (record.timeUnixNano !== undefined) { writer.tag(logField.time, 1); writer.fixed64(record.timeUnixNano); }
  if (record.severityNumber !== undefined) { writer.tag(logField.severityNumber, 0); writer.varint(record.severityNumber); }
  if (record.severityText !== undefined) writer.stringField(logField.severityText, record.severityText);
  if (record.body !== undefined) writeNested(writer, logField.body, record.body);
  if (record.attributes !== undefined) writeBag(writer, logField.attributes, record.attributes);
  if (record.flags !== undefined) { writer.tag(logField.flags, 5); writer.fixed32(record.flags); }
  writeId(writer, logField.traceId, record.traceId);
  writeId(writer, logField.spanId, record.spanId);
  if (record.observedUnixNano !== undefined) { writer.tag(logField.observedTime, 1); writer.fixed64(record.observedUnixNano); }
  if (record.eventName !== undefined) writer.stringField(logField.eventName, record.eventName);
  writer.close(mark);
}

function writeId(writer: ProtoWriter, field: number, hex: string | undefined): void {
  const bytes = hex === undefined ? null : fromHex(hex);
  if (bytes !== null) writer.bytesField(field, bytes);
}
