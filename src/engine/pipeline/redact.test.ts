// Wherever a generated secret is put in a request, it is gone from the bytes that leave.
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { encodeUtf8, ManualClock } from '../../base/index.ts';
import type { Operator, Sink } from '../../kql/index.ts';
import type { Signal } from '../../model/index.ts';
import { codec, objectToProtobuf } from '../../otlp/index.ts';
import { detectorList, KeyRing } from '../../redaction/index.ts';
import { attr, call, col, lit, logRequest, plan, rule, where } from '../../testing/index.ts';
import { createPipeline } from '../index.ts';

type Json = { [key: string]: unknown };
const keys = ['a', 'peer', 'note', 'db.user', 'http.route', 'zażółć'];
const word = fc.constantFrom(...keys);
/** Lengths of 48 to 57 bytes are digits on the wire, right before the text. */
const text = fc.oneof(fc.constantFrom('checkout', 'took 3 ms', '', '😀 ok'), fc.integer({ min: 20, max: 60 }).map((length) => 'x '.repeat(length).slice(0, length)));
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, text.map((stringValue) => ({ stringValue })), fc.nat().map((intValue) => ({ intValue })), fc.boolean().map((boolValue) => ({ boolValue })), text.map((plain) => ({ bytesValue: Buffer.from(plain).toString('base64') })),
    fc.array(tie('value'), { maxLength: 3 }).map((values) => ({ arrayValue: { values } })),
    fc.array(fc.tuple(word, tie('value')), { maxLength: 3 }).map((pairs) => ({ kvlistValue: { values: pairs.map(([key, one]) => ({ key, value: one })) } }))),
}));
const attributes = fc.array(fc.record({ key: word, value }), { minLength: 1, maxLength: 3 });
const some = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { minLength: 1, maxLength: 2 });
const time = fc.constant('1700000000000000000');
const ids = { traceId: fc.constant('0af7651916cd43dd8448eb211c80319c'), spanId: fc.constant('b7ad6b7169203331') };
const exemplars = some(fc.record({ timeUnixNano: time, asDouble: fc.double({ noNaN: true }), ...ids, filteredAttributes: attributes }));
const point = { attributes, timeUnixNano: time };
const kinds = fc.oneof(
  fc.record({ gauge: fc.record({ dataPoints: some(fc.record({ ...point, asDouble: fc.constant(1.5), exemplars })) }) }),
  fc.record({ sum: fc.record({ dataPoints: some(fc.record({ ...point, asInt: fc.constant('7'), exemplars })), isMonotonic: fc.constant(true) }) }),
  fc.record({ histogram: fc.record({ dataPoints: some(fc.record({ ...point, count: fc.constant('3'), bucketCounts: fc.constant(['1', '2']), explicitBounds: fc.constant([5]), exemplars })) }) }),
  fc.record({ exponentialHistogram: fc.record({ dataPoints: some(fc.record({ ...point, positive: fc.constant({ offset: 1, bucketCounts: ['1'] }), exemplars })) }) }),
  fc.record({ summary: fc.record({ dataPoints: some(fc.record({ ...point, quantileValues: fc.constant([{ quantile: 0.5, value: 1 }]) })) }) }),
);
const records: Readonly<Record<Signal, fc.Arbitrary<Json>>> = {
  logs: fc.record({ timeUnixNano: time, severityText: text, body: value, attributes, eventName: text, ...ids }),
  spans: fc.record({
    ...ids, name: text, traceState: text, attributes, status: fc.record({ message: text, code: fc.constant(2) }),
    events: some(fc.record({ timeUnixNano: time, name: text, attributes })), links: some(fc.record({ ...ids, traceState: text, attributes })),
  }),
  metrics: fc.tuple(fc.record({ name: text, description: text, unit: text, metadata: attributes }), kinds).map(([about, data]) => ({ ...about, ...data })),
};
const names: Readonly<Record<Signal, readonly [string, string, string]>> = { logs: ['resourceLogs', 'scopeLogs', 'logRecords'], spans: ['resourceSpans', 'scopeSpans', 'spans'], metrics: ['resourceMetrics', 'scopeMetrics', 'metrics'] };

