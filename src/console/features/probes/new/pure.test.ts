import { describe, expect, it } from 'vitest';
import type { AgentProcess, FleetProbe, ProbePlace, ProbeWhat } from '../../../../model/index.ts';
import { clashesOf, covers, freeName } from './clashes.ts';
import { hitCost } from './cost.ts';
import { draftsOf } from './draft-of.ts';
import { emptyLogpoint, emptySource, logpointOf, sourceOf } from './drafts.ts';
import { notesOf } from './line-notes.ts';
import { emptyDrafts, madeOf, moreWords } from './made.ts';
import { nearFiles } from './near-files.ts';
import { entryOf } from './process-tree.tsx';
import { chosenOf } from './use-chosen-process.ts';

const process = { pid: 7, startTicks: 70, name: 'node', service: null };
const line = (at: number, does: 'record' | 'count' = 'record'): ProbeWhat => logpointOf({ ...emptyLogpoint, values: 'user' }, does, '/shop/tower.js', at).made!;
const files = (...paths: string[]): ProbeWhat => sourceOf('file', { ...emptySource, paths: paths.join('\n') }).made!;
const syslog = (udpPort: string, tcpPort = ''): ProbeWhat => sourceOf('syslog', { ...emptySource, udpPort, tcpPort }).made!;
const units = (text: string): ProbeWhat => sourceOf('journald', { ...emptySource, units: text }).made!;
const place = (more: Partial<ProbePlace> = {}): ProbePlace => ({ process, state: 'active', why: null, means: 'V8 breakpoint', resolved: null, hits: 4, emitted: 4, suppressed: 0, trueRate: 1, costUs: 160, cpuShare: 0, pauses: 0, pausedUntilUnixMs: null, firstHitUnixMs: 1, lastHitUnixMs: 2, latest: [], ...more });
const probe = (name: string, what: ProbeWhat, more: Partial<FleetProbe> = {}): FleetProbe => ({
  id: name, name, what, target: { pid: 7 }, limits: { expiresAfterMs: 1000, maxHits: 1, maxPerSecond: 1, maxCpuShare: 0.01 }, owner: 'mira', reason: '', createdUnixMs: 1, state: 'active', end: null, why: null, expiresUnixMs: null, endedUnixMs: null,
  hits: 4, emitted: 4, suppressed: 0, places: [place()], notes: [], agent: { id: 'a', name: 'a', connected: true }, ...more,
});

describe('a name', () => {
  it('is free when no probe that is in has it', () => {
    const [first, second] = [probe('tower-33', line(33)), probe('tower-33-2', line(33))];
    expect([freeName('tower-33', []), freeName('tower-33', [first]), freeName('tower-33', [first, second]), freeName('tower-33', [{ ...first, state: 'ended' }])]).toEqual(['tower-33', 'tower-33-2', 'tower-33-3', 'tower-33']);
    expect(freeName('x'.repeat(63), [probe('x'.repeat(63), line(1))])).toBe(`${'x'.repeat(61)}-2`);
  });
});

describe('log sources', () => {
  it('that read the same are told of', () => {
    const both = (what: ProbeWhat, other: ProbeWhat, agent = 'a') => clashesOf(what, agent, [probe('other', other)])[0]?.both;
    expect(both(files('/var/log/b.log', '/var/log/a.log'), files('/var/log/a.log'))).toBe('/var/log/a.log');
    expect(both(files('/var/log/a.log'), files('/var/log/*.log'))).toBe('/var/log/a.log');
    expect(both(files('/var/**/a.log'), files('/var/log/x/a.log'))).toBe('/var/**/a.log');
    expect([both(files('/var/log/a.log'), files('/var/log/x/*.log')), both(files('/a.log'), files('/a.log'), 'b'), both(files('/a.log'), units(''))]).toEqual([undefined, undefined, undefined]);
    expect([both(syslog('5514'), syslog('5514', '5515')), both(syslog('', '5514'), syslog('5514')), both(syslog('0'), syslog('0'))]).toEqual(['UDP port 5514', undefined, undefined]);
    expect([both(units(''), units('ssh.service')), both(units('ssh.service'), units('')), both(units(''), units('')), both(units('a.service'), units('b.service'))]).toEqual(['ssh.service', 'ssh.service', 'the whole journal', undefined]);
    expect(clashesOf(files('/a.log'), 'a', [probe('other', files('/a.log'), { endedUnixMs: 3 })])).toEqual([]);
  });
  it('covers as shells do', () => {
    expect([covers('/a/*.log', '/a/b.log'), covers('/a/*.log', '/a/b/c.log'), covers('/a/**', '/a/b/c'), covers('/a/?', '/a/b'), covers('/a', '/ab'), covers('*'.repeat(2000), 'x'.repeat(2000))]).toEqual([true, false, true, true, false, true]);
  });
});

