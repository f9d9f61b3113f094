// Where each text of each signal stands, and the path to it.
import { describe, expect, test } from 'vitest';
import type { Signal } from '../model/index.ts';
import { codec, objectToProtobuf, type SurroundingsMapper, type TextMapper, type TextPlace, type Value } from './index.ts';

type Json = { readonly [key: string]: unknown };
const text = (stringValue: string): Json => ({ stringValue });
const pair = (key: string, value: Json): Json => ({ key, value });
const bag = (...values: Json[]): Json => ({ kvlistValue: { values } });
const list = (...values: Json[]): Json => ({ arrayValue: { values } });

function bytesOf(signal: Signal, document: Json): Uint8Array {
  const made = objectToProtobuf(signal, document);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}
const utf8 = (bytes: Uint8Array, start: number, end: number): string => Buffer.from(bytes.subarray(start, end)).toString();
const keyOf = (at: TextPlace): string => utf8(at.keyBytes, at.keyStart, at.keyEnd);

/** Every text with its place, key and path; keys apart. */
function seen(signal: Signal, document: Json): { texts: string[]; keys: string[]; values: string[] } {
  const found = { texts: [] as string[], keys: [] as string[], values: [] as string[] };
  const mapper: TextMapper = {
    value: (at) => { found.values.push(`${at.place} ${at.path()}`); return null; },
    text: (at, bytes, start, end) => { found.texts.push(`${utf8(bytes, start, end)}: ${at.place} ${keyOf(at)}|${at.path()}`); return null; },
    key: (at, bytes, start, end) => { found.keys.push(`${utf8(bytes, start, end)}: ${at.place} ${at.path()}`); expect(keyOf(at)).toBe(utf8(bytes, start, end)); return null; },
    integer: (at, value) => { found.texts.push(`${String(value)}: ${at.place} ${keyOf(at)}|${at.path()}`); return null; },
    holds: () => false,
  };
  const view = codec.walk(signal, bytesOf(signal, document));
  if (!view.ok) throw new Error(view.error.message);
  const cursor = codec.cursor();
  cursor.reset(view.value);
  for (let i = 0; i < view.value.recordCount; i++) { cursor.moveTo(i); expect(codec.mapRecordText(cursor, mapper)).toBeNull(); }
  expect(codec.mapTextAround(view.value, { of: () => mapper, within: () => { /* not asked */ } })).toBeNull();
  return found;
}

const nested = [pair('a', text('t1')), pair('user', bag(pair('token', text('t2')), pair('emails', list(text('t3'), bag(pair('host', text('t4'))))), pair('n', { intValue: '7' })))];

test('logs: names, body and attributes, however nested, and what surrounds them', () => {
  const found = seen('logs', { resourceLogs: [{
    resource: { attributes: [pair('service.name', text('web'))], entityRefs: [{ type: 'ent', schemaUrl: 'es' }] }, schemaUrl: 'rs',
    scopeLogs: [{ scope: { name: 'lib', version: '1.2.3.4', attributes: [pair('s', text('sv'))] }, schemaUrl: 'ss', logRecords: [{ severityText: 'INFO', eventName: 'ev', body: bag(...nested), attributes: nested }] }],
  }] });
  expect(found.texts.toSorted()).toEqual([
    'INFO: name |severityText', 'ev: name |eventName',
    't1: body a|body.a', 't2: body token|body.user.token', 't3: body emails|body.user.emails', 't4: body host|body.user.emails.host', '7: body n|body.user.n',
    't1: attribute a|a', 't2: attribute token|user.token', 't3: attribute emails|user.emails', 't4: attribute host|user.emails.host', '7: attribute n|user.n',
    'web: resource service.name|service.name', 'ent: resource |type', 'es: resource |schemaUrl', 'rs: resource |schemaUrl',
    'lib: scope |name', '1.2.3.4: scope version|version', 'sv: scope s|s', 'ss: scope |schemaUrl',
  ].toSorted());
  expect(found.values).toEqual(['body body', 'body body.a', 'body body.user', 'body body.user.token', 'body body.user.emails', 'body body.user.emails.host', 'body body.user.n',
    'attribute a', 'attribute user', 'attribute user.token', 'attribute user.emails', 'attribute user.emails.host', 'attribute user.n', 'resource service.name', 'scope s']);
  expect(found.keys).toContain('host: attribute user.emails.host');
});

