import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { probeGalleryReport, probeReport, probeScriptsReport, probeSourceReport, probePreviewResult } from '../../../model/index.ts';
import { codec } from '../../../otlp/index.ts';
import { generators, seededRandom } from '../../../redaction/index.ts';
import { memoryFiles } from '../../ports/index.ts';
import { FakeMechanism, hits } from '../governed/testing/fake-mechanism.ts';
import { processOf, requestOf } from '../governed/testing/probe-here.ts';
import { stillIn } from '../not-undone.ts';
import { ledgerFile } from './desk.ts';
import { deskHandlers } from './requests.ts';
import { deskHere, FakeStatic } from './testing/desk-here.ts';

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate', 'Date', 'performance'] }); });
afterEach(() => { vi.useRealTimers(); });
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

const content = (files: ReturnType<typeof memoryFiles>): Promise<{ dynamic: { request: { id: string }; lefts: unknown[] }[]; statics: unknown[]; untold: { id: string }[] }> =>
  files.read(ledgerFile).then((file) => JSON.parse(Buffer.from((file as { value: Uint8Array }).value).toString()) as never);
const syslog = requestOf({ id: 's1', name: 'syslog', what: { kind: 'syslog', spec: { udp: { port: 0 } } }, target: null });

describe('a dynamic probe', () => {
  it('goes in, is told of at once and then once a second while it is hit, and makes records', async () => {
    const here = await deskHere({ processes: [processOf()] });
    await here.desk.start();
    void here.desk.insert(requestOf());
    await pass(150);
    expect(here.told('p1')).toMatchObject({ state: 'active', places: [{ process: { pid: 7 }, means: 'fake' }] });
    const before = here.sent.length;
    for (let i = 0; i < 5; i++) { here.mechanism.last.sink.take(hits(1, { moves: i })); await pass(200); }
    await pass(3000);
    expect(here.sent.length - before).toBe(1);
    expect(probeReport.parse(here.told('p1'))).toMatchObject({ hits: 5, emitted: 5 });
    expect(here.emitted.map(({ signal, bytes }) => { const view = codec.walk('logs', bytes); return [signal, view.ok ? view.value.recordCount : 0]; })).toEqual(Array.from({ length: 5 }, () => ['logs', 1]));
    void here.desk.remove('p1', 'enough');
    await pass(150);
    expect(here.told('p1')).toMatchObject({ state: 'ended', end: 'removed', why: { message: 'enough' } });
    await here.desk.insert(requestOf());
    expect([here.mechanism.places.length, here.told('p1')?.state]).toEqual([1, 'ended']);
    await here.desk.stop();
  });

  it('of a service is in every process of it, and in those that start later; each leaves it with its end', async () => {
    const here = await deskHere({ processes: [processOf(7, { serviceFrom: 'process' }), processOf(8, { serviceFrom: 'process' }), processOf(9, { serviceFrom: 'telemetry' }), processOf(10, { isWeir: true, serviceFrom: 'process' })] });
    await here.desk.start();
    await here.desk.insert(requestOf({ target: { service: 'tower' } }));
    expect(here.mechanism.places.map(({ ask }) => ask.process?.pid)).toEqual([7, 8]);
    here.processes.set(11, processOf(11, { serviceFrom: 'process' }));
    here.processes.delete(7);
    await pass(3100);
    expect(here.mechanism.places.map(({ ask, state }) => [ask.process?.pid, state])).toEqual([[7, 'out'], [8, 'in'], [11, 'in']]);
    here.processes.clear();
    await pass(2100);
    expect(here.told('p1')).toMatchObject({ state: 'inserting', end: null });
    await here.desk.stop();
    expect(here.told('p1')).toMatchObject({ state: 'ended', end: 'agent-stopped' });
  });

  it('is refused with the reason: no process, not allowed, rip cord, too many', async () => {
    const here = await deskHere({ processes: [processOf()] });
    const codeOf = async (more: Record<string, unknown>): Promise<string | undefined> => { const id = `q${Math.random()}`; await here.desk.insert(requestOf({ id, ...more })); await pass(150); return here.told(id)?.why?.code; };
    expect(await codeOf({ target: { pid: 99 } })).toBe('action.no-process');
    here.pulled = { code: 'rip-cord.pulled', message: 'It is pulled.' };
    expect(await codeOf({})).toBe('rip-cord.pulled');
    here.pulled = null;
    here.kinds = ['uprobe'];
    expect(await codeOf({})).toBe('probe.not-allowed');
    here.kinds = ['logpoint'];
    for (let i = 0; i < 100; i++) await here.desk.insert(requestOf({ id: `m${i}` }));
    expect(await codeOf({})).toBe('probe.too-many');
    expect(here.mechanism.places).toHaveLength(100);
    expect(await here.desk.endDynamic('rip-cord', null)).toEqual({ removed: 100, problems: [], rest: null });
    await pass(150);
    expect(here.told('m7')).toMatchObject({ state: 'ended', end: 'rip-cord' });
    await here.desk.stop();
  });

  it('that a killed agent left is taken out by the next one, which says so when the server is there', async () => {
    const [files, mechanism] = [memoryFiles(), new FakeMechanism()];
    const killed = await deskHere({ files, mechanism, processes: [processOf()] });
    await killed.desk.insert(requestOf());
    expect([mechanism.left.size, (await content(files)).dynamic[0]?.lefts.length]).toEqual([1, 1]);
    mechanism.stuck = 1;
    const next = await deskHere({ files, mechanism, processes: [processOf()] });
    next.online = false;
    await next.desk.start();
    expect([mechanism.left.size, next.desk.problems()]).toMatchObject([1, [expect.stringContaining('could not be taken out')]]);
    next.online = true;
    next.desk.opened();
    expect(next.told('p1')).toMatchObject({ state: 'ended', end: 'agent-crashed', why: { code: 'probe.not-removed' } });
    await pass(31_000);
    expect([mechanism.left.size, next.desk.problems()]).toEqual([0, []]);
    expect(next.told('p1')?.why?.code).toBe('probe.removed-late');
    expect((await content(files)).dynamic).toEqual([]);
    await next.desk.stop();
    await killed.desk.stop();
  });

  it('whose end nobody heard is told by the next agent', async () => {
    const files = memoryFiles();
    const one = await deskHere({ files, processes: [processOf()] });
    await one.desk.insert(requestOf());
    one.online = false;
    await one.desk.stop();
    expect((await content(files)).untold.map(({ id }) => id)).toEqual(['p1']);
    const two = await deskHere({ files });
    await two.desk.start();
    two.desk.opened();
    expect(two.told('p1')).toMatchObject({ end: 'agent-stopped' });
    await two.desk.stop();
    expect((await content(files)).untold).toEqual([]);
  });

  it('that ended with its agent is told again by the next with all that it did, for the last words may not have arrived', async () => {
    const files = memoryFiles();
    const one = await deskHere({ files, processes: [processOf()] });
    await one.desk.start();
    await one.desk.insert(requestOf());
    one.mechanism.last.sink.take(hits(7));
    await one.desk.stop();
    const two = await deskHere({ files });
    await two.desk.start();
    two.desk.opened();
    expect(two.told('p1')).toMatchObject({ state: 'ended', end: 'agent-stopped', hits: 7, emitted: 7, places: [{ process: { pid: 7 }, hits: 7 }] });
    await two.desk.stop();
  });

  it('is not put in where its leftovers cannot be written down', async () => {
    const files = { ...memoryFiles(), writeAtomically: async () => ({ ok: false as const, error: { code: 'agent.file_unwritable', message: 'The disk is full.' } }) };
    const here = await deskHere({ files, processes: [processOf()] });
    await here.desk.insert(requestOf());
    await pass(150);
    expect([here.mechanism.places, here.told('p1')?.why?.message]).toEqual([[], 'The disk is full.']);
    expect(here.desk.problems()).toEqual([expect.stringContaining('The disk is full')]);
    await here.desk.stop();
  });
});

