import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, type QuickJSSyncVariant } from 'quickjs-emscripten-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { languageTemplate } from '../../engine/language/index.ts';
import type { KqlLanguage } from '../../kql/index.ts';
import type { LanguageDocument } from '../../model/index.ts';
import { logRequest } from '../../testing/index.ts';
import { checkRule, checkRuleAndScript, conflictsOf, createDryRun, estimateRisk, expectationOf, parseRule, printRule, runTests, schemaHints, type CompiledRule, type LanguageDryRunResult } from '../index.ts';
import { languageForTests } from '../testing/language-for-tests.ts';
import type { NewVm } from './types.ts';

// Casts, as in the programs' loaders: the variant's types describe another build, and the module's callbacks are typed by handles of its own.
const newVmForTests: NewVm = async () => (await newQuickJSWASMModuleFromVariant(variant as unknown as QuickJSSyncVariant)) as unknown as Awaited<ReturnType<NewVm>>;
let kql: KqlLanguage;
beforeAll(async () => { kql = await languageForTests(); }, 60_000);

const document = (javascript: string, more = ''): string => `weir: 1\nkind: language\nname: deep-queues\n${more}javascript: |\n${javascript.trimEnd().split('\n').map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n`;
const check = (text: string) => checkRuleAndScript(text, kql, newVmForTests);
async function compiled(javascript: string, more = ''): Promise<CompiledRule> {
  const { compiled: rule, problems } = await check(document(javascript, more));
  if (rule === null) throw new Error(JSON.stringify(problems));
  return rule;
}
const whole = document(languageTemplate, 'when: EventName == "QueueDepth"\nlimits: { actions: 2, per: 1m, cooldown: 10s }\n');

describe('the document', () => {
  it('is read, compiled to what agents get, and printed as it was', async () => {
    const checked = await check(whole);
    expect(checked.problems).toEqual([]);
    expect(checked.compiled).toMatchObject({ kind: 'language', name: 'deep-queues', location: 'on-box', order: 100, targets: null, language: { javascript: languageTemplate.trimEnd(), signals: ['logs'], when: { k: 'call', fn: '==' }, limits: { actions: 2, perMs: 60_000, cooldownMs: 10_000 } } });
    const printed = printRule(checked.document!);
    expect(parseRule(printed).document).toEqual(checked.document);
    expect(printRule(parseRule(printed).document!)).toBe(printed);
    expect(printed).toContain('javascript: |\n  /**');
    expect(printed).not.toContain('signals');
  });
  it('has limits when it names none, and every record without a condition, which a hint says', async () => {
    const { compiled: rule, problems } = await check(document('function onRecord() {}'));
    expect(rule).toMatchObject({ language: { when: null, limits: { actions: 3, perMs: 3_600_000, cooldownMs: 600_000 } } });
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['language/every-record', 'hint']]);
  });
  it('completes its fields, and opens a block for the script', () => {
    const { completions } = schemaHints('kind: language\njava', 19);
    expect(completions.map(({ label }) => label)).toEqual(expect.arrayContaining(['when', 'limits', 'signals', 'javascript']));
    expect(completions.find(({ label }) => label === 'javascript')).toMatchObject({ insertText: 'javascript: |\n  ', documentation: expect.stringContaining('onRecord') });
  });
});

describe('what is wrong is said at its place', () => {
  const places = async (text: string) => (await check(text)).problems.filter(({ severity }) => severity === 'error').map(({ code, start, end, path }) => [code, path.join('.'), text.slice(start, end)]);
  it.each([
    ['function onRecord(r) {\n  let = ;\n}', '='], ['nope.x();\nfunction onRecord() {}', 'nope'], ['function onrecord() {}', 'function onrecord() {}'], ['for (;;) {}\nfunction onRecord() {}', 'for (;;) {}'], ['function onRecord( {', '{'],
  ])('%j', async (javascript, at) => { expect(await places(document(javascript))).toEqual([['language/script', 'javascript', at]]); });
  it.each([['when: EventName = 1', /^when$/, 'EventName ='], ['when: strlen(EventName)', /^when$/, 'strlen(EventName)'], ['when: since("x") > 1s', /^when$/, 'since("x") > 1s'], ['limits: { actions: -1 }', /^limits/, '-1'], ['signals: [logz]', /^signals/, 'logz']])('%s', async (more, path, at) => {
    const [first] = await places(document('function onRecord() {}', `${more}\n`));
    expect(first).toEqual([expect.any(String), expect.stringMatching(path), expect.stringContaining(at.slice(-1))]);
    expect(at).toContain(first![2]);
  });
  it('a script that is wrong compiles to nothing; the check without a sandbox cannot know', async () => {
    const text = document('oops(');
    expect((await check(text)).compiled).toBeNull();
    expect(checkRule(text, kql).compiled).toMatchObject({ kind: 'language' });
  });
});