describe('what a hit costs', () => {
  const preview = { costUs: 49, processes: [process] };
  it('is a range until something was measured in this process', () => {
    expect(hitCost(line(33), preview, [])).toEqual({ fromUs: 49, toUs: 196, measuredBy: null });
    expect(hitCost(line(33, 'count'), preview, [])).toEqual({ fromUs: 49, toUs: 49, measuredBy: null });
    expect(hitCost(line(33), { ...preview, costUs: null }, [])).toBeNull();
  });
  it('is as measured, at the same line rather than elsewhere', () => {
    const [here, elsewhere] = [probe('here', line(33)), probe('elsewhere', line(9), { places: [place({ costUs: 80 })] })];
    expect(hitCost(line(33), preview, [elsewhere, here])).toEqual({ fromUs: 160, toUs: 160, measuredBy: 'here' });
    expect(hitCost(line(34), preview, [elsewhere, here])).toMatchObject({ toUs: 80, measuredBy: 'elsewhere' });
    expect(hitCost(line(33), preview, [probe('new', line(33), { places: [place({ hits: 0 })] }), probe('other', line(33), { places: [place({ process: { ...process, startTicks: 71 } })] })])?.measuredBy).toBeNull();
  });
});

describe('the process of a link', () => {
  const make = (pid: number, service: string | null, runtime: AgentProcess['runtime'] = 'node'): AgentProcess => ({ pid, startTicks: pid, parentPid: 1, name: 'x', command: 'x', runtime, runtimeVersion: null, user: 'u', container: null, service, startedUnixMs: 0, rssBytes: 0, cpuShare: null, isWeir: false });
  const processes = [make(1, 'cart'), make(2, 'cart'), make(3, 'shop'), make(4, 'payments', 'jvm')];
  it('is found, or it is said why not', () => {
    expect(chosenOf(processes, { service: 'shop' }, 'logpoint')).toMatchObject({ process: { pid: 3 }, missing: null });
    expect(chosenOf(processes, { pid: 9, file: 'src/tower.ts' }, 'logpoint').missing).toEqual({ title: 'Process 9 is not running any more.', help: 'Choose the one that runs tower.ts now.' });
    expect(chosenOf(processes, { pid: 3, startTicks: 4 }, 'logpoint').missing?.title).toContain('not running any more');
    expect(chosenOf(processes, { service: 'cart' }, 'logpoint').missing?.title).toBe('2 processes call themselves cart.');
    expect(chosenOf(processes, { service: 'payments' }, 'logpoint').missing?.title).toBe('payments does not run in Node here, but in jvm.');
    expect(chosenOf(processes, { service: 'payments' }, 'uprobe').process?.pid).toBe(4);
    expect(chosenOf(processes, { service: 'frontend' }, 'logpoint').missing?.title).toBe('No process of this machine calls itself frontend.');
  });
});

