// Every text in an export request in its JSON form, with where it stands: read plainly, by the mapping's field names, and not by
// the code that redacts.
import type { RedactionPlace, Signal } from '../../model/index.ts';

export interface RecordOrigin { readonly signal: Signal; readonly service: string; readonly durableId: string; /** `file:line`. */ readonly source: string }
export interface PlacedText { readonly place: RedactionPlace; readonly key: string; readonly text: string }
type Json = Readonly<Record<string, unknown>>;

const lists: Readonly<Record<Signal, readonly [resources: string, scopes: string, records: string]>> = {
  logs: ['resourceLogs', 'scopeLogs', 'logRecords'], spans: ['resourceSpans', 'scopeSpans', 'spans'], metrics: ['resourceMetrics', 'scopeMetrics', 'metrics'],
};
const dataOf = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'];

/** Calls `see` for each record with its texts; what surrounds records comes first, as a record without durable id. */
export function eachRecord(signal: Signal, document: unknown, see: (origin: RecordOrigin, texts: readonly PlacedText[]) => void): void {
  const [resources, scopes, records] = lists[signal];
  for (const holder of items(document, resources)) {
    const service = serviceOf(holder['resource']);
    const around: PlacedText[] = [...attributes('resource', items(holder['resource'], 'attributes'))];
    for (const scope of items(holder, scopes)) {
      around.push(...scopeTexts(scope['scope']));
      for (const record of items(scope, records)) see(originOf(signal, service, record), [...recordTexts(signal, record)]);
    }
    if (around.length > 0) see({ signal, service, durableId: '', source: '' }, around);
  }
}

function* recordTexts(signal: Signal, record: Json): Iterable<PlacedText> {
  if (signal === 'metrics') { yield* metricTexts(record); return; }
  yield* named('name', '', record['name'], record['eventName'], record['severityText'], record['traceState']);
  yield* named('other', 'status.message', (record['status'] as Json | undefined)?.['message']);
  yield* values('body', 'body', record['body']);
  yield* attributes('attribute', items(record, 'attributes'));
  for (const event of items(record, 'events')) { yield* named('event', 'name', event['name']); yield* attributes('event', items(event, 'attributes')); }
  for (const link of items(record, 'links')) { yield* named('link', 'traceState', link['traceState']); yield* attributes('link', items(link, 'attributes')); }
}

function* metricTexts(metric: Json): Iterable<PlacedText> {
  yield* named('name', '', metric['name']);
  yield* named('metric', '', metric['description'], metric['unit']);
  yield* attributes('metric', items(metric, 'metadata'));
  for (const data of dataOf) for (const point of items(metric[data], 'dataPoints')) {
    yield* attributes('attribute', items(point, 'attributes'));
    for (const exemplar of items(point, 'exemplars')) yield* attributes('metric', items(exemplar, 'filteredAttributes'));
  }
}

function* scopeTexts(scope: unknown): Iterable<PlacedText> {
  yield* named('scope', 'name', (scope as Json | undefined)?.['name']);
  yield* attributes('scope', items(scope, 'attributes'));
}

function* named(place: RedactionPlace, key: string, ...texts: readonly unknown[]): Iterable<PlacedText> {
  for (const text of texts) if (typeof text === 'string' && text !== '') yield { place, key, text };
}

/** The keys themselves are looked at too. */
function* attributes(place: RedactionPlace, list: readonly Json[]): Iterable<PlacedText> {
  for (const { key, value } of list) {
    const name = typeof key === 'string' ? key : '';
    yield { place, key: '', text: name };
    yield* values(place, name, value);
  }
}

function* values(place: RedactionPlace, key: string, value: unknown): Iterable<PlacedText> {
  if (typeof value !== 'object' || value === null) return;
  const { stringValue, intValue, bytesValue, arrayValue, kvlistValue } = value as Json;
  yield* named(place, key, stringValue, intValue);
  if (typeof bytesValue === 'string') yield { place, key, text: Buffer.from(bytesValue, 'base64').toString('utf8') };
  for (const item of items(arrayValue, 'values')) yield* values(place, key, item);
  for (const pair of items(kvlistValue, 'values')) {
    const name = String(pair['key'] ?? '');
    yield { place, key, text: name };
    yield* values(place, key === '' ? name : `${key}.${name}`, pair['value']);
  }
}

const items = (of: unknown, name: string): readonly Json[] => {
  const list = typeof of === 'object' && of !== null ? (of as Json)[name] : undefined;
  return Array.isArray(list) ? (list as Json[]) : [];
};

const attributeText = (list: readonly Json[], key: string): string => {
  const value = list.find((one) => one['key'] === key)?.['value'] as Json | undefined;
  return String(value?.['stringValue'] ?? value?.['intValue'] ?? '');
};

const serviceOf = (resource: unknown): string => attributeText(items(resource, 'attributes'), 'service.name');

/** As the durable id of product.md has it: the name, else `file:line` of a log's code attributes. */
function originOf(signal: Signal, service: string, record: Json): RecordOrigin {
  const list = items(record, 'attributes');
  const file = attributeText(list, 'code.file.path') || attributeText(list, 'code.filepath');
  const line = attributeText(list, 'code.line.number') || attributeText(list, 'code.lineno');
  const source = file !== '' && line !== '' ? `${file}:${line}` : '';
  const name = String((signal === 'logs' ? record['eventName'] : record['name']) ?? '');
  return { signal, service, durableId: name !== '' ? name : signal === 'logs' ? source : '', source };
}
