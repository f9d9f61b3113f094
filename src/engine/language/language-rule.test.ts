// The sandbox with the real QuickJS: what scripts can do, what they cannot, and that the same records give the same outputs.
import variant from '@jitl/quickjs-wasmfile-release-sync';
import fc from 'fast-check';
import { newQuickJSWASMModuleFromVariant, type QuickJSSyncVariant } from 'quickjs-emscripten-core';
import { describe, expect, it } from 'vitest';
import { codec } from '../../otlp/index.ts';
import { logRequest, type LogLine } from '../../testing/index.ts';
import { createLanguageRule, defaultLanguageLimits, type LanguageLimits, type LanguageOutputs, type VmModule } from './index.ts';
import { outputBounds } from './outputs.ts';

const newModule = async () => (await newQuickJSWASMModuleFromVariant(variant as unknown as QuickJSSyncVariant)) as unknown as VmModule;
const actions = { actions: 2, perMs: 60_000, cooldownMs: 1000 };

async function load(javascript: string, limits: Partial<LanguageLimits> = {}) {
  return createLanguageRule(await newModule(), { name: 'rule', javascript, actions, limits, logs: true });
}
async function ruleOf(javascript: string, limits?: Partial<LanguageLimits>) {
  const loaded = await load(javascript, limits);
  if (!loaded.ok) throw new Error(loaded.error.message);
  return loaded.value;
}
const onRecord = (body: string) => `function onRecord(record, weir) { ${body} }`;

const table = `
  time         | service | severity | event | body  | attributes
  10:00:00.250 | shop    | WARN     | Depth | hello | queue=orders depth:=7`;

async function outputs(javascript: string, request: Uint8Array = logRequest(table), limits?: Partial<LanguageLimits>): Promise<readonly (LanguageOutputs | null)[]> {
  const rule = await ruleOf(javascript, limits);
  const view = codec.walk('logs', request);
  if (!view.ok) throw new Error(view.error.message);
  const cursor = codec.cursor();
  cursor.reset(view.value);
  return Array.from({ length: view.value.recordCount }, (_, i) => { cursor.moveTo(i); return rule.record(cursor); });
}
const logsOf = async (body: string, request?: Uint8Array) => (await outputs(onRecord(body), request))[0]?.logs ?? [];
const jsonLog = async (expression: string, request?: Uint8Array): Promise<unknown> => JSON.parse((await logsOf(`weir.log(JSON.stringify(${expression}))`, request))[0] ?? 'null');
const oneLine = (record: LogLine['record']) => logRequest([{ service: 's', resource: { 'service.name': 's' }, scope: '', record }]);