const request = (signal: Signal): fc.Arbitrary<Json> => {
  const [resources, scopes, list] = names[signal];
  const scope = fc.record({ scope: fc.record({ name: text, version: text, attributes }), schemaUrl: text, [list]: some(records[signal]) });
  return fc.record({ [resources]: some(fc.record({ resource: fc.record({ attributes, entityRefs: some(fc.record({ schemaUrl: text, type: text, idKeys: some(text) })) }), schemaUrl: text, [scopes]: some(scope) })) });
};

/** Every place of a document that holds text (keys of attributes included), as a function that puts another in. */
function places(node: unknown, found: ((change: (before: string) => string) => void)[] = []): ((change: (before: string) => string) => void)[] {
  if (typeof node !== 'object' || node === null) return found;
  for (const [name, inner] of Object.entries(node)) {
    const holder = node as Json;
    if (typeof inner === 'object') places(inner, found);
    else if (name === 'bytesValue') found.push((change) => { holder[name] = Buffer.from(change(Buffer.from(inner as string, 'base64').toString())).toString('base64'); });
    else if (typeof inner === 'string' && !/^(?:\d+|[0-9a-f]{16,32})$/.test(inner)) found.push((change) => { holder[name] = change(inner); });
  }
  return found;
}

const chars = (alphabet: string, length: number): fc.Arbitrary<string> => fc.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length }).map((list) => list.join(''));
const base62 = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const luhn = (number: string): boolean => [...number].reduceRight((sum, char, i) => { const weighed = Number(char) * ((number.length - i) % 2 === 0 ? 2 : 1); return sum + (weighed > 9 ? weighed - 9 : weighed); }, 0) % 10 === 0;
const card = chars('0123456789', 14).map((middle) => { for (let digit = 0; ; digit++) if (luhn(`4${middle}${digit}`)) return `4${middle}${digit}`; });
/** What is written, and the part of it that must not leave. */
const secret = fc.oneof(
  chars(base62, 36).map((body) => [`ghp_${body}`, body] as const), card.map((number) => [number, number] as const),
  chars('abcdefghij', 9).map((name) => [`${name}@shop.example`, name] as const), chars(base62, 14).map((word) => [`postgres://app:${word}@db/x`, word] as const),
);

const tables = { logs: 'Logs', spans: 'Spans', metrics: 'Metrics' } as const;
const modes = ['mask', 'hash', 'remove'] as const;
type RedactSink = Extract<Sink, { sink: 'redact' }>;
const redact = (signal: Signal, mode: RedactSink['mode'], detectors: readonly string[] = ['*'], ...operators: Parameters<typeof plan>[1]) => rule('redact', plan(tables[signal], operators, { sink: 'redact', detectors: [...detectors], mode }));
const clock = new ManualClock(1_700_000_000_000_000_000n);
const pipelineWith = (of: ReturnType<typeof rule>, time: Parameters<typeof createPipeline>[0]['clock'] = clock) => {
  const pipeline = createPipeline({ clock: time, resource: {}, recorderBytes: 1000, maxGroups: 10, redactionKeys: new KeyRing(encodeUtf8('key of the test')) });
  const done = pipeline.replaceRules([of]);
  if (!done.ok) throw new Error(done.error.message);
  return pipeline;
};
const bytesOf = (signal: Signal, document: Json): Uint8Array => {
  const made = objectToProtobuf(signal, document);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
};
const run = (pipeline: ReturnType<typeof pipelineWith>, signal: Signal, bytes: Uint8Array) => {
  const result = pipeline.process(signal, bytes, { in: true, out: true });
  if (!result.ok) throw new Error(result.error.message);
  return { ...result.value, left: [...result.value.out.map((one) => one.bytes), result.value.tapIn!, result.value.tapOut!] };
};
const json = (signal: Signal, bytes: Uint8Array): unknown => { const read = codec.protobufToJson(signal, bytes); if (!read.ok) throw new Error(read.error.message); return read.value; };
const count = (signal: Signal, bytes: Uint8Array): number => recordsOf(signal, bytes).length;

const recordsOf = (signal: Signal, bytes: Uint8Array): readonly Buffer[] => {
  const walked = codec.walk(signal, bytes);
  if (!walked.ok) throw new Error(walked.error.message);
  const view = walked.value;
  return Array.from({ length: view.recordCount }, (_, i) => Buffer.from(bytes.subarray(view.recordStart(i), view.recordEnd(i))));
};