describe('a static probe', () => {
  it('starts again with the next agent until it is removed', async () => {
    const [files, fixed] = [memoryFiles(), new FakeStatic()];
    const one = await deskHere({ files, fixed });
    await one.desk.insert(syslog);
    await pass(150);
    expect(one.told('s1')).toMatchObject({ state: 'active', places: [{ process: null, resolved: 'udp 127.0.0.1:514' }] });
    await one.desk.stop();
    const two = await deskHere({ files, fixed });
    await two.desk.start();
    fixed.records = 3;
    await pass(2100);
    expect([fixed.starts, fixed.stops, two.told('s1')?.emitted]).toEqual([2, 1, 3]);
    await two.desk.remove('s1', '');
    expect(two.told('s1')).toMatchObject({ state: 'ended', end: 'removed' });
    expect((await content(files)).statics).toEqual([]);
    await two.desk.stop();
  });

  it('goes on counting where its position does, also after a kill, and shows its last lines without their secrets', async () => {
    const files = memoryFiles();
    const secret = generators.find(({ detector }) => detector === 'github-token')!.positive(seededRandom(7)).secret;
    const one = await deskHere({ files });
    await one.desk.start();
    await one.desk.insert(syslog);
    Object.assign(one.fixed, { records: 8, lastUnixMs: 1000, latest: [{ unixMs: 1000, values: { level: 'INFO', line: `${'x'.repeat(290)} ${secret} ${'y'.repeat(1000)}` } }] });
    await pass(6100);
    const told = probeReport.parse(one.told('s1'));
    expect(told).toMatchObject({ hits: 8, emitted: 8, places: [{ hits: 8, firstHitUnixMs: 1000, lastHitUnixMs: 1000, latest: [{ unixMs: 1000, values: { level: 'INFO' } }] }] });
    const line = String(told.places[0]?.latest[0]?.values['line']);
    expect([line.length, line.includes(secret.slice(0, 9))]).toEqual([300, false]);
    // Killed: nothing is stopped.
    const two = await deskHere({ files });
    await two.desk.start();
    Object.assign(two.fixed, { records: 4, lastUnixMs: 9000 });
    await pass(2100);
    expect(two.told('s1')).toMatchObject({ hits: 12, places: [{ hits: 12, firstHitUnixMs: 1000, lastHitUnixMs: 9000 }] });
    await two.desk.stop();
    const three = await deskHere({ files });
    await three.desk.start();
    await pass(2100);
    expect(three.told('s1')).toMatchObject({ hits: 12, emitted: 12 });
    await three.desk.stop();
    await one.desk.stop();
  });

  it('that cannot start is refused when it is new, and tried again when it ran before', async () => {
    const [files, fixed] = [memoryFiles(), new FakeStatic()];
    const one = await deskHere({ files, fixed });
    fixed.fails = true;
    await one.desk.insert(syslog);
    expect(one.told('s1')).toMatchObject({ state: 'refused', why: { code: 'probe.port-taken' } });
    fixed.fails = false;
    await one.desk.insert({ ...syslog, id: 's2' });
    await one.desk.stop();
    fixed.fails = true;
    const two = await deskHere({ files, fixed });
    await two.desk.start();
    await pass(150);
    expect(two.told('s2')).toMatchObject({ state: 'failed', why: { code: 'probe.port-taken' } });
    fixed.fails = false;
    await pass(31_000);
    expect(two.told('s2')).toMatchObject({ state: 'active', why: null });
    await two.desk.stop();
  });
});