describe('what a script can do', () => {
  it('reads columns as KQL names them', async () => {
    expect(await jsonLog('record')).toEqual({
      Timestamp: '2026-01-01T10:00:00.2500000Z', ObservedTimestamp: null, SeverityNumber: 13, SeverityText: 'WARN', EventName: 'Depth', Body: 'hello', TraceId: null, SpanId: null, Flags: 0,
      Attributes: { queue: 'orders', depth: 7 }, Resource: { 'service.name': 'shop' }, ServiceName: 'shop', ScopeName: null, ScopeVersion: null, DurableId: 'Depth',
    });
  });
  it('emits records, metrics and actions, with the record\'s clock and resource', async () => {
    expect(await outputs(onRecord(`
      weir.emit({ EventName: 'deep', Body: [1, { a: null }], SeverityNumber: 17, Attributes: { depth: record.Attributes.depth } });
      weir.metric('queue.depth', record.Attributes.depth, { queue: record.Attributes.queue }, { unit: '{item}', kind: 'gauge' });
      weir.log(weir.action('cpu-sample', { durationMs: 5000 }).started);`))).toEqual([{
      atUnixNano: BigInt(Date.UTC(2026, 0, 1, 10, 0, 0, 250)) * 1_000_000n, resource: { 'service.name': 'shop' },
      emit: [{ eventName: 'deep', body: [1, { a: null }], severityNumber: 17, attributes: { depth: 7 } }],
      metrics: [{ name: 'queue.depth', value: 7, unit: '{item}', kind: 'gauge', attributes: { queue: 'orders' } }],
      actions: [{ action: 'cpu-sample', parameters: { durationMs: 5000 } }], notRun: [], logs: ['true'], error: null, refused: 0, cut: 0, chars: expect.any(Number), stop: null,
    }]);
  });
  it('says nothing when it has nothing to say', async () => { expect(await outputs(onRecord('return 7'))).toEqual([null]); });
  it('keeps state, of which the least recently used goes', async () => {
    const limits = { state: { keys: 2, bytes: 10_000, keyChars: 10, valueChars: 100 } };
    const rule = await ruleOf(onRecord(''), limits);
    expect(rule.state()).toEqual({ keys: 0, bytes: 0, evicted: 0 });
    const [result] = await outputs(onRecord(`const s = weir.state; s.set('a', { n: 1 }); s.set('b', 'x'); s.get('a').n = 2; s.set('c', 3);
      weir.log(JSON.stringify([s.get('a'), s.get('b') ?? null, s.get('c'), s.delete('c'), s.delete('c')])); try { s.set('d', 'x'.repeat(200)); } catch (e) { weir.log(e.name); }`), undefined, limits);
    expect(result?.logs).toEqual(['[{"n":1},null,3,true,false]', 'RangeError']);
  });
  it('turns down actions outside of limits, and says why', async () => {
    expect(await logsOf(`for (const a of [['cpu-sample', {}], ['cpu-sample', {}], ['nope'], ['memory-dump', { maxPauseMs: -1 }], ['collect-state'], ['collect-config']]) { const r = weir.action(a[0], a[1]); weir.log(r.because ?? 'started'); }`)).toEqual([
      'started', expect.stringMatching(/cooldown for another 1 s/), expect.stringMatching(/there is no action "nope"/), expect.stringMatching(/parameters are wrong: maxPauseMs/), 'started', expect.stringMatching(/limit of 2 actions per 1 m/)]);
  });
  it('has promises, which end with the call', async () => {
    expect((await outputs('async function onRecord(record, weir) { await null; weir.emit({ Body: record.Body }); }'))[0]).toMatchObject({ emit: [{ body: 'hello' }], stop: null });
  });
  it('has a tick', async () => {
    const rule = await ruleOf(`${onRecord('')} function onTick(weir) { weir.emit({ EventName: 'tick', Body: weir.now }); }`);
    expect([rule.hasTick, rule.tick(5_000_000_000n)]).toMatchObject([true, { atUnixNano: 5_000_000_000n, resource: null, emit: [{ body: 5000 }] }]);
    expect((await ruleOf(onRecord(''))).hasTick).toBe(false);
  });
  it('gives its own objects names and texts of their own, although the language\'s are frozen', async () => {
    expect(await logsOf(`const e = new Error('x'); e.name = 'Mine'; e.message = 'y'; const o = {}; o.toString = () => 'z'; o.constructor = 1; weir.log(e + '' + o);`)).toEqual(['Mine: yz']);
  });
});

describe('what a script is told of its mistakes', () => {
  it.each([
    ['function onRecord(r {', { line: 1, column: 21 }], ['const a = 1;\nlet = ;', { line: 2 }], ['nope.x();\nfunction onRecord() {}', { message: expect.stringContaining("'nope' is not defined"), line: 1 }],
    ['function onrecord() {}', { message: 'The script has no function onRecord.' }], ['const onRecord = 5', { message: 'The script has no function onRecord.' }], ['for (;;) {} ', { message: expect.stringContaining('did not come to an end') }],
    ['import x from "y"', {}], [`/*${'x'.repeat(70_000)}*/ function onRecord() {}`, { message: expect.stringContaining('at most 65536') }],
  ])('%#: does not load', async (javascript, error) => { expect(await load(javascript)).toMatchObject({ ok: false, error: { code: 'language-rule', ...error } }); });
  it('names line and column of what it throws, and keeps what came before', async () => {
    expect((await outputs(`function onRecord(record, weir) {\n  weir.emit({ Body: 1 });\n  record.Body.x.y();\n}`))[0]).toMatchObject({ emit: [{ body: 1 }], error: { line: 3, message: expect.stringContaining('TypeError') }, stop: null });
  });
  it.each([['throw 7', '7'], ['throw undefined', 'undefined'], ['throw { get message() { throw 1; } }', 'cannot be read'], ['throw Symbol("s")', 'Symbol(s)'], ['throw new Proxy({}, { get() { throw 1; } })', 'cannot be read']])('%s', async (body, message) => {
    expect((await outputs(onRecord(body)))[0]).toMatchObject({ error: { message: expect.stringContaining(message) }, stop: null });
  });
  it.each(['weir.emit({ Nope: 1 })', 'weir.emit({})', 'weir.emit({ Body: 1, SeverityNumber: 99 })', 'weir.emit({ Body: 1, Attributes: [] })', 'weir.emit({ EventName: 7 })'])('%s is refused with a reason', async (body) => {
    expect((await outputs(onRecord(body)))[0]).toMatchObject({ emit: [], refused: 1, error: { message: expect.stringMatching(/EventName|SeverityNumber|Attributes/) } });
  });
  it.each(['weir.emit(7)', 'weir.emit()', 'weir.metric("x", NaN)', 'weir.metric("", 1)', 'weir.metric("x", 1n)', 'weir.metric("x", 1, {}, { kind: "histogram" })', 'const a = {}; a.a = a; weir.emit(a)', 'weir.emit({ Body: 1n })'])('%s throws', async (body) => {
    expect((await outputs(onRecord(body)))[0]).toMatchObject({ emit: [], metrics: [], error: { message: expect.stringMatching(/Error: /) } });
  });
});

