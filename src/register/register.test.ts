// The real thing: child processes with the OpenTelemetry SDK of this repository, under --import, exporting OTLP to a receiver.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inProcessReport, type AgentRuleInput, type InProcessReport, type InProcessRulesInput } from '../model/index.ts';
import { generators, seededRandom } from '../redaction/index.ts';
import { attr, call, col, lit, plan, rule, where } from '../testing/index.ts';
import { TestApp } from './testing/app.ts';
import { TestReceiver } from './testing/receiver.ts';

let receiver: TestReceiver;
let folder: string;
let app: TestApp | null = null;

beforeAll(async () => { receiver = await TestReceiver.open(); });
afterAll(async () => { await receiver.close(); });
beforeEach(() => { receiver.clear(); folder = mkdtempSync(join(tmpdir(), 'weir-register-')); });
afterEach(async () => { await app?.stop(); app = null; rmSync(folder, { recursive: true, force: true }); });

const rulesPath = (): string => join(folder, 'rules.json');
function write(rules: Partial<InProcessRulesInput> | string, mode = 0o600): void {
  const text = typeof rules === 'string' ? rules : JSON.stringify({ version: 1, rules: [], ...rules });
  writeFileSync(`${rulesPath()}.new`, text, { mode: 0o600 });
  chmodSync(`${rulesPath()}.new`, mode);
  renameSync(`${rulesPath()}.new`, rulesPath());
}
const start = async (file = 'app.mjs', env: Readonly<Record<string, string>> = {}, byOptions = false): Promise<TestApp> => {
  app = await TestApp.start(file, { TEST_ENDPOINT: receiver.url, WEIR_RULES: rulesPath(), ...env }, byOptions);
  return app;
};
const emit = (records: readonly object[], from?: string): Promise<unknown> => app!.act('logs', { records, ...(from !== undefined && { from }) });
const flushed = async (): Promise<readonly unknown[]> => { await app!.act('flush'); return receiver.logs.map(({ Body }) => Body); };
const named = (name: string) => where(call('==', col('EventName'), lit(name)));
const policyRule = (more: object = {}): AgentRuleInput => ({ id: 'p', name: 'p', version: 1, order: 100, plan: null, policy: { sensitiveKeys: false, ...more } });
const token = (): string => generators.find(({ detector }) => detector === 'github-token')!.positive(seededRandom(7)).secret;
function reports(): readonly InProcessReport[] {
  const path = join(folder, 'reports');
  return existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.json')).map((name) => inProcessReport.parse(JSON.parse(readFileSync(join(path, name), 'utf8')))) : [];
}
const ended = async (): Promise<readonly InProcessReport[]> => { await app!.stop(); return reports(); };

