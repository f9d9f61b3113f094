// For tests: a request of each signal with one text in each place where a text can stand.
import { codec, objectToProtobuf } from '../../../otlp/index.ts';
import type { RedactionPlace, Signal } from '../../../model/index.ts';

export type Json = { readonly [key: string]: unknown };
export const text = (stringValue: string): Json => ({ stringValue });
export const pair = (key: string, value: Json): Json => ({ key, value });

export interface Slot { readonly signal: Signal; readonly place: RedactionPlace; readonly path: string; readonly document: (put: string) => Json }

const service = pair('service.name', text('web'));
interface Around { readonly resource?: Json; readonly scope?: Json; readonly records: readonly Json[] }
const wrappers: Readonly<Record<Signal, (around: Around) => Json>> = {
  logs: ({ resource, scope, records }) => ({ resourceLogs: [{ resource: { attributes: [service], ...resource }, scopeLogs: [{ scope: { ...scope }, logRecords: records }] }] }),
  spans: ({ resource, scope, records }) => ({ resourceSpans: [{ resource: { attributes: [service], ...resource }, scopeSpans: [{ scope: { ...scope }, spans: records }] }] }),
  metrics: ({ resource, scope, records }) => ({ resourceMetrics: [{ resource: { attributes: [service], ...resource }, scopeMetrics: [{ scope: { ...scope }, metrics: records }] }] }),
};
const log = (own: Json): Json => ({ timeUnixNano: '1700000000000000000', ...own });
const span = (own: Json): Json => ({ name: 'GET', ...own });
const point = (own: Json): Json => ({ timeUnixNano: '5', asDouble: 1, ...own });
const metric = (own: Json, ownPoint: Json = {}): Json => ({ name: 'm', gauge: { dataPoints: [point(ownPoint)] }, ...own });

function slot(signal: Signal, place: RedactionPlace, path: string, record: (put: string) => Json): Slot {
  return { signal, place, path, document: (put) => wrappers[signal]({ records: [record(put)] }) };
}
const plainRecord: Readonly<Record<Signal, Json>> = { logs: log({ body: text('hello') }), spans: span({}), metrics: metric({}) };
const around = (signal: Signal): readonly Slot[] => [
  { signal, place: 'resource', path: 'host.owner', document: (put) => wrappers[signal]({ resource: { attributes: [service, pair('host.owner', text(put))] }, records: [plainRecord[signal]] }) },
  { signal, place: 'scope', path: 'built.by', document: (put) => wrappers[signal]({ scope: { attributes: [pair('built.by', text(put))] }, records: [plainRecord[signal]] }) },
  { signal, place: 'scope', path: 'name', document: (put) => wrappers[signal]({ scope: { name: put }, records: [plainRecord[signal]] }) },
];

/** Each document is a new one through and through: a test may write into it. */
export const slots: readonly Slot[] = [
  slot('logs', 'body', 'body', (put) => log({ body: text(put) })),
  slot('logs', 'body', 'body.user.note', (put) => log({ body: { kvlistValue: { values: [pair('user', { kvlistValue: { values: [pair('note', text(put))] } })] } } })),
  slot('logs', 'attribute', 'note', (put) => log({ attributes: [pair('note', text(put))] })),
  slot('logs', 'attribute', 'list', (put) => log({ attributes: [pair('list', { arrayValue: { values: [text('x'), text(put)] } })] })),
  slot('logs', 'name', 'eventName', (put) => log({ eventName: put })),
  slot('logs', 'name', 'severityText', (put) => log({ severityText: put })),
  slot('spans', 'name', 'name', (put) => span({ name: put })),
  slot('spans', 'attribute', 'note', (put) => span({ attributes: [pair('note', text(put))] })),
  slot('spans', 'event', 'exception.message', (put) => span({ events: [{ name: 'exception', attributes: [pair('exception.message', text(put))] }] })),
  slot('spans', 'event', 'name', (put) => span({ events: [{ name: put }] })),
  slot('spans', 'link', 'note', (put) => span({ links: [{ attributes: [pair('note', text(put))] }] })),
  slot('spans', 'other', 'message', (put) => span({ status: { message: put } })),
  slot('metrics', 'attribute', 'note', (put) => metric({}, { attributes: [pair('note', text(put))] })),
  slot('metrics', 'metric', 'note', (put) => metric({}, { exemplars: [{ timeUnixNano: '5', asDouble: 1, filteredAttributes: [pair('note', text(put))] }] })),
  slot('metrics', 'metric', 'description', (put) => metric({ description: put })),
  slot('metrics', 'name', 'name', (put) => metric({ name: put })),
  ...around('logs'), ...around('spans'), ...around('metrics'),
].map((one) => ({ ...one, document: (put: string) => JSON.parse(JSON.stringify(one.document(put))) as Json }));

export function bytesOf(signal: Signal, document: Json): Uint8Array {
  const made = objectToProtobuf(signal, document);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

export function jsonOf(signal: Signal, bytes: Uint8Array): string {
  const read = codec.protobufToJson(signal, bytes);
  if (!read.ok) throw new Error(read.error.message);
  return JSON.stringify(read.value);
}

/** Characters of an alphabet by a seeded generator: made-up secrets are written into no file. */
export function randomText(seed: number, length: number, alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'): string {
  let state = seed >>> 0;
  let made = '';
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    made += alphabet[Math.floor((state / 0x1_0000_0000) * alphabet.length)]!;
  }
  return made;
}