describe('attacks end the rule', () => {
  it.each([
    ['an endless loop', 'for (;;) {}', 'instructions'], ['an endless loop that catches', 'for (;;) try { for (;;) {} } catch {}', 'instructions'], ['a regex that backtracks', '/^(a|a)*$/.test("a".repeat(40) + "b")', 'instructions'],
    ['deep recursion', 'const f = (n) => f(n + 1) + 1; f(0)', 'stack'], ['a long text', '"x".repeat(1e9)', 'memory'], ['a large typed array', 'new Uint8Array(1e9)', 'memory'], ['a filled array', 'new Array(1e9).fill(0)', 'memory'],
    ['a getter that loops', 'weir.emit({ get Body() { for (;;) {} } })', 'instructions'], ['a toJSON that loops', 'weir.emit({ Body: { toJSON() { for (;;) {} } } })', 'instructions'], ['an error that loops', 'throw { get message() { for (;;) {} } }', 'instructions'],
    ['promises without end', 'const f = () => Promise.resolve().then(f).then(f); f(); f()', 'jobs'], ['a promise that loops', 'Promise.resolve().then(() => { for (;;) {} })', 'instructions'],
    ['Object.prototype', 'Object.prototype.x = 1', 'tamper'], ['an own proto', 'record.__proto__.x = 1', 'tamper'], ['Array.prototype', 'Array.prototype.push = null', 'tamper'], ['JSON', 'JSON.stringify = () => ""', 'tamper'], ['JSON, by definition', 'Object.defineProperty(JSON, "parse", { value: 1 })', 'tamper'],
    ['a prototype of a prototype', 'Object.setPrototypeOf(Object.prototype, {})', 'tamper'], ['deleting', 'delete Array.prototype.map', 'tamper'], ['the record', 'record.Body = 1', 'tamper'], ['its attributes', 'record.Attributes.queue = 1', 'tamper'], ['weir', 'weir.emit = 1', 'tamper'],
    ['code from text', '(() => {}).constructor("return 1")', 'tamper'], ['code from text, by async', '(async () => {}).constructor("return 1")', 'tamper'],
  ])('%s', async (_, body, kind) => { expect((await outputs(onRecord(body)))[0]?.stop).toMatchObject({ kind, reason: expect.stringMatching(/^It|^One|^Its/) }); });
  it('nothing of a host, or of other machines, is in reach', async () => {
    const globals = ['fetch', 'process', 'require', 'eval', 'console', 'setTimeout', 'performance', 'SharedArrayBuffer', 'Atomics', 'WeakRef', 'FinalizationRegistry', 'std', 'os', 'deliver', 'ask', 'config', 'pieces'];
    expect(await jsonLog(`[${globals.map((name) => `typeof ${name}`).join()}]`)).toEqual(globals.map(() => 'undefined'));
    expect((await outputs('let said = ""; import("fs").then(() => { said = "in"; }, () => { said = "out"; }); function onRecord(record, weir) { weir.log(said || "pending"); }'))[0]?.logs).not.toContain('in');
  });
  it('no record makes a script run out of memory or stack', async () => {
    let deep: unknown = 1;
    for (let i = 0; i < 60; i++) deep = [deep];
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`key-${i}`, 'x'.repeat(50)]));
    for (const record of [{ body: deep }, { body: 'x'.repeat(5e6) }, { attributes: wide }, { body: '\u0001'.repeat(2e6) }, { attributes: { ['__proto__']: { x: 1 } } }] as readonly LogLine['record'][]) {
      expect((await outputs(onRecord('weir.log(JSON.stringify(record).length < 600000)'), oneLine(record)))[0]).toMatchObject({ logs: ['true'], error: null, stop: null });
    }
  });
});