describe.each(['app.mjs', 'app.cjs'])('%s', (file) => {
  it('drops, samples, remaps and redacts before records leave', async () => {
    mkdirSync(join(folder, 'reports'));
    write({ rules: [
      rule('drop', plan('Logs', [named('Noise')], { sink: 'drop' })),
      rule('half', plan('Logs', [named('Often')], { sink: 'sample', ratio: 0.5 })),
      rule('remap', plan('Logs', [named('Order'), { op: 'extend', columns: [{ name: 'total', expr: call('*', call('toint', attr('price')), lit(2)) }, { name: 'SeverityText', expr: lit('NOTICE') }] }], { sink: 'update' }), 200),
      policyRule(),
    ] });
    await start(file);
    const secret = token();
    await emit([{ eventName: 'Noise', body: 'n' }, { eventName: 'Order', body: 'o', severityNumber: 9, attributes: { price: 21 } }, { body: `token ${secret} here`, attributes: { nested: { list: [secret] } } }, { body: 'plain', error: `bad ${secret}` }]);
    await emit(Array.from({ length: 400 }, () => ({ eventName: 'Often', body: 'often' })));
    await flushed();
    const of = (name: string) => receiver.logs.filter(({ EventName }) => EventName === name);
    expect(of('Noise')).toEqual([]);
    expect(of('Order')).toMatchObject([{ Body: 'o', SeverityText: 'NOTICE', SeverityNumber: 9, Attributes: { price: 21, total: 42 }, ServiceName: 'shop', ScopeName: 'usual' }]);
    expect(of('Often').length).toBeGreaterThan(120);
    expect(of('Often').length).toBeLessThan(280);
    expect(of('Often')[0]!['Attributes']).toMatchObject({ 'sampling.adjusted_count': 2 });
    expect(receiver.text).not.toContain(secret.slice(8));
    expect(receiver.logs.some(({ Body }) => /^token .+ here$/.test(String(Body)))).toBe(true);
    expect(receiver.logs.find(({ Body }) => Body === 'plain')?.['Attributes']).toMatchObject({ 'exception.type': 'Error' });
    const [report] = await ended();
    const logs = report!.counts.find(({ signal }) => signal === 'logs')!;
    expect(logs).toMatchObject({ seen: 404, dropped: 1, withheld: 0, faults: 0, changed: 3 });
    expect(logs.passed + logs.sampled).toBe(403);
    expect(logs.passed).toBe(receiver.logs.length);
    expect(report).toMatchObject({ service: 'shop', ended: true, problem: '' });
    expect(report!.rules.find(({ id }) => id === 'drop')).toMatchObject({ matched: 1, removed: 1 });
    expect(report!.hidden).toMatchObject([{ rule: 'p', detector: 'github-token' }]);
  });

  it('sees loggers that were made before the provider was registered', async () => {
    write({ rules: [rule('drop', plan('Logs', [named('Noise')], { sink: 'drop' }))] });
    await start(file);
    for (const from of ['early', 'proxy', 'usual']) await emit([{ eventName: 'Noise', body: 'n' }, { body: from }], from);
    expect(await flushed()).toEqual(expect.arrayContaining(['early', 'proxy', 'usual']));
    expect(receiver.logs.length).toBe(3);
  });

  it('does the same to spans, and keeps their context as it was', async () => {
    write({ rules: [rule('drop', plan('Spans', [where(call('==', col('Name'), lit('health')))], { sink: 'drop' })), policyRule(), rule('slow', plan('Spans', [where(call('>', col('Duration', 'timespan'), lit('3600000000000', 'timespan')))], { sink: 'drop' }))] });
    await start(file);
    const secret = token();
    await app!.act('spans', { spans: [{ name: 'health', logs: [{ body: 'inside' }] }, { name: 'pay', attributes: { 'x.note': `with ${secret}`, n: 3, when: ['a', 'b'] }, event: { name: 'charged', attributes: { note: secret } }, error: `no ${secret}` }] });
    expect(await flushed()).toEqual(['inside']);
    expect(receiver.logs[0]!['TraceId']).toMatch(/^[0-9a-f]{32}$/);
    expect(receiver.spans).toMatchObject([{ Name: 'pay', Attributes: { n: 3, when: ['a', 'b'] }, Events: [{ Name: 'charged' }] }]);
    expect(receiver.spans[0]!['StatusMessage']).toMatch(/^no /);
    expect(receiver.text).not.toContain(secret.slice(8));
  });
});

