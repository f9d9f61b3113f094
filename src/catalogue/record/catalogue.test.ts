import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventSeen } from '../../model/index.ts';
import { eventReport } from '../../model/index.ts';
import { codec, durableIdHash, encodeLogs, type LogInput, type Value } from '../../otlp/index.ts';
import { feed, feedAll, feedLogs, serviceHashOf } from '../testing/feed.ts';
import { Catalogue, foldedId } from './index.ts';

const launch = (i: number): LogInput => ({ eventName: 'LogLaunch', severityNumber: i % 10 === 0 ? 17 : 9, body: `launch ${i}`, attributes: { 'http.request.method': i % 2 === 0 ? 'GET' : 'POST', 'order.id': i, ...(i % 4 === 0 ? { late: true } : {}) } });
const many = (count: number, make: (i: number) => LogInput): LogInput[] => Array.from({ length: count }, (_, i) => make(i));
const field = (event: EventSeen, key: string, place = 'attribute') => event.fields.find((one) => one.key === key && one.place === place)!;
const sum = (events: readonly EventSeen[], of: (event: EventSeen) => number): number => events.reduce((total, event) => total + of(event), 0);

describe('a catalogue', () => {
  it('counts records and bytes by event, severity and version exactly', () => {
    const catalogue = new Catalogue({ startedUnixMs: 0 });
    feedLogs(catalogue, many(100, launch), 1000);
    feedLogs(catalogue, many(50, launch), 5000, { 'service.name': 'shop', 'service.version': '1.1.0' });
    feedLogs(catalogue, many(7, launch), 6000, { 'service.name': 'other' });
    const report = catalogue.takeReport(7000, 100);
    expect(eventReport.safeParse(report).error).toBeUndefined();
    const [shop, other] = report.events;
    expect(shop).toMatchObject({ signal: 'logs', service: 'shop', durableId: 'LogLaunch', source: 'event-name', records: 150, firstUnixMs: 1000, lastUnixMs: 5000, scope: 'shop.orders', sourceLine: null });
    expect(other).toMatchObject({ service: 'other', records: 7 });
    expect(shop!.severities).toMatchObject({ 9: { records: 135 }, 17: { records: 15 } });
    expect(shop!.versions).toMatchObject({ '1.0.0': { records: 100, firstUnixMs: 1000, lastUnixMs: 1000 }, '1.1.0': { records: 50, firstUnixMs: 5000 } });
    expect(other!.versions).toMatchObject({ '': { records: 7 } });
    const walked = codec.walk('logs', encodeLogs({ 'service.name': 'other' }, 'shop.orders', many(7, launch)));
    if (!walked.ok) throw new Error('not walked');
    expect(other!.bytes).toBe(Array.from({ length: 7 }, (_, i) => walked.value.recordEnd(i) - walked.value.recordStart(i)).reduce((a, b) => a + b));
  });

  it('tells the schema as seen', () => {
    const catalogue = new Catalogue({ startedUnixMs: 0 });
    feedLogs(catalogue, many(64, launch), 1000);
    const [event] = catalogue.takeReport(2000, 10).events;
    expect(event!.looked).toBe(64);
    expect(field(event!, 'http.request.method')).toMatchObject({ types: { string: 64 }, distinct: 2, examples: ['GET', 'POST'], maxBytes: 4 });
    expect(field(event!, 'order.id')).toMatchObject({ types: { long: 64 }, distinct: 64, examples: ['9'] });
    expect(field(event!, 'late')).toMatchObject({ types: { bool: 16 }, distinct: 1, examples: ['true'] });
    expect(field(event!, '', 'body')).toMatchObject({ types: { string: 64 }, distinct: 64 });
    expect(field(event!, 'service.version', 'resource')).toMatchObject({ types: { string: 64 }, distinct: 1 });
    // What the resource takes is shared by the 64 records of the request.
    expect(field(event!, 'service.version', 'resource').bytes).toBeLessThan(64);
  });

  it('goes into structured bodies by dotted paths, and not too deep', () => {
    const deep = Array.from({ length: 60 }).reduce<Value>((inner) => ({ down: inner }), 'bottom');
    const catalogue = new Catalogue({ startedUnixMs: 0 });
    feedLogs(catalogue, [{ eventName: 'e', body: { order: { id: 5, lines: [1, 2] }, ok: true } }, { eventName: 'deep', body: deep }], 1000);
    const [plain, nested] = catalogue.all();
    expect(plain!.fields.filter((one) => one.place === 'body').map((one) => [one.key, Object.keys(one.types)[0]])).toEqual([['order.id', 'long'], ['order.lines', 'dynamic'], ['ok', 'bool']]);
    expect(nested!.fields.filter((one) => one.place === 'body')).toHaveLength(1);
    expect(field(nested!, Array.from({ length: 9 }, () => 'down').join('.'), 'body').types).toEqual({ dynamic: 1 });
  });

  it('reports what changed, those first that waited longest', () => {
    const catalogue = new Catalogue({ startedUnixMs: 0 });
    for (const eventName of ['a', 'b', 'c']) feedLogs(catalogue, [{ eventName }], 1000);
    const first = catalogue.takeReport(2000, 2);
    expect([first.events.map((event) => event.durableId), first.waiting]).toEqual([['a', 'b'], 1]);
    feedLogs(catalogue, [{ eventName: 'a' }], 2500);
    expect(catalogue.takeReport(3000, 2).events.map((event) => event.durableId)).toEqual(['c', 'a']);
    expect(catalogue.takeReport(4000, 2).events).toEqual([]);
    catalogue.tellAgain();
    expect(catalogue.takeReport(5000, 5).events).toHaveLength(3);
  });

  it('sends a sketch only when it tells more', () => {
    const catalogue = new Catalogue({ startedUnixMs: 0 });
    feedLogs(catalogue, many(20, launch), 1000);
    expect(field(catalogue.takeReport(1000, 5).events[0]!, 'http.request.method').sketch).not.toBe('');
    feedLogs(catalogue, many(20, launch), 3000);
    expect(field(catalogue.takeReport(3000, 5).events[0]!, 'http.request.method').sketch).toBe('');
    catalogue.tellAgain();
    expect(field(catalogue.takeReport(3000, 5).events[0]!, 'http.request.method').sketch).not.toBe('');
  });

  it('notes what rules took', () => {
    const catalogue = new Catalogue({ startedUnixMs: 0 });
    feedLogs(catalogue, many(10, launch), 1000);
    const cursor = codec.cursor();
    const walked = codec.walk('logs', encodeLogs({}, '', [launch(0)]));
    if (walked.ok) { cursor.reset(walked.value); cursor.moveTo(0); }
    catalogue.removed('logs', durableIdHash(cursor), serviceHashOf('shop'), 4, 400, 1000);
    catalogue.removed('logs', 12345, serviceHashOf('shop'), 1, 10, 1000);
    const [event, folded] = catalogue.all();
    expect([event!.removedRecords, event!.removedBytes, folded!.durableId, folded!.removedRecords]).toEqual([4, 400, foldedId, 1]);
  });

  it('shows a new field within a second of a busy event, at a small share of looks', () => {
    const catalogue = new Catalogue({ startedUnixMs: 0 });
    for (let ms = 0; ms < 60_000; ms += 20) feedLogs(catalogue, many(200, launch), ms);
    for (let ms = 60_000; ms < 61_500; ms += 20) feedLogs(catalogue, many(200, (i) => ({ ...launch(i), attributes: { ...launch(i).attributes, fresh: 1 } })), ms);
    const event = catalogue.all()[0]!;
    expect(field(event, 'fresh').types.long).toBeGreaterThan(0);
    expect(event.looked / event.records).toBeLessThan(0.1);
  });

  it('names templates by the miner, and their former ids', () => {
    const catalogue = new Catalogue({ startedUnixMs: 0, templates: { describe: (ordinal) => ({ id: `t${ordinal}`, template: `order <*> of ${ordinal}`, aliases: ['t0'] }) } });
    const walked = codec.walk('logs', encodeLogs({ 'service.name': 'shop' }, '', [{ body: 'order 5 of 7' }]));
    if (!walked.ok) throw new Error('not walked');
    walked.value.templates = { numberOf: () => 3, idOf: (number) => `t${number}`, hashOf: () => 99 };
    const cursor = codec.cursor();
    cursor.reset(walked.value);
    cursor.moveTo(0);
    catalogue.observe(cursor, durableIdHash(cursor), 1, 1000);
    expect(catalogue.all()[0]).toMatchObject({ durableId: 't3', source: 'template', template: 'order <*> of 3', formerIds: ['t0'] });
  });

  it('tells names as they may be told', () => {
    const catalogue = new Catalogue({ startedUnixMs: 0, clean: (text, _service, source) => (source === 'service' ? text : text.replace('anna', '••••')) });
    feedLogs(catalogue, [{ eventName: 'login of anna' }], 1000);
    expect(catalogue.all()[0]!.durableId).toBe('login of ••••');
  });
});