describe('the same everywhere', () => {
  it('time is the record\'s and in UTC', async () => {
    expect(await jsonLog(`[Date.now() === weir.now, new Date().toISOString(), new Date(2020, 0, 1).getTime(), new Date('2020-01-01T00:00').getTime(), Date.parse('Jan 1 2020 10:00'), new Date().getTimezoneOffset(), new Date(0).getHours(), Date(), new (Object.getPrototypeOf(new Date()).constructor)().getTime() === weir.now, new Date(record.Timestamp).getTime() === weir.now]`)).toEqual([
      true, '2026-01-01T10:00:00.250Z', 1577836800000, 1577836800000, 1577872800000, 0, 0, 'Thu, 01 Jan 2026 10:00:00 GMT', true, true]);
  });
  it('chance is a sequence of the rule\'s name', async () => {
    const [a, b] = [await jsonLog('[Math.random(), Math.random()]'), await jsonLog('[Math.random(), Math.random()]')];
    expect(a).toEqual(b);
    expect(new Set(a as number[]).size).toBe(2);
  });
  it('the same records give the same outputs', async () => {
    const script = onRecord('const n = (weir.state.get(record.EventName) ?? 0) + 1; weir.state.set(record.EventName, n); weir.emit({ EventName: "n", Attributes: { n, r: Math.random(), t: Date.now(), a: record.Attributes } }); if (n % 3 === 0) weir.action("cpu-sample"); if (n === 5) null.x;');
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ event: fc.constantFrom('a', 'b'), at: fc.nat(100_000), value: fc.double() }), { maxLength: 20 }), async (given) => {
      const request = logRequest(given.map(({ event, at, value }) => ({ service: 's', resource: {}, scope: '', record: { eventName: event, timeUnixNano: BigInt(at) * 1_000_000n, attributes: { value } } })));
      expect(await outputs(script, request)).toEqual(await outputs(script, request));
    }), { numRuns: 10 });
  });
});

describe('bounds of what comes out', () => {
  const depthOf = (value: unknown): number => (typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0);
  it('holds whatever a script hands over', async () => {
    const rule = await ruleOf(onRecord('const given = JSON.parse(record.Body); for (let i = 0; i < 3; i++) { try { weir.emit(given); } catch {} try { weir.emit({ Body: given, Attributes: given }); } catch {} try { weir.metric("m", 1, given); } catch {} }'));
    const cursor = codec.cursor();
    fc.assert(fc.property(fc.oneof(fc.jsonValue({ maxDepth: 12 }), fc.dictionary(fc.string({ maxLength: 400 }), fc.string({ maxLength: 20_000 }), { maxKeys: 200 })), (given) => {
      const view = codec.walk('logs', oneLine({ body: JSON.stringify(given) }));
      if (!view.ok) throw new Error(view.error.message);
      cursor.reset(view.value);
      cursor.moveTo(0);
      const result = rule.record(cursor);
      for (const { body, attributes } of result?.emit ?? []) {
        expect(depthOf(body)).toBeLessThanOrEqual(outputBounds.depth);
        expect(Object.keys(attributes).length).toBeLessThanOrEqual(outputBounds.members);
        expect(JSON.stringify([body, attributes]).length).toBeLessThanOrEqual(2 * defaultLanguageLimits.outputChars);
      }
      expect(result?.stop ?? null).toBeNull();
    }), { numRuns: 60 });
  });
  it('counts and sizes per call', async () => {
    const [many] = await outputs(onRecord('for (let i = 0; i < 500; i++) weir.metric("m", i)'));
    expect([many?.metrics.length, many?.error?.message]).toEqual([100, expect.stringContaining('100 records, metrics and actions')]);
    const [long] = await outputs(onRecord('weir.emit({ Body: "x".repeat(70000) })'));
    expect([long?.emit.length, long?.error?.message]).toEqual([0, expect.stringContaining('65536 characters')]);
    const [all] = await outputs(onRecord('for (;;) weir.emit({ Body: "x".repeat(60000) })'));
    expect([all?.emit.length, all?.cut, all?.error?.message]).toEqual([4, 4, expect.stringContaining('262144 characters')]);
    expect((await outputs(onRecord('for (let i = 0; i < 50; i++) weir.log("x".repeat(5000))')))[0]?.logs.map(({ length }) => length)).toEqual(Array(20).fill(1000));
  });
});