describe('rules', () => {
  it('change while the process runs, and are gone when taken out', async () => {
    await start();
    await emit([{ eventName: 'A', body: '1' }]);
    write({ rules: [rule('a', plan('Logs', [named('A')], { sink: 'drop' }))] });
    await expect.poll(async () => { receiver.clear(); await emit([{ eventName: 'A', body: 'x' }]); return (await flushed()).length; }).toBe(0);
    write({ rules: [] });
    await expect.poll(async () => { receiver.clear(); await emit([{ eventName: 'A', body: 'x' }]); return (await flushed()).length; }).toBe(1);
  });

  it('come after the app has begun, and loggers that were there before go by them', async () => {
    await start('app.cjs');
    await emit([{ eventName: 'A', body: '1' }], 'early');
    expect(await flushed()).toEqual(['1']);
    write({ rules: [rule('a', plan('source', [where(call('in', col('DurableId'), lit('A'), lit('span')))], { sink: 'drop' }))] });
    for (const from of ['early', 'proxy', 'usual']) await expect.poll(async () => { receiver.clear(); await emit([{ eventName: 'A', body: 'x' }], from); return (await flushed()).length; }).toBe(0);
    await app!.act('spans', { spans: [{ name: 'span' }, { name: 'other' }] });
    await flushed();
    expect(receiver.spans.map(({ Name }) => Name)).toEqual(['other']);
  });

  it('are for the services and resources that they target, for their location, and in their mode', async () => {
    mkdirSync(join(folder, 'reports'));
    const targets = (name: string) => plan('source', [where(call('==', col('ServiceName'), lit(name)))]);
    const host = plan('source', [where(call('and', call('==', attr('host.name', 'Resource'), lit('h1')), call('==', attr('zone', 'Agent'), lit('z1'))))]);
    const drop = (name: string) => plan('Logs', [named(name)], { sink: 'drop' });
    write({ agent: { zone: 'z1' }, rules: [
      { ...rule('other', drop('A')), targets: targets('frontend') }, { ...rule('mine', drop('B')), targets: targets('shop') }, { ...rule('host', drop('C')), targets: host },
      { ...rule('shadow', drop('D')), mode: 'shadow' }, { ...rule('agents', drop('E')), location: 'on-box' }, { ...rule('past', drop('F')), expiresAtUnixMs: 1 },
      rule('metric', plan('Logs', [named('G')], { sink: 'record', recorder: 'r', tee: false })),
    ] });
    await start();
    await emit(['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((eventName) => ({ eventName, body: eventName })));
    expect(await flushed()).toEqual(['A', 'D', 'E', 'F', 'G']);
    const [report] = await ended();
    const byId = Object.fromEntries(report!.rules.map((one) => [one.id, one]));
    expect(byId['shadow']).toMatchObject({ matched: 1, removed: 0, disabled: null });
    expect(byId['past']!.disabled).toContain('date');
    expect(byId['metric']!.disabled).toContain('on-box');
    expect(byId['agents']).toBeUndefined();
  });

  it('stay in force when the file is spoilt, is gone, or could have been written by others', async () => {
    const drop = { rules: [rule('a', plan('Logs', [named('A')], { sink: 'drop' }))] };
    write(drop);
    await start();
    const dropped = async (): Promise<boolean> => { receiver.clear(); await emit([{ eventName: 'A', body: 'x' }]); return (await flushed()).length === 0; };
    write('{ not json');
    await expect.poll(() => app!.stderr).toContain('cannot be read');
    expect(await dropped()).toBe(true);
    write({ rules: [] }, 0o666);
    await expect.poll(() => app!.stderr).toContain('Others than its owner may write');
    expect(await dropped()).toBe(true);
    rmSync(rulesPath());
    await new Promise((resolve) => { setTimeout(resolve, 600); });
    expect(await dropped()).toBe(true);
    write({ rules: [] });
    await expect.poll(dropped).toBe(false);
  });

  it('hold in an app that is one bundle', async () => {
    const { build } = await import('vite');
    const apps = join(import.meta.dirname, 'testing/apps');
    await build({ configFile: false, logLevel: 'silent', root: apps, ssr: { noExternal: true }, build: { ssr: join(apps, 'app.mjs'), outDir: folder, emptyOutDir: false, minify: true, rolldownOptions: { output: { entryFileNames: 'bundle.mjs' } } } });
    write({ rules: [rule('a', plan('source', [where(call('in', col('DurableId'), lit('A'), lit('span')))], { sink: 'drop' })), policyRule()] });
    await start(join(folder, 'bundle.mjs'));
    const secret = token();
    await emit([{ eventName: 'A', body: 'a' }, { body: `b ${secret}` }]);
    await app!.act('spans', { spans: [{ name: 'span' }, { name: 'other', attributes: { note: secret } }] });
    expect((await flushed()).length).toBe(1);
    expect(receiver.spans.map(({ Name }) => Name)).toEqual(['other']);
    expect(receiver.text).not.toContain(secret.slice(8));
  });

  it('come by NODE_OPTIONS just as well', async () => {
    write({ rules: [rule('a', plan('Logs', [named('A')], { sink: 'drop' }))] });
    await start('app.cjs', {}, true);
    await emit([{ eventName: 'A', body: 'a' }, { body: 'b' }]);
    expect(await flushed()).toEqual(['b']);
  });
});

it('worker threads have rules, hooks and counts of their own', async () => {
  mkdirSync(join(folder, 'reports'));
  write({ rules: [rule('a', plan('Logs', [named('A')], { sink: 'drop' }))] });
  await start('with-worker.cjs');
  const records = [{ eventName: 'A', body: 'a' }, { eventName: 'B', body: 'b' }];
  for (const [to, times] of [[0, 3], [1, 5]] as const) for (let i = 0; i < times; i++) await app!.act('logs', { records }, to);
  await emit(records);
  for (const to of [0, 1]) await app!.act('flush', {}, to);
  expect((await flushed()).length).toBe(9);
  write({ rules: [rule('b', plan('Logs', [named('B')], { sink: 'drop' }))] });
  await expect.poll(async () => { receiver.clear(); await app!.act('logs', { records: [records[1]] }, 1); await app!.act('flush', {}, 1); return receiver.logs.length; }).toBe(0);
  for (const to of [0, 1]) await app!.act('exit', {}, to);
  await expect.poll(() => reports().filter((one) => one.ended).length).toBe(2);
  const all = await ended();
  expect(all.length).toBe(3);
  const byService = Object.fromEntries(all.map(({ service, counts }) => [service, counts.find(({ signal }) => signal === 'logs')!]));
  expect(byService['worker-a']).toMatchObject({ seen: 6, dropped: 3, passed: 3 });
  expect(byService['shop']).toMatchObject({ seen: 2, dropped: 1, passed: 1 });
});

describe('when Weir fails', () => {
  it('a record leaves as it was where nothing redacts', async () => {
    mkdirSync(join(folder, 'reports'));
    write({ rules: [rule('a', plan('Logs', [where(call('==', attr('deep'), lit('x')))], { sink: 'drop' })), rule('r', plan('Logs', [where(call('has', call('tostring', col('Body', 'dynamic')), lit('zzz')))], { sink: 'drop' }))] });
    await start();
    const deep: Record<string, unknown> = { body: 'too deep', attributes: {} };
    let at = deep['attributes'] as Record<string, unknown>;
    for (let i = 0; i < 80; i++) at = at['deep'] = {} as Record<string, unknown>;
    await emit([deep, { body: 'fine' }]);
    expect(await flushed()).toEqual(['too deep', 'fine']);
    const [report] = await ended();
    expect(report!.rules.find(({ id }) => id === 'a')).toMatchObject({ errors: 1 });
  });

  it('a record does not leave where redaction failed on it, and the app goes on', async () => {
    mkdirSync(join(folder, 'reports'));
    write({ rules: [policyRule()] });
    await start();
    await emit([{ eventName: 'Bad', fails: true }, { body: 'fine' }]);
    expect(await flushed()).toEqual(['fine']);
    const [report] = await ended();
    expect(report!.counts[0]).toMatchObject({ seen: 2, passed: 1, withheld: 1 });
    expect(app!.stderr).toMatch(/did not leave/);
  });

  it('a redact rule that cannot be read hides every secret that a detector finds', async () => {
    write({ rules: [{ id: 'r', name: 'r', version: 1, order: 1, plan: { version: 2, table: 'source', operators: [{ op: 'nothing' }], sink: { sink: 'redact', detectors: ['*'], mode: 'mask' } } }] });
    await start();
    const secret = token();
    await emit([{ body: `a ${secret}` }]);
    expect(String((await flushed())[0])).toMatch(/^a /);
    expect(receiver.text).not.toContain(secret.slice(8));
  });

  it('rules that cost too much are off until they are deployed again, and redaction goes on', async () => {
    write({ rules: [rule('a', plan('Logs', [where(call('matches regex', call('tostring', col('Body', 'dynamic')), lit('(x+x+)+y$')))], { sink: 'drop' })), policyRule()] });
    await start('app.mjs', { WEIR_IN_PROCESS_CPU_SHARE: '0.001%' });
    const secret = token();
    await expect.poll(async () => { await app!.act('many', { record: { body: `${'x'.repeat(300)} ${secret}` }, count: 64 }); return app!.stderr; }).toContain('off here until');
    await flushed();
    expect(receiver.text).not.toContain(secret.slice(8));
  });
});

describe('levels', () => {
  const debug = { severityNumber: 5, body: 'debug' };
  const count = async (): Promise<number> => { receiver.clear(); await emit([debug]); return (await flushed()).length; };

  it('a valve opens them for its time and closes by itself', async () => {
    mkdirSync(join(folder, 'reports'));
    write({ minSeverity: 9 });
    await start();
    await emit([debug, { severityNumber: 9, body: 'info' }, { body: 'none' }]);
    expect(await flushed()).toEqual(['info', 'none']);
    expect(await app!.act('enabled', { severityNumber: 5 })).toBe(false);
    const valve = (more: object) => write({ minSeverity: 9, valves: [{ id: 'v', severityNumber: 5, untilUnixMs: Date.now() + 60_000, ...more }] });
    valve({ service: 'other' });
    expect(await count()).toBe(0);
    valve({ service: 'shop', pid: app!.child.pid! });
    await expect.poll(count).toBe(1);
    expect(await app!.act('enabled', { severityNumber: 5 })).toBe(true);
    expect(await app!.act('enabled', { severityNumber: 4 })).toBe(false);
    valve({ untilUnixMs: Date.now() + 700 });
    await expect.poll(count).toBe(0);
    const [report] = await ended();
    const logs = report!.counts[0]!;
    expect(logs.seen).toBe(logs.passed + logs.belowLevel);
  });

  it('a signal file opens them', async () => {
    const file = join(folder, 'verbose');
    await start('app.cjs', { WEIR_MIN_SEVERITY: 'info', WEIR_VERBOSE_FILE: file });
    expect(await count()).toBe(0);
    writeFileSync(file, '60');
    await expect.poll(count).toBe(1);
    rmSync(file);
    await expect.poll(count).toBe(0);
  });
});

it('tells its counts as a metric of the app', async () => {
  write({ rules: [rule('a', plan('Logs', [named('A')], { sink: 'drop' }))] });
  await start('app.cjs');
  await app!.act('metrics', { module: createRequire(import.meta.url).resolve('@opentelemetry/sdk-metrics') });
  await emit([{ eventName: 'A', body: 'a' }, { body: 'b' }, { body: 'c' }]);
  const points = (await app!.act('collect')) as readonly { name: string; value: number; attributes: Record<string, unknown> }[];
  expect(points.map(({ name, value, attributes }) => [name, attributes['weir.outcome'], value])).toEqual([['weir.in_process.records', 'passed', 2], ['weir.in_process.records', 'dropped', 1]]);
});

describe('where there is nothing to do', () => {
  const run = async (env: Readonly<Record<string, string>>) => { const plain = TestApp.spawn('plain.mjs', env); const [code] = (await once(plain.child, 'close')) as [number]; return { code, out: plain.stdout, err: plain.stderr }; };

  it('an app without OpenTelemetry runs as ever, and says what is put to its records', async () => {
    write({ rules: [policyRule()] });
    expect(await run({ WEIR_RULES: rulesPath() })).toEqual({ code: 0, out: 'an app without OpenTelemetry\n', err: expect.stringMatching(/^weir: 1 rule of \S+rules\.json, [^\n]+\n$/) });
    expect(await run({ WEIR_RULES: rulesPath(), WEIR_QUIET: '1' })).toEqual({ code: 0, out: 'an app without OpenTelemetry\n', err: '' });
    expect((await run({ WEIR_RULES: rulesPath(), NODE_DEBUG: 'weir' })).err).toContain('no OpenTelemetry was registered');
  });

  it('without a setting nothing is loaded, and one line says so', async () => {
    expect(await run({})).toEqual({ code: 0, out: 'an app without OpenTelemetry\n', err: expect.stringMatching(/^weir: there is nothing to do in this process: neither WEIR_DATA [^\n]+\n$/) });
  });
});