test('a body that is a text has no key', () => {
  expect(seen('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: text('hello') }] }] }] }).texts).toEqual(['hello: body |body']);
});

test('spans: names, events, links and status', () => {
  const found = seen('spans', { resourceSpans: [{ scopeSpans: [{ spans: [{
    name: 'GET', traceState: 'ts', attributes: [pair('http.route', text('/x'))], status: { message: 'bad' },
    events: [{ name: 'exception', attributes: [pair('exception.message', text('em'))] }], links: [{ traceState: 'lt', attributes: [pair('l', text('lv'))] }],
  }] }] }] });
  expect(found.texts.toSorted()).toEqual(['GET: name |name', 'ts: other |traceState', '/x: attribute http.route|http.route', 'bad: other |message',
    'exception: event |name', 'em: event exception.message|exception.message', 'lt: link |traceState', 'lv: link l|l'].toSorted());
});

describe('metrics', () => {
  const point = { timeUnixNano: '5', attributes: [pair('p', text('pv'))] };
  const exemplar = { timeUnixNano: '5', asDouble: 1, filteredAttributes: [pair('x', text('xv'))] };
  const kinds = {
    gauge: { dataPoints: [{ ...point, asDouble: 1, exemplars: [exemplar] }] }, sum: { dataPoints: [{ ...point, asInt: '1', exemplars: [exemplar] }] },
    histogram: { dataPoints: [{ ...point, count: '1', exemplars: [exemplar] }] }, exponentialHistogram: { dataPoints: [{ ...point, count: '1', exemplars: [exemplar] }] },
  };
  test.each(Object.entries(kinds))('%s: names, units, points and exemplars', (kind, data) => {
    const found = seen('metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'm', unit: 'u', description: 'd', metadata: [pair('md', text('mv'))], [kind]: data }] }] }] });
    expect(found.texts.toSorted()).toEqual(['m: name |name', 'u: metric |unit', 'd: metric |description', 'mv: metric md|md', 'pv: attribute p|p', 'xv: metric x|x'].toSorted());
  });
});

describe('a value decided by its name', () => {
  const mapped = (fate: 'keep' | 'whole', answer: (form: string) => string | null, key = 'v'): unknown => {
    const values = [pair('v', list(text('x'), { intValue: '3' })), pair('v', bag(pair('k', text('y')))), pair('v', { boolValue: true }), pair('v', { doubleValue: 1.5 }), pair('v', { intValue: '9007199254740993' }), pair('v', text('z')), pair('v', {}), pair('w', text('z'))];
    const mapper: TextMapper = {
      value: (at) => (keyOf(at) === key ? fate : null), key: () => null, integer: () => null, holds: () => false,
      text: (at, bytes, start, end) => { const said = keyOf(at) === key ? answer(utf8(bytes, start, end)) : null; return said === null ? null : Buffer.from(said); },
    };
    const view = codec.walk('logs', bytesOf('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [{ attributes: values }] }] }] }));
    if (!view.ok) throw new Error(view.error.message);
    const cursor = codec.cursor();
    cursor.reset(view.value);
    cursor.moveTo(0);
    const document = codec.protobufToJson('logs', codec.rewrite(view.value, [codec.mapRecordText(cursor, mapper)]));
    if (!document.ok) throw new Error(document.error.message);
    return (document.value as { resourceLogs: { scopeLogs: { logRecords: { attributes: { key: string; value: unknown }[] }[] }[] }[] }).resourceLogs[0]!.scopeLogs[0]!.logRecords[0]!.attributes;
  };

  test('is put to the mapper as one text', () => {
    expect(mapped('whole', (form) => `<${form}>`)).toEqual([
      pair('v', text('<["x",3]>')), pair('v', text('<{"k":"y"}>')), pair('v', text('<true>')), pair('v', text('<1.5>')), pair('v', text('<9007199254740993>')), pair('v', text('<z>')), pair('v', {}), pair('w', text('z')),
    ]);
  });

  test('goes with its key when nothing is left of it, and stays when it is kept or nothing is said', () => {
    expect(mapped('whole', () => '')).toEqual([pair('w', text('z'))]);
    expect(mapped('whole', () => null)).toEqual(mapped('keep', () => 'never asked'));
    expect(mapped('keep', () => 'never asked')).toHaveLength(8);
  });
});

test('surroundings are mapped by resource, and say which records they surround', () => {
  const resource = (name: string, ...scopes: readonly string[]): Json => ({ resource: { attributes: [pair('service.name', text(name))] }, scopeLogs: scopes.map((scope) => ({ scope: { name: scope }, logRecords: [{ body: text(scope) }, { body: text(scope) }] })) });
  const walked = codec.walk('logs', bytesOf('logs', { resourceLogs: [resource('a', 's1', 's2'), resource('b', 's3'), { resource: { attributes: [pair('service.name', text('empty'))] } }] }));
  if (!walked.ok) throw new Error(walked.error.message);
  const view = walked.value;
  expect(codec.serviceNames(view)).toEqual(['a', 'b', 'empty']);
  expect(codec.allServiceNames(view).map(({ name }) => name)).toEqual(['a', 'b', 'empty']);
  let range = { from: 0, to: 0 };
  const surrounded = new Map<string, number>();
  const mapper: TextMapper = {
    value: () => null, key: () => null, integer: () => null, holds: () => false,
    text: (_at, bytes, start, end) => {
      const inside = Array.from({ length: view.recordCount }, (_, i) => i).filter((i) => view.recordStart(i) >= range.from && view.recordEnd(i) <= range.to);
      surrounded.set(utf8(bytes, start, end), inside.length);
      return Buffer.from('!');
    },
  };
  const around: SurroundingsMapper = { of: (ordinal) => (ordinal === 1 ? null : mapper), within: (from, to) => { range = { from, to }; } };
  const mapped = codec.mapTextAround(view, around)!;
  expect(Object.fromEntries(surrounded)).toEqual({ a: 4, s1: 2, s2: 2, empty: 0 });
  const again = codec.walk('logs', mapped);
  expect(again.ok && codec.serviceNames(again.value)).toEqual(['!', 'b', '!']);
});

const made = (by: Readonly<Record<string, (before: Value) => Value>>) => new Map(Object.entries(by));

test('attributes are made of what is there, everything else keeps its bytes', () => {
  const record = { severityText: 'INFO', attributes: [pair('count', { intValue: '2' }), pair('a', text('x'))], eventName: 'ev' };
  const view = codec.walk('logs', bytesOf('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] }));
  if (!view.ok) throw new Error(view.error.message);
  const cursor = codec.cursor();
  cursor.reset(view.value);
  cursor.moveTo(0);
  const once = codec.withAttributes(cursor, null, made({ count: (before) => Number(before) + 1, new: (before) => before === null }));
  const twice = codec.withAttributes(cursor, once, made({ count: (before) => Number(before) + 1, a: () => null }));
  const document = codec.protobufToJson('logs', codec.rewrite(view.value, [twice]));
  expect(document).toMatchObject({ value: { resourceLogs: [{ scopeLogs: [{ logRecords: [{ severityText: 'INFO', eventName: 'ev', attributes: [pair('new', { boolValue: true }), pair('count', { intValue: '4' })] }] }] }] } });
});