const cases = (['logs', 'spans', 'metrics'] as const).flatMap((signal) => modes.map((mode) => [signal, mode] as const));

test.each(cases)('a secret anywhere in %s is gone from the bytes, mode %s', (signal, mode) => {
  const pipeline = pipelineWith(redact(signal, mode));
  fc.assert(fc.property(request(signal), fc.nat(), secret, fc.boolean(), (document, where, [written, hidden], alone) => {
    const all = places(document);
    all[where % all.length]!((before) => (alone ? written + (before.startsWith('x') ? ` ${before}` : '') : `${before} ${written} ${before}`));
    const bytes = bytesOf(signal, document);
    expect(Buffer.from(bytes).includes(hidden)).toBe(true);
    const { left } = run(pipeline, signal, bytes);
    for (const one of left) {
      expect(Buffer.from(one).includes(hidden)).toBe(false);
      expect(count(signal, one)).toBe(count(signal, bytes));
      json(signal, one);
    }
  }), { numRuns: 150 });
});

test.each(cases)('a card that is a number in an attribute of %s is gone, mode %s', (signal, mode) => {
  const pipeline = pipelineWith(redact(signal, mode));
  fc.assert(fc.property(request(signal), fc.nat(), card, fc.boolean(), (document, where, number, asDouble) => {
    const holders: Json[] = [];
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      if (Object.hasOwn(node, 'key') && Object.hasOwn(node, 'value')) holders.push(node as Json);
      Object.values(node).forEach(visit);
    };
    visit(document);
    holders[where % holders.length]!['value'] = asDouble ? { doubleValue: Number(number) } : { intValue: number };
    const bytes = bytesOf(signal, document);
    expect(JSON.stringify(json(signal, bytes))).toContain(number);
    for (const one of run(pipeline, signal, bytes).left) expect(JSON.stringify(json(signal, one))).not.toContain(number);
  }), { numRuns: 60 });
});

test.each(cases)('what holds no secret in %s leaves as the very bytes it came in, mode %s', (signal, mode) => {
  const pipeline = pipelineWith(redact(signal, mode));
  fc.assert(fc.property(request(signal), (document) => {
    const bytes = bytesOf(signal, document);
    expect(run(pipeline, signal, bytes).out[0]!.bytes).toBe(bytes);
  }), { numRuns: 40 });
});

const value4 = (stringValue: string) => ({ stringValue });
const span = (exception: string, service = 'web') => ({ resource: { attributes: [{ key: 'service.name', value: value4(service) }, { key: 'host.owner', value: value4('ann.b@shop.example') }] }, scopeSpans: [{ spans: [
  { name: 'GET', events: [{ name: 'exception', timeUnixNano: '5', attributes: [{ key: 'exception.type', value: value4('E') }, { key: 'exception.message', value: value4(exception) }] }], droppedEventsCount: 3 }] }] });

test('an exception message in a span event is masked, and all around it stays', () => {
  const { out, changed } = run(pipelineWith(redact('spans', 'mask')), 'spans', bytesOf('spans', { resourceSpans: [span('no user ann.b@shop.example here')] }));
  const left = json('spans', out[0]!.bytes) as { resourceSpans: { scopeSpans: { spans: Json[] }[] }[] };
  expect(left.resourceSpans[0]!.scopeSpans[0]!.spans[0]).toMatchObject({ name: 'GET', droppedEventsCount: 3, events: [{ name: 'exception', timeUnixNano: '5', attributes: [{ key: 'exception.type', value: { stringValue: 'E' } }, { key: 'exception.message', value: { stringValue: 'no user •••• here' } }] }] });
  expect(changed).toBe(1);
});

test('resources are redacted when any record of the request matched, and only then', () => {
  const bytes = bytesOf('spans', { resourceSpans: [span('fine', 'web'), span('fine', 'cart')] });
  const ofService = (name: string) => redact('spans', 'mask', ['*'], where(call('==', col('ServiceName'), lit(name))));
  expect(run(pipelineWith(ofService('other')), 'spans', bytes).out[0]!.bytes).toBe(bytes);
  const matched = run(pipelineWith(ofService('cart')), 'spans', bytes);
  expect(Buffer.from(matched.out[0]!.bytes).includes('ann.b@')).toBe(false);
  expect(matched).toMatchObject({ changed: 0, received: 2 });
});