it('a source that another probe has is refused with the name of that, and its preview says so; of two at once one has it', async () => {
  const here = await deskHere();
  const handlers = new Map(deskHandlers(here.desk));
  const source = (id: string, port = 5514) => requestOf({ id, name: `name-${id}`, what: { kind: 'syslog', spec: { udp: { port } } }, target: null });
  await Promise.all([here.desk.insert(source('s1')), here.desk.insert(source('s2')), here.desk.insert(source('s1'))]);
  await here.desk.insert(source('s3', 5515));
  await pass(150);
  expect([here.told('s1')?.state, here.told('s2')?.why?.message, here.told('s3')?.state, here.fixed.starts]).toEqual(['active', 'UDP port 5514 is taken by the probe name-s1 of this agent.', 'active', 2]);
  handlers.get('probe.preview')?.({ ask: 'a', what: source('s4').what, target: null });
  await pass(0);
  const { preview } = probePreviewResult.parse(here.sent.at(-1)?.content);
  expect(preview).toMatchObject({ means: 'syslog receiver', reads: ['UDP port 5514 on 127.0.0.1'], problems: [{ code: 'probe.port-taken' }], risk: { reasons: expect.arrayContaining([expect.stringContaining('It keeps no position')]) } });
  await here.desk.remove('s1', '');
  const early = here.desk.insert(source('s6'));
  await here.desk.remove('s6', '');
  await early;
  await pass(150);
  expect(here.told('s6')).toMatchObject({ state: 'refused', why: { code: 'probe.removed' } });
  await here.desk.insert(source('s5'));
  await pass(150);
  expect(here.told('s5')?.state).toBe('active');
  await here.desk.stop();
});