describe('a catalogue under load', () => {
  it('keeps within its bounds under a million distinct ids, and counts every record', { timeout: 120_000 }, () => {
    const catalogue = new Catalogue({ startedUnixMs: 0, maxEvents: 2000, maxBytes: 8 * 2 ** 20 });
    let bytes = 0;
    for (let i = 0; i < 1_000_000; i += 1000) {
      const request = encodeLogs({ 'service.name': 'shop' }, '', many(1000, (n) => ({ eventName: n % 10 === 0 ? 'frequent' : `event ${i + n}` })));
      const walked = codec.walk('logs', request);
      if (walked.ok) for (let n = 0; n < 1000; n++) bytes += walked.value.recordEnd(n) - walked.value.recordStart(n);
      feed(catalogue, 'logs', request, i);
    }
    const events = catalogue.all();
    const held = catalogue.held();
    expect(held.events).toBeLessThanOrEqual(2000);
    expect(held.bytes).toBeLessThanOrEqual(8 * 2 ** 20);
    expect(sum(events, (event) => event.records)).toBe(1_000_000);
    expect(sum(events, (event) => event.bytes)).toBe(bytes);
    expect(sum(events, (event) => Object.values(event.severities).reduce((total, one) => total + one.records, 0))).toBe(1_000_000);
    expect(events.find((event) => event.durableId === 'frequent')!.records).toBe(100_000);
    const { folded } = catalogue.takeReport(0, 1);
    expect(folded.ids).toBeGreaterThan(850_000);
    expect(folded.ids).toBeLessThan(950_000);
  });

  it('keeps a hundred thousand ids within its bytes, and lets fields go for it', () => {
    const catalogue = new Catalogue({ startedUnixMs: 0 });
    for (let i = 0; i < 100_000; i += 1000) feedLogs(catalogue, many(1000, (n) => ({ eventName: `event number ${i + n}`, attributes: { a: n, b: 'x', c: true } })), i * 100);
    const held = catalogue.held();
    expect(held.events).toBeGreaterThan(99_000);
    expect(held.bytes).toBeLessThanOrEqual(96 * 2 ** 20);
    expect(sum(catalogue.all(), (event) => event.records)).toBe(100_000);
  });

  it('lets a new frequent id in when it is full', () => {
    const catalogue = new Catalogue({ startedUnixMs: 0, maxEvents: 200 });
    for (let round = 0; round < 20; round++) feedLogs(catalogue, many(200, (i) => ({ eventName: `old ${i}` })), round * 1000);
    for (let round = 20; round < 60; round++) feedLogs(catalogue, many(300, (i) => ({ eventName: i % 3 === 0 ? 'newcomer' : `old ${i % 150}` })), round * 1000);
    expect(catalogue.all().find((event) => event.durableId === 'newcomer')!.records).toBeGreaterThan(3000);
    expect(sum(catalogue.all(), (event) => event.records)).toBe(20 * 200 + 40 * 300);
  });

  it('says which events left after they were told', () => {
    const catalogue = new Catalogue({ startedUnixMs: 0, maxEvents: 5 });
    feedLogs(catalogue, many(5, (i) => ({ eventName: `old ${i}` })), 0);
    catalogue.takeReport(0, 10);
    feedLogs(catalogue, many(20, (i) => ({ eventName: `new ${i}` })), 1000);
    const report = catalogue.takeReport(1000, 20);
    expect(report.left!.length).toBeGreaterThan(0);
    expect(report.left!.every((one) => one.durableId.startsWith('old'))).toBe(true);
  });

  it('stays within its bytes when records are monsters', () => {
    const catalogue = new Catalogue({ startedUnixMs: 0, maxBytes: 4 * 2 ** 20 });
    const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`key ${i} ${'k'.repeat(i % 300)}`, `v${i}`]));
    for (let i = 0; i < 30; i++) feedLogs(catalogue, [{ eventName: `wide ${i}`, attributes: wide, body: { ['b'.repeat(100_000)]: 'x'.repeat(100_000) } }], i * 1000);
    const events = catalogue.all();
    expect(catalogue.held().bytes).toBeLessThanOrEqual(4 * 2 ** 20);
    expect(sum(events, (event) => event.records)).toBe(30);
    for (const event of events) expect(event.fields.length).toBeLessThanOrEqual(1000);
    expect(events.some((event) => event.foldedFields.seen >= 9000)).toBe(true);
    expect(events.every((event) => event.fields.every((one) => one.key.length <= 256))).toBe(true);
  });

  it('keeps a steady field among keys that never come twice', () => {
    const catalogue = new Catalogue({ startedUnixMs: 0, maxFields: 20 });
    for (let i = 0; i < 400; i++) feedLogs(catalogue, [{ eventName: 'e', attributes: { [`once-${i}`]: 1, ...(i >= 100 ? { steady: 'yes' } : {}) } }], i * 1000);
    const event = catalogue.all()[0]!;
    expect(field(event, 'steady').types.string).toBeGreaterThan(250);
    const seen = event.fields.filter((one) => one.place === 'attribute').reduce((total, one) => total + Object.values(one.types).reduce((a, b) => a + b), 0);
    expect(seen + event.foldedFields.seen).toBe(event.looked + Math.max(0, event.looked - 100));
  });

  it('folds the rarest of many versions', () => {
    const catalogue = new Catalogue({ startedUnixMs: 0 });
    for (let i = 0; i < 100; i++) feedLogs(catalogue, many(i === 3 ? 50 : 1, launch), i, { 'service.name': 'shop', 'service.version': `1.${i}` });
    const { versions } = catalogue.all()[0]!;
    expect(Object.keys(versions).length).toBeLessThanOrEqual(33);
    expect(versions['1.3']!.records).toBe(50);
    expect(Object.values(versions).reduce((total, one) => total + one.records, 0)).toBe(149);
  });

  it('adds up whatever comes', () => {
    const record = fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__', ''), severity: fc.integer({ min: 0, max: 40 }), attributes: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.double())) });
    fc.assert(fc.property(fc.array(fc.array(record, { minLength: 1, maxLength: 8 }), { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), (requests, maxEvents) => {
      const catalogue = new Catalogue({ startedUnixMs: 0, maxEvents });
      for (const [i, records] of requests.entries()) feedLogs(catalogue, records.map(({ name, severity, attributes }) => ({ eventName: name, severityNumber: severity, attributes })), i);
      const events = catalogue.all();
      expect(sum(events, (event) => event.records)).toBe(requests.flat().length);
      expect(sum(events, (event) => Object.values(event.versions).reduce((total, one) => total + one.records, 0))).toBe(requests.flat().length);
      for (const event of events) for (const one of event.fields) expect(Object.values(one.types).reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(event.looked);
    }), { numRuns: 60 });
  });

  it('counts records together as it counts them one by one', () => {
    const record = fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd', ''), severity: fc.integer({ min: 0, max: 40 }), times: fc.integer({ min: 1, max: 150 }) });
    const request = fc.record({ service: fc.constantFrom('x', 'y'), version: fc.constantFrom('1', '2', ''), records: fc.array(record, { minLength: 1, maxLength: 6 }), laterMs: fc.constantFrom(0, 5, 150, 2000), reads: fc.boolean() });
    fc.assert(fc.property(fc.array(request, { maxLength: 10 }), fc.constantFrom(1, 3, 1000), (requests, maxEvents) => {
      const [together, single] = [new Catalogue({ startedUnixMs: 0, maxEvents }), new Catalogue({ startedUnixMs: 0, maxEvents })];
      let nowUnixMs = 1000;
      for (const { service, version, records, laterMs, reads } of requests) {
        nowUnixMs += laterMs;
        const bytes = encodeLogs({ 'service.name': service, 'service.version': version }, '', records.flatMap(({ name, severity, times }) => many(times, () => ({ eventName: name, severityNumber: severity }))));
        feedAll(together, 'logs', bytes, nowUnixMs);
        feed(single, 'logs', bytes, nowUnixMs);
        if (reads) together.takeReport(nowUnixMs, 2);
      }
      const counted = (catalogue: Catalogue) => catalogue.all().map(({ service, durableId, records, bytes, severities, versions }) => ({ service, durableId, records, bytes, severities, versions: Object.entries(versions).map(([version, one]) => [version, one.records, one.bytes]) }));
      const byKey = (events: ReturnType<typeof counted>) => events.map((event) => JSON.stringify(event)).toSorted();
      const [mine, theirs] = [counted(together), counted(single)];
      if (maxEvents === 1000) expect(byKey(mine)).toEqual(byKey(theirs));
      const total = (events: ReturnType<typeof counted>) => [events.reduce((all, one) => all + one.records, 0), events.reduce((all, one) => all + one.bytes, 0), together.records];
      expect(total(mine)).toEqual([...total(theirs).slice(0, 2), single.records]);
    }), { numRuns: 30 });
  });
});