test('a version of four parts is no address', () => {
  const bytes = bytesOf('logs', { resourceLogs: [{ resource: { attributes: [{ key: 'service.version', value: value4('10.1.2.3') }] }, scopeLogs: [{ scope: { name: 'n', version: '10.1.2.4' }, logRecords: [{ body: value4('x') }] }] }] });
  expect(run(pipelineWith(redact('logs', 'mask')), 'logs', bytes).out[0]!.bytes).toBe(bytes);
});

test.each(['logs', 'spans', 'metrics'] as const)('a redact rule that throws masks all text of %s and says so', (signal) => {
  fc.assert(fc.property(request(signal), fc.nat(), (document, at) => {
    // Nothing that a detector knows: only wholesale masking hides it. Keys stay, so it is put elsewhere.
    const hidden = 'correcthorsebattery';
    const texts = places(document).filter((put) => { let isKey = false; put((before) => { isKey = keys.includes(before); return before; }); return !isKey; });
    texts[at % texts.length]!(() => hidden);
    const bytes = bytesOf(signal, document);
    let calls = Number.NEGATIVE_INFINITY;
    const broken = { nowUnixNano: () => { if (++calls > 1) throw new Error('the clock broke'); return 0n; }, monotonicMs: () => 0 };
    const pipeline = pipelineWith(redact(signal, 'mask', ['*'], where(call('<', col('Timestamp', 'datetime'), call('now')))), broken);
    calls = 0;
    const { left, received } = run(pipeline, signal, bytes);
    for (const one of left) expect(recordsOf(signal, one).some((record) => record.includes(hidden))).toBe(false);
    expect(left.map((one) => count(signal, one))).toEqual(left.map(() => received));
    expect(pipeline.stats()[0]).toMatchObject({ errors: received, lastError: 'the clock broke' });
  }), { numRuns: 60 });
});

afterEach(() => { vi.restoreAllMocks(); });

const longPattern = '(?i)(secret|token)[a-z]{0,900}=';
test.each<readonly [string, Operator]>([
  ['matches regex', where(call('matches regex', col('Body', 'dynamic'), lit(longPattern)))],
  ['parse-where kind=regex', { op: 'parse', source: col('Body', 'dynamic'), parts: [{ part: 'skip' }, { part: 'text', text: longPattern }, { part: 'column', name: 'rest', type: 'string' }], mode: 'regex', flags: '', keepOnlyParsed: true }],
])('a text too long for a rule’s own regular expression is masked, not passed by; a rule that drops lets it pass; both say so: %s', (_, pattern) => {
  const long = `${'x '.repeat(6000)}token=ghp_abcdefghijklmnopqrstuvwxyz0123456789`;
  const outcome = (sink: Sink) => {
    const pipeline = createPipeline({ clock: new ManualClock(), resource: {}, recorderBytes: 1, maxGroups: 1 });
    expect(pipeline.replaceRules([rule('long', plan('Logs', [pattern], sink))]).ok).toBe(true);
    const result = pipeline.process('logs', logRequest([{ service: 'a', scope: '', resource: {}, record: { body: long } }]), { in: false, out: false });
    if (!result.ok) throw new Error(result.error.message);
    const { errors, lastError } = pipeline.stats()[0]!;
    expect([errors, lastError]).toEqual([1, expect.stringContaining('too long')]);
    return result.value.out.map(({ bytes }) => Buffer.from(bytes).includes('ghp_'));
  };
  expect(outcome({ sink: 'redact', detectors: ['*'], mode: 'mask' })).toEqual([false]);
  expect(outcome({ sink: 'drop' })).toEqual([true]);
});