it('a function of a file is probed without a process only where the file may be searched', async () => {
  const here = await deskHere({ processes: [processOf()] });
  const handlers = new Map(deskHandlers(here.desk));
  const uprobe = (id: string, binary: string, target: object | null = null) => requestOf({ id, what: { kind: 'uprobe', spec: { binary, symbol: 'f' } }, target });
  const usdt = requestOf({ id: 'q4', what: { kind: 'usdt', spec: { binary: '/home/ann/key', provider: 'p', name: 'f' } }, target: null });
  for (const request of [uprobe('q1', '/home/ann/key'), uprobe('q2', '/opt/tower'), uprobe('q3', '/home/ann/key', { pid: 7 }), usdt]) await here.desk.insert(request);
  await pass(150);
  expect(['q1', 'q2', 'q3', 'q4'].map((id) => here.told(id)?.why?.code ?? here.told(id)?.state)).toEqual(['probe.not-allowed', 'active', 'active', 'probe.not-allowed']);
  handlers.get('probe.preview')?.({ ask: 'a', what: usdt.what, target: null });
  await vi.waitFor(() => { expect(here.sent.at(-1)).toMatchObject({ type: 'probe.preview-result', content: { preview: { problems: [{ code: 'probe.not-allowed' }] } } }); });
  await here.desk.stop();
});

it('a probe that went in by half stays in the ledger until it is out', async () => {
  const [files, mechanism] = [memoryFiles(), new FakeMechanism()];
  const here = await deskHere({ files, mechanism, processes: [processOf()] });
  await here.desk.start();
  const insert = mechanism.insert.bind(mechanism);
  Object.assign(mechanism, { insert: async (...given: Parameters<typeof insert>) => { await insert(...given); return stillIn('V8 did not take the change.'); } });
  await here.desk.insert(requestOf());
  await pass(150);
  expect([here.told('p1')?.state, here.told('p1')?.why?.code]).toEqual(['failed', 'probe.not-removed']);
  expect([(await content(files)).dynamic[0]?.lefts.length, here.desk.problems()]).toMatchObject([1, [expect.stringContaining('could not be taken out')]]);
  await pass(31_000);
  expect([mechanism.left.size, (await content(files)).dynamic, here.told('p1')?.why?.code]).toEqual([0, [], 'probe.removed-late']);
  await here.desk.stop();
});

it('says everything anew when the server comes back', async () => {
  const here = await deskHere({ processes: [processOf()] });
  here.online = false;
  await here.desk.insert(requestOf());
  await here.desk.insert(syslog);
  await pass(150);
  expect(here.sent).toEqual([]);
  here.online = true;
  here.desk.opened();
  expect([here.told('p1')?.state, here.told('s1')?.state]).toEqual(['active', 'active']);
  await here.desk.stop();
});