describe('tests of the document', () => {
  const script = `function onRecord(record, weir) {
  if (record.Body === "bad") throw new Error("no such luck");
  const n = (weir.state.get("n") ?? 0) + 1;
  weir.state.set("n", n);
  weir.metric("depth", Number(record.Attributes.depth), { queue: record.Attributes.queue });
  if (n === 2) { weir.emit({ EventName: "second", Attributes: { n } }); weir.action("cpu-sample", { durationMs: 5000 }); }
}
function onTick(weir) { weir.metric("ticks", 1); }`;
  const depth = (n: number, more = {}) => ({ EventName: 'QueueDepth', queue: 'orders', depth: n, ...more });
  const failuresOf = async (tests: LanguageDocument['tests']) => (await runTests(await compiled(script, 'when: EventName == "QueueDepth"\n'), tests, { newVm: newVmForTests })).results.map(({ failures }) => failures);

  it('pass when what comes is what is expected, each with an empty state, on the clock of its records', async () => {
    expect(await failuresOf([
      { name: 'two', given: [depth(3), depth(4), { EventName: 'Other' }], expect: { records: [{ EventName: 'second', n: 2 }], metrics: [{ name: 'depth', value: 7, attributes: { queue: 'orders' } }], actions: ['cpu-sample'] } },
      { name: 'one', given: [depth(3)], expect: { records: [], actions: [] } },
      { name: 'time', given: [depth(1, { at: '0s' }), { at: '3s' }], expect: { metrics: [{ name: 'depth', value: 1 }, { name: 'ticks', value: 3 }] } },
      { name: 'an error', given: [depth(1, { Body: 'bad' })], expect: { error: 'no such luck' } },
    ])).toEqual([[], [], [], []]);
  });
  it('say how it differs', async () => {
    const [records, metrics, actions, error, unexpected] = await failuresOf([
      { name: 'a', given: [depth(3), depth(4)], expect: { records: [{ EventName: 'first' }] } }, { name: 'b', given: [depth(3)], expect: { metrics: [{ name: 'depth', value: 4 }] } }, { name: 'c', given: [depth(3)], expect: { actions: ['memory-dump'] } },
      { name: 'd', given: [depth(3)], expect: { error: 'x' } }, { name: 'e', given: [depth(3, { Body: 'bad' })], expect: {} },
    ]);
    expect(records![0]).toMatch(/^record 1: EventName: expected "first", came "second"/);
    expect(metrics![0]).toMatch(/^no metric \{name: "depth", value: 4\} was made\n {2}came {5}\{name: "depth", value: 3/);
    expect(actions).toEqual(['actions: expected memory-dump, came none']);
    expect(error).toEqual(['error: expected one with "x", but the script did not fail']);
    expect(unexpected![0]).toMatch(/^the script failed: no such luck \(line 2/);
  });
  it('what it makes now is what a new test expects, and that passes', async () => {
    const rule = await compiled(script);
    const given = [depth(3), depth(4)];
    const expected = await expectationOf(rule, given, newVmForTests);
    expect(expected).toEqual({ ok: true, value: { records: [{ EventName: 'second', SeverityNumber: 9, n: 2 }], metrics: [{ name: 'depth', value: 7, attributes: { queue: 'orders' } }], actions: ['cpu-sample'] } });
    expect((await runTests(rule, [{ name: 'new', given, expect: expected.ok ? expected.value : {} }], { newVm: newVmForTests })).results[0]!.failures).toEqual([]);
  });
  it('without a sandbox they fail in plain words', async () => {
    expect((await runTests(await compiled(script), [{ name: 'a', given: [], expect: {} }])).results[0]!.failures[0]).toContain('no sandbox');
  });
});

describe('the dry run', () => {
  const bytes = logRequest(`
    time     | service | event      | attributes
    10:00:00 | shop    | QueueDepth | depth:=3
    10:00:01 | shop    | Other      | depth:=9
    10:00:02 | shop    | QueueDepth | depth:=300`);
  async function run(rule: CompiledRule, times = 1): Promise<LanguageDryRunResult> {
    let ms = 0;
    const made = createDryRun({ rule, vm: await newVmForTests(), maxSamples: 0, now: () => (ms += 0.5) });
    if (!made.ok) throw new Error(made.error.message);
    for (let i = 0; i < times; i++) made.value.feed({ signal: 'logs', bytes, sentAtMs: 0 });
    while (!made.value.settle(0));
    return made.value.result() as LanguageDryRunResult;
  }

  it('tells what the script hands out, of which record, and changes nothing', async () => {
    const result = await run(await compiled(`function onRecord(record, weir) {
      weir.log("depth " + record.Attributes.depth);
      weir.metric("depth", record.Attributes.depth, {}, { kind: "gauge" });
      if (record.Attributes.depth > 200) { weir.emit({ EventName: "deep" }); weir.action("memory-dump"); weir.action("memory-dump"); record.nope.x; }
    }`, 'when: EventName == "QueueDepth"\n'));
    expect(result).toMatchObject({
      kind: 'language', scanned: 3, reached: 2, emitted: 1, points: 2, actions: 1, actionsNotRun: 1, errors: 1, error: expect.stringContaining('line 4'), stop: null, leftOut: 0, state: { keys: 0 },
      metrics: [{ name: 'depth', kind: 'gauge', value: 300, calls: 2 }],
      calls: [{ number: 1, logs: ['depth 3'], record: { durableId: 'QueueDepth' } }, { number: 2, emit: [{ eventName: 'deep' }], actions: [{ action: 'memory-dump' }], notRun: [{ action: 'memory-dump', because: expect.stringContaining('cooldown') }] }],
    });
  });
  it('ticks on the records\' clock, as often as seconds pass', async () => {
    expect(await run(await compiled('function onRecord() {}\nfunction onTick(weir) { weir.metric("ticks", 1); }'))).toMatchObject({ metrics: [{ name: 'ticks', value: 2 }] });
  });
  it.each([['for (;;) {}', /did not come to an end/], ['const f = () => f() + 1; f()', /nested deeper/], ['new Uint8Array(1e9)', /memory/], ['Object.prototype.x = 1', /frozen/]])('%s ends it, and what came after is counted', async (body, reason) => {
    expect(await run(await compiled(`function onRecord(record, weir) { ${body} }`))).toMatchObject({ reached: 1, leftOut: 2, tooSlow: false, stop: expect.stringMatching(reason), state: null });
  });
  it('measures a call, and bounds what is kept of many', async () => {
    const result = await run(await compiled('let n = 0;\nfunction onRecord(record, weir) { weir.metric("m" + n++ % 150, 1); }'), 100);
    expect(result.cpu).toMatchObject({ median: expect.closeTo(500) });
    expect([result.reached, result.calls.length, result.callsLeftOut, result.metrics.length, result.pointsLeftOut]).toEqual([300, 200, 100, 100, 100]);
  });
  it('the same records give the same result', async () => {
    const rule = await compiled('function onRecord(record, weir) { weir.emit({ Body: Math.random(), Attributes: { at: Date.now() } }); }');
    expect((await run(rule)).calls.map(({ emit }) => emit)).toEqual((await run(rule)).calls.map(({ emit }) => emit));
  });
});

describe('beside other rules', () => {
  it('takes nothing from anybody', async () => {
    const rule = await compiled('function onRecord() {}');
    expect(conflictsOf([{ ...rule, id: 'a' }, { ...rule, id: 'b' }])).toEqual([]);
  });
  it('its risk is that of the actions that its script names', async () => {
    const risk = async (javascript: string, more = '') => estimateRisk(await compiled(javascript, more)).axes;
    expect((await risk('function onRecord() {}')).security.score).toBe(0);
    expect((await risk('function onRecord(r, weir) { weir.action("memory-dump"); }')).security.score).toBe(5);
    expect((await risk('function onRecord(r, weir) { weir.action(r.Body); }')).security.score).toBe(10);
    expect((await risk('function onRecord(r, weir) { weir.action("memory-dump"); }', 'limits: { actions: 0 }\n')).security.score).toBe(0);
  });
});