test('where looking at a record fails its text goes, and where that fails too the record goes, counted', () => {
  const bytes = bytesOf('spans', { resourceSpans: [span('no user ann.b@shop.example'), span('fine', 'cart')] });
  const broken = (): never => { throw new Error('broken'); };
  vi.spyOn(codec, 'mapRecordText').mockImplementationOnce(broken);
  const once = pipelineWith(redact('spans', 'mask'));
  const masked = run(once, 'spans', bytes);
  expect(masked.left.map((one) => Buffer.from(one).includes('ann.b@') || recordsOf('spans', one)[0]!.includes('GET'))).toEqual([false, false, false]);
  expect(masked).toMatchObject({ changed: 1, removed: { dropped: 0 } });
  expect(once.stats()[0]).toMatchObject({ errors: 1, lastError: 'broken', changed: 1 });
  vi.spyOn(codec, 'mapRecordText').mockImplementation(broken);
  const always = pipelineWith(redact('spans', 'mask'));
  expect(run(always, 'spans', bytes)).toMatchObject({ received: 2, out: [], removed: { dropped: 2 } });
  expect(always.stats()[0]).toMatchObject({ errors: 2, removed: 2 });
});

test('where looking at the surroundings fails their text goes, and where that fails too all records go, counted', () => {
  const bytes = bytesOf('spans', { resourceSpans: [span('fine')] });
  const broken = (): never => { throw new Error('broken'); };
  vi.spyOn(codec, 'mapTextAround').mockImplementationOnce(broken);
  const once = pipelineWith(redact('spans', 'mask'));
  const masked = run(once, 'spans', bytes);
  expect(masked.left.map((one) => Buffer.from(one).includes('ann.b@') || Buffer.from(one).includes('web'))).toEqual([false, false, false]);
  expect(Buffer.from(masked.out[0]!.bytes).includes('fine')).toBe(true);
  expect(once.stats()[0]).toMatchObject({ errors: 1, lastError: 'broken' });
  vi.spyOn(codec, 'mapTextAround').mockImplementation(broken);
  expect(run(pipelineWith(redact('spans', 'mask')), 'spans', bytes)).toMatchObject({ received: 1, out: [], removed: { dropped: 1 } });
});

const mask = (name: string, detectors: readonly string[], order: number, ...operators: Operator[]) => rule(name, plan('Logs', operators, { sink: 'redact', detectors: [...detectors], mode: 'mask' }), order);
const fromAnn = where(call('==', attr('user'), lit('ann.b@shop.example')));
const annLine = { service: 'web', scope: '', resource: { 'host.owner': 'ann.b@shop.example' }, record: { body: 'from 10.1.2.3 by ann.b@shop.example', attributes: { user: 'ann.b@shop.example' } } };

test.each([['after', 900], ['before', 1]])('a redact rule hides no record from another: its where sees what the rule %s it masks', (_, order) => {
  const pipeline = createPipeline({ clock: new ManualClock(), resource: {}, recorderBytes: 1, maxGroups: 1 });
  const ofResource = where(call('==', attr('host.owner', 'Resource'), lit('ann.b@shop.example')));
  expect(pipeline.replaceRules([mask('email', ['email'], 100), mask('ip', ['ipv4'], order, fromAnn), mask('both', ['ipv4', 'email'], order + 1, fromAnn, ofResource)]).ok).toBe(true);
  const result = pipeline.process('logs', logRequest([annLine, annLine]), { in: false, out: false });
  if (!result.ok) throw new Error(result.error.message);
  const left = Buffer.from(result.value.out[0]!.bytes).toString();
  expect([left.includes('10.1.2.3'), left.includes('ann.b@')]).toEqual([false, false]);
  expect(result.value).toMatchObject({ received: 2, changed: 2, out: [{ records: 2 }] });
  expect(pipeline.stats().map(({ id, matched, errors }) => [id, matched, errors]).toSorted()).toEqual([['both', 2, 0], ['email', 2, 0], ['ip', 2, 0]]);
});

test('rules behind redaction see what it left', () => {
  const pipeline = createPipeline({ clock: new ManualClock(), resource: {}, recorderBytes: 1, maxGroups: 1 });
  pipeline.replaceRules([mask('email', ['email'], 100), rule('drop', plan('Logs', [fromAnn], { sink: 'drop' }), 1)]);
  expect(pipeline.process('logs', logRequest([annLine]), { in: false, out: false })).toMatchObject({ value: { removed: { dropped: 0 } } });
});

test('every detector can be named alone', () => {
  for (const { name } of detectorList) expect(() => pipelineWith(redact('logs', 'mask', [name]))).not.toThrow();
});