it('the rip cord ends looks and previews under way, and says what became of a probe that stood still', async () => {
  const mechanism = new FakeMechanism();
  const here = await deskHere({ processes: [processOf()], mechanism });
  const handlers = new Map(deskHandlers(here.desk));
  let signal: AbortSignal | null = null;
  Object.assign(mechanism, { preview: (ask: { readonly signal: AbortSignal }) => { signal = ask.signal; return new Promise<never>(() => undefined); } });
  expect(handlers.get('probe.preview')?.({ ask: 'a', what: requestOf().what, target: { pid: 7 } })).toBe('');
  await here.desk.insert(requestOf());
  await here.desk.insert(requestOf({ id: 'p2' }));
  await pass(150);
  const stuck = Promise.withResolvers<boolean>();
  mechanism.removing = (key) => (key === mechanism.places[0]!.ask.key ? stuck.promise : null);
  const ending = here.desk.endDynamic('rip-cord', null);
  await pass(10);
  expect(signal).toMatchObject({ aborted: true });
  expect(here.sent.find(({ type }) => type === 'probe.preview-result')?.content).toMatchObject({ preview: { problems: [{ code: 'probe.failed', message: expect.stringContaining('rip cord') }] } });
  await pass(4000);
  stuck.resolve(true);
  expect(await ending).toEqual({ removed: 2, problems: [], rest: null });
  await here.desk.stop();
});

it('answers what the server asks, in the form of the model, with the question\'s own ask', async () => {
  const here = await deskHere({ processes: [processOf()] });
  const handlers = new Map(deskHandlers(here.desk));
  const ask = async (type: string, question: object): Promise<unknown> => { const before = here.sent.length; expect(handlers.get(type)?.({ ask: 'a', ...question })).toBe(''); await vi.waitFor(() => { expect(here.sent.length).toBe(before + 1); }); return here.sent.at(-1)?.content; };
  const what = requestOf().what;
  expect(probePreviewResult.parse(await ask('probe.preview', { what, target: { pid: 7 } }))).toMatchObject({ ask: 'a', preview: { processes: [{ pid: 7 }], means: 'fake', problems: [] } });
  expect(probePreviewResult.parse(await ask('probe.preview', { what, target: { pid: 99 } }))).toMatchObject({ preview: { problems: [{ code: 'action.no-process' }] } });
  expect(probePreviewResult.parse(await ask('probe.preview', { what: syslog.what, target: null }))).toMatchObject({ preview: { means: 'syslog receiver', reads: ['UDP any free port on 127.0.0.1'], problems: [] } });
  expect(probeScriptsReport.parse(await ask('probe.scripts', { target: { pid: 7 } }))).toMatchObject({ ask: 'a', problem: null });
  expect(probeSourceReport.parse(await ask('probe.source', { target: { pid: 7 }, file: 'x.ts' }))).toMatchObject({ path: 'x.ts', problem: { code: 'probe.failed', message: expect.stringContaining('The door closed') } });
  expect(await ask('probe.symbols', { target: null, binary: '/bin/x', text: '' })).toMatchObject({ ask: 'a', binaries: ['/bin/x'] });
  expect(await ask('probe.symbols', { target: null, binary: '/home/ann/key', text: '' })).toMatchObject({ binaries: [], problem: { code: 'probe.not-allowed' } });
  expect(await ask('probe.symbols', { target: null, binary: '/bin/../home/ann/key', text: '' })).toMatchObject({ problem: { code: 'probe.not-allowed' } });
  expect(await ask('probe.symbols', { target: null, binary: '/opt/tower', text: '' })).toMatchObject({ problem: null });
  here.kinds = ['uprobe'];
  expect(probeGalleryReport.parse(await ask('probe.gallery', {}))).toMatchObject({ kinds: { uprobe: null, logpoint: { code: 'probe.not-allowed' } } });
  expect(handlers.get('probe.insert')?.({ id: 3 })).toContain('does not know');
  await here.desk.stop();
});