it('says no hit quota of what makes no records', () => {
  const limits = { expiresAfterMs: 3_600_000, maxHits: 10, maxPerSecond: 5, maxCpuShare: 0.01 };
  expect(moreWords('t', line(3), limits)).toContain('or 10 records');
  expect(moreWords('t', line(3, 'count'), limits)).not.toMatch(/hits|records/);
});

describe('behind a line', () => {
  const measured = { unit: 'ms', count: 812, sum: 1300, min: 1, max: 9, bounds: [1], buckets: [1, 811] };
  const timer = logpointOf({ ...emptyLogpoint, until: '7' }, 'timer', '/shop/tower.js', 5).made!;
  it('stands what was seen, with units and digits that say something', () => {
    const notes = notesOf([probe('t', timer, { places: [place({ measured, latest: [{ unixMs: 1, values: { timer: 1.7261029999936 } }] })] })], '/shop/tower.js', 7);
    expect(notes.at(-1)).toEqual({ line: 5, text: 'last 1.73 ms, mean 1.6 ms of 812', tone: 'value' });
  });
  it('stands the count of a counter, an estimate where it is one', () => {
    const text = (count: number) => notesOf([probe('c', line(9, 'count'), { places: [place({ hits: 100, measured: { ...measured, count, bounds: [], buckets: [] }, latest: [{ unixMs: 1, values: { count: 1 } }] })] })], '/shop/tower.js', 7).at(-1)?.text;
    expect([text(100), text(15_482)]).toEqual(['100 hits', 'about 15,500 hits']);
  });
  it('stand two in their order, each with its name', () => {
    const [first, second] = [probe('a', line(9), { createdUnixMs: 5, places: [place({ latest: [{ unixMs: 1, values: { user: 'x'.repeat(200) } }] })] }), probe('b', line(9), { createdUnixMs: 9 })];
    const texts = (all: readonly FleetProbe[]) => notesOf(all, '/shop/tower.js', 7).filter(({ tone }) => tone === 'value').map(({ text }) => text);
    expect(texts([second, first])).toEqual(texts([first, second]));
    expect(texts([first, second])[0]).toMatch(/^a: user = "x{40,}…$/);
    expect(texts([first, second])[0]!.length).toBe(60);
  });
});

it('fills the forms with what a probe holds', () => {
  const what = logpointOf({ ...emptyLogpoint, values: 'user, moves', condition: 'moves > 3', message: '{user}' }, 'record', '/shop/tower.js', 9).made!;
  const filled = draftsOf(probe('p', what, { reason: 'why' }));
  expect(madeOf('logpoint', filled, { file: '/shop/tower.js', line: 9 }).made).toEqual(what);
  expect(filled).toMatchObject({ reason: 'why', name: '', limits: { maxCpuPercent: '1', maxHits: '1' } });
  expect(madeOf('file', draftsOf(probe('f', files('/a', '/b'))), {}).made).toEqual(files('/a', '/b'));
  expect(draftsOf(probe('u', { kind: 'usdt' } as ProbeWhat)).logpoint).toEqual(emptyDrafts.logpoint);
});

it('names files that somebody may mean: of that name, then the own ones', () => {
  const all = ['/shop/src/demo/front.ts own', '/shop/src/chance.ts own', '/shop/node_modules/x/render.ts dependency', '/shop/node_modules/x/index.ts dependency'].map((text, i) => ({ id: String(i), path: text.split(' ')[0]!, generated: null, kind: text.split(' ')[1] as 'own' }));
  expect(nearFiles(all, 'front/src/ssr/render.ts').map(({ id }) => id)).toEqual(['2', '0', '1']);
});

it('calls a process by what it runs, not by an address in its command', () => {
  const entry = (command: string) => entryOf({ command, name: 'node', runtime: 'node' });
  expect([entry('npm start -- --forward http://127.0.0.1:24399'), entry('node server.ts http://127.0.0.1:1'), entry('node --listen 127.0.0.1:80'), entry('node /a/b.ts -- /x/y.ts')]).toEqual(['npm start', 'server.ts', 'node', 'b.ts']);
});
